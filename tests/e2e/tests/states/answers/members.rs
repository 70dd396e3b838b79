//! *Membres*.

use super::{DEVICE, LONG_NAME, ORGANISATION};
use domain::api::member::*;
use domain::ids::{DeviceId, OrganisationId, UserId};
use domain::role::Role;

/// Whoever is invited.
pub const NAME: &str = LONG_NAME;

/// Long names, somebody who left, changes that wait, a sheet that does not count yet and one that never did.
pub fn long() -> MembersView {
    let device = |n, revoked, here, waiting| MemberDevice {
        device: DeviceId::from_bytes([n; 16]),
        name: DEVICE.into(),
        revoked,
        here,
        waiting,
    };
    let row = |n, name: &str, role, active, devices| MemberRow {
        user: UserId::from_bytes([n; 16]),
        name: name.into(),
        role,
        organisation_name: ORGANISATION.into(),
        sectors: Vec::new(),
        me: n == 1,
        active,
        may_change: true,
        waiting: n == 2,
        devices,
    };
    MembersView {
        established: true,
        established_by: Some(LONG_NAME.into()),
        recovered_by: Some(LONG_NAME.into()),
        sheet: Some(SheetView {
            by: Some(LONG_NAME.into()),
            check: ["abricot", "banane", "cerise", "datte", "figue", "grenade"].map(str::to_owned).to_vec(),
            replaced: true,
            waiting: true,
            void: true,
        }),
        inviting: Some(LONG_NAME.into()),
        referents: 1,
        people: vec![
            row(1, "Inès R.", Role::Referent, true, vec![device(1, false, true, false)]),
            row(
                2,
                LONG_NAME,
                Role::Mediator,
                true,
                vec![device(2, true, false, false), device(3, false, false, true)],
            ),
            row(3, "Samir D.", Role::Mediator, false, vec![device(4, true, false, false)]),
        ],
        organisations: vec![(OrganisationId::from_bytes([1; 16]), ORGANISATION.into())],
    }
}

/// States of an invitation, with words that show each.
pub fn answers() -> Vec<(&'static str, &'static str, InvitationState)> {
    let words = ["abricot", "banane", "cerise", "datte", "figue", "grenade"].map(str::to_owned).to_vec();
    let answered = InvitationState::Answered {
        name: LONG_NAME.into(),
        device_name: DEVICE.into(),
        words,
        confirmed: false,
        seconds_left: 512,
    };
    vec![
        ("invitation-words", "Ce sont les mêmes", answered),
        ("invitation-forged", "Prévenez", InvitationState::Forged),
    ]
}
