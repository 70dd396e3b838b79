//! Where a document belongs, and who sees it for that: one rule for the server and for every device.

use crate::error::EngineError;
use crate::store::{change, projection};
use document::control::{Chain, Member};
use document::{DocumentKey, SignerId};
use domain::cite::CiteSettings;
use domain::ids::{OrganisationId, PathwayId, SectorId, UserId};
use domain::location::Location;
use domain::outing::OutingDoc;
use domain::pathway::PathwayDoc;
use domain::role::Role;
use domain::vocabulary::DocumentKind;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Where a document belongs, as far as visibility goes.
#[derive(Default)]
pub(crate) struct Belongs {
    pub(crate) locations: Vec<Location>,
    /// Users assigned (référents), and users who wrote in it: those who met the person.
    users: Vec<UserId>,
    /// Groups of those who wrote in a pathway: it is theirs while it lies in no sector.
    groups: BTreeSet<(OrganisationId, SectorId)>,
}

impl Belongs {
    /// Where a document belongs, as far as this store knows it.
    pub(super) fn of(connection: &Connection, chain: &Chain, key: DocumentKey) -> Result<Self, EngineError> {
        let authors = change::authors(connection, key)?;
        Ok(match key.kind {
            DocumentKind::Pathway => {
                let pathway: PathwayDoc = projection::get(connection, key.kind, key.id)?.unwrap_or_default();
                Self::pathway(chain, &authors, &pathway)
            }
            DocumentKind::Outing => {
                let outing: OutingDoc = projection::get(connection, key.kind, key.id)?.unwrap_or_default();
                Self {
                    locations: outing.contact_place.into_iter().collect(),
                    ..Self::written(chain, &authors)
                }
            }
            _ => Self::written(chain, &authors),
        })
    }

    /// Where a person's pathway belongs, as far as this store knows it.
    pub(crate) fn of_pathway(
        connection: &Connection,
        chain: &Chain,
        pathway: PathwayId,
    ) -> Result<Self, EngineError> {
        Self::of(connection, chain, DocumentKey::first(DocumentKind::Pathway, pathway))
    }

    /// Where a pathway belongs that these wrote.
    pub(crate) fn pathway<'a>(
        chain: &Chain,
        authors: impl IntoIterator<Item = &'a SignerId> + Copy,
        pathway: &PathwayDoc,
    ) -> Self {
        let mut belongs = Self::written(chain, authors);
        belongs.locations.extend(pathway.residence);
        belongs.locations.extend(pathway.encounters.values().map(|it| it.contact_place));
        belongs.users.extend(pathway.referents.values().filter(|it| it.to.is_none()).map(|it| it.user));
        for member in authors.into_iter().filter_map(|signer| chain.member(signer)) {
            let sectors = member.sectors.iter().chain(&member.sectors_before);
            belongs.groups.extend(sectors.map(|sector| (member.organisation, *sector)));
        }
        belongs
    }

    fn written<'a>(chain: &Chain, authors: impl IntoIterator<Item = &'a SignerId>) -> Self {
        let members = authors.into_iter().filter_map(|signer| chain.member(signer));
        Self { users: members.map(|member| member.user).collect(), ..Self::default() }
    }

    /// Nothing that is known of it lies in a sector of the cité.
    fn is_nowhere(&self, settings: &CiteSettings) -> bool {
        !settings.sectors.values().any(|sector| self.locations.iter().any(|place| sector.covers(place)))
    }
}

/// Whether a member sees a document of a readable kind. A person of whom no place is known, or none in a sector of
/// the cité, is seen by the référents of those who wrote about them: of their organisation, in their sectors.
pub(crate) fn sees(member: &Member, settings: &CiteSettings, kind: DocumentKind, belongs: &Belongs) -> bool {
    let sector = || {
        let mut sectors = member.sectors.iter().filter_map(|id| settings.sectors.get(id));
        sectors.any(|sector| belongs.locations.iter().any(|place| sector.covers(place)))
    };
    let of_an_author = || {
        member.role == Role::Referent
            && member.sectors.iter().any(|it| belongs.groups.contains(&(member.organisation, *it)))
            && belongs.is_nowhere(settings)
    };
    match (kind, member.role) {
        (DocumentKind::Pathway | DocumentKind::Outing, Role::Coordinator) => true,
        (DocumentKind::Pathway | DocumentKind::Outing, Role::Mediator | Role::Referent) => {
            belongs.users.contains(&member.user) || sector() || of_an_author()
        }
        _ => false,
    }
}
