//! A tablet that means harm, or errs: each bad thing is refused by name, and what is good beside it is taken.

use super::offer;
use automerge::transaction::Transactable as _;
use automerge::{ObjType, ROOT};
use document::{Actor, DocumentKey, Hash, SignerId};
use domain::error::ErrorCode;
use domain::ids::PathwayId;
use domain::role::Role;
use domain::vocabulary::DocumentKind;
use engine::sync::Outcome;
use journeys::foreign::{Foreign, join_request, pathway};
use journeys::way::Way;
use journeys::wire::{Item, SentBatch, SentWrap, Upload};
use journeys::{ASSOCIATION, NORTH, SOUTH, World};
use std::path::Path;

/// Where the bad things are written.
const BAD: u8 = 66;

fn heads(world: &World, tablet: &Foreign, key: DocumentKey) -> Vec<Hash> {
    world.cite.store(|store| store.document(tablet.cite, key)).unwrap().heads()
}

/// A cité, a tablet, and the person the bad things are about, whose notice is recorded.
async fn ground<W: Way>() -> (World, Foreign, DocumentKey) {
    let world = World::begin().await;
    let tablet = Foreign::join(&world, 1, vec![NORTH]).unwrap();
    let bad = pathway(BAD);
    let upload = Upload { controls: vec![tablet.notice(bad)], ..Upload::empty() };
    assert_eq!(offer::<W>(&world, &tablet.token, &upload).await.controls, [Outcome::Accepted]);
    (world, tablet, bad)
}

/// Sends a bad batch between two good ones, about two new people; both must be taken whole.
async fn between_good<W: Way>(world: &World, tablet: &Foreign, n: u8, bad: SentBatch) -> Vec<Outcome> {
    let (one, two) = (pathway(100 + 2 * n), pathway(101 + 2 * n));
    let (first, second) = (tablet.change(one), tablet.change(two));
    let upload = Upload {
        controls: vec![tablet.notice(one), tablet.notice(two)],
        batches: vec![tablet.one(one, &first), bad, tablet.one(two, &second)],
        ..Upload::empty()
    };
    let mut said = offer::<W>(world, &tablet.token, &upload).await;
    assert_eq!(said.controls, [Outcome::Accepted; 2]);
    assert_eq!((said.groups.remove(0), said.groups.pop()), (Outcome::Accepted, Some(Outcome::Accepted)));
    assert_eq!(heads(world, tablet, one), [first.hash]);
    assert_eq!(heads(world, tablet, two), [second.hash]);
    said.groups
}

