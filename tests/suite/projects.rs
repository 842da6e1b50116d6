//! Projects as somebody types: ideas, templates, the form's pages, the worksheet, weighing, drift.

use inch::{
    app::{
        Action, Failure, Message, Overlay, Pane, ProjectRow,
        form::{Form, Name, Subject},
        is_available,
    },
    config::Config,
    domain::{
        change::Change,
        day::plus,
        ids::{IdSource, ProjectId},
        project::{
            Level, Project, ProjectDraft, Source, Status,
            calendar::{DRIFT_DAYS, Remark},
            choice::{Approach, Choice},
            scope::{Prompt, Step},
            template::Template,
        },
        workspace::Workspace,
    },
};

use crate::{
    fixture::{Memory, Person, learner, nobody, today},
    terminal::{Exit, Home, INCH, PATIENCE, Terminal, shows},
};

fn person(memory: Memory) -> Person {
    Person::new(memory, Config::default(), 120, 40)
}

/// Somebody with one project, selected.
fn with(draft: ProjectDraft, days_ago: i64) -> Person {
    let mut memory = nobody();
    let project = ProjectId(IdSource::new(9, 1).next_uuid());
    let on = plus(today(), -days_ago);
    memory.apply(&Change::ProjectAdd { project, draft, position: 0, on }).unwrap();
    let mut person = person(memory);
    person.press("3 j");
    person
}

fn idea() -> ProjectDraft {
    ProjectDraft { title: "Bus times".into(), ..ProjectDraft::default() }
}

fn selected(person: &Person) -> &Project {
    person.model.selected_project().unwrap()
}

fn form(person: &Person) -> &Form {
    match &person.model.overlay {
        Some(Overlay::Form(form)) => form,
        other => panic!("no form: {other:?}"),
    }
}

fn notice(person: &Person) -> &str {
    person.model.notice.as_ref().map_or("", |notice| &notice.text)
}

fn kept(person: &Person) -> Workspace {
    person.memory.workspace()
}

#[test]
fn an_idea_is_a_title_and_enter() {
    let mut person = person(nobody());
    person.press("esc 3 a enter \"Bus_times enter");
    assert!(person.model.overlay.is_none());
    let project = selected(&person);
    assert_eq!(project.draft, idea());
    assert!(notice(&person).contains("c weighs it"), "{}", notice(&person));
    person.press("u");
    assert!(kept(&person).projects.is_empty());
}

#[test]
fn a_side_project_asks_about_the_employer_and_others_do_not() {
    let mut person = person(nobody());
    person.press("esc 3 a enter \"Tracker tab right");
    assert_eq!(form(&person).places_on(0).count(), 2, "joining asks nothing");
    person.press("right right right");
    assert_eq!(form(&person).text(Name::Source), Source::Side.title());
    assert_eq!(form(&person).places_on(0).count(), 3);
    // With another question to come, enter goes on to it.
    person.press("enter \"Asked,_it_is_fine enter");
    let draft = &selected(&person).draft;
    assert_eq!((draft.source, draft.employer.as_str()), (Some(Source::Side), "Asked, it is fine"));
    // What was said of an employer is of no use to anything else.
    person.press("a enter \"Joined tab left tab \"x shift-tab left ctrl-s");
    let draft = &selected(&person).draft;
    assert_eq!((draft.source, draft.employer.as_str()), (Some(Source::Area), ""));
}

#[test]
fn a_title_is_needed() {
    let mut person = person(nobody());
    person.press("esc 3 a enter enter");
    assert_eq!(form(&person).error.as_deref(), Some("A title is needed."));
    person.press("\"x esc");
    assert!(matches!(person.model.overlay, Some(Overlay::Confirm(_))), "it asks before it is lost");
    person.press("n enter");
    assert_eq!(selected(&person).draft.title, "x");
}

