//! The interface of a device in a browser, without a window: files of `ui/dist`, and answers of a device
//! without a screen, or written in files.
//!
//! In files, for pictures of screens while the interface is being built: `DIR/<call>.json` holds what the
//! call returns; a call without a file answers *not found*.

use crate::headless::Headless;
use anyhow::Result;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Json, Response};
use axum::{Router, http::StatusCode, routing::post};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower_http::services::{ServeDir, ServeFile};

/// A served interface; stops with the value.
#[derive(Debug)]
pub struct Stage {
    url: String,
    task: JoinHandle<()>,
}

/// What answers calls.
#[derive(Clone)]
enum Behind {
    /// Nothing: every call is *not found*.
    Nothing,
    /// A folder of answers.
    Files(PathBuf),
    /// A device, one call after the other.
    Device(Arc<Mutex<Headless>>),
}

impl Stage {
    /// Serves a folder and, where given, a folder of answers, on a free port.
    ///
    /// # Errors
    /// Where no port can be had.
    pub async fn serve(dist: &Path, answers: Option<PathBuf>) -> Result<Self> {
        Self::before(dist, answers.map_or(Behind::Nothing, Behind::Files)).await
    }

    /// Serves a folder before a device, as its own window would.
    ///
    /// # Errors
    /// Where no port can be had.
    pub async fn of_device(dist: &Path, device: Headless) -> Result<Self> {
        Self::before(dist, Behind::Device(Arc::new(Mutex::new(device)))).await
    }

    async fn before(dist: &Path, behind: Behind) -> Result<Self> {
        let index = ServeFile::new(dist.join("index.html"));
        let router = Router::new()
            .route("/api/call", post(call))
            .fallback_service(ServeDir::new(dist).fallback(index))
            .with_state(behind);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let task = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { url, task })
    }

    /// Its address, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn call(State(behind): State<Behind>, body: Bytes) -> Response {
    let call: Value = serde_json::from_slice(&body).unwrap_or_default();
    match behind {
        Behind::Nothing => refused("not_found", &call),
        Behind::Files(folder) => from_file(&folder, &call),
        Behind::Device(device) => {
            let asked = call.clone();
            let ask = move || device.lock().unwrap_or_else(PoisonError::into_inner).ask(&asked);
            match tokio::task::spawn_blocking(ask).await {
                Ok(Ok(said)) if said.get("answer").is_some() => Json(said["answer"].clone()).into_response(),
                Ok(Ok(said)) => (StatusCode::BAD_REQUEST, Json(said["error"].clone())).into_response(),
                _ => refused("internal", &call),
            }
        }
    }
}

fn from_file(folder: &Path, call: &Value) -> Response {
    let name = call["call"].as_str().unwrap_or_default();
    let is_plain = name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
    let text = is_plain.then(|| std::fs::read(folder.join(format!("{name}.json"))).ok()).flatten();
    match text.as_deref().map(serde_json::from_slice::<Value>) {
        Some(Ok(with)) => {
            Json(json!({ "reply": { "reply": name, "with": with }, "changes": [] })).into_response()
        }
        Some(Err(_)) => refused("invalid", call),
        None => refused("not_found", call),
    }
}

fn refused(code: &str, call: &Value) -> Response {
    (StatusCode::NOT_FOUND, Json(json!({ "code": code, "detail": [call["call"]] }))).into_response()
}
