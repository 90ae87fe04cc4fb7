//! Progress. Every step says what it is doing and for how long; all output of a command goes to a log file, its last
//! line is shown while it runs, and the end of the log when it did not pass.

use crate::{
    place::{notes, root, shown},
    trouble::Trouble,
};
use std::{
    fs::File,
    io::{BufRead, BufReader, IsTerminal, Read, Write, stderr},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread,
    time::{Duration, Instant},
};

/// How often a step that runs for long says so where lines cannot be written over.
const REMINDER: Duration = Duration::from_secs(30);

/// How much of a log is shown when a step did not pass.
const TAIL_LINES: usize = 60;

/// A line that stands by itself.
pub(crate) fn line(text: &str) {
    eprintln!("{text}");
}

/// Runs a command as a step of the given name, in the root of the repository unless it says otherwise.
pub(crate) fn step(name: &str, command: &mut Command) -> Result<(), Trouble> {
    let log_path = notes()?.join(format!("{}.log", file_name(name)));
    let started = Instant::now();
    let mut child = start(command)?;
    let lines = read(&mut child);
    let mut log = File::create(&log_path).map_err(Trouble::file(&log_path))?;
    follow(name, started, &lines, &mut log);
    let status = child.wait().map_err(Trouble::file(&log_path))?;
    finish(name, started, status, &log_path)
}

/// What a command prints, when it succeeds.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.current_dir(root()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn start(command: &mut Command) -> Result<Child, Trouble> {
    if command.get_current_dir().is_none() {
        command.current_dir(root());
    }
    let program = command.get_program().to_string_lossy().into_owned();
    command
        .env("NO_COLOR", "1")
        .env("CARGO_TERM_COLOR", "never")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|source| Trouble::Start { program, source })
}

/// The lines of both outputs, in the order in which they come.
fn read(child: &mut Child) -> Receiver<String> {
    let (lines, received) = channel();
    if let Some(output) = child.stdout.take() {
        pump(output, lines.clone());
    }
    if let Some(output) = child.stderr.take() {
        pump(output, lines);
    }
    received
}

fn pump(output: impl Read + Send + 'static, lines: Sender<String>) {
    thread::spawn(move || {
        let mut output = BufReader::new(output);
        let mut line = Vec::new();
        while output.read_until(b'\n', &mut line).is_ok_and(|read| 0 < read) {
            if lines.send(without_machine(&String::from_utf8_lossy(&line))).is_err() {
                break;
            }
            line.clear();
        }
    });
}

/// A line as it may be shown to others: paths from the root of the repository on.
fn without_machine(line: &str) -> String {
    let root = root().display().to_string();
    let line = line.trim_end().replace(&format!("{root}/"), "").replace(&root, ".");
    match std::env::var("HOME") {
        Ok(home) if 1 < home.len() => line.replace(&home, "~"),
        _ => line,
    }
}

/// Writes the log and shows the last line, until the command closes its outputs.
fn follow(name: &str, started: Instant, lines: &Receiver<String>, log: &mut File) {
    let mut show = Show::start(name, started);
    loop {
        match lines.recv_timeout(Duration::from_secs(1)) {
            Ok(line) => {
                // A log that cannot be written must not stop the work.
                let _ = writeln!(log, "{line}");
                show.last = line;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        show.tick();
    }
    show.clear();
}

/// The line of a running step.
struct Show<'a> {
    name: &'a str,
    started: Instant,
    last: String,
    said: Instant,
    over: bool,
}

impl<'a> Show<'a> {
    fn start(name: &'a str, started: Instant) -> Self {
        let over = stderr().is_terminal();
        if !over {
            eprintln!("  ...   {name}");
        }
        Self { name, started, last: String::new(), said: started, over }
    }

    fn tick(&mut self) {
        let pause = if self.over { Duration::from_millis(200) } else { REMINDER };
        if self.said.elapsed() < pause {
            return;
        }
        self.said = Instant::now();
        let Self { name, last, .. } = self;
        let seconds = self.started.elapsed().as_secs();
        let last: String = last.trim().chars().take(60).collect();
        if self.over {
            eprint!("\r\x1b[2K  ...   {name}, {seconds} s: {last}");
        } else {
            eprintln!("  ...   {name}, {seconds} s so far: {last}");
        }
    }

    fn clear(&self) {
        if self.over {
            eprint!("\r\x1b[2K");
        }
    }
}

fn finish(name: &str, started: Instant, status: ExitStatus, log: &Path) -> Result<(), Trouble> {
    let seconds = started.elapsed().as_secs_f64();
    if status.success() {
        eprintln!("  done  {name}, {seconds:.1} s");
        return Ok(());
    }
    eprintln!("  stop  {name}, {seconds:.1} s. The end of what it said:\n");
    for line in tail(log) {
        eprintln!("    {line}");
    }
    Err(Trouble::Command { step: name.to_owned(), status: status.to_string(), log: shown(log) })
}

fn tail(log: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[lines.len().saturating_sub(TAIL_LINES)..].to_vec()
}

fn file_name(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect()
}
