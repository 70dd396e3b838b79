//! The programs a run started: all of them end together.

use anyhow::{Context, Result, bail};
use std::future::Future;
use std::process::{Command, ExitStatus};
use std::time::Duration;
use tokio::process::Child;

/// How long a program may take to stop by itself.
const GRACE: Duration = Duration::from_secs(5);

/// Programs under way; killed when dropped.
#[derive(Default)]
pub struct Children(Vec<(&'static str, Child)>);

impl Children {
    /// Starts a program.
    pub fn start(&mut self, name: &'static str, command: &mut Command) -> Result<()> {
        let program = command.get_program().to_string_lossy().into_owned();
        let mut taken = Command::new(command.get_program());
        std::mem::swap(&mut taken, command);
        let child = tokio::process::Command::from(taken)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("cannot start {name} ({program})"))?;
        self.0.push((name, child));
        Ok(())
    }

    /// Waits for something, unless a program ends first or Ctrl-C is typed.
    pub async fn while_running<T>(&mut self, wait: impl Future<Output = Result<T>>) -> Result<T> {
        let waited = tokio::select! {
            done = wait => Some(done),
            (name, status) = ended(&mut self.0) => bail!("{name} stopped ({status})"),
            _ = asked_to_stop() => None,
        };
        match waited {
            Some(done) => done,
            None => {
                self.stop().await;
                bail!("stopped")
            }
        }
    }

    /// Waits until a program ends or a stop is asked for, then stops the others.
    pub async fn until_one_ends_or_ctrl_c(mut self) -> Result<()> {
        let end = tokio::select! {
            (name, status) = ended(&mut self.0) => (!status.success()).then_some((name, status)),
            () = asked_to_stop() => None,
        };
        self.stop().await;
        match end {
            Some((name, status)) => bail!("{name} stopped ({status})"),
            None => Ok(()),
        }
    }

    /// Asks each to stop, the last started first; kills what does not.
    async fn stop(&mut self) {
        for (_, mut child) in self.0.drain(..).rev() {
            ask_to_stop(&child);
            if tokio::time::timeout(GRACE, child.wait()).await.is_err() {
                let _ = child.kill().await;
            }
        }
    }
}

/// The first program to end.
async fn ended(children: &mut [(&'static str, Child)]) -> (&'static str, ExitStatus) {
    std::future::poll_fn(|context| {
        for (name, child) in children.iter_mut() {
            let mut wait = std::pin::pin!(child.wait());
            if let std::task::Poll::Ready(Ok(status)) = wait.as_mut().poll(context) {
                return std::task::Poll::Ready((*name, status));
            }
        }
        std::task::Poll::Pending
    })
    .await
}

#[cfg(unix)]
async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut interrupt), Ok(mut terminate)) =
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return std::future::pending().await;
    };
    tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
}

#[cfg(not(unix))]
async fn asked_to_stop() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

#[cfg(unix)]
fn ask_to_stop(child: &Child) {
    let pid = child.id().and_then(|id| i32::try_from(id).ok()).and_then(rustix::process::Pid::from_raw);
    if let Some(pid) = pid {
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
    }
}

#[cfg(not(unix))]
fn ask_to_stop(_child: &Child) {}
