//! The interface alone, without a server: files of `ui/dist`, and answers written in files.
//!
//! For pictures of screens while the interface is being built. `DIR/<call>.json` holds what the call
//! returns; a call without a file answers *not found*.

use anyhow::Result;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Json, Response};
use axum::{Router, http::StatusCode, routing::post};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower_http::services::{ServeDir, ServeFile};

/// A served interface; stops with the value.
#[derive(Debug)]
pub struct Stage {
    url: String,
    task: JoinHandle<()>,
}

impl Stage {
    /// Serves a folder and, where given, a folder of answers, on a free port.
    ///
    /// # Errors
    /// Where no port can be had.
    pub async fn serve(dist: &Path, answers: Option<PathBuf>) -> Result<Self> {
        let index = ServeFile::new(dist.join("index.html"));
        let router = Router::new()
            .route("/api/call", post(call))
            .fallback_service(ServeDir::new(dist).fallback(index))
            .with_state(answers);
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

async fn call(State(answers): State<Option<PathBuf>>, body: Bytes) -> Response {
    let call: Value = serde_json::from_slice(&body).unwrap_or_default();
    let name = call["call"].as_str().unwrap_or_default();
    let is_plain = name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
    let file = answers.filter(|_| is_plain).map(|folder| folder.join(format!("{name}.json")));
    let text = file.and_then(|file| std::fs::read(file).ok());
    match text.as_deref().map(serde_json::from_slice::<Value>) {
        Some(Ok(with)) => {
            Json(json!({ "reply": { "reply": name, "with": with }, "changes": [] })).into_response()
        }
        Some(Err(_)) => {
            (StatusCode::BAD_REQUEST, Json(json!({ "code": "invalid", "detail": [name] }))).into_response()
        }
        None => {
            (StatusCode::NOT_FOUND, Json(json!({ "code": "not_found", "detail": [name] }))).into_response()
        }
    }
}
