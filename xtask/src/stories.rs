//! The browser stories: two servers with empty journals, and `e2e/run.mjs` with a browser in front of them.

use crate::{
    place::{notes, root, shown, target},
    say, setup, stories_log,
    trouble::Trouble,
};
use std::{
    env,
    fs::{self, File},
    io::{self, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Tells all stories. The program must have been built.
pub(crate) fn tell() -> Result<(), Trouble> {
    if !root().join("e2e").join("run.mjs").is_file() {
        return Err(Trouble::NotThereYet { what: "e2e/run.mjs" });
    }
    setup::npm_packages("e2e")?;
    let browser = setup::chromium()?;
    let (one, two) = (Server::start(1)?, Server::start(2)?);
    let mut node = Command::new("node");
    node.arg("e2e/run.mjs")
        .env("LETDOWN_URL", &one.url)
        .env("LETDOWN_URL_2", &two.url)
        .env("LETDOWN_FIXTURE", fixture()?)
        .env("LETDOWN_BROWSER", browser);
    say::step("browser stories", &mut node)
}

/// The file that the stories import: the one that was named, or one made now.
fn fixture() -> Result<PathBuf, Trouble> {
    if let Some(named) = env::var_os("LETDOWN_FIXTURE") {
        return Ok(named.into());
    }
    let file = notes()?.join("stories-log.csv");
    fs::write(&file, stories_log::until_yesterday()).map_err(Trouble::file(&file))?;
    Ok(file)
}

/// `letdown serve` on a free port with an empty folder. Ends when it is dropped.
struct Server {
    process: Child,
    url: String,
}

impl Server {
    fn start(number: u8) -> Result<Self, Trouble> {
        let folder = empty_folder(number)?;
        let log = notes()?.join(format!("stories-server-{number}.log"));
        let port = free_port().map_err(Trouble::file(&log))?;
        let output = File::create(&log).map_err(Trouble::file(&log))?;
        let errors = output.try_clone().map_err(Trouble::file(&log))?;
        let process = Command::new(target().join("release").join("letdown"))
            .args(["serve", "--port", &port.to_string(), "--data"])
            .arg(folder)
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            .spawn()
            .map_err(|source| Trouble::Start { program: "letdown serve".to_owned(), source })?;
        let server = Self { process, url: format!("http://127.0.0.1:{port}") };
        wait_until_well(port, || Trouble::Silent { seconds: PATIENCE.as_secs(), log: shown(&log) })?;
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, and there is nothing left to do about it.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn empty_folder(number: u8) -> Result<PathBuf, Trouble> {
    let folder = notes()?.join(format!("stories-data-{number}"));
    match fs::remove_dir_all(&folder) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(Trouble::file(&folder)(e)),
        _ => Ok(folder),
    }
}

fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

fn wait_until_well(port: u16, silent: impl Fn() -> Trouble) -> Result<(), Trouble> {
    let started = Instant::now();
    while !is_well(port).unwrap_or(false) {
        if PATIENCE < started.elapsed() {
            return Err(silent());
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

fn is_well(port: u16) -> io::Result<bool> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
    stream.set_read_timeout(Some(Duration::from_secs(1)))?;
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer.starts_with("HTTP/1.1 200") && answer.ends_with(r#"{"ok":true}"#))
}

#[cfg(test)]
mod tests {
    use super::{free_port, is_well};
    use std::{
        io::{Read, Write},
        net::TcpListener,
        thread,
    };

    #[test]
    fn only_the_right_answer_is_well() {
        for (answer, well) in [
            ("HTTP/1.1 200 OK\r\n\r\n{\"ok\":true}", true),
            ("HTTP/1.1 500 Oh\r\n\r\n{\"ok\":true}", false),
            ("HTTP/1.1 200 OK\r\n\r\n<html>", false),
        ] {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let port = listener.local_addr().unwrap().port();
            let server = thread::spawn(move || {
                let (mut stream, _) = listener.accept().unwrap();
                let _ = stream.read(&mut [0; 1_000]).unwrap();
                stream.write_all(answer.as_bytes()).unwrap();
            });
            assert_eq!(is_well(port).unwrap(), well, "{answer}");
            server.join().unwrap();
        }
        assert!(is_well(free_port().unwrap()).is_err());
    }
}
