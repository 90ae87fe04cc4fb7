//! What a screen holds: a journal, the pen of one device, a twin.
//!
//! Every change is returned as entries and is *not* taken in: whoever keeps the journal stores them first and hands them
//! to [`Notebook::add`] when they are safe. Answers are JSON-ready values of the other modules.

use crate::{
    EngineError,
    babies::babies,
    coach,
    error::Problem,
    example,
    forecast::{Forecast, forecast},
    history::{History, history},
    insights::{Insights, insights},
    lately::{Lately, lately},
    line,
    observed::Observed,
    red_flags::red_flags,
    standing::{Reading, Standing},
    today::{Today, today},
    trials::{self, Listed, Next, Page, Planned, Question},
    twin::{Fitted, Twin, TwinState},
    whatif::{Change, WhatIf, what_if},
    written,
};
use letdown_journal::{
    author::Author,
    body::{Body, Extra, Technique},
    entry::{Entry, EntryId, Op},
    fold::{Fact, Folded},
    import::{AnswersWire, Arrival, NamedBytes, Preview, Progress, undo},
    moment::Moment,
};
use serde::Deserialize;
use serde_json::Value;

pub use crate::{
    babies::Known,
    line::{Line, Query},
    says::{let_downs, says},
};

/// A journal, the pen of one device, and a twin.
#[derive(Clone, Debug)]
pub struct Notebook {
    device: String,
    author: Author,
    journal: Folded,
    standing: Standing,
    twin: Twin,
    /// The last fit of this notebook.
    fitted: Option<Box<Fitted>>,
    read: Option<Arrival>,
}

/// A pump session as a screen writes it down.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PumpDraft {
    /// When it began; left out: it has just ended.
    pub start: Option<String>,
    /// Output of both sides (mL).
    pub total_ml: Option<f64>,
    /// Output of the left side (mL).
    pub left_ml: Option<f64>,
    /// Output of the right side (mL).
    pub right_ml: Option<f64>,
    /// How long it ran (min).
    pub minutes: Option<f64>,
    /// What was done beside pumping.
    #[serde(default)]
    pub techniques: Vec<Technique>,
    /// Where, in her words.
    pub place: Option<String>,
    /// Her own words.
    pub note: Option<String>,
    /// The total as she typed it, when that was not mL.
    pub typed: Option<Typed>,
}

/// A volume as it was typed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Typed {
    /// The number.
    pub amount: f64,
    /// `ml` or `oz`.
    pub unit: String,
}

