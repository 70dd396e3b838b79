//! Takes pictures of screens: of the browser face, of the interface alone, of the app's window.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for a person at a terminal")]

use anyhow::{Context, Result, bail};
use clap::Parser;
use e2e::browser::Browser;
use e2e::page::Page;
use e2e::place;
use e2e::size::Size;
use e2e::stage::Stage;
use e2e::window::Window;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Takes pictures of screens.
///
/// One of --url (a running server), --dist (ui/dist alone, answers from files) or --app (the real
/// window on a device's data folder). For each --size and --path one picture; --do steps are done
/// first, in order, once the page is there.
#[derive(Parser)]
#[command(name = "shots", version)]
struct Options {
    /// A running server, for instance http://127.0.0.1:8787
    #[arg(long, group = "source")]
    url: Option<String>,
    /// The built interface without a server: this folder, or ui/dist
    #[arg(long, group = "source", num_args = 0..=1, default_missing_value = "")]
    dist: Option<String>,
    /// The app's real window, on the data folder of a device
    #[arg(long, group = "source", value_name = "DATA FOLDER")]
    app: Option<PathBuf>,
    /// With --dist: a folder with `<call>.json` for each call, holding what it returns
    #[arg(long)]
    answers: Option<PathBuf>,
    /// Sign in to the browser face first
    #[arg(long, requires = "password")]
    login: Option<String>,
    /// Password of that sign-in
    #[arg(long)]
    password: Option<String>,
    /// With --app: unlock with this passphrase first, as the first user of the device
    #[arg(long)]
    passphrase: Option<String>,
    /// Path of a screen, repeatable
    #[arg(long = "path", default_value = "/")]
    paths: Vec<String>,
    /// Size, repeatable: 800x1280, 1280x800 and 1440x900 are the ones of the design
    #[arg(long = "size", default_value = "1440x900")]
    sizes: Vec<Size>,
    /// Steps before the picture: `press:Words`, `fill:Label=Text`, `see:Words`, `path:/x`,
    /// `run:javascript`, `audit:48` (what is wrong, by that size of touch), `shot:name` (a picture on the
    /// way), `print:name` (the page on paper, as PDF)
    #[arg(long = "do")]
    steps: Vec<String>,
    /// The whole page, not only what the screen shows (browser only)
    #[arg(long)]
    full: bool,
    /// File of the picture (for one path and one size), or a folder
    #[arg(long, default_value = "tests/output")]
    out: PathBuf,
    /// Print the words on the page too
    #[arg(long)]
    words: bool,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    for size in &options.sizes {
        if let Some(data) = &options.app {
            let window = Window::open(data, *size).await?;
            options.unlock(window.page()).await?;
            options.look(window.page(), None, *size).await?;
        } else {
            options.browse(*size).await?;
        }
    }
    Ok(())
}

impl Options {
    async fn browse(&self, size: Size) -> Result<()> {
        let stage = match &self.dist {
            Some(folder) => {
                let folder = if folder.is_empty() { place::dist() } else { PathBuf::from(folder) };
                Some(Stage::serve(&folder, self.answers.clone()).await?)
            }
            None => None,
        };
        let url = stage.as_ref().map(Stage::url).or(self.url.as_deref());
        let url = url.context("say --url, --dist or --app")?.trim_end_matches('/').to_owned();
        let browser = Browser::open(size).await?;
        if let (Some(login), Some(password)) = (&self.login, &self.password) {
            browser.page().goto(&format!("{url}/")).await?;
            browser.page().call("sign_in", json!({ "login": login, "password": password })).await?;
        }
        let looked = self.look(browser.page(), Some(&url), size).await;
        for line in browser.console().await? {
            eprintln!("console: {line}");
        }
        looked
    }

    /// Unlocks the device as its first user.
    async fn unlock(&self, page: &Page) -> Result<()> {
        page.run("return 1", vec![]).await?;
        let Some(passphrase) = &self.passphrase else { return Ok(()) };
        let status = page.call("status", json!({})).await?;
        let user = status
            .pointer("/state/locked/users/0/user")
            .context("the device is not locked, or nobody joined")?;
        page.call("unlock", json!({ "user": user, "passphrase": passphrase })).await?;
        page.reload().await
    }

    async fn look(&self, page: &Page, url: Option<&str>, size: Size) -> Result<()> {
        for path in &self.paths {
            match url {
                Some(url) => page.goto(&format!("{url}{path}")).await?,
                None if path == "/" => {}
                None => page.turn_to(path).await?,
            }
            page.settle().await?;
            for step in &self.steps {
                self.step(page, step, size).await?;
            }
            page.settle().await?;
            self.picture(page, &self.file(path, size), size).await?;
        }
        Ok(())
    }

    async fn step(&self, page: &Page, step: &str, size: Size) -> Result<()> {
        let (verb, object) = step.split_once(':').unwrap_or((step, ""));
        match verb {
            "press" => page.press(object).await,
            "fill" => {
                let (label, text) = object.split_once('=').context("fill:Label=Text")?;
                page.fill(label, text).await
            }
            "see" => page.see(object).await,
            "path" => page.turn_to(object).await,
            "audit" => {
                for line in page.audit(object.parse().unwrap_or(48)).await? {
                    println!("  {line}");
                }
                Ok(())
            }
            "print" => {
                let file = self.file(object, size).with_extension("pdf");
                page.print_into(&file).await?;
                println!("{}", file.display());
                Ok(())
            }
            "run" => page.run(object, vec![]).await.map(drop),
            "shot" => {
                page.settle().await?;
                self.picture(page, &self.file(object, size), size).await
            }
            _ => bail!("{step}: not a step"),
        }
    }

    async fn picture(&self, page: &Page, file: &std::path::Path, size: Size) -> Result<()> {
        let seen = page.run("return [innerWidth, innerHeight, document.documentElement.scrollWidth, document.documentElement.scrollHeight]", vec![]).await?;
        if self.full && self.app.is_none() {
            let height = seen[3].as_u64().unwrap_or(u64::from(size.height)).min(12_000);
            resize(page, size.width, u32::try_from(height)?).await?;
        }
        page.picture_into(file).await?;
        if self.full && self.app.is_none() {
            resize(page, size.width, size.height).await?;
        }
        println!("{}  (view {}x{}, page {}x{})", file.display(), seen[0], seen[1], seen[2], seen[3]);
        if seen[2].as_u64() > seen[0].as_u64() {
            eprintln!("warning: the page is wider than the screen");
        }
        if self.words {
            println!("{}", page.words().await?);
        }
        Ok(())
    }

    fn file(&self, name: &str, size: Size) -> PathBuf {
        if self.out.extension().is_some_and(|it| it == "png")
            && !name.is_empty()
            && self.paths.len() * self.sizes.len() == 1
            && name.starts_with('/')
        {
            return self.out.clone();
        }
        let folder =
            if self.out.extension().is_some() { self.out.with_extension("") } else { self.out.clone() };
        let name: String = name.chars().map(|it| if it.is_alphanumeric() { it } else { '-' }).collect();
        let name = name.trim_matches('-');
        folder.join(format!("{}-{size}.png", if name.is_empty() { "home" } else { name }))
    }
}

async fn resize(page: &Page, width: u32, height: u32) -> Result<Value> {
    let parameters = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    let body = json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": parameters });
    page.vendor(e2e::driver::Vendor::post("goog/cdp/execute", body)).await
}
