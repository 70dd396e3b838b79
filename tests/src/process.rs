//! Programs of their own that a test starts, kills, and gives little room: the device without a screen, and the
//! server. The test says where the program stands.

use domain::api::{Call, Request};
use serde_json::Value;
use std::path::Path;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// Bytes of a block, as the shell counts them.
const BLOCK: u64 = 512;

/// A running program; killed with the value.
#[derive(Debug)]
pub struct Process {
    child: Child,
    calls: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Process {
    /// Starts a program on a folder.
    pub fn start(program: &str, arguments: &[&Path]) -> Self {
        Self::spawn(Command::new(program).args(arguments).env("RUST_LOG", "warn"))
    }

    /// The same, on a disk that is full once a file is so many bytes long: nothing more can be written then.
    pub fn start_within(program: &str, arguments: &[&Path], bytes: u64) -> Self {
        let limited = r#"trap "" XFSZ; ulimit -f "$1"; shift; exec "$@""#;
        let blocks = bytes.div_ceil(BLOCK).to_string();
        Self::spawn(
            Command::new("sh")
                .args(["-c", limited, "sh", &blocks, program])
                .args(arguments)
                .env("RUST_LOG", "warn"),
        )
    }

    /// Starts what a test put together: another environment, somewhere for what it says of itself to go.
    pub fn spawn(command: &mut Command) -> Self {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let (calls, answers) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Self { child, calls, answers: BufReader::new(answers).lines() }
    }

    /// Sends a call, and does not wait for its answer.
    pub async fn send(&mut self, call: impl Into<Call>) {
        let mut line = serde_json::to_string(&call.into()).unwrap();
        line.push('\n');
        self.calls.write_all(line.as_bytes()).await.unwrap();
    }

    /// The next answer; none once the process is gone.
    pub async fn answer(&mut self) -> Option<Value> {
        let line = self.line().await?;
        serde_json::from_str(&line).ok()
    }

    /// The next line it says.
    pub async fn line(&mut self) -> Option<String> {
        self.answers.next_line().await.ok()?
    }

    /// Makes a call.
    ///
    /// # Errors
    /// The code of what is refused.
    pub async fn call<R: Request>(&mut self, request: R) -> Result<Value, String> {
        self.send(request).await;
        let answer = self.answer().await.expect("the process lives");
        match answer.pointer("/answer/reply/with") {
            Some(reply) => Ok(reply.clone()),
            None => Err(answer["error"]["code"].as_str().unwrap_or_default().to_owned()),
        }
    }

    /// Where a server listens: the first line that it says names it.
    pub async fn address(&mut self) -> String {
        let line = self.line().await.expect("the server starts");
        line.trim_start_matches("Serving on ").split(". ").next().unwrap().to_owned()
    }

    /// Its number, while it runs.
    pub fn id(&self) -> u32 {
        self.child.id().expect("the process lives")
    }

    /// Asks it to stop, as a system that shuts down does.
    #[cfg(unix)]
    pub fn ask_to_stop(&self) {
        let process = rustix::process::Pid::from_raw(self.id() as i32).unwrap();
        rustix::process::kill_process(process, rustix::process::Signal::TERM).unwrap();
    }

    /// Waits for its end; returns the code it ends with, none where a signal killed it.
    pub async fn ended(mut self) -> Option<i32> {
        self.child.wait().await.unwrap().code()
    }

    /// Kills it, as a flat battery would.
    pub async fn kill(mut self) {
        self.child.start_kill().unwrap();
        self.child.wait().await.unwrap();
    }
}
