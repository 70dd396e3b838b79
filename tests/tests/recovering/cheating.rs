//! Forged steps, and a server that cheats.

use super::scene::*;
use document::control::{Enrolment, EpochBody, Record, RecordKind, Recovery, RecoveryKeys, Step};
use document::{SignerId, SignerKey};
use domain::api::recovery::OpenRecovery;
use domain::api::sync::{ReadSyncState, SyncFailureKind};
use domain::error::ErrorCode;
use engine::enrol::recovery::{PastRequest, RecoverRequest};
use journeys::altered::Altered;
use journeys::line::Line;
use journeys::member::{let_in, new_referent, newcomer, recover};
use journeys::{call, synchronise};
use minicbor::bytes::ByteVec;
use std::path::Path;

/// What somebody without the sheet would sign, as if it were the sheet's.
fn forged(scene: &Scene) -> Record {
    let chain = scene.world.cite.store(|store| store.chain()).unwrap();
    let thief = SignerKey::from_secret(&[66; 32]);
    let enrolment = Enrolment {
        user: [66; 16].into(),
        user_name: "Qui vole".into(),
        role: "referent".into(),
        organisation: [2; 16].into(),
        sectors: vec![],
        device: [66; 16].into(),
        device_name: "Portable".into(),
        sign: thief.public().into(),
        agree: [66; 32].into(),
        organisation_name: "Association Inventée".into(),
    };
    let next =
        RecoveryKeys { agree: [67; 32].into(), sign: SignerKey::from_secret(&[67; 32]).public().into() };
    let step =
        Step::Recover(Recovery { enrolment, next, known: chain.head().into(), former: vec![1; 80].into() });
    let mut record = Record::sign(RecordKind::Membership, &chain.next(step), &thief);
    record.signer = SignerId::of(&chain.printed()[0].keys.sign);
    record
}

fn encoded(record: &Record) -> ByteVec {
    minicbor::to_vec(record).unwrap().into()
}

fn request(record: &Record, key: &SignerKey) -> RecoverRequest {
    let (bytes, token_hash) = (encoded(record), [5; 32]);
    let proof = key.sign("allervers recovery token 1", &[bytes.as_slice(), &token_hash].concat());
    RecoverRequest { record: bytes, token_hash: token_hash.into(), proof: proof.into() }
}

#[tokio::test]
async fn a_forged_step_is_refused_by_the_server_and_changes_nothing() {
    let scene = Scene::bereft().await;
    let before = scene.world.cite.store(|store| store.chain()).unwrap();
    let record = forged(&scene);
    let refused =
        scene.world.cite.host(|host| host.recover(&request(&record, &SignerKey::from_secret(&[66; 32]))));
    assert_eq!(refused.unwrap_err().code, ErrorCode::Invalid);
    assert_eq!(scene.world.cite.store(|store| store.chain()).unwrap(), before);
}

#[tokio::test]
async fn a_server_that_inserts_a_step_the_sheet_did_not_sign_raises_the_alarm_on_every_device() {
    let scene = Scene::bereft().await;
    synchronise(&scene.nadia).await;
    let record = forged(&scene);
    let chain = scene.world.cite.store(|store| store.chain()).unwrap();
    let line = Line::new(scene.world.cite.clone(), scene.nadia.token().unwrap());
    let (length, id, bytes) = (chain.length() + 1, record.id(), encoded(&record));
    let cheating = Altered::new(
        line,
        Box::new(move |download| {
            let mut controls = download.controls();
            controls.push(bytes.clone());
            download.set_controls(&controls);
            download.set_chain(length, id);
        }),
    );
    scene.nadia.sync_with(&cheating).await;
    let state = call(&scene.nadia, ReadSyncState {}).await.unwrap();
    assert_eq!(state.last_failure.unwrap().kind, SyncFailureKind::Untrusted);
    assert_eq!((state.recovered_by, state.pathways), (None, 1), "nothing was taken, nothing is gone");
    // The honest server is still trusted.
    synchronise(&scene.nadia).await;
    assert_eq!(call(&scene.nadia, ReadSyncState {}).await.unwrap().last_failure, None);
}

#[tokio::test]
async fn who_saw_the_step_go_by_gets_no_token_for_the_new_device() {
    let scene = Scene::bereft().await;
    let laptop = scene.world.tablet("Portable neuf");
    recover(&laptop, &scene.world.address, &scene.words, new_referent("Paul T.")).await.unwrap();
    let records = scene.world.cite.store(|store| store.membership()).unwrap();
    let replayed = request(records.last().unwrap(), &SignerKey::from_secret(&[66; 32]));
    let refused = scene.world.cite.host(|host| host.recover(&replayed)).unwrap_err();
    assert_eq!(refused.code, ErrorCode::Invalid);
    let taken = scene.world.cite.exchange(&[5; 32], &laptop.next_upload().unwrap());
    assert!(taken.is_err(), "the token is nobody's");
}