/// Changes of ours in which something is wrong, each with what the server says of it.
fn wrong(tablet: &Foreign, key: DocumentKey) -> Vec<(&'static str, SentBatch, Outcome)> {
    let written =
        |write: fn(&mut automerge::transaction::Transaction<'_>)| tablet.bytes(key, tablet.written(write));
    let other = Actor { signer: SignerId([9; 16]), incarnation: 1 };
    let part = DocumentKey { kind: DocumentKind::Notes, ..key };
    let never = DocumentKey { generation: 0, ..key };
    let unknown = pathway(67);
    let later = {
        let mut batch = tablet.one(key, &tablet.change(key));
        let Item::Group(group) = &mut batch.items[0] else { unreachable!() };
        group.level += 1;
        batch
    };
    vec![
        ("a name", written(|tx| tx.put(ROOT, "first_name", "Fatoumata").unwrap()), Outcome::Invalid),
        ("words as a value", written(|tx| tx.put(ROOT, "age", "Fatoumata").unwrap()), Outcome::Invalid),
        ("words as a key", written(|tx| tx.put(ROOT, "Fatoumata", true).unwrap()), Outcome::Invalid),
        (
            "a text",
            written(|tx| drop(tx.put_object(ROOT, "notes", ObjType::Text).unwrap())),
            Outcome::Invalid,
        ),
        (
            "words long enough to be a book",
            written(|tx| tx.put(ROOT, "age", "a".repeat(70_000)).unwrap()),
            Outcome::Invalid,
        ),
        (
            "more operations than an action has",
            written(|tx| (0..6_000_i64).for_each(|n| tx.put(ROOT, "age", n).unwrap())),
            Outcome::Invalid,
        ),
        ("in the name of another", tablet.one(key, &tablet.change_as(other, key)), Outcome::Invalid),
        ("a named part, readable", tablet.one(part, &tablet.change(part)), Outcome::Invalid),
        ("of a generation that is none", tablet.one(never, &tablet.change(never)), Outcome::Invalid),
        ("of somebody without notice", tablet.one(unknown, &tablet.change(unknown)), Outcome::ConsentPending),
        ("another level than was signed", later, Outcome::Invalid),
        ("no change at all", tablet.bytes(key, vec![0x85; 60]), Outcome::Invalid),
        ("nothing", tablet.bytes(key, Vec::new()), Outcome::Invalid),
    ]
}

pub(super) async fn each_bad_group_is_refused_by_name_and_the_good_ones_beside_it_are_taken<W: Way>() {
    let (world, tablet, key) = ground::<W>().await;
    let before = heads(&world, &tablet, key);
    for (n, (what, batch, outcome)) in (0..).zip(wrong(&tablet, key)) {
        assert_eq!(between_good::<W>(&world, &tablet, n, batch).await, [outcome], "{what}");
        assert_eq!(heads(&world, &tablet, key), before, "{what}: something of it was kept");
    }
}

pub(super) async fn bad_groups_under_one_signature_with_good_ones_are_refused_alone<W: Way>() {
    let (world, tablet, key) = ground::<W>().await;
    let (one, two) = (pathway(1), pathway(2));
    let (first, second) = (tablet.change(one), tablet.change(two));
    let name = tablet.written(|tx| tx.put(ROOT, "first_name", "Fatoumata").unwrap());
    let bad = document::RawChange::read(&name).unwrap().hash();
    let batch =
        tablet.batch(&[(one, first.hash, first.bytes), (key, bad, name), (two, second.hash, second.bytes)]);
    let upload = Upload {
        controls: vec![tablet.notice(one), tablet.notice(two)],
        batches: vec![batch],
        ..Upload::empty()
    };
    let said = offer::<W>(&world, &tablet.token, &upload).await;
    assert_eq!(said.groups, [Outcome::Accepted, Outcome::Invalid, Outcome::Accepted]);
    assert_eq!(heads(&world, &tablet, one), [first.hash]);
    assert_eq!(heads(&world, &tablet, two), [second.hash]);
}

pub(super) async fn a_batch_in_the_name_of_another_is_refused<W: Way>() {
    let (world, tablet, key) = ground::<W>().await;
    let colleague = Foreign::join(&world, 2, vec![NORTH]).unwrap();
    let mut forged = tablet.one(key, &tablet.change_as(colleague.actor(), key));
    forged.signer = colleague.signer.id();
    assert_eq!(between_good::<W>(&world, &tablet, 0, forged).await, [Outcome::Invalid]);
    let mut unknown = tablet.one(key, &tablet.change(key));
    unknown.signer = SignerId([9; 16]);
    assert_eq!(between_good::<W>(&world, &tablet, 1, unknown).await, [Outcome::NotEntitled]);
    let mut digest = tablet.one(key, &tablet.change(key));
    digest.items = vec![Item::Digest([6; 32].into())];
    // A digest stands for a group that is not offered: there is nothing to take, and nothing to answer.
    assert_eq!(between_good::<W>(&world, &tablet, 2, digest).await, []);
    // Two stores under one actor: the number was used by another change.
    let mine = tablet.change(key);
    assert_eq!(between_good::<W>(&world, &tablet, 3, tablet.one(key, &mine)).await, [Outcome::Accepted]);
    let mut twin = document::Document::begin(tablet.cite, key).unwrap();
    let again = twin.edit(tablet.actor(), &[document::Edit::set("age", "26_29")]).unwrap().unwrap();
    assert_eq!(between_good::<W>(&world, &tablet, 4, tablet.one(key, &again)).await, [Outcome::Clone]);
    assert_eq!(heads(&world, &tablet, key), [mine.hash]);
}

pub(super) async fn what_a_tablet_was_never_shown_takes_nothing_from_it<W: Way>() {
    let (world, tablet, key) = ground::<W>().await;
    let mine = tablet.change(key);
    assert_eq!(between_good::<W>(&world, &tablet, 0, tablet.one(key, &mine)).await, [Outcome::Accepted]);
    let stranger = Foreign::join(&world, 2, vec![SOUTH]).unwrap();
    let theirs = stranger.one(key, &stranger.change(key));
    assert_eq!(between_good::<W>(&world, &stranger, 1, theirs).await, [Outcome::NotEntitled]);
    assert_eq!(heads(&world, &tablet, key), [mine.hash]);
}

pub(super) async fn bad_control_records_are_refused_beside_good_ones<W: Way>() {
    let (world, tablet, _) = ground::<W>().await;
    let nobody = Foreign { signer: document::SignerKey::from_secret(&[77; 32]), token: Vec::new(), ..tablet };
    let tablet = Foreign::join(&world, 3, vec![NORTH]).unwrap();
    let (one, two) = (pathway(1), pathway(2));
    let mut changed = tablet.notice(pathway(3)).to_vec();
    let last = changed.len() - 1;
    changed[last] ^= 1;
    let membership = world.cite.store(|store| store.membership()).unwrap();
    let founded = minicbor::to_vec(&membership[0]).unwrap();
    let upload = Upload {
        controls: vec![
            tablet.notice(one),
            vec![0xFF; 40].into(),
            nobody.notice(pathway(4)),
            changed.into(),
            tablet.notice(two),
            founded.into(),
        ],
        ..Upload::empty()
    };
    let said = offer::<W>(&world, &tablet.token, &upload).await.controls;
    let expected =
        [Outcome::Accepted, Outcome::Invalid, Outcome::NotEntitled, Outcome::Invalid, Outcome::Accepted];
    assert_eq!(said[..5], expected);
    assert_eq!(world.cite.store(|store| store.membership()).unwrap().len(), membership.len());
    // What the ledger says of those two now lets their records in, and those only.
    for (n, outcome) in [(1, Outcome::Accepted), (3, Outcome::ConsentPending), (4, Outcome::ConsentPending)] {
        let batch = tablet.one(pathway(n), &tablet.change(pathway(n)));
        assert_eq!(between_good::<W>(&world, &tablet, n, batch).await, [outcome]);
    }
}

pub(super) async fn a_named_part_without_agreement_is_refused_sealed_or_not<W: Way>() {
    let (world, tablet, key) = ground::<W>().await;
    let good = pathway(1);
    let change = tablet.change(good);
    let part = DocumentKey { kind: DocumentKind::Notes, ..key };
    let wrap = tablet.wrap(part, [7; 16], [6; 16]);
    let mut garbage = tablet.sealed(part, tablet.actor());
    let journeys::wire::SealedItem::Group(group) = &mut garbage.items[0];
    group.envelope = vec![1, 2, 3].into();
    let other = Actor { signer: SignerId([9; 16]), incarnation: 1 };
    let upload = Upload {
        controls: vec![tablet.notice(good)],
        batches: vec![tablet.one(good, &change)],
        wraps: vec![
            wrap.clone(),
            SentWrap { key, ..wrap.clone() },
            SentWrap { sealed: vec![5; 8_000].into(), ..wrap },
        ],
        sealed: vec![tablet.sealed(part, tablet.actor()), garbage, tablet.sealed(part, other)],
        ..Upload::empty()
    };
    let said = offer::<W>(&world, &tablet.token, &upload).await;
    assert_eq!(said.groups, [Outcome::Accepted]);
    assert_eq!(said.wraps, [Outcome::ConsentPending, Outcome::Invalid, Outcome::Invalid]);
    assert_eq!(said.sealed, [Outcome::ConsentPending, Outcome::Invalid, Outcome::Invalid]);
    assert_eq!(heads(&world, &tablet, good), [change.hash]);
}

pub(super) async fn inputs_that_crashed_the_document_library_are_refused_beside_good_ones<W: Way>() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/hostile");
    // Where the collection is not here, `document` and the doors of `outside` still try their own.
    let Ok(entries) = std::fs::read_dir(&folder) else { return };
    let (world, tablet, key) = ground::<W>().await;
    let before = heads(&world, &tablet, key);
    for (n, entry) in (0..40).zip(entries) {
        let path = entry.unwrap().path();
        let mut bytes = std::fs::read(&path).unwrap();
        bytes.truncate(200_000);
        let said = between_good::<W>(&world, &tablet, n, tablet.bytes(key, bytes)).await;
        assert_eq!(said, [Outcome::Invalid], "{}", path.display());
    }
    assert_eq!(heads(&world, &tablet, key), before);
}

