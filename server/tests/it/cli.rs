//! The program's commands, exit codes and what it says about a wrong configuration.

use std::{collections::BTreeSet, fs, path::Path};

use vakhta::config::VARIABLES;

use crate::helpers::program::Folder;

#[test]
fn a_wrong_variable_is_named_in_one_sentence_and_the_exit_code_is_2() {
    let folder = Folder::open();
    let table = [
        (
            "LISTEN_ADDR",
            "everywhere",
            "LISTEN_ADDR must be an address with a port such as 127.0.0.1:3000, but is `everywhere`",
        ),
        (
            "PUBLIC_URL",
            "vakhta.example.com",
            "PUBLIC_URL must be an address such as https://vakhta.example.com, but is `vakhta.example.com`",
        ),
        (
            "PUBLIC_URL",
            "https://example.com/app",
            "PUBLIC_URL must be an address such as https://vakhta.example.com without a path, but is `https://example.com/app`",
        ),
        (
            "TRUSTED_PROXIES",
            "10.0.0.1,proxy",
            "TRUSTED_PROXIES must be a comma list of addresses such as 10.0.0.1 or 10.0.0.0/8, but `proxy` is not one",
        ),
        ("SESSION_IDLE", "soon", "SESSION_IDLE must be a time span such as 90s, 15m, 12h or 30d, but is `soon`"),
        (
            "ADMIN_TELEGRAM_IDS",
            "@admin",
            "ADMIN_TELEGRAM_IDS must be a comma list of Telegram's numbers, but `@admin` is not one",
        ),
        ("TIME_ZONE", "Europe/Nowhere", "TIME_ZONE must be a zone such as Europe/Moscow, but is `Europe/Nowhere`"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT must be text or json, but is `xml`"),
        (
            "DATABASE_URL",
            "mysql://secret@host",
            "DATABASE_URL must be an address such as postgres://user:password@host/name",
        ),
        (
            "TELEGRAM_BOT_TOKEN",
            "secret",
            "TELEGRAM_BOT_TOKEN must be the token @BotFather gave: digits, a colon and a secret",
        ),
        (
            "METRICS_TOKEN_FILE",
            "/nowhere",
            "METRICS_TOKEN_FILE names a file that cannot be read: No such file or directory (os error 2)",
        ),
        ("TELEGRAM_BOT_TOKN", "1:a", "TELEGRAM_BOT_TOKN is no variable of vakhta; did you mean TELEGRAM_BOT_TOKEN?"),
    ];
    for (name, value, sentence) in table {
        let output = folder.program(&["check-config"]).env(name, value).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert_eq!(String::from_utf8_lossy(&output.stderr).trim_end(), sentence, "{name}");
    }
}

#[test]
fn a_right_configuration_is_said_to_be_right() {
    let folder = Folder::open();
    let token = folder.path().join("token");
    fs::write(&token, "1234:secret\n").expect("written");
    fs::write(
        folder.path().join(".env"),
        "# ours\nLISTEN_ADDR=127.0.0.1:1\nADMIN_TELEGRAM_IDS=\"1, 2\"\nSESSION_MAX=\n",
    )
    .expect("written");
    let output = folder.program(&["check-config"]).env("TELEGRAM_BOT_TOKEN_FILE", token).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "The configuration can be used.\n");
}

#[test]
fn an_unknown_name_in_the_env_file_is_refused() {
    let folder = Folder::open();
    fs::write(folder.path().join(".env"), "COLOUR=blue\n").expect("written");
    let output = folder.run(&["check-config"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "COLOUR in .env is no variable of vakhta\n");
}

#[test]
fn wrong_use_is_2_and_help_is_0() {
    let folder = Folder::open();
    for arguments in [&["fly"][..], &[], &["serve", "--only", "kitchen"], &["serve", "now"]] {
        let output = folder.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
    for arguments in [["help"], ["--help"]] {
        let output = folder.run(&arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        for command in ["serve", "migrate", "check-config", "grant", "import", "help"] {
            assert!(text.contains(command), "{command} in {text}");
        }
    }
}

#[test]
fn without_the_browsers_files_the_server_says_how_to_build_them() {
    let folder = Folder::open();
    fs::remove_dir_all(folder.path().join("dist")).expect("removed");
    let output = folder.run(&["serve"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("the browser's files are not built (dist/pkg/index.html is missing): run `make build`"),
        "{said}"
    );
}

#[test]
fn the_example_names_every_variable_and_no_other() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.env.example");
    let text = fs::read_to_string(example).expect("it is there");
    let named: BTreeSet<&str> = text
        .lines()
        .filter_map(|line| line.trim_start_matches(['#', ' ']).split_once('='))
        .map(|(name, _)| name)
        .filter(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
        .collect();
    let known: BTreeSet<&str> = VARIABLES.into_iter().flatten().map(|variable| variable.name).collect();
    assert_eq!(named, known);
}

#[test]
fn without_the_web_part_neither_the_address_nor_the_bundle_is_needed() {
    let folder = Folder::open();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("an address");
    let address = taken.local_addr().expect("an address").to_string();
    fs::remove_dir_all(folder.path().join("dist")).expect("removed");
    for part in ["bot", "workers", "bot,workers"] {
        let (server, said) = folder.serve_part(part, &[("LISTEN_ADDR", &address)]);
        assert!(said.contains("Running without HTTP"), "{said}");
        assert_eq!(server.terminate(), 0, "{part}");
    }
}