#[tokio::test]
async fn the_past_of_the_cite_reads_for_nobody_but_the_sheet() {
    let scene = Scene::bereft().await;
    let chain = scene.world.cite.store(|store| store.chain()).unwrap();
    let sign = chain.printed()[0].keys.sign;
    let reply = scene.world.cite.host(|host| host.past(&PastRequest { sign })).unwrap();
    let bytes = minicbor::to_vec(&reply).unwrap();
    for name in ["Nadia", "Association"] {
        assert!(!bytes.windows(name.len()).any(|it| it == name.as_bytes()), "{name}");
    }
    let unknown = scene.world.cite.host(|host| host.past(&PastRequest { sign: [7; 32].into() }));
    assert_eq!(unknown.unwrap_err().code, ErrorCode::RecoveryKeyUnknown);
}

#[tokio::test]
async fn the_sheet_names_the_cite_it_was_printed_in_and_the_screen_shows_the_same_words() {
    let world = journeys::World::begin().await;
    let ines = world.joined("Inès R.", domain::role::Role::Referent, vec![journeys::NORTH]).await;
    let sheet = call(&ines, domain::api::member::DrawRecoveryKey {}).await.unwrap();
    let words: Vec<&str> = sheet.words.expose().split(' ').collect();
    let typed = sheet.asked.iter().map(|n| words[usize::from(*n) - 1].into()).collect();
    call(&ines, domain::api::member::EstablishCite { words: typed }).await.unwrap();
    world.cite.revoke(device(&ines).await).unwrap();
    let laptop = world.tablet("Portable neuf");
    let open = OpenRecovery { server: world.address.clone(), words: sheet.words.clone() };
    let opened = call(&laptop, open).await.unwrap();
    assert_eq!(opened.check, sheet.check);
    assert_ne!(opened.key.check, sheet.check, "the new sheet stands for what the cité is now");
}

#[tokio::test]
async fn a_past_that_ends_before_what_an_epoch_of_it_knew_is_refused() {
    let (mut scene, ines) = Scene::at_work().await;
    let stale = journeys::places::rolled_back(&scene.world);
    // Since then: two came, and one left; the next epoch says so.
    for name in ["Samir D.", "Léa M."] {
        let newcomer = newcomer(name, domain::role::Role::Mediator, vec![journeys::NORTH]);
        let_in(&ines, newcomer, &scene.world.tablet(name)).await;
    }
    let leaving = domain::api::member::Leaving::Person(journeys::me(&scene.nadia).await.unwrap().user);
    call(&ines, domain::api::member::RevokeMember { leaving }).await.unwrap();
    for _ in 0..2 {
        synchronise(&ines).await;
    }
    let epochs = scene.world.cite.store(|store| store.records(RecordKind::Epoch)).unwrap();
    // The server shows the past of before, without them, and revokes whoever would say otherwise.
    stale.revoke(device(&ines).await).unwrap();
    let open = OpenRecovery { server: String::new(), words: scene.words.clone().into() };
    let laptop = scene.world.tablet("Portable neuf");
    scene.world.cite = stale;
    scene.world.serve().await;
    let open = OpenRecovery { server: scene.world.address.clone(), ..open };
    call(&laptop, open.clone()).await.unwrap();
    let stale = scene.world.folder.path().join("stale/server.db");
    epochs.iter().for_each(|record| put(&stale, record));
    let refused = call(&laptop, open).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::ServerUntrusted, "an epoch was signed by who knew more");
}

/// A server's disk, with a record more.
#[allow(clippy::disallowed_methods, reason = "a hand on the disk asks nobody for the door")]
fn put(server: &Path, record: &Record) {
    let bytes = minicbor::to_vec(record).unwrap();
    let sql = "INSERT OR IGNORE INTO control (id, kind, subject, bytes) VALUES (?1, ?2, NULL, ?3)";
    let store = rusqlite::Connection::open(server).unwrap();
    store.execute(sql, rusqlite::params![record.id(), record.kind as i64, bytes]).unwrap();
}

#[tokio::test]
async fn a_past_whose_last_epoch_knew_all_of_it_is_taken_whatever_a_stranger_says() {
    let scene = Scene::bereft().await;
    // Nadia hears that Inès is gone; the epoch she begins knows it.
    for _ in 0..2 {
        synchronise(&scene.nadia).await;
    }
    let cite = &scene.world.cite;
    let length = cite.store(|store| store.chain()).unwrap().length();
    let epochs = cite.store(|store| store.records(RecordKind::Epoch)).unwrap();
    let epochs: Vec<EpochBody> = epochs.iter().map(|it| it.read().unwrap()).collect();
    assert!(epochs.iter().any(|it| it.chain == length), "it knew all there is");
    let more = EpochBody::new(epochs[0].group(), 9, length + 9, [7; 32], [], None);
    let stranger = Record::sign(RecordKind::Epoch, &more, &SignerKey::from_secret(&[9; 32]));
    put(&scene.world.folder.path().join("server/server.db"), &stranger);
    let laptop = scene.world.tablet("Portable neuf");
    recover(&laptop, &scene.world.address, &scene.words, new_referent("Paul T.")).await.unwrap();
}
