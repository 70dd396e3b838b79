//! Every call with every role, on a device and in the browser, over the real dispatch of each.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

mod kinds;
mod signed;
mod table;

use domain::api::Call;
use domain::api::encounter::NextStep;
use domain::api::person::OpenPerson;
use domain::api::session::{Lock, SessionState, Status, UnlockWithPin};
use domain::error::ErrorCode;
use domain::ids::UserId;
use domain::role::Role;
use domain::time::Day;
use domain::vocabulary::FollowUpKind;
use engine::device::Device;
use journeys::browser::Browser;
use journeys::forms::first_encounter;
use journeys::samples::{About, samples};
use journeys::{NORTH, PIN, World, call, me, place_in, synchronise};
use table::{Expected, TABLE};

/// Where a device stands before each call.
enum Before {
    NotJoined,
    Locked,
    Open(UserId),
}

async fn bring_back(device: &Device, before: &Before) {
    let state = call(device, Status {}).await.unwrap().state;
    match (before, state) {
        (Before::NotJoined, state) => assert_eq!(state, SessionState::NotJoined),
        (Before::Locked, SessionState::Locked { .. }) | (Before::Open(_), SessionState::Open { .. }) => {}
        (Before::Locked, _) => drop(call(device, Lock {}).await.unwrap()),
        (Before::Open(user), _) => {
            call(device, UnlockWithPin { user: *user, pin: PIN.into() }).await.unwrap();
        }
    }
}

/// What differs from the table, as lines to read.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn compare(&mut self, name: &str, column: &str, expected: Expected, answered: Option<ErrorCode>) {
        if answered != expected {
            self.0.push(format!("{name}, {column}: expected {expected:?}, answered {answered:?}"));
        }
    }

    fn none(self) {
        assert!(self.0.is_empty(), "\n{}", self.0.join("\n"));
    }
}

/// A cité with a person whom Nadia and Inès follow, and a device of each role.
async fn cite() -> (World, About, Vec<Device>) {
    let world = World::begin().await;
    let mut devices = Vec::new();
    for role in Role::ALL {
        devices.push(world.joined(role.code(), role, vec![NORTH]).await);
    }
    let mut met = first_encounter(9, place_in(NORTH));
    met.form.next = Some(NextStep { kind: FollowUpKind::ALL[0], due: Day(30_000) });
    let pathway = call(&devices[0], met).await.unwrap().pathway.unwrap();
    synchronise(&devices[0]).await;
    synchronise(&devices[1]).await;
    let page = call(&devices[1], OpenPerson { pathway }).await.unwrap();
    let about = About {
        server: world.address.clone(),
        unknown_code: engine::enrol::InvitationCode::draw().unwrap().text(),
        pathway,
        encounter: page.timeline.iter().find_map(|item| item.id).unwrap(),
        follow_up: page.follow_ups[0].id,
    };
    (world, about, devices)
}

#[tokio::test]
async fn every_call_has_its_row_and_its_sample() {
    let rows: Vec<&str> = TABLE.iter().map(|row| row.0).collect();
    assert_eq!(rows, Call::NAMES, "a new call needs a row in table.rs");
    let sampled: Vec<&str> = samples(&About::default(), 0).iter().map(Call::name).collect();
    assert_eq!(sampled, Call::NAMES, "a new call needs a sample in samples.rs");
}

#[tokio::test]
async fn on_a_device_each_role_is_served_what_the_table_says() {
    let (world, about, devices) = cite().await;
    let locked = world.joined("Locked", Role::Mediator, vec![NORTH]).await;
    let mut columns = vec![("not joined".to_owned(), world.tablet("new"), Before::NotJoined)];
    columns.push(("locked".to_owned(), locked, Before::Locked));
    for (role, device) in Role::ALL.iter().zip(devices) {
        let user = me(&device).await.unwrap().user;
        columns.push((role.code().to_owned(), device, Before::Open(user)));
    }
    let mut differences = Differences::default();
    for (column, (title, device, before)) in columns.iter().enumerate() {
        for (sample, row) in samples(&about, column as u8).into_iter().zip(TABLE) {
            bring_back(device, before).await;
            let answered = device.dispatch(sample).await.err().map(|error| error.code);
            differences.compare(row.0, title, row.1[column], answered);
        }
    }
    differences.none();
}

#[tokio::test]
async fn in_the_browser_each_role_is_served_what_the_table_says() {
    let (world, about, _) = cite().await;
    let mut columns = vec![("nobody".to_owned(), None)];
    for role in Role::ALL {
        let password = world.cite.open_account(role.code(), "Invented", role, "Association").unwrap();
        columns.push((role.code().to_owned(), Some(password)));
    }
    let mut differences = Differences::default();
    for (column, (title, password)) in columns.iter().enumerate() {
        let mut browser = Browser::at(&world.address);
        for (sample, row) in samples(&about, column as u8).into_iter().zip(TABLE) {
            // Signing in is slow on purpose: only where the last call has ended the session.
            if let (Some(password), true) = (password, !browser.is_signed_in().await) {
                browser.sign_in(title, password).await;
            }
            let answered = browser.call(sample).await.err().map(|error| error.code);
            differences.compare(row.0, title, row.2[column], answered);
        }
    }
    differences.none();
}
