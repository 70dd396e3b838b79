//! Who may sign which step of the chain. The server and every device apply the same rules.
//!
//! - The founder's key, on the server: everything until a référent's device founds; after that it
//!   revokes, and lets in only whom no key is given to (coordination, administration).
//! - An active référent: founds once; lets in and changes people of their own organisation, or of one
//!   that has no active référent; lets in roles without keys; revokes anybody. Their own role may only
//!   become a lesser one, and not while nobody else could let people in. Prints another key in the place of the
//!   one that counts.
//! - The printed recovery key: one step, that makes a new first référent and prints another key; and only
//!   where no référent is at work, so that a sheet that was found opens nothing while one is.
//! - Everybody else, and whoever is revoked: nothing.

use super::chain::Chain;
use super::membership::{Alteration, Member, Step};
use super::recovery::Printed;
use crate::actor::SignerId;
use crate::signer::PublicKey;
use domain::ids::OrganisationId;
use domain::role::Role;

impl Chain {
    /// The key of a signer who may sign anything at all now.
    pub(super) fn signing_key(&self, signer: &SignerId) -> Option<PublicKey> {
        if self.is_founder(signer) {
            return Some(self.founder);
        }
        if let Some(printed) = self.printed_signer(signer) {
            return Some(*printed.keys.sign);
        }
        self.members.get(signer).filter(|it| it.is_active_referent()).map(|it| it.sign)
    }

    /// Whether a signer may sign a step now.
    pub fn may(&self, signer: &SignerId, step: &Step) -> bool {
        if self.is_founder(signer) {
            return self.founder_may(step);
        }
        if self.printed_signer(signer).is_some() {
            return self.printed_may(step);
        }
        let member = self.members.get(signer).filter(|it| it.is_active_referent());
        member.is_some_and(|member| self.referent_may(member, step))
    }

    /// Whether a référent may let in or change people of an organisation.
    pub fn governs(&self, member: &Member, organisation: OrganisationId) -> bool {
        let has_its_own =
            || self.members.values().any(|it| it.is_active_referent() && it.organisation == organisation);
        member.is_active_referent() && (member.organisation == organisation || !has_its_own())
    }

    fn is_founder(&self, signer: &SignerId) -> bool {
        *signer == SignerId::of(&self.founder)
    }

    /// The printed key that counts, where it is this one.
    fn printed_signer(&self, signer: &SignerId) -> Option<&Printed> {
        self.printed().last().filter(|it| it.keys.signer() == *signer)
    }

    fn printed_may(&self, step: &Step) -> bool {
        let Step::Recover(recovery) = step else { return false };
        Role::from_code(&recovery.enrolment.role) == Some(Role::Referent) && !self.has_referent()
    }

    /// Whether a référent is at work in any organisation.
    pub fn has_referent(&self) -> bool {
        self.members.values().any(Member::is_active_referent)
    }

    fn founder_may(&self, step: &Step) -> bool {
        match step {
            Step::Found(_) | Step::Establish { .. } | Step::Recover(_) | Step::Reprint(_) => false,
            Step::Enrol(enrolment) => {
                !self.established() || Role::from_code(&enrolment.role).is_some_and(|it| !it.holds_keys())
            }
            Step::Revoke(_) => true,
            Step::Change(_) => !self.established(),
        }
    }

    fn referent_may(&self, member: &Member, step: &Step) -> bool {
        match step {
            Step::Found(_) | Step::Recover(_) => false,
            Step::Enrol(enrolment) => {
                let organisation = OrganisationId::from_bytes(*enrolment.organisation);
                Role::from_code(&enrolment.role)
                    .is_some_and(|role| !role.holds_keys() || self.governs(member, organisation))
            }
            Step::Revoke(_) => true,
            Step::Establish { .. } => !self.established(),
            Step::Reprint(it) => self.printed().last().is_some_and(|last| *last.keys.sign == *it.instead),
            Step::Change(alteration) => self.referent_may_change(member, alteration),
        }
    }

    fn referent_may_change(&self, member: &Member, alteration: &Alteration) -> bool {
        let Ok(role) = alteration.role() else { return false };
        let user = alteration.user();
        if user == member.user {
            let another = || self.members.values().any(|it| it.is_active_referent() && it.user != user);
            return match role {
                None | Some(Role::Referent) => true,
                Some(Role::Mediator) => another(),
                Some(_) => false,
            };
        }
        let mut devices = self.members.values().filter(|it| it.user == user && !it.revoked);
        devices.next().is_some_and(|it| self.governs(member, it.organisation))
    }
}
