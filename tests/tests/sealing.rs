//! Named parts travel sealed from device to device: where the ledger allows, to whom it allows, and
//! through a server that can read none of it.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use document::control::RecordKind;
use domain::api::ledger::{AddLedgerEntry, LedgerActKind};
use domain::api::person::{NamedParts, OpenPerson, PersonView, WritePart};
use domain::ids::{DeviceId, OrganisationId, PathwayId, SectorId, UserId};
use domain::role::Role;
use domain::vocabulary::*;
use engine::device::Device;
use journeys::bytes::Search;
use journeys::forms::*;
use journeys::line::Line;
use journeys::member;
use journeys::person::met;
use journeys::wire::opened;
use journeys::{ASSOCIATION, NORTH, SOUTH, World, call, me, synchronise};

const SHARED: [Purpose; 4] =
    [Purpose::Recognise, Purpose::ShareIdentity, Purpose::ShareContact, Purpose::ShareNotes];

/// A founded cité: Inès, référente of the association, then the others, all of whom know it.
async fn founded(others: &[(&str, Role, &str, SectorId)]) -> (World, Vec<Device>) {
    let world = World::begin().await;
    let mut devices = vec![world.joined("Inès R.", Role::Referent, vec![NORTH]).await];
    for (name, role, organisation, sector) in others {
        devices.push(world.joined_of(organisation, name, *role, vec![*sector]).await);
    }
    synchronise(&devices[0]).await;
    journeys::member::establish(&devices[0]).await;
    all(&devices.iter().collect::<Vec<_>>()).await;
    (world, devices)
}

/// Nadia, mediator of the same association and sector.
const NADIA: (&str, Role, &str, SectorId) = ("Nadia B.", Role::Mediator, ASSOCIATION, NORTH);
/// Samir, her colleague.
const SAMIR: (&str, Role, &str, SectorId) = ("Samir D.", Role::Mediator, ASSOCIATION, NORTH);

async fn agree_to(
    tablet: &Device,
    pathway: PathwayId,
    purposes: &[Purpose],
    organisations: Vec<OrganisationId>,
    excluded: Vec<UserId>,
) {
    for purpose in purposes {
        let kind = LedgerActKind::Agreement {
            purpose: *purpose,
            organisations: organisations.clone(),
            excluded: excluded.clone(),
            channel: None,
            until: None,
            partner: None,
        };
        call(tablet, AddLedgerEntry { pathway, act: act(kind) }).await.unwrap();
    }
}

async fn withdraw(tablet: &Device, pathway: PathwayId, purpose: Purpose, keep_on: Option<DeviceId>) {
    let kind = LedgerActKind::Withdrawal { purpose, keep_on, partner: None };
    call(tablet, AddLedgerEntry { pathway, act: act(kind) }).await.unwrap();
}

async fn page(device: &Device, pathway: PathwayId) -> PersonView {
    call(device, OpenPerson { pathway }).await.unwrap()
}

async fn all(devices: &[&Device]) {
    for _ in 0..3 {
        for device in devices {
            synchronise(device).await;
        }
    }
}

async fn write(device: &Device, pathway: PathwayId, named: NamedParts) {
    call(device, WritePart { pathway, named }).await.unwrap();
}

#[tokio::test]
async fn a_referent_reads_the_name_phone_and_notes_that_a_mediator_wrote_once_it_is_agreed() {
    let (_world, devices) = founded(&[NADIA]).await;
    let [ines, nadia] = &devices[..] else { unreachable!() };
    let pathway = met(nadia, 9).await;
    all(&[nadia, ines]).await;
    let before = page(ines, pathway).await;
    assert_eq!((before.hit.label.name, before.named.phone), (None, None), "nothing was agreed to");
    assert!(page(nadia, pathway).await.parts.iter().all(|it| it.written == it.only_here));
    agree_to(nadia, pathway, &SHARED, vec![], vec![]).await;
    all(&[nadia, ines]).await;
    let after = page(ines, pathway).await;
    assert_eq!(after.hit.label.name.as_deref(), Some("Zébulonne T."));
    assert_eq!(after.named.phone.as_deref(), Some(PHONE));
    assert_eq!(after.named.notes[0].text, NOTE);
    assert_eq!(after.barriers[0].situations, ["24/13", "24/14"], "the sealed situation too");
    assert!(page(nadia, pathway).await.parts.iter().all(|it| !it.only_here));
    // And back: what the référente corrects reaches the mediator.
    write(ines, pathway, NamedParts { phone: Some("06 39 98 00 02".into()), ..NamedParts::default() }).await;
    all(&[ines, nadia]).await;
    assert_eq!(page(nadia, pathway).await.named.phone.as_deref(), Some("06 39 98 00 02"));
}

