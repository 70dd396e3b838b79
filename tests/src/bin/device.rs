//! `device FOLDER`: a device without a screen. One `Call` as JSON a line on standard input, one answer
//! as JSON a line on standard output: `{"answer": …}` or `{"error": …}`. The calls are the app's.

use domain::api::Call;
use domain::error::{ApiError, ErrorCode};
use engine::clock::SystemClock;
use engine::device::Device;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};

#[tokio::main]
async fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else { return ExitCode::from(2) };
    let Ok(device) = Device::with_cost(PathBuf::from(folder), Arc::new(SystemClock), journeys::CHEAP) else {
        return ExitCode::FAILURE;
    };
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let mut out = tokio::io::stdout();
    while let Ok(Some(line)) = lines.next_line().await {
        let mut answer = answer(&device, &line).await.to_string();
        answer.push('\n');
        if out.write_all(answer.as_bytes()).await.is_err() || out.flush().await.is_err() {
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

async fn answer(device: &Device, line: &str) -> Value {
    let Ok(call) = serde_json::from_str::<Call>(line) else {
        return json!({ "error": ApiError::new(ErrorCode::Invalid) });
    };
    match device.dispatch(call).await {
        Ok(answer) => json!({ "answer": answer }),
        Err(error) => json!({ "error": error }),
    }
}
