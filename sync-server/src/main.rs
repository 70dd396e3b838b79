//! `sync-server`: founds a cité, invites, serves.

mod admin;

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand, ValueEnum};
use domain::ids::DeviceId;
use domain::role::Role;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use sync_server::{Cite, demo, serve, serve_tls, settings};
use tokio::net::TcpListener;

/// The server of a cité de l'emploi.
#[derive(Parser)]
#[command(name = "sync-server", version, arg_required_else_help = true)]
struct Program {
    /// Data folder of the cité: its store and the founder's key. Back it up; show it to nobody
    #[arg(long, env = "ALLERVERS_SERVER_DATA", global = true, default_value = "data/server")]
    data: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Found a cité in the data folder
    Init {
        /// Its name, as every screen shows it
        #[arg(long)]
        name: String,
        /// Mark it as a demonstration on every screen
        #[arg(long)]
        demonstration: bool,
    },
    /// Invite someone; the code is printed once, holds for seven days and for one device
    Invite {
        /// Name shown to colleagues, such as "Nadia B."
        #[arg(long)]
        name: String,
        /// What they are there to do
        #[arg(long, value_enum)]
        role: InvitedRole,
        /// Their organisation
        #[arg(long)]
        organisation: String,
        /// A sector of the settings, by name; may be given several times
        #[arg(long)]
        sector: Vec<String>,
    },
    /// Publish the cité's settings: controllers, notice, sectors, places
    Settings {
        /// The file; without one an example is printed
        file: Option<PathBuf>,
    },
    /// Import the official GeoJSON of the QPV and send the cité's polygons to its devices
    ImportQpv {
        /// The file: QPV of 2024 or 2015, as on data.gouv.fr
        file: PathBuf,
        /// Only the QPV that the settings' sectors name
        #[arg(long, default_value_t = true, action = clap::ArgAction::Set)]
        of_sectors: bool,
    },
    /// Import a directory of services, data·inclusion schema v1, and send it to the devices
    ImportSolutions {
        /// JSON array of services
        services: PathBuf,
        /// JSON array of their structures
        structures: PathBuf,
    },
    /// Write the pathways met in a period as CSV: coded, without names, still about persons
    Export {
        /// First day, such as 2026-10-01
        #[arg(long)]
        from: String,
        /// Last day
        #[arg(long)]
        to: String,
        /// The new file
        file: PathBuf,
    },
    /// List the devices: who, when last seen, what is announced
    Devices,
    /// Take a device out: its token and signatures are refused from now on, what it wrote stays
    Revoke {
        /// Identifier, as `devices` shows it
        device: DeviceId,
    },
    /// Write a whole copy of the store into a new file; copy founder.key apart, to another place
    Backup {
        /// The new file
        file: PathBuf,
    },
    /// Open an account of the browser face, or give it a new password; the password is printed once
    Account {
        /// Login
        #[arg(long)]
        login: String,
        /// Name shown, such as "Claire V."
        #[arg(long)]
        name: String,
        /// What they are there to do
        #[arg(long, value_enum)]
        role: InvitedRole,
        /// Their organisation
        #[arg(long)]
        organisation: String,
    },
    /// Make the demonstration in the data folder where it is not there yet, and serve it
    Demo {
        /// Folder of the browser face
        #[arg(long, env = "ALLERVERS_SERVER_INTERFACE", default_value = "ui/dist")]
        interface: PathBuf,
        /// Address to listen on; another port of this machine where it is taken
        #[arg(long, env = "ALLERVERS_SERVER_LISTEN", default_value = "127.0.0.1:8787")]
        listen: SocketAddr,
    },
    /// Serve devices and the browser face until Ctrl-C
    Serve {
        /// Folder of the browser face
        #[arg(long, env = "ALLERVERS_SERVER_INTERFACE", default_value = "ui/dist")]
        interface: PathBuf,
        /// Certificate chain, PEM; with the key, TLS is spoken
        #[arg(long, env = "ALLERVERS_SERVER_CERTIFICATE", requires = "key")]
        certificate: Option<PathBuf>,
        /// Key of the certificate, PEM
        #[arg(long, env = "ALLERVERS_SERVER_KEY", requires = "certificate")]
        key: Option<PathBuf>,
        /// Address to listen on; without a certificate, put TLS in front before it is any other than this machine
        #[arg(long, env = "ALLERVERS_SERVER_LISTEN", default_value = "127.0.0.1:8787")]
        listen: SocketAddr,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum InvitedRole {
    Mediator,
    Referent,
    Coordinator,
    Administrator,
}

impl From<InvitedRole> for Role {
    fn from(role: InvitedRole) -> Self {
        match role {
            InvitedRole::Mediator => Role::Mediator,
            InvitedRole::Referent => Role::Referent,
            InvitedRole::Coordinator => Role::Coordinator,
            InvitedRole::Administrator => Role::Administrator,
        }
    }
}

#[allow(clippy::print_stdout, reason = "this is how a command line answers")]
fn main() -> Result<()> {
    let program = Program::parse();
    log();
    match program.command {
        Command::Init { name, demonstration } => {
            Cite::init(&program.data, &name, demonstration)?;
            println!(
                "The cité “{name}” is founded in {}. Next: sync-server invite --help",
                program.data.display()
            );
        }
        Command::Invite { name, role, organisation, sector } => {
            let sectors = sector.iter().map(|name| settings::sector_id(name)).collect();
            println!("{}", Cite::open(&program.data)?.invite(&name, role.into(), &organisation, sectors)?);
        }
        Command::Settings { file } => admin::settings(&program.data, file.as_deref())?,
        Command::ImportQpv { file, of_sectors } => admin::import_qpv(&program.data, &file, of_sectors)?,
        Command::ImportSolutions { services, structures } => {
            admin::import_solutions(&program.data, &services, &structures)?;
        }
        Command::Export { from, to, file } => admin::export(&program.data, &from, &to, &file)?,
        Command::Devices => admin::devices(&program.data)?,
        Command::Revoke { device } => {
            let count = Cite::open(&program.data)?.revoke(device)?;
            println!("{count} signer(s) of this device revoked.");
        }
        Command::Backup { file } => {
            Cite::open(&program.data)?.store(|store| store.copy_into(&file))?;
            println!("Copied into {}.", file.display());
        }
        Command::Account { login, name, role, organisation } => {
            println!(
                "{}",
                Cite::open(&program.data)?.open_account(&login, &name, role.into(), &organisation)?
            );
        }
        Command::Demo { interface, listen } => runtime()?.block_on(async {
            println!(
                "Demonstration: everybody and everything in it is invented. The first start takes a minute."
            );
            demo::make(&program.data).await?;
            let cite = Arc::new(Cite::open(&demo::server_folder(&program.data))?);
            let listener = match TcpListener::bind(listen).await {
                Ok(listener) => listener,
                Err(_) => TcpListener::bind((listen.ip(), 0)).await.context("no port is free")?,
            };
            let url = format!("http://{}", listener.local_addr()?);
            demo::readdress(&program.data, &url).await?;
            demo::write_notes(&program.data, &url)?;
            run(cite, listener, &interface).await
        })?,
        Command::Serve { listen, interface, certificate, key } => runtime()?.block_on(async {
            let cite = Arc::new(Cite::open(&program.data)?);
            let listener =
                TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}"))?;
            if let (Some(certificate), Some(key)) = (certificate, key) {
                println!("Serving on https://{}. Ctrl-C stops.", listener.local_addr()?);
                let interface = interface.is_dir().then_some(interface.as_path());
                return serve_tls(cite, listener, interface, &certificate, &key, asked_to_stop())
                    .await
                    .context("the server stopped");
            }
            run(cite, listener, &interface).await
        })?,
    }
    Ok(())
}

/// Structured logs on standard error: codes and counts, never personal data. `RUST_LOG` sets the level.
fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,sync_server=info"));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// Serves until Ctrl-C or a request to terminate; exchanges under way are finished.
#[allow(clippy::print_stdout, reason = "this is how a command line answers")]
async fn run(cite: Arc<Cite>, listener: TcpListener, interface: &Path) -> Result<()> {
    println!("Serving on http://{}. Ctrl-C stops.", listener.local_addr()?);
    let interface = interface.is_dir().then_some(interface);
    if interface.is_none() {
        println!("No interface folder here: devices are served, the browser face is not.");
    }
    serve(cite, listener, interface, asked_to_stop()).await.context("the server stopped")
}

#[cfg(unix)]
async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut interrupt), Ok(mut terminate)) =
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        // Where signals cannot be heard, the process is stopped from outside.
        return std::future::pending().await;
    };
    tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
}

#[cfg(not(unix))]
async fn asked_to_stop() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
