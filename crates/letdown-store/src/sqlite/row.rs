//! An entry as a row, and back.

use letdown_journal::entry::{DeviceId, Entry, EntryError, Op};
use rusqlite::{Row, Transaction, params};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

pub(super) const SELECT_AFTER: &str = "SELECT place, v, id, device, seq, hlc, kind, op, root, body, checksum FROM entry WHERE ?1 < place ORDER BY place";

pub(super) const SELECT_BY_ID: &str =
    "SELECT place, v, id, device, seq, hlc, kind, op, root, body, checksum FROM entry WHERE id = ?1";

pub(super) const SELECT_BY_SEQ: &str = "SELECT id FROM entry WHERE device = ?1 AND seq = ?2";

const INSERT: &str = "INSERT INTO entry (v, id, device, seq, hlc, kind, op, root, body, checksum) \
                      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

/// Writes an entry; its number among its device's entries was checked to fit.
pub(super) fn insert(writing: &Transaction<'_>, entry: &Entry) -> rusqlite::Result<()> {
    writing.prepare_cached(INSERT)?.execute(params![
        entry.v,
        entry.id.to_string(),
        entry.device.as_str(),
        entry.seq.cast_signed(),
        entry.hlc.to_string(),
        entry.kind,
        op_text(entry.op),
        entry.root.to_string(),
        entry.body.get(),
        checksum(entry).as_slice(),
    ])?;
    Ok(())
}

/// Reads an entry and its place; on damage, a few words that say where.
pub(super) fn read(row: &Row<'_>) -> Result<(i64, Entry), String> {
    let place: i64 = row.get(0).map_err(|e| e.to_string())?;
    let entry = fields(row).map_err(|detail| format!("entry number {place}: {detail}"))?;
    let written: Vec<u8> = row.get(10).map_err(|e| e.to_string())?;
    if written != checksum(&entry) {
        return Err(format!("entry number {place} does not fit its checksum"));
    }
    Ok((place, entry))
}

fn fields(row: &Row<'_>) -> Result<Entry, String> {
    let text =
        |column: usize| row.get_ref(column).ok().and_then(|v| v.as_str().ok()).ok_or("a field is not text");
    let number = |column: usize| row.get::<_, i64>(column).map_err(|_| "a field is not a number");
    let entry = |e: EntryError| e.to_string();
    Ok(Entry {
        v: u32::try_from(number(1)?).map_err(|_| "field v")?,
        id: text(2)?.parse().map_err(entry)?,
        device: DeviceId::new(text(3)?).map_err(entry)?,
        seq: u64::try_from(number(4)?).map_err(|_| "field seq")?,
        hlc: text(5)?.parse().map_err(|_| "field hlc")?,
        kind: text(6)?.to_owned(),
        op: read_op(text(7)?).ok_or("field op")?,
        root: text(8)?.parse().map_err(entry)?,
        body: RawValue::from_string(text(9)?.to_owned()).map_err(|_| "its body is not JSON")?,
    })
}

/// SHA-256 of the fields joined by line feeds. Only the body may hold a line feed, and it comes last.
fn checksum(entry: &Entry) -> Vec<u8> {
    let fields = [
        &entry.v.to_string(),
        &entry.id.to_string(),
        entry.device.as_str(),
        &entry.seq.to_string(),
        &entry.hlc.to_string(),
        &entry.kind,
        op_text(entry.op),
        &entry.root.to_string(),
        entry.body.get(),
    ];
    Sha256::digest(fields.join("\n")).to_vec()
}

fn op_text(op: Op) -> &'static str {
    match op {
        Op::Put => "put",
        Op::Del => "del",
    }
}

fn read_op(text: &str) -> Option<Op> {
    [Op::Put, Op::Del].into_iter().find(|op| op_text(*op) == text)
}
