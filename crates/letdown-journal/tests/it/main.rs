//! The journal, tested from outside: one file per promise.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up should stop")]

/// Bodies and envelopes survive the wire, unknown fields and kinds included.
mod round_trip;

/// The fold picks the same winner in every order, by a 30-line oracle.
mod fold_order;

/// Clock times in gaps and overlaps.
mod moments;

/// What is odd is flagged.
mod doubts;

/// What the tests of imports share.
mod import;

/// Baby Tracker (Nighp), every generation.
mod import_nighp;

/// Baby Buddy, and two sides that are one nursing.
mod import_babybuddy;

/// Baby+ (Philips), both shapes.
mod import_babyplus;

/// Glow Baby, a ZIP of tables.
mod import_glow;

/// Hatch, as CSV and as text.
mod import_hatch;

/// `PiyoLog`, in Japanese and English.
mod import_piyolog;

/// Feed Baby, table by table.
mod import_feedbaby;

/// The backup of Nursing (Droste).
mod import_droste;

/// The activity log of Sprout Track.
mod import_sprouttrack;

/// Baby Connect: sides and units in its sentences.
mod import_babyconnect;

/// Huckleberry: one table of everything, as CSV and as a workbook.
mod import_huckleberry;

/// Nursing Timer: four tables in one file.
mod import_nursing_timer;

/// Medela Family, by the places of its columns.
mod import_medela;

/// Our own CSV, and tables that the caller has to explain.
mod import_tables;

/// Tables that say in a column what each row is.
mod import_sheets;

/// ZIP, workbooks and JSON, and bombs.
mod import_packed;

/// What is refused, and what is asked.
mod import_questions;

/// Importing twice, in any order, in pieces.
mod import_again;

/// Rows that were changed in the app, and what she changed here.
mod import_versions;

/// Seeds of the fuzzer, which shares its checks with this test.
mod fuzz_seeds;

/// Our own entries, as they are.
mod import_lines;

/// Whatever bytes come.
mod import_properties;

/// The table that goes out comes in again, whatever a note holds.
mod export_csv;

/// All versions, one on a line.
mod export_lines;

/// The sessions as a calendar, read by a parser of another making.
mod export_calendar;

/// Real logs outside the project, where there are any.
mod import_real;