#[tokio::test]
async fn whoever_holds_the_server_or_the_line_reads_no_name_phone_note_or_sealed_situation() {
    let (world, devices) = founded(&[NADIA]).await;
    let [ines, nadia] = &devices[..] else { unreachable!() };
    let pathway = met(nadia, 9).await;
    agree_to(nadia, pathway, &SHARED, vec![], vec![]).await;
    let mut line = Line::new(world.cite.clone(), nadia.token().unwrap());
    line.frames = Some(Default::default());
    line.uploads = Some(Default::default());
    nadia.sync_with(&line).await;
    nadia.sync_with(&line).await;
    let mut other = Line::new(world.cite.clone(), ines.token().unwrap());
    other.frames = Some(Default::default());
    ines.sync_with(&other).await;
    assert_eq!(page(ines, pathway).await.named.phone.as_deref(), Some(PHONE), "it did travel");
    let mut looked_at: Vec<Vec<u8>> = Vec::new();
    for upload in line.uploads.take().unwrap().into_inner().unwrap() {
        looked_at.push(opened(&upload));
        looked_at.push(upload);
    }
    for line in [line, other] {
        looked_at.extend(line.frames.unwrap().into_inner().unwrap());
    }
    let readable = Search::of(&["24/13"]);
    assert!(
        looked_at.iter().any(|bytes| readable.found(bytes).is_some()),
        "what is readable is found, so the search finds"
    );
    let backup = world.folder.path().join("server").join("backup.db");
    world.cite.store(|store| store.copy_into(&backup)).unwrap();
    for entry in std::fs::read_dir(world.folder.path().join("server")).unwrap() {
        looked_at.push(std::fs::read(entry.unwrap().path()).unwrap());
    }
    let secret = Search::of(&["Zébulonne", "bulonne", PHONE, "mercredi", "24/14"]);
    for bytes in looked_at {
        assert_eq!(secret.found(&bytes), None, "can be read");
    }
}

#[tokio::test]
async fn each_part_is_shared_only_where_its_own_agreement_stands() {
    let (_world, devices) = founded(&[NADIA]).await;
    let [ines, nadia] = &devices[..] else { unreachable!() };
    let pathway = met(nadia, 9).await;
    agree_to(nadia, pathway, &[Purpose::Recognise], vec![], vec![]).await;
    all(&[nadia, ines]).await;
    let seen = page(ines, pathway).await;
    assert_eq!(seen.hit.label.name.as_deref(), Some("Zébulonne T."));
    assert_eq!((seen.named.phone, seen.named.notes.len()), (None, 0));
}

#[tokio::test]
async fn an_excluded_agent_another_organisation_and_another_sector_read_nothing() {
    let maud = ("Maud K.", Role::Referent, "Mission Inventée", NORTH);
    let lea = ("Léa M.", Role::Mediator, ASSOCIATION, SOUTH);
    let (_world, devices) = founded(&[NADIA, SAMIR, maud, lea]).await;
    let [ines, nadia, samir, mission, lea] = &devices[..] else { unreachable!() };
    let pathway = met(nadia, 9).await;
    let association = me(nadia).await.unwrap().organisation;
    let excluded = me(samir).await.unwrap().user;
    agree_to(nadia, pathway, &SHARED, vec![association], vec![excluded]).await;
    all(&[nadia, ines, samir, mission, lea]).await;
    assert_eq!(page(ines, pathway).await.named.phone.as_deref(), Some(PHONE));
    for (name, device) in [("excluded", &samir), ("another organisation", &mission)] {
        let seen = page(device, pathway).await;
        assert_eq!((seen.hit.label.name, seen.named.phone), (None, None), "{name}");
    }
    assert!(call(lea, OpenPerson { pathway }).await.is_err(), "another sector does not see the person");
}

