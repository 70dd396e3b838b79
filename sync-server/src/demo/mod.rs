//! The demonstration: an invented cité with invented people, made by real devices that record and
//! synchronise as mediators do. Everybody and everything in it is invented.

mod clock;
mod people;
pub mod street;
mod territory;

use crate::cite::Cite;
use crate::serve::serve;
use anyhow::{Context as _, Result};
use clock::DemoClock;
use domain::api::member::{DrawRecoveryKey, EstablishCite};
use domain::api::session::Join;
use domain::api::sync::SyncNow;
use domain::api::{Answer, Call, Reply};
use domain::ids::SectorId;
use domain::role::Role;
use engine::clock::{Clock as _, SystemClock};
use engine::device::Device;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::TcpListener;

/// Passphrase and PIN of the demonstration's tablet. A real cité draws its own.
const PASSPHRASE: &str = "abricot banane cerise datte figue grenade";
const PIN: &str = "246802";
/// Organisation of everybody.
const ORGANISATION: &str = "Association Inventée";

/// A sign-in of the browser face.
#[derive(serde::Serialize, serde::Deserialize)]
struct SignIn {
    login: String,
    password: String,
    role: String,
    name: String,
}

/// Who records in the demonstration.
struct Worker {
    device: Device,
    sector: SectorId,
    place: usize,
}

/// Makes the demonstration in a folder; nothing is done where it is there already.
///
/// # Errors
/// What the disk or the store refuses.
pub async fn make(folder: &Path) -> Result<()> {
    let done = folder.join("made.json");
    if done.exists() {
        return Ok(());
    }
    // A folder left by an attempt that was cut off is begun again.
    for part in ["server", "tablet", "tablet-2", "laptop"] {
        let part = folder.join(part);
        if part.exists() {
            std::fs::remove_dir_all(&part)?;
        }
    }
    // One clock for all: what was recorded in a week arrives in that week.
    let clock = Arc::new(DemoClock::at(SystemClock.now_ms()));
    let cite = Cite::init(&folder.join("server"), "Cité de l’emploi des Acacias", true)?;
    let cite = Arc::new(cite.with_clock(clock.clone()));
    territory::publish(&cite)?;
    let people = [("claire", "Claire V.", Role::Coordinator), ("alex", "Alex T.", Role::Administrator)];
    let accounts = people.map(|(login, name, role)| {
        let password = cite.open_account(login, name, role, ORGANISATION)?;
        Ok(SignIn { login: login.into(), password, role: role.code().into(), name: name.into() })
    });
    let accounts = accounts.into_iter().collect::<Result<Vec<_>>>()?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}", listener.local_addr()?);
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(serve(cite.clone(), listener, None, async { drop(stopped.await) }));
    let sectors = territory::sectors();
    let workers = [
        ("tablet", "Nadia B.", Role::Mediator, 0),
        ("tablet-2", "Samir D.", Role::Mediator, 1),
        ("laptop", "Inès R.", Role::Referent, 0),
    ];
    let mut joined = Vec::new();
    for (name, user, role, place) in workers {
        let mine = if role == Role::Referent { sectors.clone() } else { vec![sectors[place]] };
        let code = cite.invite(user, role, ORGANISATION, mine)?;
        let device = Device::at(folder.join(name), clock.clone())?;
        let join = Join {
            server: address.clone(),
            code: code.as_str().into(),
            passphrase: PASSPHRASE.into(),
            pin: PIN.into(),
            device_name: if role == Role::Referent {
                "Ordinateur".into()
            } else {
                format!("Tablette {}", place + 1)
            },
        };
        call(&device, join).await?;
        call(&device, SyncNow {}).await?;
        joined.push(Worker { device, sector: sectors[place], place });
    }
    if let Some(laptop) = joined.last() {
        establish(&laptop.device).await?;
    }
    people::record(&joined, &clock).await?;
    for worker in &joined {
        clock.set(SystemClock.now_ms());
        call(&worker.device, SyncNow {}).await?;
    }
    drop(stop);
    serving.await.context("the server of the demonstration stopped")??;
    std::fs::write(done, serde_json::to_vec(&accounts)?)?;
    Ok(())
}

/// Founds on the référente's laptop. Nobody notes this recovery key: nothing here is worth recovering.
async fn establish(laptop: &Device) -> Result<()> {
    let key = match call(laptop, DrawRecoveryKey {}).await?.reply {
        Reply::DrawRecoveryKey(key) => key,
        _ => anyhow::bail!("the demonstration failed: another reply"),
    };
    let words: Vec<&str> = key.words.expose().split(' ').collect();
    let asked = key.asked.iter().filter_map(|n| words.get(usize::from(*n) - 1));
    call(laptop, EstablishCite { words: asked.map(|word| (*word).into()).collect() }).await?;
    Ok(())
}

/// Writes `demo.json`: where it is served and how to sign in.
///
/// # Errors
/// What the disk refuses.
pub fn write_notes(folder: &Path, url: &str) -> Result<()> {
    let accounts: Vec<SignIn> = serde_json::from_slice(&std::fs::read(folder.join("made.json"))?)?;
    let notes = serde_json::json!({
        "url": url,
        "accounts": accounts,
        "tablet": {
            "store_path": folder.join("tablet"),
            "user": "Nadia B.",
            "passphrase": PASSPHRASE,
            "pin": PIN,
        },
        // The same words and PIN: everybody here is invented.
        "laptop": { "store_path": folder.join("laptop"), "user": "Inès R." },
    });
    let file = folder.join("demo.json");
    let partial: PathBuf = folder.join("demo.json.part");
    std::fs::write(&partial, serde_json::to_vec_pretty(&notes)?)?;
    Ok(std::fs::rename(partial, file)?)
}

/// Points the demonstration's devices at the address served now.
///
/// # Errors
/// What a store refuses.
pub async fn readdress(folder: &Path, url: &str) -> Result<()> {
    for name in ["tablet", "tablet-2", "laptop"] {
        let device = Device::at(folder.join(name), Arc::new(SystemClock))?;
        device.move_to(&PASSPHRASE.into(), url)?;
    }
    Ok(())
}

/// Makes a call that must succeed.
async fn call(device: &Device, call: impl Into<Call>) -> Result<Answer> {
    device.dispatch(call.into()).await.map_err(|error| anyhow::anyhow!("the demonstration failed: {error}"))
}

/// The folder of the cité of a demonstration.
pub fn server_folder(folder: &Path) -> PathBuf {
    folder.join("server")
}