#[test]
fn a_template_is_taken_as_a_project_with_its_first_answers_as_one_change() {
    let mut person = person(nobody());
    person.press("esc 3 a j j enter");
    let template = &Template::shipped()[0];
    let project = selected(&person).clone();
    assert_eq!(project.draft, template.draft());
    assert!(!template.scope.is_empty());
    for (prompt, answer) in &template.scope {
        assert_eq!(project.scope.answer(*prompt), answer);
    }
    // It is not offered twice.
    person.press("a");
    let Some(Overlay::Begin(begin)) = &person.model.overlay else { panic!("nothing is offered") };
    assert_eq!(begin.choices.rows().len(), 2 + Template::shipped().len() - 1);
    person.press("esc u");
    assert!(kept(&person).projects.is_empty());
    person.press("ctrl-r");
    assert_eq!(kept(&person).projects, [project]);
}

#[test]
fn the_form_has_pages_and_writes_only_what_was_changed() {
    let mut person = with(idea(), 3);
    person.press("e");
    assert_eq!(form(&person).page(), 0);
    person.press("pgdn");
    assert_eq!(form(&person).page(), 1);
    person.press("\"It_works tab \"All_of_it pgdn pgdn");
    assert_eq!(form(&person).page(), 2, "there is no page after the last");
    person.press("tab tab");
    assert_eq!(form(&person).page(), 0, "tab goes around");
    person.press("shift-tab ctrl-s");
    let draft = &selected(&person).draft;
    assert_eq!((draft.result.as_str(), draft.role.as_str()), ("It works", "All of it"));
    let expected = ProjectDraft { result: "It works".into(), role: "All of it".into(), ..idea() };
    assert_eq!(*draft, expected);
    // Nothing changed is nothing written.
    let before = kept(&person);
    person.press("e ctrl-s");
    assert!(person.model.overlay.is_none());
    assert_eq!(kept(&person), before);
}

#[test]
fn two_who_edit_different_fields_keep_both() {
    let mut person = with(idea(), 3);
    person.press("e pgdn \"It_works");
    let project = kept(&person).projects[0].id;
    let edit = inch::domain::change::ProjectPatch {
        role: Some("somebody else's".into()),
        ..Default::default()
    };
    let elsewhere =
        person.memory.apply(&Change::ProjectEdit { project, edit, on: today() }).unwrap();
    person.send(Message::Heard(vec![elsewhere]));
    person.press("ctrl-s");
    let draft = &selected(&person).draft;
    assert_eq!((draft.result.as_str(), draft.role.as_str()), ("It works", "somebody else's"));
}

#[test]
fn what_becomes_live_is_looked_at_again_in_a_month() {
    let mut person = with(ProjectDraft { status: Status::Shipped, ..idea() }, 3);
    person.press("space");
    let next = plus(today(), DRIFT_DAYS);
    let live = selected(&person).clone();
    assert_eq!((live.draft.status, live.draft.drift_check_on), (Status::Live, Some(next)));
    assert!(notice(&person).contains("is live"), "{}", notice(&person));
    person.press("u");
    let before = &selected(&person).draft;
    assert_eq!((before.status, before.drift_check_on), (Status::Shipped, None), "one change");
    // In the form it is a suggestion, which can be taken out.
    person.press("e tab tab right tab");
    assert_eq!(form(&person).text(Name::Drift), next.to_string());
    person.press("ctrl-u ctrl-s");
    let draft = &selected(&person).draft;
    assert_eq!((draft.status, draft.drift_check_on), (Status::Live, None));
    person.press("e tab tab tab \"soon ctrl-s");
    assert!(form(&person).error.as_ref().unwrap().contains("is not a date"));
    person.press("ctrl-u \"2027-01-31 ctrl-s");
    assert_eq!(selected(&person).draft.drift_check_on.unwrap().to_string(), "2027-01-31");
}

