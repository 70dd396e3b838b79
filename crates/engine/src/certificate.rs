//! What a device says of a server whose certificate it does not trust.

use std::error::Error;
use std::io;

/// Whether a request was not even made, because the other side's certificate is not trusted, or is no certificate
/// of that name: another server than one's own may stand there, and to wait for a better network would not help.
pub(crate) fn is_refused(error: &reqwest::Error) -> bool {
    let mut next: Option<&(dyn Error + 'static)> = error.source();
    while let Some(error) = next {
        if says_so(error) {
            return true;
        }
        next = error.source();
    }
    false
}

/// An error of input and output hides what it wraps from whoever asks for its source.
fn says_so(error: &(dyn Error + 'static)) -> bool {
    if let Some(error) = error.downcast_ref::<rustls::Error>() {
        return matches!(
            error,
            rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented
        );
    }
    let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    inner.is_some_and(|inner| says_so(inner))
}