#[tokio::test]
async fn a_withdrawal_leaves_the_part_nowhere_but_on_the_device_it_names() {
    let (_world, devices) = founded(&[NADIA, SAMIR]).await;
    let [ines, nadia, samir] = &devices[..] else { unreachable!() };
    let pathway = met(nadia, 9).await;
    agree_to(nadia, pathway, &SHARED, vec![], vec![]).await;
    all(&[nadia, ines, samir]).await;
    // Samir edits while Nadia records the withdrawal; neither knows of the other.
    write(samir, pathway, NamedParts { address: Some("12 rue Inventée".into()), ..NamedParts::default() })
        .await;
    let named = me(ines).await.unwrap().device;
    withdraw(nadia, pathway, Purpose::ShareContact, named).await;
    all(&[samir, nadia, ines]).await;
    assert_eq!(page(nadia, pathway).await.named.phone, None);
    assert_eq!(page(samir, pathway).await.named.phone, None);
    assert_eq!(page(samir, pathway).await.named.address, None);
    let kept = page(ines, pathway).await;
    assert_eq!(kept.named.phone.as_deref(), Some(PHONE), "the device that was named");
    assert!(kept.parts.iter().any(|it| it.part == Part::Contact && it.only_here));
    assert_eq!(
        page(samir, pathway).await.hit.label.name.as_deref(),
        Some("Zébulonne T."),
        "other parts stay"
    );
    // Agreeing again begins anew, and shares it again.
    agree_to(ines, pathway, &[Purpose::ShareContact], vec![], vec![]).await;
    all(&[ines, nadia, samir]).await;
    assert_eq!(page(samir, pathway).await.named.phone.as_deref(), Some(PHONE));
}

#[tokio::test]
async fn after_a_revocation_new_keys_are_used() {
    let (world, devices) = founded(&[NADIA, SAMIR]).await;
    let [ines, nadia, samir] = &devices[..] else { unreachable!() };
    let pathway = met(nadia, 9).await;
    agree_to(nadia, pathway, &SHARED, vec![], vec![]).await;
    all(&[nadia, ines, samir]).await;
    let epochs = || world.cite.store(|store| store.records(RecordKind::Epoch)).unwrap().len();
    let before = epochs();
    world.cite.revoke(me(samir).await.unwrap().device.unwrap()).unwrap();
    all(&[ines, nadia]).await;
    assert!(epochs() > before, "an epoch that the revoked device cannot open");
    write(ines, pathway, NamedParts { phone: Some("06 39 98 00 03".into()), ..NamedParts::default() }).await;
    all(&[ines, nadia]).await;
    assert_eq!(page(nadia, pathway).await.named.phone.as_deref(), Some("06 39 98 00 03"));
}

#[tokio::test]
async fn the_server_never_gives_a_sequence_out_twice_whatever_was_erased() {
    let (world, devices) = founded(&[NADIA]).await;
    let [ines, nadia] = &devices[..] else { unreachable!() };
    let pathway = met(nadia, 9).await;
    agree_to(nadia, pathway, &[Purpose::ShareContact], vec![], vec![]).await;
    all(&[nadia, ines]).await;
    let last = || world.cite.store(|store| store.last_sequence()).unwrap();
    let before = last();
    withdraw(nadia, pathway, Purpose::ShareContact, None).await;
    // Erasing takes the newest rows off the log; what comes next must still be newer for every device.
    synchronise(nadia).await;
    assert!(last() > before);
    met(nadia, 10).await;
    all(&[nadia, ines]).await;
    let found = domain::api::person::SearchPeople { query: String::new(), limit: 10 };
    assert_eq!(call(ines, found).await.unwrap().hits.len(), 2);
}

#[tokio::test]
async fn who_joins_later_reads_what_was_shared_before() {
    let (world, devices) = founded(&[NADIA]).await;
    let [ines, nadia] = &devices[..] else { unreachable!() };
    let pathway = met(nadia, 9).await;
    agree_to(nadia, pathway, &SHARED, vec![], vec![]).await;
    all(&[nadia, ines]).await;
    let samir = world.tablet("Samir D.");
    member::let_in(ines, member::newcomer("Samir D.", Role::Mediator, vec![NORTH]), &samir).await;
    // The inviter's device hands the keys on as it lets him in: one exchange of his is enough.
    synchronise(ines).await;
    synchronise(&samir).await;
    let seen = page(&samir, pathway).await;
    assert_eq!(seen.named.phone.as_deref(), Some(PHONE));
    assert_eq!(seen.hit.label.name.as_deref(), Some("Zébulonne T."));
}
