//! A line into the server's own half of the exchange: no network; cut where a test says; listened to.

use engine::sync::{Exchange, Frames, Refused, SyncError, Taken};
use std::future::Future;
use std::sync::{Arc, Mutex};
use sync_server::Cite;

/// A line of one device.
pub struct Line {
    cite: Arc<Cite>,
    token: Vec<u8>,
    /// Cuts the next answer after so many bytes; at 0 it is lost altogether.
    pub cut: Mutex<Option<usize>>,
    /// Bytes up and down so far, and exchanges.
    pub carried: Mutex<(usize, usize, usize)>,
    /// Raw frames of every answer, where somebody listens.
    pub frames: Option<Mutex<Vec<Vec<u8>>>>,
    /// Every upload, where somebody listens.
    pub uploads: Option<Mutex<Vec<Vec<u8>>>>,
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Line")
    }
}

impl Line {
    /// A whole line for the token of a device.
    pub fn new(cite: Arc<Cite>, token: Vec<u8>) -> Self {
        Self { cite, token, cut: Mutex::default(), carried: Mutex::default(), frames: None, uploads: None }
    }
}

impl Exchange for Line {
    fn exchange<'a>(
        &'a self,
        upload: Vec<u8>,
        each: Taken<'a>,
    ) -> impl Future<Output = Result<(), SyncError>> + Send + 'a {
        let cut = self.cut.lock().unwrap().take();
        async move {
            if let Some(all) = &self.uploads {
                all.lock().unwrap().push(upload.clone());
            }
            let answer = self.cite.exchange(&self.token, &upload).map_err(|refused| match refused {
                Refused::Code(code) => SyncError::answered(code),
                Refused::Engine(_) => SyncError::Server,
            })?;
            {
                let mut carried = self.carried.lock().unwrap();
                *carried = (carried.0 + upload.len(), carried.1 + answer.len(), carried.2 + 1);
            }
            let heard = cut.map_or(answer.len(), |cut| cut.min(answer.len()));
            let mut frames = Frames::default();
            let mut listen = |whole: &[Vec<u8>]| {
                if let Some(all) = &self.frames {
                    all.lock().unwrap().extend_from_slice(whole);
                }
                each(whole)
            };
            frames.take(&answer[..heard], &mut listen)?;
            if heard < answer.len() { Err(SyncError::Cut) } else { frames.end() }
        }
    }
}
