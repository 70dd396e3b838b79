//! The command line: what can be asked of the server, and how it teaches.

use clap::{Parser, Subcommand, ValueEnum};
use domain::ids::DeviceId;
use domain::role::Role;
use std::path::PathBuf;
use sync_server::config::{Place, Serving};

/// The usual order of steps, under `--help`.
const STEPS: &str = "\
The usual order of steps:
  1. sync-server config --example > server.toml
     Fill it in; every command takes it by --config server.toml.
  2. sync-server init --name \"Cité de l’emploi de …\"
     Copy founder.key to a safe place.
  3. sync-server settings > cite.toml
     Controllers, notice, sectors, places: fill it in, then sync-server settings cite.toml
  4. sync-server import-qpv qpv.geojson
     sync-server import-solutions services.json structures.json
  5. sync-server account --login claire …   for somebody with a browser
     sync-server invite --name \"Nadia B.\" …  for somebody with a tablet
  6. sync-server serve
  7. sync-server backup FILE
     Every night; keep it elsewhere. The journal (control.journal) belongs on another disk too.
     After a loss: sync-server restore FILE --data NEW --journal JOURNAL

Options come from flags, from the environment (ALLERVERS_SERVER_DATA …), or from a file (--config).
A flag wins over the environment, the environment over the file; `config` shows what holds.";

/// The server of a cité de l'emploi.
#[derive(Parser)]
#[command(name = "sync-server", version, arg_required_else_help = true, after_help = STEPS)]
pub struct Program {
    #[command(flatten)]
    pub place: Place,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What can be asked.
#[derive(Subcommand)]
pub enum Command {
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
    /// Erase the records whose time is over, and print what was done; the running server does it daily
    ///
    /// A record ends `retention_months` after the last contact, once that was announced for a month on
    /// the devices of those who follow the person.
    Retention {
        /// Only print what would be done
        #[arg(long)]
        dry_run: bool,
    },
    /// Write everything the server holds on a person (right of access), as HTML to print and as JSON
    ///
    /// The server has no name and no key: find the person by the code repère, and join what a device of
    /// the team that follows them gives.
    Access {
        /// Code repère, as the person or the screen says it
        #[arg(long)]
        code: String,
        /// An existing folder; file names hold a day and a number, nothing about anybody
        folder: PathBuf,
    },
    /// Show the audit, newest first: who did what kind of thing, when, on which device; no content
    ///
    /// Chains that do not hold are named; the command then ends with an error.
    Audit {
        /// Only say whether every chain holds
        #[arg(long)]
        verify: bool,
        /// Only what this person did, by name as shown
        #[arg(long)]
        who: Option<String>,
        /// Only what was done on this device, by name as shown
        #[arg(long)]
        device: Option<String>,
        /// Only acts of this code, such as open, copy, change, revoke
        #[arg(long)]
        act: Option<String>,
        /// From this day on, such as 2026-10-01
        #[arg(long)]
        from: Option<String>,
        /// Up to this day
        #[arg(long)]
        to: Option<String>,
        /// Write it as CSV into this new file
        #[arg(long)]
        export: Option<PathBuf>,
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
    /// Make a new data folder from a backup and the control journal
    ///
    /// Revocations, members and ledgers since the backup come from the journal; what devices had sent
    /// since, they offer again by themselves.
    Restore {
        /// The copy that `backup` wrote
        backup: PathBuf,
        /// The journal is lost: accept that revocations, members and ledger entries since the backup may
        /// be missing until a device that holds them synchronises
        #[arg(long)]
        accept_gap: bool,
        /// The founder's key, where it is not in the new data folder yet
        #[arg(long, value_name = "FILE")]
        founder_key: Option<PathBuf>,
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
    Demo(Serving),
    /// Serve devices and the browser face until Ctrl-C
    Serve(Serving),
    /// Show the configuration that holds, as a file would say it, or print an example of a file
    Config {
        /// Print an example to fill in
        #[arg(long)]
        example: bool,
        #[command(flatten)]
        serving: Serving,
    },
}

/// A role, as it is written on the command line.
#[derive(Clone, Copy, ValueEnum)]
pub enum InvitedRole {
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