pub(super) async fn an_invitation_that_was_used_lets_nobody_in<W: Way>() {
    let world = World::begin().await;
    let code = world.cite.invite("Personne M.", Role::Mediator, ASSOCIATION, vec![NORTH]).unwrap();
    let first = Foreign::join_with(&world, 1, &code).unwrap();
    let length = world.cite.store(|store| store.membership()).unwrap().len();
    for n in [1, 2] {
        let again = Foreign::join_with(&world, n, &code).map(drop).unwrap_err();
        assert_eq!(again.code, ErrorCode::InvitationInvalid);
    }
    // Nor does a message of joining whose key was put in on the way.
    let code = world.cite.invite("Personne M.", Role::Mediator, ASSOCIATION, vec![NORTH]).unwrap();
    let mut swapped = join_request(&code, &first.signer, [8; 16]);
    swapped.sign = [9; 32].into();
    let refused = world.cite.host(|host| host.join(None, &swapped)).map(drop).unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvitationInvalid);
    assert_eq!(world.cite.store(|store| store.membership()).unwrap().len(), length);
    let key = DocumentKey::first(DocumentKind::Pathway, PathwayId::from_bytes([1; 16]));
    let upload = Upload { controls: vec![first.notice(key)], ..Upload::empty() };
    assert_eq!(offer::<W>(&world, &first.token, &upload).await.controls, [Outcome::Accepted]);
}