#[test]
fn looking_for_drift_sets_the_next_day() {
    let due = Some(plus(today(), -1));
    let live = ProjectDraft { status: Status::Live, drift_check_on: due, ..idea() };
    let mut person = with(live, 60);
    assert_eq!(selected(&person).remark(today()), due.map(|on| Remark::Drift { on }));
    assert!(person.screen().contains("look again"), "{}", person.screen());
    person.press("v");
    let next = plus(today(), DRIFT_DAYS);
    assert_eq!(selected(&person).draft.drift_check_on, Some(next));
    assert!(!person.screen().contains("look again"));
    assert!(notice(&person).contains("next look"), "{}", notice(&person));
    person.press("u");
    assert_eq!(selected(&person).draft.drift_check_on, due);
    assert!(notice(&person).contains("look for drift"), "{}", notice(&person));
}

#[test]
fn deciding_that_outlasts_building_is_said_in_row_and_detail() {
    let choice = Choice { estimate_days: Some(10), ..Choice::default() };
    let person = with(ProjectDraft { choice: choice.clone(), ..idea() }, 12);
    let screen = person.screen();
    assert!(screen.contains("deciding 12 d"), "{screen}");
    assert!(screen.contains("Deciding for 12 days, building it would take 10."), "{screen}");
    let in_time = with(ProjectDraft { choice, ..idea() }, 10);
    assert!(!in_time.screen().to_lowercase().contains("deciding"));
}

#[test]
fn the_worksheet_saves_each_step_that_is_left_and_offers_scoped_at_the_end() {
    let mut person = with(idea(), 3);
    person.press("w");
    assert!(matches!(form(&person).subject, Subject::Scope(_)));
    person.press("\"Nobody_knows tab \"a,_b,_c pgdn");
    let scope = |person: &Person| kept(person).projects[0].scope.clone();
    assert_eq!(scope(&person).answer(Prompt::Improve), "a, b, c", "it is on the disk");
    assert_eq!(form(&person).page(), 1, "and the worksheet is open");
    assert!(!form(&person).is_changed());
    // Enter on the last prompt of a step goes on to the next step.
    person.press("\"A_list enter \"Ask enter");
    assert_eq!((form(&person).page(), scope(&person).filled(Step::Solutions)), (2, (2, 2)));
    person.press("\"Others_did pgdn \"Ten_minutes pgdn \"Timetables");
    assert_eq!(scope(&person).answer(Prompt::Data), "", "not left yet");
    person.press("ctrl-s");
    assert!(scope(&person).is_whole());
    assert!(matches!(person.model.overlay, Some(Overlay::Confirm(_))), "it is offered");
    assert_eq!(selected(&person).draft.status, Status::Idea, "and never forced");
    person.press("y");
    assert_eq!(selected(&person).draft.status, Status::Scoped);
    // One change for the status and one for each step.
    person.press("u u");
    assert_eq!(selected(&person).draft.status, Status::Idea);
    assert_eq!(scope(&person).answer(Prompt::Data), "");
    assert_eq!(scope(&person).answer(Prompt::MlMetric), "Ten minutes");
    person.press("u");
    assert_eq!(scope(&person).answer(Prompt::MlMetric), "");
}

#[test]
fn leaving_the_last_step_by_its_page_offers_scoped_as_well() {
    let mut person = with(idea(), 3);
    person.press("w \"a pgdn \"b pgdn \"c pgdn \"d pgdn \"e pgup");
    assert!(kept(&person).projects[0].scope.is_whole());
    person.press("ctrl-s");
    assert!(matches!(person.model.overlay, Some(Overlay::Confirm(_))));
    person.press("n w ctrl-s");
    assert!(person.model.overlay.is_none(), "it does not insist");
    assert_eq!(selected(&person).draft.status, Status::Idea);
}

