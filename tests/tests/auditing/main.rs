//! The audit: who did what, when, on which device; no content; a chain that was touched is shown as such,
//! on the administrator's page and on the devices that saw it before.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

mod chains;
mod openings;
mod page;
mod server;

use domain::api::copy::CopyForPerson;
use domain::api::person::{EditProfile, OpenPerson, ProfileForm};
use domain::ids::PathwayId;
use domain::role::Role;
use domain::vocabulary::{AgeBand, AuditAct};
use engine::audit::AuditReport;
use journeys::forms::*;
use journeys::{NORTH, World, call, place_in, synchronise};
use rusqlite::Connection;

fn report(world: &World) -> AuditReport {
    world.cite.read_audit().unwrap()
}

fn acts(report: &AuditReport) -> Vec<AuditAct> {
    report.lines.iter().rev().filter_map(|line| line.act).collect()
}

/// The server's store, from outside: as somebody with the disk has it.
#[allow(clippy::disallowed_methods, reason = "a hand on the disk asks nobody for the door")]
fn disk(world: &World) -> Connection {
    Connection::open(world.folder.path().join("server/server.db")).unwrap()
}

fn tamper(world: &World, sql: &str) {
    let touched = disk(world).execute(sql, []).unwrap();
    assert_eq!(touched, 1, "{sql}");
}

/// A tablet that recorded, read twice in a minute, changed and copied, and has synchronised.
async fn worked(world: &World) -> (engine::device::Device, PathwayId) {
    let tablet = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let pathway = call(&tablet, first_encounter(1, place_in(NORTH))).await.unwrap().pathway.unwrap();
    for _ in 0..2 {
        call(&tablet, OpenPerson { pathway }).await.unwrap();
    }
    let profile = ProfileForm { age: Some(AgeBand::From26To29), ..ProfileForm::default() };
    call(&tablet, EditProfile { pathway, profile }).await.unwrap();
    call(&tablet, CopyForPerson { pathway }).await.unwrap();
    synchronise(&tablet).await;
    (tablet, pathway)
}
