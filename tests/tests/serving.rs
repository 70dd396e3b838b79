//! Serving to others: TLS by certificate files, a sign of life, an orderly end.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::Call;
use domain::api::session::SignIn;
use domain::role::Role;
use journeys::certificate::certificate;
use reqwest::{Certificate, Client};
use std::sync::Arc;
use sync_server::{Cite, serve_tls};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

#[tokio::test]
async fn over_tls_it_answers_whoever_trusts_its_certificate_and_ends_when_asked_to() {
    let folder = tempfile::tempdir().unwrap();
    let cite = Arc::new(Cite::init(&folder.path().join("server"), "Cité inventée", true).unwrap());
    let password = cite.open_account("claire", "Claire V.", Role::Coordinator, "Association").unwrap();
    let [certificate, key] = certificate(folder.path(), "own");
    let trusted = Certificate::from_pem(&std::fs::read(&certificate).unwrap()).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(async move {
        serve_tls(cite, listener, None, &certificate, &key, async { drop(stopped.await) }).await
    });

    let friend = Client::builder().tls_certs_only([trusted]).build().unwrap();
    let alive = friend.get(format!("https://{at}/healthz")).send().await.unwrap();
    assert_eq!((alive.status().as_u16(), alive.text().await.unwrap().as_str()), (200, "ok"));
    let sign_in: Call = SignIn { login: "claire".into(), password: password.as_str().into() }.into();
    let signed = friend.post(format!("https://{at}/api/call")).json(&sign_in).send().await.unwrap();
    let cookie = signed.headers().get("set-cookie").unwrap().to_str().unwrap();
    assert!(cookie.contains("; Secure"), "a cookie that only travels over TLS");
    // A certificate that nobody vouches for is refused by who asks; without TLS there is nothing to hear.
    assert!(Client::new().get(format!("https://{at}/healthz")).send().await.is_err());
    assert!(friend.get(format!("http://{at}/healthz")).send().await.is_err());

    drop(friend);
    drop(stop);
    serving.await.unwrap().unwrap();
    assert!(TcpStream::connect(at).await.is_err(), "nobody listens any more");
}

#[cfg(unix)]
#[test]
fn what_is_kept_about_people_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let [server, elsewhere, backup] =
        ["server", "elsewhere.journal", "backup.db"].map(|it| folder.path().join(it));
    let cite = Cite::init_with(&server, &elsewhere, "Cité inventée", true).unwrap();
    cite.store(|store| store.back_up(&backup)).unwrap();
    let again = cite.store(|store| store.back_up(&backup));
    assert!(again.is_err(), "a backup is never written over another");
    engine::device::Device::at(folder.path().join("tablet"), Arc::new(engine::clock::SystemClock)).unwrap();
    for kept in [server.clone(), server.join("founder.key"), elsewhere, backup, folder.path().join("tablet")]
    {
        let mode = kept.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{} is {mode:o}", kept.display());
    }
}