#[test]
fn a_step_that_is_opened_again_shows_what_was_answered_before() {
    let mut person = with(idea(), 30);
    let project = selected(&person).id;
    let old = vec![(Prompt::Problem, "Late buses".to_owned())];
    let on = plus(today(), -12);
    let change = Change::ProjectScope { project, answers: old, on };
    let elsewhere = person.memory.apply(&change).unwrap();
    person.send(Message::Heard(vec![elsewhere]));
    person.press("w");
    assert_eq!(form(&person).page(), 1, "it opens at the first step that says nothing");
    person.press("pgup ctrl-u \"Nobody_knows_when ctrl-s w pgup");
    let screen = person.screen();
    assert!(screen.contains("before, Wed 11 Nov: Late buses"), "{screen}");
}

#[test]
fn the_worksheet_never_loses_what_was_typed() {
    let mut person = with(idea(), 3);
    person.press("w \"Late esc");
    assert!(matches!(person.model.overlay, Some(Overlay::Confirm(_))));
    person.press("n");
    assert_eq!(form(&person).text(Name::Answer(Prompt::Problem)), "Late");
    // A disk that is busy: the answer waits, and the worksheet goes on.
    let failure = Failure { text: "busy".into(), change: None, is_waiting: true };
    person.memory.failure = Some(failure.clone());
    person.press("pgdn");
    assert_eq!((form(&person).page(), person.model.unsaved.len()), (1, 1));
    person.memory.failure = None;
    person.send(Message::Retry);
    assert_eq!(kept(&person).projects[0].scope.answer(Prompt::Problem), "Late");
    // A refusal leads back to the answer.
    person.memory.failure = Some(Failure { text: "too long".into(), is_waiting: false, ..failure });
    person.press("\"More pgdn");
    let said = person.model.notice.as_ref().map(|notice| notice.text.as_str());
    assert_eq!((form(&person).page(), said), (1, Some("too long")));
    person.memory.failure = None;
    person.press("ctrl-s");
    assert_eq!(kept(&person).projects[0].scope.answer(Prompt::Solutions), "More");
}

#[test]
fn a_click_on_a_step_saves_the_one_that_was_left() {
    let mut person = with(idea(), 3);
    person.press("w \"Late");
    let screen = person.screen();
    let row = screen.lines().position(|line| line.contains("1●──2○")).unwrap();
    let line = screen.lines().nth(row).unwrap().trim_matches('"').to_owned();
    let column = line.find("3○").map(|at| line[..at].chars().count()).unwrap();
    person.click(u16::try_from(column).unwrap(), u16::try_from(row).unwrap());
    assert_eq!(form(&person).page(), 2);
    assert_eq!(kept(&person).projects[0].scope.answer(Prompt::Problem), "Late");
}

#[test]
fn scores_rank_the_ideas_while_they_are_given() {
    let mut person = person(learner());
    let ideas = ["First", "Second"];
    for title in ideas {
        person.press(&format!("3 a enter \"{title} enter"));
    }
    person.press("c");
    let order = |person: &Person| -> Vec<String> {
        person.model.ranking(form(person)).into_iter().map(|ranked| ranked.title).collect()
    };
    assert_eq!(order(&person).len(), 4, "what is begun is decided");
    assert!(person.screen().contains("–  First"), "{}", person.screen());
    person.press("5 tab 5 tab left right right");
    assert_eq!(order(&person)[0], "Second");
    assert_eq!(form(&person).weighed().total(), Some(12));
    // What is bad for people stands last, whatever its scores.
    person.press("tab right right");
    assert_eq!(order(&person).last().unwrap(), "Second");
    assert!(person.screen().contains("bad for people"));
    person.press("left tab \"14 ctrl-s");
    let choice = &selected(&person).draft.choice;
    assert_eq!(
        (choice.total(), choice.is_good, choice.estimate_days),
        (Some(12), Some(true), Some(14))
    );
    person.press("u");
    assert_eq!(selected(&person).draft.choice, Choice::default());
    assert!(notice(&person).contains("weighed · Second"), "{}", notice(&person));
}

