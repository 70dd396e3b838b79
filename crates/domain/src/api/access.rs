//! Who may make a call, and on which face.

use crate::error::ErrorCode;
use crate::role::{Face, Role};

/// What a call needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Nobody signed in or unlocked is needed.
    Anyone,
    /// Any user, on either face.
    SignedIn,
    /// Any user of an unlocked device.
    Device,
    /// Any user who unlocked a device, also where it is closed to work.
    DeviceEvenHeld,
    /// One of these roles on an unlocked device.
    DeviceRoles(&'static [Role]),
    /// One of these roles on either face.
    Roles(&'static [Role]),
}

/// Roles that record and follow people.
pub const FIELD: &[Role] = &[Role::Mediator, Role::Referent];
/// Roles that follow people: who settles differing values and links duplicates.
pub const FOLLOWING: &[Role] = &[Role::Referent];
/// Roles that found, let in, change and revoke, on their own device.
pub const LETTING_IN: &[Role] = &[Role::Referent];
/// Roles that read the merged cohort.
pub const COHORT: &[Role] = &[Role::Coordinator, Role::Referent];
/// Roles that decide about the cohort's reports.
pub const COORDINATION: &[Role] = &[Role::Coordinator];
/// Roles that see the cité's devices.
pub const DEVICES: &[Role] = &[Role::Coordinator, Role::Administrator];

/// Roles that see what was erased: référents, what concerns their organisation.
pub const ERASURES: &[Role] = &[Role::Referent, Role::Coordinator, Role::Administrator];
/// Roles that look after translations of the notice; and after the audit, coordinators only where the
/// cité's settings say so (`cite::CiteSettings::may_read_audit`).
pub const OVERSIGHT: &[Role] = &[Role::Coordinator, Role::Administrator];

impl Access {
    /// Whether a user of this role (if any) may make the call on this face.
    ///
    /// # Errors
    /// [`ErrorCode::SignedOut`] or [`ErrorCode::Locked`] without a user, [`ErrorCode::NotHere`] on
    /// the wrong face, [`ErrorCode::NotAllowed`] for another role.
    pub fn check(self, face: Face, role: Option<Role>) -> Result<(), ErrorCode> {
        let device_only = matches!(self, Access::Device | Access::DeviceEvenHeld | Access::DeviceRoles(_));
        if device_only && face != Face::Device {
            return Err(ErrorCode::NotHere);
        }
        let nobody = if face == Face::Device { ErrorCode::Locked } else { ErrorCode::SignedOut };
        match self {
            Access::Anyone => Ok(()),
            Access::SignedIn | Access::Device | Access::DeviceEvenHeld => role.map(|_| ()).ok_or(nobody),
            Access::Roles(allowed) | Access::DeviceRoles(allowed) => {
                let role = role.ok_or(nobody)?;
                if allowed.contains(&role) { Ok(()) } else { Err(ErrorCode::NotAllowed) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coordinator_records_nothing_and_a_mediator_reads_no_cohort() {
        let record = Access::DeviceRoles(FIELD);
        assert_eq!(record.check(Face::Device, Some(Role::Coordinator)), Err(ErrorCode::NotAllowed));
        assert_eq!(record.check(Face::Browser, Some(Role::Mediator)), Err(ErrorCode::NotHere));
        assert_eq!(record.check(Face::Device, None), Err(ErrorCode::Locked));
        assert_eq!(record.check(Face::Device, Some(Role::Mediator)), Ok(()));
        let cohort = Access::Roles(COHORT);
        assert_eq!(cohort.check(Face::Browser, None), Err(ErrorCode::SignedOut));
        assert_eq!(cohort.check(Face::Browser, Some(Role::Mediator)), Err(ErrorCode::NotAllowed));
    }
}
