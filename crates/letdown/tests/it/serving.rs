use crate::home::{Home, ran};
use serde_json::{Value, json};
use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    process::{Child, ChildStdout, Stdio},
    time::Duration,
};

const NIGHT: &str = "2025-11-24T03:10:00+01:00[Europe/Berlin]";

/// `letdown serve`, ended when it is dropped.
struct Server {
    process: Child,
    /// Kept open, so that it may speak on.
    _out: BufReader<ChildStdout>,
    said: String,
    address: String,
}

impl Server {
    fn of(home: &Home, more: &[&str]) -> Self {
        let mut command = home.command(&[&["serve", "--port", "0"], more].concat());
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut out = BufReader::new(process.stdout.take().unwrap());
        let mut said = String::new();
        out.read_line(&mut said).unwrap();
        let address = said.split_once("http://").unwrap().1.split_once(' ').unwrap().0.to_owned();
        Self { process, _out: out, said, address }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address))
    }

    fn post(&self, body: &str, header: &str) -> Answer {
        self.ask(&format!(
            "POST /v1/entries HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n{header}content-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        ))
    }

    fn ask(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    fn entries(&self) -> Vec<Value> {
        let answer: Value = serde_json::from_str(&self.get("/v1/entries").body).unwrap();
        answer["entries"].as_array().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

fn entry_of_a_phone(seq: u64) -> Value {
    let id = format!("0192f1c4-a3b0-7abc-8000-{seq:012x}");
    json!({
        "v": 1, "id": id, "device": "phone", "seq": seq, "hlc": "0192f1c4a3b0-0000", "kind": "pump", "op": "put",
        "root": id, "body": {"start": NIGHT, "total_ml": 80.0}
    })
}

fn sent(entries: &[Value]) -> String {
    json!({ "entries": entries }).to_string()
}

#[test]
fn the_web_app_is_served_at_the_address_that_is_said() {
    let home = Home::new();
    let server = Server::of(&home, &[]);
    assert!(server.said.starts_with("Letdown is at http://127.0.0.1:"), "{}", server.said);
    assert!(server.said.contains(&home.data().display().to_string()) && server.said.contains("Ctrl-C"));
    let page = server.get("/");
    assert_eq!(page.status, 200);
    assert!(page.head.contains("text/html") && page.body.contains("<title>Letdown"), "{page:?}");
    assert_eq!(
        (server.get("/healthz").status, server.get("/healthz").body.as_str()),
        (200, r#"{"ok":true}"#)
    );
    assert_eq!(server.get("/v1/nothing").status, 404);
    assert_eq!(server.get("/assets/gone.js").status, 404);
}

#[test]
fn serve_makes_the_first_journal_and_says_so() {
    let home = Home::new();
    let mut command = home.command(&["serve", "--port", "0"]);
    let mut process = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = String::new();
    BufReader::new(process.stderr.take().unwrap()).read_line(&mut said).unwrap();
    process.kill().unwrap();
    process.wait().unwrap();
    assert_eq!(said, format!("letdown: made a new journal in {}\n", home.data().display()));
    assert_eq!(home.entries().len(), 0);
}

#[test]
fn entries_go_out_as_they_were_written_down() {
    let home = Home::new();
    let written = home.json(&["log", "pump", "--total", "90", "--start", NIGHT]);
    let server = Server::of(&home, &[]);
    let answer: Value = serde_json::from_str(&server.get("/v1/entries?after=0").body).unwrap();
    assert_eq!(answer, json!({"entries": [written], "next": 1, "more": false}));
    let behind: Value = serde_json::from_str(&server.get("/v1/entries?after=1").body).unwrap();
    assert_eq!(behind["entries"], json!([]));
    assert_eq!(server.get("/v1/entries?after=x").status, 400);
}

#[test]
fn entries_that_come_in_are_listed_while_the_server_runs() {
    let home = Home::with_a_session();
    let server = Server::of(&home, &[]);
    let body = sent(&[entry_of_a_phone(1), entry_of_a_phone(2)]);
    assert_eq!(server.post(&body, "").body, r#"{"known":0,"stored":2}"#);
    assert_eq!(server.post(&body, "").body, r#"{"known":2,"stored":0}"#, "twice is once");
    assert_eq!(home.entries().len(), 3);
}

#[test]
fn what_another_program_writes_is_served_at_once() {
    let home = Home::with_a_session();
    let server = Server::of(&home, &[]);
    assert_eq!(server.entries().len(), 1);
    let written = home.json(&["log", "pump", "--total", "70", "--start", NIGHT]);
    assert_eq!(server.entries().last(), Some(&written));
    home.write("log.csv", "start,total_ml\n2025-11-01T03:00:00Z,60\n2025-11-01T07:00:00Z,65\n");
    home.done(&["import", "log.csv"]);
    assert_eq!(server.entries().len(), 4);
}

#[test]
fn server_and_command_write_at_once_and_nothing_is_lost() {
    const EACH: u64 = 12;
    let home = Home::with_a_session();
    let server = Server::of(&home, &[]);
    std::thread::scope(|threads| {
        let posted = threads
            .spawn(|| (1..=EACH).all(|seq| server.post(&sent(&[entry_of_a_phone(seq)]), "").status == 200));
        (0..EACH).for_each(|_| _ = home.done(&["log", "pump", "--total", "70", "--start", NIGHT]));
        assert!(posted.join().unwrap());
    });
    assert_eq!(home.entries().len() as u64, 1 + 2 * EACH);
    assert_eq!(server.entries().len() as u64, 1 + 2 * EACH);
}

#[test]
fn what_was_saved_outlives_a_server_that_is_killed() {
    let home = Home::new();
    let mut server = Server::of(&home, &[]);
    assert_eq!(server.post(&sent(&[entry_of_a_phone(1)]), "").status, 200);
    server.process.kill().unwrap();
    server.process.wait().unwrap();
    assert!(TcpStream::connect(&server.address).is_err());
    assert_eq!(home.entries()[0]["output_ml"], 80.0);
    assert_eq!(Server::of(&home, &[]).entries(), [entry_of_a_phone(1)]);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_in_peace() {
    let home = Home::new();
    let mut server = Server::of(&home, &[]);
    assert_eq!(server.get("/healthz").status, 200);
    let id = server.process.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(server.process.wait().unwrap().code(), Some(0));
}

/// What `serve` says first on a port.
fn first_word_on(home: &Home, port: &str) -> String {
    let mut command = home.command(&["serve", "--port", port]);
    let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut said = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut said).unwrap();
    let _ = process.kill();
    process.wait().unwrap();
    said
}

#[test]
fn a_port_that_is_taken_is_said() {
    let home = Home::with_a_session();
    let serves_once_it_is_free = || {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port().to_string();
        home.run(&["serve", "--port", &port]).refused(1, &[&format!("port {port} cannot be used"), "--port"]);
        drop(taken);
        first_word_on(&home, &port).contains(&format!("http://127.0.0.1:{port} "))
    };
    // In between, another test may take the port.
    assert!((0..20).any(|_| serves_once_it_is_free()));
}

#[test]
fn only_the_names_that_were_given_are_answered_to() {
    let home = Home::new();
    let server = Server::of(&home, &["--host", "nas.local"]);
    let called = |host: &str| {
        server.ask(&format!("GET /healthz HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"))
    };
    assert_eq!(["localhost", "nas.local", "nas.local:8017"].map(|host| called(host).status), [200, 200, 200]);
    let stranger = called("evil.example");
    assert_eq!(stranger.status, 421);
    assert!(stranger.body.contains("--host evil.example"), "{stranger:?}");
}

#[test]
fn a_page_of_another_site_cannot_write() {
    let home = Home::new();
    let server = Server::of(&home, &[]);
    let body = sent(&[entry_of_a_phone(1)]);
    assert_eq!(server.post(&body, "origin: http://evil.example\r\n").status, 403);
    assert_eq!(home.entries().len(), 0);
    let own = format!("origin: http://{}\r\n", server.address);
    assert_eq!(server.post(&body, &own).status, 200);
}

#[test]
fn what_is_not_an_entry_is_refused_whole() {
    let home = Home::with_a_session();
    let before = home.entries();
    let server = Server::of(&home, &[]);
    let mut broken = entry_of_a_phone(2);
    broken["seq"] = json!(0);
    for body in ["", "{", "[]", &sent(&[entry_of_a_phone(1), broken])] {
        let answer = server.post(body, "");
        let said: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!((answer.status, said["error"].is_string()), (400, true), "{body}: {answer:?}");
    }
    assert_eq!(home.entries(), before);
}

#[test]
fn two_servers_of_one_journal_show_the_same() {
    let home = Home::with_a_session();
    let (one, other) = (Server::of(&home, &[]), Server::of(&home, &[]));
    assert_eq!(one.post(&sent(&[entry_of_a_phone(1)]), "").status, 200);
    assert_eq!(other.entries(), one.entries());
    assert_eq!(other.entries().len(), 2);
}

/// The address is the only thing a starter can wait for, so it must come at once and not with the end.
#[test]
fn the_address_is_said_before_anything_is_asked() {
    let home = Home::with_a_session();
    let server = Server::of(&home, &[]);
    assert_eq!(server.said.lines().count(), 1);
    drop(server);
    assert_eq!(ran(home.command(&["list"])).code, 0);
}

/// A backup may be made at any time; a journal that is being served is not erased under the server.
#[test]
fn while_it_serves_a_backup_is_made_and_nothing_is_erased() {
    let home = Home::new();
    let server = Server::of(&home, &[]);
    server.post(&sent(&[entry_of_a_phone(1), entry_of_a_phone(2)]), "content-type: application/json\r\n");
    assert_eq!(home.json(&["backup", "kept.jsonl"])["entries"], json!(2));
    home.run(&["erase", "--yes"]).refused(1, &["another program has the journal in", "nothing was erased"]);
    server.post(&sent(&[entry_of_a_phone(3)]), "content-type: application/json\r\n");
    assert_eq!(server.entries().len(), 3);
    drop(server);
    assert_eq!(home.entries().len(), 3);
    home.done(&["erase", "--yes"]);
    home.done(&["restore", "kept.jsonl"]);
    assert_eq!(home.entries().len(), 2);
}
