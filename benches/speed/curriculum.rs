//! What a person does with a curriculum, as it is shipped and with large files of their own.

use std::cell::RefCell;

use divan::{Bencher, black_box};
use inch::{
    app::{Filter, Message, Pane},
    domain::curriculum::Curriculum,
};

use crate::{app::App, files::History};

/// The roadmap as it ships.
#[divan::bench]
fn shipped_curriculum() -> Curriculum {
    Curriculum::shipped()
}

/// How many topics a curriculum has.
const TOPICS: [usize; 2] = [90, 10_000];

/// Files that add topics up to a number, 40 a module, each with a prerequisite.
fn own_files(topics: usize) -> Vec<String> {
    let own: Vec<_> = (90..topics).collect();
    let module = |number: usize| {
        let place = number / 40;
        format!("[[module]]\nid = \"m{place}\"\narea = \"ml\"\ntitle = \"Module {place}\"\n")
    };
    let topic = |number: usize| {
        let before = if number == 90 { "vectors".into() } else { format!("t{}", number - 1) };
        format!(
            "[[topic]]\nid = \"t{number}\"\nmodule = \"m{}\"\ntitle = \"Topic {number}\"\n\
             check = \"You can do {number}.\"\nprerequisites = [\"{before}\"]\n",
            number / 40
        )
    };
    let file = |numbers: &[usize]| {
        let begins = |number: &&usize| number.is_multiple_of(40) || **number == 90;
        let modules = numbers.iter().filter(begins).map(|number| module(*number));
        let topics = numbers.iter().map(|number| topic(*number));
        ["schema_version = 1\n".to_owned()].into_iter().chain(modules).chain(topics).collect()
    };
    own.chunks(5_000).map(file).collect()
}

fn laid(files: &[String]) -> Curriculum {
    files.iter().fold(Curriculum::shipped(), |base, file| base.laid_over(file).unwrap())
}

/// A start in the roadmap with every topic that was not begun listed.
fn roadmap(topics: usize) -> RefCell<App> {
    let mut app = App::start_on(&History::TenRows.path(), laid(&own_files(topics)));
    app.press("2");
    while app.model.filter != Filter::Untouched {
        app.press("f");
    }
    assert!(app.model.row_count(Pane::Curriculum) >= topics - 10, "all of them are rows");
    RefCell::new(app)
}

/// Reading the files and laying each over what was read before.
#[divan::bench(args = TOPICS, sample_count = 20, sample_size = 1)]
fn curriculum_files(bencher: Bencher, topics: usize) {
    let files = own_files(topics);
    bencher.bench_local(|| laid(black_box(&files)));
}

/// From the curriculum in memory to the first frame.
#[divan::bench(args = TOPICS, sample_count = 20, sample_size = 1)]
fn curriculum_first_frame(bencher: Bencher, topics: usize) {
    let (curriculum, path) = (laid(&own_files(topics)), History::TenRows.path());
    bencher
        .with_inputs(|| curriculum.clone())
        .bench_local_values(|curriculum| App::start_on(&path, curriculum));
}

/// One row down in the roadmap.
#[divan::bench(args = TOPICS, sample_count = 100, sample_size = 1)]
fn roadmap_down(bencher: Bencher, topics: usize) {
    let app = roadmap(topics);
    bencher
        .with_inputs(|| app.borrow_mut().press("g"))
        .bench_local_values(|()| app.borrow_mut().press(black_box("j")));
}

/// The same with the columns of the zoomed roadmap.
#[divan::bench(args = TOPICS, sample_count = 100, sample_size = 1)]
fn roadmap_down_zoomed(bencher: Bencher, topics: usize) {
    let app = roadmap(topics);
    app.borrow_mut().press("z");
    bencher
        .with_inputs(|| app.borrow_mut().press("g"))
        .bench_local_values(|()| app.borrow_mut().press(black_box("j")));
}

/// From untouched topics to the next filters, round to all and to untouched again.
#[divan::bench(args = TOPICS, sample_count = 20, sample_size = 1)]
fn roadmap_filters(bencher: Bencher, topics: usize) {
    let app = roadmap(topics);
    bencher.bench_local(|| {
        for _ in 0..7 {
            app.borrow_mut().press(black_box("f"));
        }
    });
}

/// Letters typed to find a topic.
#[divan::bench(args = TOPICS, sample_count = 50, sample_size = 1)]
fn roadmap_find(bencher: Bencher, topics: usize) {
    let app = roadmap(topics);
    bencher
        .with_inputs(|| {
            let mut app = app.borrow_mut();
            app.press("esc");
            app.press("/");
        })
        .bench_local_values(|()| {
            let mut app = app.borrow_mut();
            app.take(Message::Pasted(black_box("topic".to_owned())));
            app.draw();
            app.press("enter");
        });
}
