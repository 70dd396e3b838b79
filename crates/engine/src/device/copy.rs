//! The copy that a person may ask for, with the keys of the user at work.

use super::{Device, Open};
use crate::clock::civil;
use crate::copy::Source;
use domain::api::copy::{CopyForPerson, CopyMade};
use domain::copy::{file_stem, page};
use domain::error::{ApiError, ErrorCode};

impl Device {
    /// Everything held here on a person.
    pub(super) fn copy_for_person(&self, request: &CopyForPerson) -> Result<CopyMade, ApiError> {
        let today = civil(&*self.clock).0;
        self.with_open(|open| {
            open.people.get(request.pathway).ok_or(ErrorCode::NotFound)?;
            let copy = source(open, today)?.copy(request.pathway)?.ok_or(ErrorCode::NotFound)?;
            let data = serde_json::to_string_pretty(&copy).map_err(|_| ErrorCode::Internal)?;
            Ok(CopyMade {
                file_stem: file_stem(today),
                page: page(&copy),
                data,
                sealed_for_others: copy.parts.iter().map(|it| it.sealed_for_others).sum(),
            })
        })
    }
}

fn source(open: &Open, today: domain::time::Day) -> Result<Source<'_>, ApiError> {
    let me = open.me()?;
    let made_by = format!("{} ({})", me.name, me.organisation_name);
    let (store, chain, settings) = (&open.store, &open.chain, &open.settings);
    Ok(Source { store, chain, settings, reader: Some(open.reader()), today, made_by })
}
