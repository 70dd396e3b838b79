//! Names of what a document refers to by identifier.

use super::Source;
use crate::erasure::named;
use crate::error::EngineError;
use crate::store::asset::{QPV_NAMES, SOLUTIONS};
use crate::store::sealed::partner;
use document::{SignerId, Value};
use domain::api::cite::QpvName;
use domain::api::ledger::PartnerId;
use domain::copy::{Signature, words};
use domain::ids::{OrganisationId, PathwayId, PlaceId, SolutionId, UserId};
use domain::location::Location;
use domain::solution::Solution;
use domain::time::Day;

impl Source<'_> {
    /// Who a signer is.
    pub(super) fn signature(&self, signer: &SignerId, on: Option<Day>) -> Signature {
        let member = self.chain.member(signer);
        Signature {
            name: member.map(|it| it.user_name.clone()),
            organisation: member.map(|it| self.organisation(it.organisation)),
            on,
        }
    }

    pub(super) fn organisation(&self, id: OrganisationId) -> String {
        let joined = || self.chain.members().find(|(_, it)| it.organisation == id);
        let known = self.settings.organisations.get(&id).cloned();
        known
            .or_else(|| joined().map(|(_, it)| it.organisation_name.clone()))
            .unwrap_or_else(|| id.to_string())
    }

    pub(super) fn agent(&self, id: UserId) -> String {
        let member = self.chain.members().find(|(_, it)| it.user == id);
        member.map_or_else(|| id.to_string(), |(_, it)| it.user_name.clone())
    }

    pub(super) fn solution(&self, id: SolutionId) -> Result<Option<Solution>, EngineError> {
        let all: Vec<Solution> = self.store.asset(SOLUTIONS)?.unwrap_or_default();
        Ok(all.into_iter().find(|it| it.id == id))
    }

    /// A partner as the ledger names it. A protected one whose name does not open here is known by whoever signed
    /// the entry.
    pub(super) fn partner(
        &self,
        pathway: PathwayId,
        id: PartnerId,
        signer: &SignerId,
    ) -> Result<String, EngineError> {
        let solution = match (id, self.reader) {
            (PartnerId::Open(solution), _) => Some(solution),
            (PartnerId::Protected(mark), Some(reader)) => {
                let connection = self.store.connection();
                let known = partner::of(connection, reader.user, reader.own_key, pathway.as_bytes())?;
                known.get(&mark).copied()
            }
            (PartnerId::Protected(_), None) => None,
        };
        let Some(id) = solution else {
            let by = self.signature(signer, None).name.map(|by| format!(", connu de {by}"));
            return Ok(format!("partenaire protégé{}", by.unwrap_or_default()));
        };
        Ok(self.solution(id)?.map_or_else(|| id.to_string(), |it| named(&it)))
    }

    /// A value in words; its code where there are none.
    pub(super) fn words(&self, list: Option<&str>, key: &str, value: &Value) -> Result<String, EngineError> {
        if let (true, Value::Int(day)) = (words::is_day(key), value) {
            return Ok(i32::try_from(*day).map_or_else(|_| day.to_string(), |day| words::day(Day(day))));
        }
        let code = plain(value);
        if let Some(words) = words::coded(list, key, &code) {
            return Ok(words);
        }
        let named = match key {
            "residence" | "contact_place" => code.parse().ok().map(|it| self.location(it)).transpose()?,
            "place" => {
                let place = code.parse::<PlaceId>().ok().and_then(|id| self.settings.places.get(&id));
                place.map(|it| it.name.clone())
            }
            "solution" => {
                let found = code.parse().ok().map(|id| self.solution(id)).transpose()?.flatten();
                found.map(|it| format!("{} ({})", it.name, it.structure))
            }
            "user" => code.parse().ok().map(|id| self.agent(id)),
            "organisation" => code.parse().ok().map(|id| self.organisation(id)),
            _ => None,
        };
        Ok(named.unwrap_or(code))
    }

    fn location(&self, location: Location) -> Result<String, EngineError> {
        Ok(match location {
            Location::Qpv(code) => {
                let names: Vec<QpvName> = self.store.asset(QPV_NAMES)?.unwrap_or_default();
                let name = names.into_iter().find(|it| it.code == code).map(|it| it.name);
                name.map_or_else(|| format!("QPV {code}"), |name| format!("QPV {name} ({code})"))
            }
            Location::Outside(commune) => format!("hors QPV, commune {commune}"),
            Location::NoStableHome => "sans domicile stable".to_owned(),
            Location::NotTold => "non communiqué".to_owned(),
            Location::NotRecorded => "non renseigné".to_owned(),
        })
    }
}

/// A value as it stands in a document.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Text(value) => value.clone(),
    }
}
