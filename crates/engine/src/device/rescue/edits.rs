//! Typed edits in a found store whose change was taken out: those that waited for their author, and those that
//! the cité had refused. They carry no signature any more; the référent who recovers them vouches for them.

use super::read::Taken;
use crate::error::EngineError;
use crate::store::recovered::{self, Recovered};
use crate::store::refused;
use crate::store::{again, carried, change, erased};
use crate::sync::may_stand_in;
use document::control::Member;
use document::{DocumentKey, Edit, SignerId};
use domain::ids::PathwayId;
use domain::vocabulary::DocumentKind;

impl Taken<'_> {
    /// What the found device was itself bringing for others, signed as it is.
    pub(super) fn brought(&mut self) -> Result<(), EngineError> {
        for sealed in [false, true] {
            for (_, it) in carried::waiting(self.found, sealed, 0, u32::MAX)? {
                if self.signed(&it.group, &it.signature, it.signer, it.key, &it.hash).is_some() {
                    self.keep(it.signer, it.key, it.hash, it.bytes, it.group, it.signature, it.edits)?;
                } else {
                    self.out.refused += 1;
                }
            }
        }
        Ok(())
    }

    /// Edits without a signature.
    pub(super) fn edits(&mut self) -> Result<(), EngineError> {
        for it in again::all(self.found)? {
            let here = self.chain.member(&it.signer).is_some_and(|member| member.device == self.device);
            if it.key.kind.is_named_part() {
                self.unreadable.insert(it.key);
                continue;
            }
            match serde_json::from_slice::<Vec<Edit>>(&it.edits) {
                Ok(edits) if here => {
                    let begins = change::authors(self.found, it.key)?.is_empty();
                    self.edit(Recovered { signer: it.signer, key: it.key, on: it.on, begins, edits })?;
                }
                _ => self.out.refused += 1,
            }
        }
        for (_, it) in recovered::waiting(self.found)? {
            self.edit(it)?;
        }
        for (_, it) in refused::all(self.found)? {
            if it.sealed.is_some() {
                self.unreadable.insert(it.key);
            } else if self.is_for_me(it.signer, it.key)? {
                let text = serde_json::to_vec(&it.edits).map_err(|_| EngineError::Damaged)?;
                let origin = recovered::name(it.signer, it.key, it.on, &text);
                let new = refused::take_over(self.own, &it, &origin)?;
                *(if new { &mut self.out.set_aside } else { &mut self.out.known }) += 1;
            }
        }
        Ok(())
    }

    fn edit(&mut self, it: Recovered) -> Result<(), EngineError> {
        if !self.is_for_me(it.signer, it.key)? {
            return Ok(());
        }
        if !recovered::keep(self.own, &it)? {
            self.out.known += 1;
            return Ok(());
        }
        let name = self.chain.member(&it.signer).map(|it| it.user_name.clone()).unwrap_or_default();
        *self.behalf.entry(name).or_default() += 1;
        if it.key.kind == DocumentKind::Pathway {
            self.people.insert(PathwayId::from(it.key.id));
        }
        Ok(())
    }

    /// Whether this référent may stand in for the author, and the person was not erased; counted where not.
    fn is_for_me(&mut self, author: SignerId, key: DocumentKey) -> Result<bool, EngineError> {
        let me = self.writer.signer.id();
        let active = self.chain.member(&me).is_some_and(Member::is_active_referent);
        if erased::covers(self.own, key.id)? {
            self.out.erased += 1;
        } else if !active || !may_stand_in(self.chain, &me, &author) {
            self.out.elsewhere += 1;
        } else {
            return Ok(true);
        }
        Ok(false)
    }
}
