//! The QPV of a position: the code is kept by whoever asked, the coordinates by nobody.

use super::Device;
use crate::store::asset::QPV;
use domain::api::cite::{LocateQpv, Located};
use domain::error::ApiError;
use domain::location::Location;
use domain::territory::{QpvIndex, QpvShape};

impl Device {
    /// Finds the QPV of a position.
    pub(super) fn locate_qpv(&self, request: &LocateQpv) -> Result<Located, ApiError> {
        self.with_open(|open| {
            if open.qpv.is_none() {
                let shapes: Vec<QpvShape> = open.store.asset_or_default(QPV)?;
                open.qpv = Some(QpvIndex::build(shapes));
            }
            let found = open.qpv.as_ref().and_then(|index| index.locate(request.lon, request.lat));
            let name = found.and_then(|code| Some(open.qpv.as_ref()?.name(code)?.to_owned()));
            Ok(Located { location: found.map(Location::Qpv), name })
        })
    }
}
