//! Records fetched from a Baby Buddy server, or from something that behaves like one.

use crate::home::Home;
use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    thread,
};

const TOKEN: &str = "c0ffee";

/// A server of three feedings, one to a page, and nothing else; it knows one token.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let base = address.clone();
    thread::spawn(move || listener.incoming().flatten().for_each(|stream| answer(stream, &base)));
    address
}

fn answer(mut stream: TcpStream, base: &str) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let asked = lines.next().unwrap_or_default();
    let headers: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let path = asked.split(' ').nth(1).unwrap_or_default();
    let known = headers.iter().any(|h| h.eq_ignore_ascii_case(&format!("Authorization: Token {TOKEN}")));
    let (status, body) = match path {
        _ if !known => ("403 Forbidden", "{}".to_owned()),
        path if path.starts_with("/api/feedings/") => ("200 OK", feedings(path, base)),
        path if path.starts_with("/api/") => {
            ("200 OK", r#"{"count":0,"next":null,"previous":null,"results":[]}"#.to_owned())
        }
        _ => ("404 Not Found", "{}".to_owned()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all((head + &body).as_bytes());
}

fn feedings(path: &str, base: &str) -> String {
    let offset: usize = path.rsplit("offset=").next().unwrap().parse().unwrap();
    let next = if offset < 2 {
        format!("\"{base}/api/feedings/?limit=1&offset={}\"", offset + 1)
    } else {
        "null".to_owned()
    };
    let record = format!(
        r#"{{"id":{},"child":1,"start":"2026-02-0{}T10:00:00+01:00","end":"2026-02-0{}T10:12:00+01:00","duration":"00:12:00","type":"formula","method":"bottle","amount":60.0,"notes":"","tags":[]}}"#,
        offset + 1,
        offset + 1,
        offset + 1
    );
    format!(r#"{{"count":3,"next":{next},"previous":null,"results":[{record}]}}"#)
}

#[test]
fn all_pages_come_in_once() {
    let (home, url) = (Home::new(), server());
    let import = |home: &Home| {
        let args = ["import", "--babybuddy", &url, "--unit", "ml", "--tz", "Europe/Berlin", "--json"];
        let ran = home.run_with(&args, &[("BABYBUDDY_TOKEN", TOKEN)], "");
        assert_eq!(ran.code, 0, "{ran:?}");
        let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        (answer["files"][0]["rows_imported"].clone(), answer["files"][0]["rows_duplicate"].clone())
    };
    assert_eq!(import(&home), (3.into(), 0.into()));
    assert_eq!(import(&home), (0.into(), 3.into()));
    assert_eq!(home.entries().len(), 3);
}

#[test]
fn the_token_comes_from_the_environment_or_from_standard_input_and_is_never_shown() {
    let (home, url) = (Home::new(), server());
    let args = ["import", "--babybuddy", &url, "--unit", "ml", "--tz", "Europe/Berlin"];
    home.run_with(&args, &[], "").refused(3, &["BABYBUDDY_TOKEN"]);
    let wrong = home.run_with(&args, &[("BABYBUDDY_TOKEN", "another")], "");
    assert!(!wrong.err.contains("another"), "{wrong:?}");
    wrong.refused(1, &["does not accept this token", "unchanged"]);
    let from_stdin = home.run_with(&[&args[..], &["--token-stdin"]].concat(), &[], "c0ffee\n");
    assert_eq!(from_stdin.code, 0, "{from_stdin:?}");
}

#[test]
fn what_is_no_baby_buddy_is_said() {
    let home = Home::new();
    let run = |url: &str| {
        home.run_with(
            &["import", "--babybuddy", url, "--tz", "Europe/Berlin"],
            &[("BABYBUDDY_TOKEN", TOKEN)],
            "",
        )
    };
    run(&format!("{}/somewhere", server())).refused(1, &["no Baby Buddy at this address"]);
    run("http://127.0.0.1:9").refused(1, &["cannot be reached"]);
    run("babybuddy.example.org").refused(2, &["not the address of a server"]);
    assert!(!home.has_journal());
}
