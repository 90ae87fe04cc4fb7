//! The crates of the workspace and what they import, as `cargo metadata` sees it.

use crate::{say, setup::cargo, trouble::Trouble};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Our crates by name.
#[derive(Debug, Default)]
pub(crate) struct Workspace {
    pub(crate) members: BTreeMap<String, Member>,
}

/// What one of our crates imports.
#[derive(Debug, Default)]
pub(crate) struct Member {
    /// Crates of ours, directly, for tests and builds too.
    pub(crate) ours: BTreeSet<String>,
    /// Crates of others, directly or by way of another crate, but not for tests and builds alone.
    pub(crate) theirs: BTreeSet<String>,
}

impl Workspace {
    pub(crate) fn load() -> Result<Self, Trouble> {
        let stale = || {
            Trouble::Metadata(
                "Cargo.lock may lag behind a Cargo.toml; `cargo metadata` brings it up to date".into(),
            )
        };
        let json =
            say::output(cargo().args(["metadata", "--format-version", "1", "--locked"])).ok_or_else(stale)?;
        let metadata = serde_json::from_str(&json).map_err(|e| Trouble::Metadata(e.to_string()))?;
        Self::read(&metadata).ok_or_else(|| Trouble::Metadata("a field is missing".into()))
    }

    fn read(metadata: &Value) -> Option<Self> {
        let names = names(metadata)?;
        let edges = edges(metadata)?;
        let ids: Vec<&str> =
            metadata["workspace_members"].as_array()?.iter().filter_map(Value::as_str).collect();
        let is_ours = |id: &str| ids.contains(&id);
        let member = |id: &str| {
            let direct = edges.get(id)?;
            let named = |id: &str| names.get(id).map(|name| (*name).to_owned());
            let ours =
                direct.iter().filter(|edge| is_ours(edge.to)).filter_map(|edge| named(edge.to)).collect();
            let theirs =
                reached(id, &edges).into_iter().filter(|id| !is_ours(id)).filter_map(named).collect();
            Some((named(id)?, Member { ours, theirs }))
        };
        Some(Self { members: ids.iter().map(|id| member(id)).collect::<Option<_>>()? })
    }
}

struct Edge<'a> {
    to: &'a str,
    /// Whether the program itself needs it, and not only its tests or its build.
    is_normal: bool,
}

type Edges<'a> = BTreeMap<&'a str, Vec<Edge<'a>>>;

fn names(metadata: &Value) -> Option<BTreeMap<&str, &str>> {
    let packages = metadata["packages"].as_array()?;
    packages.iter().map(|package| Some((package["id"].as_str()?, package["name"].as_str()?))).collect()
}

fn edges(metadata: &Value) -> Option<Edges<'_>> {
    let nodes = metadata["resolve"]["nodes"].as_array()?;
    nodes
        .iter()
        .map(|node| {
            let to = node["deps"].as_array()?.iter().map(read_edge).collect::<Option<_>>()?;
            Some((node["id"].as_str()?, to))
        })
        .collect()
}

fn read_edge(dependency: &Value) -> Option<Edge<'_>> {
    Some(Edge { to: dependency["pkg"].as_str()?, is_normal: is_normal(dependency)? })
}

fn is_normal(dependency: &Value) -> Option<bool> {
    Some(dependency["dep_kinds"].as_array()?.iter().any(|kind| kind["kind"].is_null()))
}

fn reached<'a>(from: &'a str, edges: &Edges<'a>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        for edge in edges.get(id).into_iter().flatten().filter(|edge| edge.is_normal) {
            if reached.insert(edge.to) {
                open.push(edge.to);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::Workspace;
    use serde_json::json;

    #[test]
    fn imports_of_imports_are_found_and_tests_do_not_count() {
        let dep = |id: &str, kind: Option<&str>| json!({"pkg": id, "dep_kinds": [{"kind": kind}]});
        let metadata = json!({
            "packages": [
                {"id": "1", "name": "letdown-a"}, {"id": "2", "name": "letdown-b"},
                {"id": "3", "name": "near"}, {"id": "4", "name": "far"}, {"id": "5", "name": "tester"},
            ],
            "workspace_members": ["1", "2"],
            "resolve": {"nodes": [
                {"id": "1", "deps": [dep("2", None), dep("5", Some("dev"))]},
                {"id": "2", "deps": [dep("3", None)]},
                {"id": "3", "deps": [dep("4", None)]},
                {"id": "4", "deps": []}, {"id": "5", "deps": []},
            ]},
        });
        let workspace = Workspace::read(&metadata).unwrap();
        let a = &workspace.members["letdown-a"];
        assert!(a.ours.iter().eq(["letdown-b"]));
        assert!(a.theirs.iter().eq(["far", "near"]));
    }
}
