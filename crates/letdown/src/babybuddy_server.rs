//! A Baby Buddy server, asked for its records over its REST API.
//!
//! Four lists are fetched page by page and put side by side in one JSON text, which the importer reads like any file. The
//! token is never taken from the command line, where other users of the machine could read it.

use crate::{outcome::Trouble, say};
use letdown_journal::import::MAX_BYTES;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::{collections::BTreeMap, io::Read as _, time::Duration};
use ureq::Agent;

/// The lists that are ours.
const LISTS: [&str; 4] = ["feedings", "pumping", "weight", "changes"];
/// Records of one page.
const PAGE: usize = 500;
/// The most pages of one list: a page that always names a next one must end somewhere.
const MAX_PAGES: usize = 2_000;
/// How long one answer may take.
const PATIENCE: Duration = Duration::from_mins(1);

#[derive(Deserialize)]
struct Page {
    count: usize,
    next: Option<String>,
    results: Vec<Box<RawValue>>,
}

/// The token of the user in Baby Buddy, from the environment or the first line of standard input.
pub fn token(from_stdin: bool) -> Result<String, Trouble> {
    let said = if from_stdin {
        let mut text = String::new();
        std::io::stdin().take(4_096).read_to_string(&mut text).map_err(Trouble::could_not)?;
        text.lines().next().unwrap_or_default().trim().to_owned()
    } else {
        std::env::var("BABYBUDDY_TOKEN").unwrap_or_default().trim().to_owned()
    };
    if said.is_empty() || !said.chars().all(|c| c.is_ascii_graphic()) {
        let what = "Baby Buddy wants to know who asks: put the token of its settings page into BABYBUDDY_TOKEN, \
                    or hand it over with --token-stdin";
        return Err(Trouble::NeedsAnswer(what.into()));
    }
    Ok(said)
}

/// All records of a server: the name it goes by in messages, and the JSON text.
pub fn records(url: &str, token: &str) -> Result<(String, Vec<u8>), Trouble> {
    let base = url.trim_end_matches('/').trim_end_matches("/api");
    if !base.starts_with("http://") && !base.starts_with("https://") {
        let what =
            format!("{url:?} is not the address of a server; it looks like https://babybuddy.example.org");
        return Err(Trouble::WrongUse(what));
    }
    let agent: Agent = Agent::config_builder().timeout_global(Some(PATIENCE)).build().into();
    let mut lists: BTreeMap<&str, Vec<Box<RawValue>>> = BTreeMap::new();
    let mut bytes = 0;
    for list in LISTS {
        let records = lists.entry(list).or_default();
        for _ in 0..MAX_PAGES {
            let from = records.len();
            let page = page(&agent, &format!("{base}/api/{list}/?limit={PAGE}&offset={from}"), token)?;
            say::aside(&format!("{list}: {} of {}", from + page.results.len(), page.count));
            bytes += page.results.iter().map(|record| record.get().len()).sum::<usize>();
            if bytes > MAX_BYTES {
                let what = format!("{base} holds more than {} MiB of records", MAX_BYTES / 1_048_576);
                return Err(Trouble::CouldNot(what));
            }
            let more = page.next.is_some() && !page.results.is_empty();
            records.extend(page.results);
            if !more {
                break;
            }
        }
    }
    let text = serde_json::to_vec(&lists).map_err(Trouble::could_not)?;
    Ok((base.to_owned(), text))
}

fn page(agent: &Agent, url: &str, token: &str) -> Result<Page, Trouble> {
    let answer = agent.get(url).header("Authorization", &format!("Token {token}")).call();
    let mut answer = answer.map_err(|e| could_not(url, &e))?;
    let text = answer.body_mut().with_config().limit(MAX_BYTES as u64).read_to_string();
    let text = text.map_err(|e| could_not(url, &e))?;
    serde_json::from_str(&text).map_err(|_| {
        let what = format!(
            "{url} does not answer as Baby Buddy does; is the address right? The journal is unchanged"
        );
        Trouble::CouldNot(what)
    })
}

fn could_not(url: &str, e: &ureq::Error) -> Trouble {
    let what = match e {
        ureq::Error::StatusCode(401 | 403) => "it does not accept this token".to_owned(),
        ureq::Error::StatusCode(404) => "there is no Baby Buddy at this address".to_owned(),
        ureq::Error::StatusCode(status) => format!("it answers with an error ({status})"),
        other => format!("it cannot be reached ({other})"),
    };
    Trouble::CouldNot(format!("{url}: {what}; the journal is unchanged"))
}
