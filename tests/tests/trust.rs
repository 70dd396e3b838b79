//! A server that serves over TLS with its own certificate files, and devices that trust it or do not: by what their
//! system trusts.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::encounter::{PassageForm, RecordPassage};
use domain::api::session::{Join, SessionState, Status, Unlock};
use domain::api::sync::SyncNow;
use domain::ids::DraftId;
use domain::role::Role;
use journeys::certificate::certificate;
use journeys::process::Process;
use journeys::{NORTH, PASSPHRASE, World, call, device};
use std::path::Path;
use tokio::process::Command;

/// The device of a folder on a system that trusts a certificate, and no other.
fn trusting(folder: &Path, certificate: &Path) -> Process {
    let mut program = Command::new(env!("CARGO_BIN_EXE_device"));
    Process::spawn(program.arg(folder).env("SSL_CERT_FILE", certificate))
}

fn passage(n: u8) -> RecordPassage {
    let form = PassageForm { headcount: 2, ..PassageForm::default() };
    RecordPassage { draft: DraftId::from_bytes([n; 16]), form }
}

#[tokio::test]
async fn a_device_exchanges_over_tls_with_a_server_it_trusts_and_tells_another_from_a_dead_line() {
    let mut world = World::begin().await;
    let code = world.invite_as("Nadia B.", Role::Mediator, vec![NORTH]);
    world.stop();
    let folder = world.folder.path();
    let [own, key] = certificate(folder, "own");
    let [another, _] = certificate(folder, "another");
    let mut server = Process::start(env!("CARGO_BIN_EXE_serving"), &[&folder.join("server"), &own, &key]);
    let address = server.address().await;
    assert!(address.starts_with("https://"), "{address}");

    // Whoever does not trust it sends it nothing: no code, no key, no entry.
    let (tablet, join) = (folder.join("tablet"), Join { server: address, ..world.join(&code) });
    let mut stranger = trusting(&tablet, &another);
    assert_eq!(stranger.call(join.clone()).await.unwrap_err(), "server_untrusted");
    stranger.kill().await;

    // The invitation was not used up.
    let mut nadia = trusting(&tablet, &own);
    nadia.call(join).await.unwrap();
    nadia.call(passage(1)).await.unwrap();
    let sent = nadia.call(SyncNow {}).await.unwrap();
    assert_eq!((&sent["to_send"], sent["last_failure"].is_null()), (&0.into(), true), "{sent}");
    nadia.kill().await;

    // Somebody else answers at that address, or the certificate was changed: said by its name, everything is kept.
    let SessionState::Locked { users } = call(&device(&tablet), Status {}).await.unwrap().state else {
        panic!("open")
    };
    let unlock = Unlock { user: users[0].user, passphrase: PASSPHRASE.into() };
    let mut wary = trusting(&tablet, &another);
    wary.call(unlock.clone()).await.unwrap();
    wary.call(passage(2)).await.unwrap();
    let kept = wary.call(SyncNow {}).await.unwrap();
    assert_eq!(kept["last_failure"]["kind"], "untrusted", "{kept}");
    assert!(kept["to_send"].as_u64().unwrap() > 0, "{kept}");
    wary.kill().await;

    let mut nadia = trusting(&tablet, &own);
    nadia.call(unlock.clone()).await.unwrap();
    assert_eq!(nadia.call(SyncNow {}).await.unwrap()["to_send"], 0);

    // A server that is not there is another thing to say.
    server.ask_to_stop();
    assert_eq!(server.ended().await, Some(0));
    nadia.call(passage(3)).await.unwrap();
    assert_eq!(nadia.call(SyncNow {}).await.unwrap()["last_failure"]["kind"], "unreachable");
}
