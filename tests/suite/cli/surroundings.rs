//! What lies around a command: variables, folders, and files that are not there.

use super::Home;

#[test]
fn a_variable_that_is_empty_is_not_set() {
    let home = Home::new();
    let run = |args: &[&str], variables: &[(&str, &str)]| {
        let output = home.command(args).envs(variables.iter().copied()).output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{args:?} {variables:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    };
    run(&["habit", "add", "Read"], &[("INCH_DB", ""), ("INCH_CONFIG", "")]);
    assert!(home.path(".local/share/inch/inch.db").is_file());
    run(&["habit", "add", "Read"], &[("INCH_DB", "other.db")]);
    assert!(home.path("other.db").is_file());
    let config = home.write("mine.toml", "glyphs = \"ascii\"\n");
    assert_eq!(run(&["done"], &[("INCH_CONFIG", &config)]), "x Read · 1 day\n");
    home.fail(&["--db", "", "status"], 64);
}

#[cfg(target_os = "linux")]
#[test]
fn folders_that_are_named_need_no_home() {
    let home = Home::new();
    let (data, config) = (home.path("data"), home.path("config"));
    std::fs::create_dir_all(config.join("inch")).unwrap();
    std::fs::write(config.join("inch/config.toml"), "glyphs = \"ascii\"\n").unwrap();
    let run = |args: &[&str]| {
        let mut command = home.command(args);
        command.env_remove("HOME").env("XDG_DATA_HOME", &data).env("XDG_CONFIG_HOME", &config);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    run(&["habit", "add", "Read"]);
    assert!(data.join("inch/inch.db").is_file());
    assert_eq!(run(&["done"]), "x Read · 1 day\n");
}

#[test]
fn reading_makes_no_file() {
    let home = Home::new();
    let file = home.write("a.csv", "Read,2026-11-03,done\n");
    for args in [
        &["status"][..],
        &["status", "--json"],
        &["status", "--prompt"],
        &["log"],
        &["stats"],
        &["habit", "list"],
        &["topic", "list"],
        &["project", "list"],
        &["undo"],
        &["redo"],
        &["import", &file, "--dry-run"],
    ] {
        home.say(args);
        let there: Vec<_> = std::fs::read_dir(home.path("")).unwrap().collect();
        assert_eq!(there.len(), 1, "{args:?}: {there:?}");
    }
    home.say(&["import", &file]);
    assert_eq!(home.say(&["log"]), "2026-11-03  ✓  Read\n");
}

#[test]
fn a_long_argument_is_not_shown_whole() {
    let home = Home::new();
    let long = "x".repeat(10_000);
    let option = format!("--{long}");
    for args in [
        &["--color", &long, "status"][..],
        &[&long],
        &[&option],
        &["status", &long],
        &["import", "a.csv", "--from", &long],
    ] {
        let message = home.fail(args, 64);
        assert!(message.len() < 1000 && message.contains("xxx…"), "{message}");
    }
    assert!(home.fail(&["--color", &long, "status"], 64).contains("'--color <WHEN>'"));
}
