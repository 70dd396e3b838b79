//! The server as a process of its own.

use crate::World;
use engine::device::Device;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tokio::net::TcpListener;

/// A running server program; it ends with this value.
#[derive(Debug)]
pub struct Program {
    /// Where it listens.
    pub address: String,
    child: Child,
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Program {
    /// Memory it holds, megabytes.
    pub fn resident_mb(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
        line.split_whitespace().next().and_then(|it| it.parse::<f64>().ok()).unwrap_or_default() / 1024.0
    }
}

impl World {
    /// The server in this process goes away; the program takes its folder over.
    pub async fn hand_over_to(&mut self, program: &str) -> Program {
        self.stop();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let listen = listener.local_addr().unwrap();
        drop(listener);
        let data = self.folder.path().join("server");
        let child = Command::new(Path::new(program))
            .args(["serve", "--listen", &listen.to_string(), "--data"])
            .arg(data)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while tokio::net::TcpStream::connect(listen).await.is_err() {
            tokio::task::yield_now().await;
        }
        Program { address: format!("http://{listen}"), child }
    }

    /// Points a device at another address of its server, and unlocks it again.
    pub async fn readdress(&self, device: &Device, address: &str) {
        let user = crate::me(device).await.unwrap().user;
        crate::call(device, domain::api::session::Lock {}).await.unwrap();
        device.move_to(&crate::PASSPHRASE.into(), address).unwrap();
        let unlock = domain::api::session::UnlockWithPin { user, pin: crate::PIN.into() };
        crate::call(device, unlock).await.unwrap();
    }
}
