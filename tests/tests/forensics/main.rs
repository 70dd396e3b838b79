//! Looking for an erased person with every key in hand: pages, free pages and write-ahead logs of the
//! devices, drafts, the server's files, and a backup of before that is put back.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::draft::{Draft, DraftForm, SaveDraft};
use domain::api::encounter::{EncounterForm, Whom};
use domain::api::ledger::LedgerActKind;
use domain::api::person::OrderErasure;
use domain::ids::{PathwayId, UserId};
use domain::vocabulary::{OrderReason, Purpose};
use journeys::bytes::faces;
use journeys::disk::Disk;
use journeys::forms::{FIRST_NAME, NOTE, PHONE, draft};
use journeys::line::Line;
use journeys::scene::*;
use journeys::{call, me};
use std::path::PathBuf;
use std::sync::Arc;
use sync_server::{Cite, Restore};

/// Folder of each device with its user.
async fn folders(scene: &Scene) -> Vec<(PathBuf, UserId)> {
    let mut folders = Vec::new();
    for (name, device) in [("Inès R.", &scene.ines), ("Nadia B.", &scene.nadia), ("Samir D.", &scene.samir)]
    {
        folders.push((scene.world.folder.path().join(name), me(device).await.unwrap().user));
    }
    folders
}

/// Every disk of the cité, the server's last.
async fn disks(scene: &Scene) -> Vec<Disk> {
    let mut disks: Vec<Disk> =
        folders(scene).await.iter().map(|(folder, user)| Disk::of_device(folder, *user)).collect();
    disks.push(Disk::of_server(&scene.world.folder.path().join("server")));
    disks
}

fn names_nobody(disk: &Disk) {
    for secret in [FIRST_NAME, "bulonne", PHONE, NOTE] {
        for face in faces(secret) {
            assert!(!disk.holds(&face), "{secret} can be read");
        }
    }
}

/// What stands of a person on each disk; each piece is really found there.
fn pieces(disks: &[Disk], pathway: PathwayId, kind: Option<&str>) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for disk in disks {
        let pieces = disk.pieces_about(pathway, kind);
        assert!(!pieces.is_empty(), "something is there to be erased");
        assert!(pieces.iter().all(|(_, piece)| disk.holds(piece)), "the search finds what is there");
        all.extend(pieces);
    }
    all
}

fn nothing_is_left(disks: &[Disk], pieces: &[(String, Vec<u8>)]) {
    for (n, disk) in disks.iter().enumerate() {
        for (table, piece) in pieces {
            assert!(!disk.holds(piece), "disk {n} still holds something of {table}");
        }
        names_nobody(disk);
    }
}

/// A person whom everybody knows, and about whom Samir has a draft with a note.
async fn known_person(scene: &Scene) -> PathwayId {
    let pathway = scene.shared_person(9).await;
    let form =
        EncounterForm { whom: Whom::Known(pathway), note: Some(NOTE.into()), ..EncounterForm::default() };
    let kept = Draft { id: draft(77), revision: 1, form: DraftForm::Encounter(Box::new(form)) };
    call(&scene.samir, SaveDraft { draft: kept }).await.unwrap();
    pathway
}

#[tokio::test]
async fn after_a_withdrawal_no_byte_of_the_part_is_left_on_any_disk() {
    let scene = Scene::begin().await;
    let pathway = known_person(&scene).await;
    let before = pieces(&disks(&scene).await, pathway, Some("contact"));
    for table in ["sealed_change", "wrap", "part_view", "part_key", "sealed_outbox"] {
        assert!(before.iter().any(|(it, _)| it == table), "{table} held something of it");
    }
    let purpose = Purpose::ShareContact;
    say(&scene.nadia, pathway, LedgerActKind::Withdrawal { purpose, keep_on: None, partner: None }).await;
    scene.all().await;
    nothing_is_left(&disks(&scene).await, &before);
}

#[tokio::test]
async fn after_an_erasure_no_byte_of_the_person_is_left_on_any_disk() {
    let scene = Scene::begin().await;
    let pathway = known_person(&scene).await;
    let before = pieces(&disks(&scene).await, pathway, None);
    for table in ["sealed_change", "wrap", "part_view", "part_key", "change", "projection", "outbox", "draft"]
    {
        assert!(before.iter().any(|(it, _)| it == table), "{table} held something of hers");
    }
    say(&scene.nadia, pathway, stop()).await;
    scene.all().await;
    assert_eq!(scene.world.cite.daily(today().plus(7)).unwrap(), 1);
    scene.all().await;
    nothing_is_left(&disks(&scene).await, &before);
}

#[tokio::test]
async fn after_an_erasure_that_a_referent_ordered_no_byte_of_the_person_is_left_on_any_disk() {
    let scene = Scene::begin().await;
    let pathway = known_person(&scene).await;
    let before = pieces(&disks(&scene).await, pathway, None);
    // Nobody withdrew anything: the parts are still those that were agreed to.
    call(&scene.ines, OrderErasure { pathway, with: vec![], reason: OrderReason::WrongPerson })
        .await
        .unwrap();
    scene.all().await;
    nothing_is_left(&disks(&scene).await, &before);
}

#[tokio::test]
async fn a_backup_of_before_that_is_put_back_with_the_journal_holds_nothing_of_the_person() {
    let scene = Scene::begin().await;
    let gone = known_person(&scene).await;
    let stays = scene.shared_person(10).await;
    let at = |name: &str| scene.world.folder.path().join(name);
    let (backup, again) = (at("backup.db"), at("again"));
    scene.world.cite.store(|store| store.back_up(&backup)).unwrap();
    let server = Disk::of_server(&at("server"));
    // The coded facts of the two are alike: one is told from the other by her code, which is random.
    let mut before = server.pieces_about(gone, None);
    before.retain(|(table, _)| table != "projection");
    let code = page(&scene.nadia, gone).await.unwrap().hit.label.code.unwrap();
    assert!(server.holds(code.as_bytes()));
    before.push(("projection".into(), code.into_bytes()));
    say(&scene.nadia, gone, stop()).await;
    let purpose = Purpose::ShareContact;
    say(&scene.nadia, stays, LedgerActKind::Withdrawal { purpose, keep_on: None, partner: None }).await;
    let withdrawn = server.pieces_about(stays, Some("contact"));
    scene.all().await;
    assert_eq!(scene.world.cite.daily(today().plus(7)).unwrap(), 1);
    scene.all().await;
    let (journal, founder) = (at("server/control.journal"), at("server/founder.key"));
    let restore = Restore {
        backup: &backup,
        data: &again,
        journal: Some(&journal),
        kept: &journal,
        founder: Some(&founder),
    };
    restore.run().unwrap();
    let cite = Arc::new(Cite::open_with(&again, &journal).unwrap());
    let restored = [Disk::of_server(&again)];
    assert!(!before.is_empty() && !withdrawn.is_empty());
    nothing_is_left(&restored, &before);
    nothing_is_left(&restored, &withdrawn);
    // The devices go on with the restored server, and nobody comes back.
    for device in [&scene.ines, &scene.nadia, &scene.samir] {
        let line = Line::new(cite.clone(), device.token().unwrap());
        device.sync_with(&line).await;
        device.sync_with(&line).await;
        assert!(is_gone(device, gone).await);
        assert!(page(device, stays).await.is_ok());
    }
    nothing_is_left(&[Disk::of_server(&again)], &before);
}
