//! The private PostgreSQL through the lives and deaths of the program that started it.

use std::{fs, os::unix::fs::MetadataExt};

use crate::helpers::program::Folder;

#[test]
fn it_survives_the_death_of_the_server_and_the_next_one_adopts_it() {
    let folder = Folder::open();
    let first = folder.serve();
    assert!(first.get("/health/ready").contains("200 OK"));
    first.kill();
    assert!(folder.has_postgres(), "the orphan lives on");

    let second = folder.serve();
    assert!(second.get("/health/ready").contains("200 OK"));
    assert_eq!(second.terminate(), 0);
    assert!(!folder.has_postgres(), "a clean stop takes it along");
}

#[test]
fn an_orphan_is_stopped_by_the_next_command() {
    let folder = Folder::open();
    folder.serve().kill();
    assert!(folder.has_postgres());
    assert!(folder.run(&["migrate"]).status.success());
    assert!(!folder.has_postgres());
}

#[test]
fn a_second_server_refuses_the_folder_and_other_commands_join() {
    let folder = Folder::open();
    let server = folder.serve();

    let second = folder.run(&["serve"]);
    assert_eq!(second.status.code(), Some(1));
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(said.contains("is in use by another running `vakhta serve`"), "{said}");

    assert!(folder.run(&["migrate"]).status.success());
    assert!(server.get("/health/ready").contains("200 OK"), "the command did not stop what it joined");
    assert_eq!(server.terminate(), 0);
}

#[test]
fn a_command_without_a_server_starts_it_for_itself() {
    let folder = Folder::open();
    assert!(folder.run(&["migrate"]).status.success());
    assert!(folder.data().join("postgres/data/PG_VERSION").exists());
    assert!(!folder.has_postgres());
}

#[test]
fn what_an_interrupted_first_start_left_behind_is_no_obstacle() {
    let folder = Folder::open();
    let left = folder.data().join("postgres");
    assert!(folder.run(&["migrate"]).status.success());
    fs::remove_file(left.join("data/PG_VERSION")).expect("removed");
    assert!(folder.run(&["migrate"]).status.success());
}

#[test]
fn a_number_that_belongs_to_another_program_by_now_is_no_obstacle() {
    let folder = Folder::open();
    assert!(folder.run(&["migrate"]).status.success());
    let data = folder.data().join("postgres/data");
    let pid = format!("{}\n{}\n1700000000\n5432\n/nowhere\n\n", std::process::id(), data.display());
    fs::write(data.join("postmaster.pid"), pid).expect("written");
    assert!(folder.run(&["migrate"]).status.success());
}

#[test]
fn it_is_restarted_when_it_dies_under_the_server() {
    let folder = Folder::open();
    let server = folder.serve();
    let file = folder.data().join("postgres/data/postmaster.pid");
    let pid = fs::read_to_string(file).expect("it runs").lines().next().expect("a number").to_owned();
    let killed = std::process::Command::new("kill").args(["-9", &pid]).status().expect("`kill` runs");
    assert!(killed.success());
    let began = std::time::Instant::now();
    while !server.get("/health/ready").contains("200 OK") || !folder.has_postgres() {
        assert!(began.elapsed().as_secs() < 60, "it never came back");
    }
    assert_eq!(server.terminate(), 0);
}

#[test]
fn started_by_root_its_files_lie_where_its_user_can_enter() {
    let folder = Folder::closed();
    let output = folder.run(&["migrate"]);
    assert!(output.status.success());
    let is_root = fs::metadata(folder.path()).expect("a folder").uid() == 0;
    let link = fs::read_link(folder.data().join("postgres"));
    if is_root {
        let place = link.expect("a link to the place");
        assert!(place.starts_with("/var/lib/vakhta"), "{}", place.display());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(said.lines().filter(|line| line.contains(&*place.to_string_lossy())).count(), 2, "{said}");
        assert!(folder.run(&["migrate"]).status.success(), "found again");
    } else {
        assert!(link.is_err());
    }
}