impl PumpDraft {
    /// The fields of the entry.
    fn fields(self) -> Extra {
        let typed = self.typed.map(|typed| format!("{} {}", typed.amount, typed.unit));
        let total_ml = self.total_ml.filter(|_| typed.is_none());
        let techniques: Vec<&str> = self.techniques.iter().map(Technique::as_str).collect();
        let fields = [
            ("start", self.start.into()),
            ("minutes", self.minutes.into()),
            ("left_ml", self.left_ml.into()),
            ("right_ml", self.right_ml.into()),
            ("total_ml", total_ml.into()),
            ("total_typed", typed.into()),
            ("techniques", techniques.into()),
            ("place", self.place.into()),
            ("note", self.note.into()),
        ];
        let said = fields.into_iter().filter(|(_, value): &(_, Value)| !value.is_null());
        said.map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

impl Notebook {
    /// An empty notebook of a device.
    ///
    /// # Errors
    /// When the device's name does not fit.
    pub fn new(device: &str) -> Result<Self, EngineError> {
        Ok(Self {
            device: device.to_owned(),
            author: Author::new(device)?,
            journal: Folded::default(),
            standing: Standing::default(),
            twin: Twin::Pending,
            fitted: None,
            read: None,
        })
    }

    /// Takes entries in, in any order, once.
    ///
    /// # Errors
    /// When the device's name does not fit.
    pub fn add(&mut self, entries: Vec<Entry>) -> Result<(), EngineError> {
        let mut roots: Vec<EntryId> = entries.iter().map(|entry| entry.root).collect();
        roots.sort_unstable();
        roots.dedup();
        for entry in entries {
            self.journal.add(entry);
        }
        for fact in roots.into_iter().filter_map(|root| self.journal.fact(root)) {
            self.standing.see(fact);
        }
        let all = self.journal.facts().flat_map(Fact::versions);
        self.author = Author::after(&self.device, all)?;
        Ok(())
    }

    /// The journal.
    pub fn journal(&self) -> &Folded {
        &self.journal
    }

    /// Facts that stand.
    pub fn entry_count(&self) -> usize {
        self.standing.len()
    }

    /// The zone of the newest entry.
    pub fn zone(&self) -> Option<jiff::tz::TimeZone> {
        let mut bodies = self.standing.newest_first().filter_map(|reading| reading.body().ok()?);
        bodies.next().map(|body| body.start().time_zone().clone())
    }

    /// The log as it is known at `now`.
    pub fn observed(&self, now: &Moment) -> Observed {
        Observed::of(&self.standing, now)
    }

    /// A new entry of a kind. `fields` are those of its wire form, see `docs/format.md`. Left out, `start` is such that
    /// it has just ended; without a zone, it is read in that of `now`. An amount may be given as `..._typed` alone.
    ///
    /// # Errors
    /// When the kind is not known, or a field is not what it may be; the sentence names it.
    pub fn log(
        &self,
        kind: &str,
        fields: Extra,
        now: &Moment,
        random: [u8; 10],
    ) -> Result<Entry, EngineError> {
        Ok(self.author.clone().put(&written::logged(kind, fields, now)?, milliseconds(now), random))
    }

    /// A new entry of a body as it stands, fields beyond its kind's included: for what the engine itself made.
    pub fn write(&self, body: &Body, now: &Moment, random: [u8; 10]) -> Entry {
        self.author.clone().put(body, milliseconds(now), random)
    }

    /// A new version of a fact, in which `fields` are said anew; `null` takes one away. The rest stays, also what this
    /// version does not know.
    ///
    /// # Errors
    /// When there is no such fact, it was taken back, or a field is not what it may be.
    pub fn edit(
        &self,
        root: &str,
        fields: Extra,
        now: &Moment,
        random: [u8; 10],
    ) -> Result<Entry, EngineError> {
        let fact = self.fact(root)?;
        let standing = fact.newest();
        if !fact.is_alive() {
            return Err(Problem::TakenBack(root.to_owned()).into());
        }
        let body = written::changed(&standing.kind, standing.body.get(), fields, now)?;
        Ok(self.author.clone().edit(standing, &body, milliseconds(now), random))
    }

    /// The entry of a pump session.
    ///
    /// # Errors
    /// When a time or a volume is not one.
    pub fn log_pump(&self, draft: PumpDraft, now: &Moment, random: [u8; 10]) -> Result<Entry, EngineError> {
        self.log("pump", draft.fields(), now, random)
    }

    /// The entry that takes a fact back.
    ///
    /// # Errors
    /// When there is no such fact.
    pub fn remove(&self, root: &str, now: &Moment, random: [u8; 10]) -> Result<Entry, EngineError> {
        let fact = self.fact(root)?;
        Ok(self.author.clone().delete(fact.newest(), milliseconds(now), random))
    }

    /// The entry that lets a fact stand again as it last did.
    ///
    /// # Errors
    /// When there is no such fact, or it cannot be read.
    pub fn restore(&self, root: &str, now: &Moment, random: [u8; 10]) -> Result<Entry, EngineError> {
        let fact = self.fact(root)?;
        let stood = fact.versions().iter().find(|v| v.op == Op::Put);
        let body = stood.and_then(|v| v.body().ok().flatten());
        let body = body.ok_or_else(|| Problem::NoEntry(root.to_owned()))?;
        Ok(self.author.clone().edit(fact.newest(), &body, milliseconds(now), random))
    }

    fn fact(&self, root: &str) -> Result<&Fact, EngineError> {
        let id: EntryId = root.parse()?;
        Ok(self.journal.fact(id).ok_or_else(|| Problem::NoEntry(root.to_owned()))?)
    }

    /// The newest facts first, at most `limit`.
    pub fn lines(&self, now: &Moment, limit: usize) -> Vec<Line> {
        let query = Query { limit: Some(limit), ..Query::default() };
        self.find(&query, now).unwrap_or_default()
    }

    /// The facts that a query finds, the newest first.
    ///
    /// # Errors
    /// When a day or a time of it is none.
    pub fn find(&self, query: &Query, now: &Moment) -> Result<Vec<Line>, EngineError> {
        line::find(&self.journal, &self.standing, query, now)
    }

    /// Reads the words of at most `most` facts that no search has looked at yet, the newest first, so that the next one
    /// answers at once. Says how many are left.
    pub fn read_ahead(&self, most: usize) -> usize {
        let unread: Vec<&Reading> = self.standing.newest_first().filter(|r| !r.is_read()).collect();
        unread.iter().take(most).for_each(|reading| {
            reading.words();
        });
        unread.len().saturating_sub(most)
    }

    /// The babies there are: those that were written down, and those that the log names.
    pub fn babies(&self) -> Vec<Known> {
        babies(&self.journal, &self.standing)
    }

    /// Reads files and says what they would bring; [`Notebook::take_import`] makes the entries.
    ///
    /// # Errors
    /// When a file cannot be read, or [`needs`](EngineError::needs) an answer.
    pub fn read_import(
        &mut self,
        files: &[NamedBytes<'_>],
        answers: &AnswersWire,
        now: &Moment,
    ) -> Result<Preview, EngineError> {
        self.read_import_watched(files, answers, now, &mut |_| true)
    }

    /// The same, telling `watch` how far it is.
    ///
    /// # Errors
    /// As [`Notebook::read_import`], and when `watch` stopped it.
    pub fn read_import_watched(
        &mut self,
        files: &[NamedBytes<'_>],
        answers: &AnswersWire,
        now: &Moment,
        watch: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Preview, EngineError> {
        let arrival = Arrival::read(files, answers, &self.journal, &self.device, now, watch)?;
        Ok(self.read.insert(arrival).preview.clone())
    }

    /// The entries of the last import that was read. `random` gives ten random bytes per entry.
    ///
    /// # Errors
    /// When nothing was read.
    pub fn take_import(
        &mut self,
        now: &Moment,
        random: &mut dyn FnMut() -> [u8; 10],
    ) -> Result<Vec<Entry>, EngineError> {
        let arrival = self.read.take().ok_or_else(|| Problem::Request("no import has been read".into()))?;
        Ok(arrival.entries(&mut self.author.clone(), now, random))
    }

    /// The entries that take an import back.
    ///
    /// # Errors
    /// When the journal holds nothing of it.
    pub fn undo_import(
        &self,
        batch: &str,
        now: &Moment,
        random: &mut dyn FnMut() -> [u8; 10],
    ) -> Result<Vec<Entry>, EngineError> {
        let entries = undo(&self.journal, batch, &mut self.author.clone(), milliseconds(now), random);
        if entries.is_empty() {
            return Err(Problem::Request(format!("the journal holds nothing of the import {batch:?}")).into());
        }
        Ok(entries)
    }

    /// The entries of the example.
    ///
    /// # Errors
    /// When the zone of `now` has no name.
    pub fn example(
        &self,
        now: &Moment,
        seed: u64,
        random: &mut dyn FnMut() -> [u8; 10],
    ) -> Result<Vec<Entry>, EngineError> {
        Ok(self.put_all(&example::example(now, seed)?, now, random))
    }

    /// How many facts of the example stand.
    pub fn example_count(&self) -> usize {
        self.standing.all().filter(|reading| reading.is_example()).count()
    }

    /// The entries that take the example back.
    pub fn clear_example(&self, now: &Moment, random: &mut dyn FnMut() -> [u8; 10]) -> Vec<Entry> {
        let mut author = self.author.clone();
        let marked = self.standing.all().filter(|reading| reading.is_example());
        marked.map(|reading| author.delete(reading.entry(), milliseconds(now), random())).collect()
    }

    fn put_all(&self, bodies: &[Body], now: &Moment, random: &mut dyn FnMut() -> [u8; 10]) -> Vec<Entry> {
        let mut author = self.author.clone();
        bodies.iter().map(|body| author.put(body, milliseconds(now), random())).collect()
    }

    /// Fits the twin to what is known at `now`. Takes seconds, unless nothing was logged since the last fit.
    pub fn fit(&mut self, now: &Moment) -> TwinState {
        self.twin = Twin::usual_after(&self.observed(now), self.fitted.as_deref(), SEED);
        if let Twin::Ready(fitted) = &self.twin {
            fitted.posterior.carry();
            self.fitted = Some(fitted.clone());
        }
        self.twin.state()
    }

    /// A twin at once, until [`Notebook::fit`] has one: the last fit with what was logged since taken in, else a first
    /// look. It says which it is. Where only a fit can tell, the twin stays as it was.
    pub fn take_in(&mut self, now: &Moment) -> TwinState {
        if let Some(twin) = Twin::at_once(&self.observed(now), self.fitted.as_deref(), SEED) {
            self.twin = twin;
        }
        self.twin.state()
    }

    /// The last fit as bytes, to be kept until the next visit. `None` before there is one.
    pub fn keep_fit(&self) -> Option<Vec<u8>> {
        self.fitted.as_deref().map(Fitted::write)
    }

    /// The fit of an earlier visit: [`Notebook::take_in`] begins with it.
    ///
    /// # Errors
    /// When it is no fit, or the log as it was known then is not what it was.
    pub fn remember_fit(&mut self, bytes: &[u8]) -> Result<(), EngineError> {
        self.fitted = Some(Box::new(Fitted::read_then(bytes, &self.standing)?));
        Ok(())
    }

    /// Today.
    pub fn today(&self, now: &Moment) -> Today {
        let observed = self.observed(now);
        today(&observed, &self.twin, &red_flags(&self.journal, &observed))
    }

    /// The days behind her.
    pub fn history(&self, now: &Moment, days: u32) -> History {
        history(&self.observed(now), days)
    }

    /// How right the forecasts of the last whole days were.
    ///
    /// # Errors
    /// When the twin is not ready.
    pub fn lately(&self, now: &Moment, days: u32) -> Result<Lately, EngineError> {
        lately(&self.observed(now), &self.twin, days)
    }

    /// The days to come.
    ///
    /// # Errors
    /// When the twin is not ready.
    pub fn forecast(&self, now: &Moment, days: u32) -> Result<Forecast, EngineError> {
        forecast(&self.observed(now), &self.twin, days, SEED)
    }

    /// What a change would bring in the days to come.
    ///
    /// # Errors
    /// When the change is none that is known, or the twin is not ready.
    pub fn what_if(&self, change: &str, now: &Moment, days: u32) -> Result<WhatIf, EngineError> {
        what_if(&self.journal, &self.observed(now), &self.twin, &Change::read(change)?, days, SEED)
    }

    /// Her trials, the newest first.
    pub fn trials(&self, now: &Moment) -> Vec<Listed> {
        trials::list(&self.journal, now)
    }

    /// What a trial would take, from the twin as it is. [`Planned::fields`] is what [`Notebook::log`] writes to begin it.
    ///
    /// # Errors
    /// When the trial could not tell within reason; the sentence says what could.
    pub fn plan_trial(
        &self,
        question: &Question,
        smallest_percent: f64,
        now: &Moment,
    ) -> Result<Planned, EngineError> {
        trials::plan(&self.journal, &self.observed(now), &self.twin, question, smallest_percent)
    }

    /// What a session that begins now was drawn to be, and the entry that keeps it, where it is drawn only now.
    ///
    /// # Errors
    /// When no trial runs, or a red flag stops it now.
    pub fn next_of_trial(
        &self,
        now: &Moment,
        random: [u8; 10],
    ) -> Result<(Next, Option<Entry>), EngineError> {
        let next = trials::next(&self.journal, &self.observed(now))?;
        let entry = next.fresh.then(|| self.log("assignment", next.fields(), now, random)).transpose()?;
        Ok((next, entry))
    }

    /// The one page of a trial; without an id of that which runs, else of the newest. Fits the log as it was before the
    /// trial, which takes seconds.
    ///
    /// # Errors
    /// When there is no such trial.
    pub fn page_of_trial(&self, now: &Moment, id: Option<&str>) -> Result<Page, EngineError> {
        let observed = self.observed(now);
        let (began, needs_twin) = trials::began(&self.journal, now, id)?;
        let twin = if needs_twin { trials::twin_before(&observed, began, SEED) } else { Twin::Pending };
        trials::page(&self.journal, &observed, &twin, id)
    }

    /// The entry that ends the trial that runs, or lets the newest go on.
    ///
    /// # Errors
    /// When there is none to end, or to go on with.
    pub fn turn_trial(&self, go_on: bool, now: &Moment, random: [u8; 10]) -> Result<Entry, EngineError> {
        let all = self.trials(now);
        let (trial, state) = trials::turned(&all, go_on)?;
        let fields = Extra::from_iter([("state".to_owned(), state.into())]);
        self.edit(&trial.id, fields, now, random)
    }

    /// The twin as it is.
    pub fn twin(&self) -> &Twin {
        &self.twin
    }

    /// What the coach knows before a session that begins at `now`.
    pub fn coach_knows(&self, now: &Moment) -> coach::Knows {
        coach::Knows::of(&self.journal, &self.observed(now), &self.twin)
    }

    /// What her log says about how her body works.
    pub fn insights(&self, now: &Moment) -> Insights {
        insights(&self.journal, &self.observed(now), &self.twin)
    }
}

/// The same log gives the same draws.
pub const SEED: u64 = 1;

/// Unix milliseconds; 0 before 1970.
pub fn milliseconds(now: &Moment) -> u64 {
    u64::try_from(now.timestamp().as_millisecond()).unwrap_or(0)
}
