//! What is packaged: everything that a build reads, and every file that a package names.

use std::{fs, path::Path, process::Command};

use toml::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_package_has_what_a_build_reads_and_no_tests() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["package", "--list", "--allow-dirty", "--offline"];
    let output = Command::new(cargo).args(arguments).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let listed = String::from_utf8(output.stdout).unwrap();
    let listed: Vec<_> = listed.lines().collect();
    let mut needed = vec!["build.rs".to_owned(), "README.md".into(), "LICENSE".into()];
    for folder in ["src", "assets", "assets/completions", "migrations/01-init"] {
        let files = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap());
        let files = files.filter(|entry| entry.path().is_file());
        needed.extend(files.map(|file| format!("{folder}/{}", file.file_name().to_str().unwrap())));
    }
    assert!(needed.len() > 20);
    for file in &needed {
        assert!(listed.contains(&file.as_str()), "{file} is not packaged");
    }
    let is_spare = |file: &&&str| {
        ["tests/", "benches/", "assets/screens", "."].iter().any(|start| file.starts_with(start))
            && **file != ".cargo_vcs_info.json"
    };
    assert_eq!(listed.iter().find(is_spare), None);
}

#[test]
fn a_debian_package_names_files_that_are_there() {
    let manifest: Value =
        toml::from_str(&fs::read_to_string(root().join("Cargo.toml")).unwrap()).unwrap();
    let assets = manifest["package"]["metadata"]["deb"]["assets"].as_array().unwrap();
    let sources: Vec<_> = assets.iter().map(|asset| asset[0].as_str().unwrap()).collect();
    let (built, kept): (Vec<_>, Vec<_>) =
        sources.into_iter().partition(|source| source.starts_with("target/"));
    assert_eq!(built, ["target/release/inch", "target/inch.1"]);
    for source in kept {
        assert!(root().join(source).is_file(), "{source}");
    }
    let entry = fs::read_to_string(root().join("assets/inch.desktop")).unwrap();
    for line in ["Type=Application", "Exec=inch", "Terminal=true"] {
        assert!(entry.lines().any(|found| found == line), "{line}");
    }
}
