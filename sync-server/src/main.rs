//! `sync-server`: founds a cité, invites, serves.

mod access;
mod admin;
mod audit;
mod command;

use anyhow::{Context as _, Result, bail};
use clap::Parser as _;
use command::{Command, Program};
use domain::role::Role;
use domain::vocabulary::AuditAct;
use std::sync::Arc;
use sync_server::config::{self, At, Config};
use sync_server::{Cite, OpenError, demo, program, settings};
use tokio::net::TcpListener;

#[allow(clippy::print_stdout, reason = "this is how a command line answers")]
fn main() -> Result<()> {
    let asked = Program::parse();
    program::log();
    if let Command::Config { example: true, .. } = asked.command {
        print!("{}", config::EXAMPLE);
        return Ok(());
    }
    let at = config::at(&asked.place)?;
    let data = &at.data;
    if let Some(act) = audit::act_of(&asked.command) {
        open(&at)?.note(act, None)?;
    }
    match asked.command {
        Command::Init { name, demonstration } => {
            Cite::init_with(data, &at.journal, &name, demonstration)?;
            println!("The cité “{name}” is founded in {}. Next: sync-server invite --help", data.display());
        }
        Command::Invite { name, role, organisation, sector } => {
            let sectors = sector.iter().map(|name| settings::sector_id(name)).collect();
            let (cite, role) = (open(&at)?, Role::from(role));
            if role.holds_keys() && cite.established()? {
                bail!(
                    "a référent's device has founded this cité: mediators and référents are invited there, \
                     under “Membres”; this server still invites coordinators and administrators"
                );
            }
            println!("{}", cite.invite(&name, role, &organisation, sectors)?);
        }
        Command::Settings { file } => admin::settings(&at, file.as_deref())?,
        Command::ImportQpv { file, of_sectors } => admin::import_qpv(&at, &file, of_sectors)?,
        Command::ImportSolutions { services, structures } => {
            admin::import_solutions(&at, &services, &structures)?;
        }
        Command::Export { from, to, file } => admin::export(&at, &from, &to, &file)?,
        Command::Retention { dry_run } => admin::retention(&at, dry_run)?,
        Command::Access { code, folder } => access::write(&at, &code, &folder)?,
        Command::Audit { verify, who, device, act, from, to, export } => {
            let filter = audit::Filter { who, device, act, from, to };
            audit::audit(&at, verify, &filter, export.as_deref())?;
        }
        Command::Devices => admin::devices(&at)?,
        Command::Revoke { device } => {
            let count = open(&at)?.revoke(device)?;
            println!("{count} signer(s) of this device revoked.");
        }
        Command::Backup { file } => {
            open(&at)?.store(|store| store.back_up(&file))?;
            println!("Copied into {}.", file.display());
        }
        Command::Restore { backup, accept_gap, founder_key } => {
            if !accept_gap && !at.journal.exists() {
                bail!("give the journal with --journal FILE, or accept its loss with --accept-gap");
            }
            let journal = (!accept_gap).then_some(at.journal.as_path());
            admin::restore(&at, &backup, journal, founder_key.as_deref())?;
            open(&at)?.note(AuditAct::Restore, None)?;
        }
        Command::Account { login, name, role, organisation } => {
            println!("{}", open(&at)?.open_account(&login, &name, role.into(), &organisation)?);
        }
        Command::Demo(serving) => {
            let config = config::read(&asked.place, &serving)?;
            runtime()?.block_on(demonstrate(&config))?;
        }
        Command::Serve(serving) => {
            let config = config::read(&asked.place, &serving)?;
            runtime()?.block_on(program::run(&config))?;
        }
        Command::Config { serving, .. } => print!("{}", config::read(&asked.place, &serving)?),
    }
    Ok(())
}

/// Opens the cité with its journal where the configuration says.
fn open(at: &At) -> Result<Cite, OpenError> {
    Cite::open_with(&at.data, &at.journal)
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// Makes the demonstration where it is not there yet, and serves it.
#[allow(clippy::print_stdout, reason = "this is how a command line answers")]
async fn demonstrate(config: &Config) -> Result<()> {
    println!("Demonstration: everybody and everything in it is invented. The first start takes a minute.");
    demo::make(&config.at.data).await?;
    let cite = Arc::new(Cite::open(&demo::server_folder(&config.at.data))?);
    let listener = match TcpListener::bind(config.listen).await {
        Ok(listener) => listener,
        Err(_) => TcpListener::bind((config.listen.ip(), 0)).await.context("no port is free")?,
    };
    let url = format!("http://{}", listener.local_addr()?);
    demo::readdress(&config.at.data, &url).await?;
    demo::write_notes(&config.at.data, &url)?;
    program::serve_plain(cite, listener, &config.interface).await
}
