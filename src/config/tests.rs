//! What a config may say, and what is said of what it may not.

use chrono::NaiveDate;

use super::*;

fn changed() -> Config {
    Config {
        day_starts_at: NaiveTime::from_hms_opt(5, 30, 0).unwrap(),
        week_starts_on: Weekday::Sun,
        streaks: StreakRule::TwoDay,
        theme: ThemeChoice::Light,
        glyphs: Glyphs::Ascii,
        motion: Motion::None,
        remind_at: NaiveTime::from_hms_opt(20, 0, 0),
        days: Days { born: NaiveDate::from_ymd_opt(1965, 2, 1), expected: 30_000 },
        has_mouse: false,
        name: r#"Ada "the" \ L"#.to_owned(),
        curricula: vec!["mine.toml".to_owned(), "~/a \"b\".toml".to_owned()],
        keys: Vec::new(),
    }
}

#[test]
fn what_is_printed_reads_back() {
    for config in [Config::default(), changed()] {
        assert_eq!(Config::parse(&config.print()), Ok(config));
    }
    assert_eq!(Config::parse(""), Ok(Config::default()));
    for key in KEYS.into_iter().chain(days::KEYS) {
        let (default, changed) = (Config::default(), changed());
        assert_ne!((key.write)(&default), (key.write)(&changed), "{}", key.name);
    }
}

#[test]
fn curricula_are_a_list_of_paths() {
    let config = Config::parse("curricula = [\"a.toml\", \"b/c.toml\"]").unwrap();
    assert_eq!(config.curricula, ["a.toml", "b/c.toml"]);
    for wrong in ["\"a.toml\"", "[3]", "{ a = 1 }"] {
        let wrong = Config::parse(&format!("curricula = {wrong}")).unwrap_err();
        assert!(wrong.what.contains("Accepted: a list of paths"), "{}", wrong.what);
    }
}

#[test]
fn every_listed_value_is_accepted() {
    for key in KEYS {
        for value in (key.accepted)().split('"').skip(1).step_by(2) {
            let text = format!("{} = \"{value}\"", key.name);
            let config = Config::parse(&text).unwrap();
            assert_eq!((key.write)(&config), value, "{text}");
        }
    }
}

#[test]
fn errors_name_the_line_the_value_and_what_is_accepted() {
    let error = |text: &str| {
        let Wrong { line, what } = Config::parse(text).unwrap_err();
        (line, what)
    };
    let (line, what) = error("# mine\n\nglyphs = \"emoji\"\n");
    assert_eq!(line, 3);
    assert_eq!(what, r#"glyphs can't be "emoji". Accepted: "unicode", "ascii"."#);
    let (line, what) = error("theme = \"dark\"\ncolour = 1\n");
    assert_eq!(line, 2);
    assert!(what.starts_with("there is no key 'colour'. Accepted: day_starts_at, "));
    assert_eq!(error("theme = \"dark\"\n[keys]\nx = 1\n").0, 3);
    assert_eq!(
        error("\n[days]\nborn = \"1990-05-17\"\nx = 1\n"),
        (4, "there is no key 'x'. Accepted: born, expected.".into())
    );
    let (line, what) = error("[days]\n\nborn = 1990-05-17\n");
    assert_eq!(
        (line, what.as_str()),
        (3, "born can't be 1990-05-17. Accepted: \"1900-01-01\" to \"2200-12-31\".")
    );
    assert_eq!(
        error("theme = \"dark\"\n[days]\nexpected = 20000\n"),
        (2, days::WITHOUT_BIRTH.into())
    );
    for bad in [
        "\"1990-5-17\"",
        "\"1899-12-31\"",
        "\"2201-01-01\"",
        "\"1990-02-30\"",
        "\"+1990-05-17\"",
        "19900517",
    ] {
        assert!(Config::parse(&format!("[days]\nborn = {bad}")).is_err(), "{bad}");
    }
    for bad in ["0", "-1", "100001", "27649.0", "\"27649\"", "0x6c01", "true"] {
        let text = format!("[days]\nborn = \"1990-05-17\"\nexpected = {bad}");
        assert!(Config::parse(&text).is_err(), "{bad}");
    }
    assert!(Config::parse("days = 1").is_err(), "a table");
    assert!(Config::parse("remind_at = \"24:00\"").is_err());
    assert_eq!(error("theme = \"dark\"\n\ntheme = \"dark\"\n").0, 3);
    assert_eq!(error("zzz = 1\naaa = 2\n").0, 1, "the first in the file");
    assert_eq!(error("\u{feff}\n=").0, 2);
    for bad in ["24:00", "4:00", "04:60", "04:00:00", "+4:00", "ab:cd", "日:日", ""] {
        assert!(Config::parse(&format!("day_starts_at = \"{bad}\"")).is_err(), "{bad}");
    }
    assert!(Config::parse("day_starts_at = 04:00:00").is_err());
}

#[test]
fn rows_of_keys_are_kept_as_they_are_written() {
    let text = "theme = \"dark\"\n[keys.today]\nadd = \"A\"\nquit = []\n[keys.form]\nsave = [\"ctrl-x\", \"f2\"]\n";
    let row = |line, place: &str, action: &str, chords: &[&str]| KeyRow {
        line,
        place: place.to_owned(),
        action: action.to_owned(),
        chords: chords.iter().copied().map(str::to_owned).collect(),
    };
    let rows = [
        row(3, "today", "add", &["A"]),
        row(4, "today", "quit", &[]),
        row(6, "form", "save", &["ctrl-x", "f2"]),
    ];
    assert_eq!(Config::parse(text).unwrap().keys, rows);
    for (bad, line) in [
        ("keys = 1", 1),
        ("[keys]\n\ntoday = 1", 3),
        ("[keys.today]\nadd = 1", 2),
        ("[keys.today]\n\nadd = [\"a\", 1]", 3),
    ] {
        let wrong = Config::parse(bad).unwrap_err();
        assert_eq!(wrong.line, line, "{bad}");
        assert!(wrong.what.contains("Accepted: "), "{wrong}");
    }
}

#[test]
fn only_a_regular_file_of_a_sensible_size_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    let fault = |is_required| Config::load(&path, is_required).unwrap_err().fault;
    assert_eq!(Config::load(&path, false).unwrap(), Config::default());
    assert_eq!(fault(true), Fault::Missing);
    let is_folder = Config::load(folder.path(), false).unwrap_err();
    assert_eq!(is_folder.fault, Fault::Config);
    std::fs::write(&path, vec![b'#'; 1024 * 1024 + 1]).unwrap();
    assert_eq!(fault(false), Fault::Config);
    std::fs::write(&path, [b'#', 0xff]).unwrap();
    assert_eq!(fault(false), Fault::Config);
    std::fs::write(&path, changed().print()).unwrap();
    assert_eq!(Config::load(&path, true).unwrap(), changed());
    std::fs::write(&path, "\nstreaks = 3").unwrap();
    let error = Config::load(&path, true).unwrap_err();
    assert!(error.message.contains("config.toml, line 2: streaks can't be 3."), "{error}");
}
