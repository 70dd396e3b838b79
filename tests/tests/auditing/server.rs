//! The server's own chain: signed by the founder's key, and watched by every device that has seen it.

use super::{disk, report, tamper};
use document::SignerKey;
use document::audit::{AuditBody, AuditEntry};
use domain::api::person::SearchPeople;
use domain::api::session::{Lock, UnlockWithPin};
use domain::api::sync::{Alarm, AlarmKind, ReadSyncState};
use domain::role::Role;
use domain::vocabulary::AuditAct;
use engine::device::Device;
use journeys::line::Line;
use journeys::{NORTH, PIN, World, call, me, synchronise};

/// The founder's key, as somebody with the server's disk has it.
fn founder(world: &World) -> SignerKey {
    let secret = std::fs::read(world.folder.path().join("server/founder.key")).unwrap();
    SignerKey::from_secret(&secret.try_into().unwrap())
}

/// Writes the server's chain anew with these acts, every entry chained to the one before.
fn rewrite(world: &World, acts: &[AuditAct], key: &SignerKey) {
    let disk = disk(world);
    disk.execute("DELETE FROM audit WHERE source = zeroblob(16)", []).unwrap();
    let mut previous = [0; 32];
    for (seq, act) in (1_i64..).zip(acts) {
        let body = AuditBody {
            source: [0; 16].into(),
            seq: seq as u64,
            previous: previous.into(),
            at_ms: 1_790_000_000_000,
            act: act.code().to_owned(),
            user: None,
            about: None,
            seen: None,
        };
        let entry = AuditEntry::new(&body, key);
        previous = entry.hash();
        let bytes = minicbor::to_vec(&entry).unwrap();
        disk.execute(
            "INSERT INTO audit (source, seq, at_ms, entry, hash) VALUES (zeroblob(16), ?1, ?2, ?3, ?4)",
            (seq, body.at_ms, bytes, entry.hash()),
        )
        .unwrap();
    }
}

fn note(world: &World, acts: &[AuditAct]) {
    acts.iter().for_each(|act| world.cite.note(*act, None).unwrap());
}

async fn alarms(device: &Device) -> Vec<Alarm> {
    call(device, ReadSyncState {}).await.unwrap().alarms
}

async fn seen(device: &Device) -> u64 {
    call(device, ReadSyncState {}).await.unwrap().audit.map_or(0, |it| it.count)
}

#[tokio::test]
async fn whoever_writes_the_servers_chain_anew_without_the_founders_key_is_shown() {
    let world = World::begin().await;
    note(&world, &[AuditAct::SignIn, AuditAct::Export]);
    assert_eq!((report(&world).whole(), report(&world).broken().len()), (1, 0));
    rewrite(&world, &[AuditAct::SignIn, AuditAct::Backup], &SignerKey::from_secret(&[7; 32]));
    assert_eq!(report(&world).broken(), [(None, 1)]);
}

#[tokio::test]
async fn a_device_follows_the_servers_chain_and_says_where_it_ends() {
    let world = World::begin().await;
    note(&world, &[AuditAct::SignIn]);
    let tablet = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    assert_eq!(seen(&tablet).await, 1);
    note(&world, &[AuditAct::Export; 300]);
    for expected in [257, 301, 301] {
        synchronise(&tablet).await;
        assert_eq!(seen(&tablet).await, expected, "as many entries as one answer goes on by");
    }
    assert_eq!(alarms(&tablet).await, []);
    let state = call(&tablet, ReadSyncState {}).await.unwrap();
    let hash: Vec<u8> = disk(&world)
        .query_row("SELECT hash FROM audit WHERE source = zeroblob(16) AND seq = 301", [], |row| row.get(0))
        .unwrap();
    let mark: String = hash[..4].iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(state.audit.unwrap().mark, mark);
}

#[tokio::test]
async fn watching_the_chain_costs_an_idle_exchange_a_few_bytes_and_a_new_end_little_more() {
    let world = World::begin().await;
    let tablet = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let line = Line::new(world.cite.clone(), tablet.token().unwrap());
    let mut sizes = Vec::new();
    for entries in [0, 1, 0, 1, 10] {
        note(&world, &[AuditAct::Export].repeat(entries));
        let before = *line.carried.lock().unwrap();
        tablet.sync_with(&line).await;
        let after = *line.carried.lock().unwrap();
        assert_eq!(after.2 - before.2, 1, "one turn");
        sizes.push(after.0 + after.1 - before.0 - before.1);
    }
    eprintln!("idle, first end, idle, one entry more, ten more: {sizes:?} bytes");
    let [idle, first, idle_later, one, ten] = sizes[..] else { panic!("five exchanges") };
    assert!(idle_later <= idle + 10 && first <= idle + 130, "{sizes:?}");
    assert!(one <= idle + 170 && ten <= idle + 480 && idle_later <= 400, "{sizes:?}");
}

#[tokio::test]
async fn a_chain_that_was_shortened_raises_an_alarm_and_work_goes_on() {
    let world = World::begin().await;
    note(&world, &[AuditAct::SignIn, AuditAct::Export, AuditAct::Backup]);
    let tablet = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    tamper(&world, "DELETE FROM audit WHERE source = zeroblob(16) AND seq = 3");
    synchronise(&tablet).await;
    let raised = alarms(&tablet).await;
    assert_eq!((raised.len(), raised[0].kind, raised[0].pathway), (1, AlarmKind::AuditShortened, None));
    let state = call(&tablet, ReadSyncState {}).await.unwrap();
    assert_eq!((state.last_failure, state.audit.unwrap().count), (None, 3));
    call(&tablet, SearchPeople { query: String::new(), limit: 5 }).await.unwrap();
    // Longer again, and still not what was seen.
    note(&world, &[AuditAct::SignIn, AuditAct::SignIn]);
    synchronise(&tablet).await;
    assert_eq!(alarms(&tablet).await[0].kind, AlarmKind::AuditRewritten);
}

#[tokio::test]
async fn a_chain_rewritten_with_the_founders_key_itself_is_shown_by_the_device_and_by_the_audit() {
    let world = World::begin().await;
    note(&world, &[AuditAct::SignIn, AuditAct::Export]);
    let tablet = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    // The end it has seen goes into the next entry of its own chain, signed.
    let user = me(&tablet).await.unwrap().user;
    call(&tablet, Lock {}).await.unwrap();
    call(&tablet, UnlockWithPin { user, pin: PIN.into() }).await.unwrap();
    synchronise(&tablet).await;
    assert_eq!((report(&world).whole(), report(&world).broken().len()), (2, 0));
    let key = founder(&world);
    rewrite(&world, &[AuditAct::SignIn, AuditAct::Backup, AuditAct::SignIn], &key);
    let shown = report(&world);
    assert_eq!(shown.broken(), [(None, 2)], "the tablet's own chain holds");
    assert!(shown.chains.iter().any(|it| it.source.is_none() && it.contradicted));
    synchronise(&tablet).await;
    assert_eq!(alarms(&tablet).await[0].kind, AlarmKind::AuditRewritten);
    // Signed by the right key and going on from what was seen, it is trusted again.
    rewrite(&world, &[AuditAct::SignIn, AuditAct::Export], &key);
    assert_eq!(alarms(&tablet).await.len(), 1, "until then the alarm stays");
}