#[test]
fn four_answers_suggest_and_the_person_decides() {
    let mut person = with(idea(), 3);
    person.press("c pgdn right tab right tab right tab right right");
    let suggested = form(&person).weighed().suggestion();
    assert_eq!(suggested, Some(Approach::ReadyFireAim));
    assert!(person.screen().contains("3 of 4 say yes"), "{}", person.screen());
    person.press("tab right right tab \"I_would_rather_ask ctrl-s");
    let choice = &selected(&person).draft.choice;
    assert_eq!(choice.approach, Some(Approach::ReadyAimFire));
    assert_eq!(choice.reason, "I would rather ask");
}

#[test]
fn an_estimate_is_a_whole_number_of_days() {
    let mut person = with(idea(), 3);
    for typed in ["soon", "0", "99999"] {
        person.press(&format!("c tab tab tab tab ctrl-u \"{typed} ctrl-s"));
        assert!(form(&person).error.as_ref().unwrap().contains("1 to 3650"), "{typed}");
        person.press("esc y");
    }
    assert_eq!(selected(&person).draft.choice, Choice::default());
}

#[test]
fn worksheet_and_weighing_are_for_a_project_that_is_selected() {
    let mut person = person(learner());
    person.press("3");
    assert!(matches!(
        person.model.projects.selected(),
        Some(ProjectRow::Level(Level::Educational))
    ));
    for action in [Action::FillScope, Action::WeighIdea] {
        assert!(!is_available(&person.model, action));
    }
    person.press("j 0 w");
    assert_eq!(person.model.pane, Pane::Portfolio);
    assert!(matches!(form(&person).subject, Subject::Scope(_)), "from the detail too");
}

#[test]
fn a_click_takes_a_way_to_begin_and_one_beside_it_leaves() {
    let mut person = person(nobody());
    person.press("esc 3 a");
    let screen = person.screen();
    let row = screen.lines().position(|line| line.contains("A whole project")).unwrap();
    person.click(40, u16::try_from(row).unwrap());
    assert!(matches!(form(&person).subject, Subject::Project(None)));
    person.press("esc a").click(1, 1);
    assert!(person.model.overlay.is_none());
}

#[test]
fn from_nothing_to_a_scoped_project_in_a_real_terminal() {
    let home = Home::new();
    let mut terminal = Terminal::open(home.program(INCH, &[]), 80, 24);
    terminal.wait_for("enter take it");
    terminal.send("\x1b");
    terminal.wait_until("no window", |screen| !shows(screen, "Welcome to inch"));
    terminal.send("3");
    terminal.wait_for("No projects yet");
    terminal.send("a\r");
    terminal.wait_for("An idea, educational");
    terminal.send("Bus times\r");
    terminal.wait_for("c weighs it");
    terminal.send("w");
    terminal.wait_for("Business problem");
    // Page down is what leaves a step.
    for (answer, next) in [
        ("Nobody knows", "Solutions"),
        ("A list", "Feasibility and value"),
        ("Others did it", "Milestones"),
        ("Ten minutes", "Resources"),
    ] {
        terminal.send(answer);
        terminal.send("\x1b[6~");
        terminal.wait_for(next);
    }
    terminal.send("Timetables\x13");
    terminal.wait_for("Is it scoped?");
    terminal.send("y");
    terminal.wait_for("is scoped since");
    terminal.send("c54");
    terminal.wait_for("not all said");
    terminal.send("\x13");
    terminal.wait_for("Saved");
    terminal.send("q");
    assert_eq!(terminal.wait_exit(PATIENCE), Exit::with(0));
    let output = home.inch(&["project", "list", "--json"]).output().unwrap();
    let projects: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let project = &projects[0];
    assert_eq!((&project["title"], &project["status"]), (&"Bus times".into(), &"scoped".into()));
    assert_eq!(project["scope"]["data"][0]["text"], "Timetables");
    assert_eq!(project["scope"].as_object().unwrap().len(), 5);
    assert_eq!(project["choice"]["growth"], 4, "the second number takes the place of the first");
}
