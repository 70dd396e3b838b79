//! A line that is cut in the middle of synchronising, in the real window: the screen says so, with what to do;
//! what came through stays, and nothing is lost or there twice once the line holds again.

use anyhow::{Context as _, Result, ensure};
use e2e::headless::Headless;
use e2e::page::Page;
use e2e::server::Server;
use e2e::size::TABLET;
use e2e::window::Window;
use serde_json::{Value, json};
use std::path::Path;

/// Encounters of the référente with people whom the tablet knows: many frames of an answer.
const MET: usize = 160;
/// Bytes of an answer that come through before the cut: some of its frames.
const BEFORE_THE_CUT: u64 = 8_000;

/// What the page of synchronisation shows, as numbers.
async fn state(page: &Page) -> Result<Value> {
    page.call("sync_state", json!({})).await
}

fn number(of: &Value, name: &str) -> Result<u64> {
    of[name].as_u64().with_context(|| format!("{name} is a number"))
}

/// The référente's laptop, at work.
fn laptop(server: &Server, data: &Path) -> Result<Headless> {
    let mut laptop = Headless::start(&data.join("laptop"))?;
    laptop.unlock(&server.passphrase())?;
    Ok(laptop)
}

/// She meets people whom the tablet knows again, and has synchronised; who they are.
async fn meets(laptop: &mut Headless, page: &Page) -> Result<Vec<Value>> {
    let cite = page.call("cite", json!({})).await?;
    let place = cite["my_places"][0].as_str().context("the sector has places")?;
    let location = &cite["settings"]["places"][place]["location"];
    let found = page.call("search_people", json!({ "query": "", "limit": 40 })).await?;
    let hits = found["hits"].as_array().context("hits")?;
    let known: Vec<Value> = hits.iter().map(|hit| hit["label"]["pathway"].clone()).collect();
    for (n, pathway) in (1..=MET).zip(known.iter().cycle()) {
        let form = json!({ "whom": { "known": pathway }, "contact_place": location, "acts": ["listen"] });
        laptop.call("record_encounter", json!({ "draft": format!("{n:032x}"), "form": form }))?;
    }
    synchronised(laptop)?;
    Ok(known)
}

fn synchronised(laptop: &mut Headless) -> Result<()> {
    let after = laptop.call("sync_now", json!({}))?;
    ensure!(after["last_failure"].is_null(), "the laptop synchronises: {}", after["last_failure"]);
    Ok(())
}

/// How often they were met, as the tablet knows it.
async fn met(page: &Page, people: &[Value]) -> Result<u64> {
    let mut met = 0;
    for pathway in people {
        let person = page.call("open_person", json!({ "pathway": pathway })).await?;
        met += number(&person["hit"], "encounters")?;
    }
    Ok(met)
}

/// The screen says that the line was cut, what to do, and when it tries again; all of it can be read.
async fn says_so(page: &Page, picture: &str) -> Result<()> {
    page.see("La connexion a été coupée en route").await?;
    page.see("Ce qui est passé est gardé ; la suite reprendra au même endroit").await?;
    page.see("nouvel essai à").await?;
    page.see("Synchroniser maintenant").await?;
    page.picture(picture).await?;
    let wrong = page.audit(48).await?;
    ensure!(wrong.is_empty(), "the failure can be read: {wrong:?}");
    Ok(())
}

// The laptop is waited for, while the line goes on carrying.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_cut_in_the_middle_is_said_and_nothing_is_lost_or_doubled() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let demonstration = Server::demonstration(folder.path()).await?;
    let (server, line) = demonstration.behind_a_line(folder.path()).await?;
    let window = Window::open(&server.tablet(), TABLET).await?;
    let page = window.page();
    page.fill("Phrase de six mots", &server.passphrase()).await?;
    page.press("Déverrouiller").await?;
    page.see("Nouvelle rencontre").await?;
    page.press("Synchronisation").await?;
    page.press("Synchroniser maintenant").await?;
    page.see("Tout est envoyé").await?;
    let mut laptop = laptop(&server, folder.path())?;
    let people = meets(&mut laptop, page).await?;
    let (records, before) = (number(&state(page).await?, "pathways")?, met(page, &people).await?);

    // One rencontre on the tablet; then the server takes it, and its answer is not heard.
    line.cut_after(0);
    page.press("Aujourd’hui").await?;
    for words in ["Nouvelle rencontre", "Nouvelle personne", "Information donnée", "Écouter, informer"] {
        page.press(words).await?;
    }
    page.press("Enregistrer").await?;
    page.see("Code repère").await?;
    page.press("Synchronisation").await?;
    page.press("Synchroniser maintenant").await?;
    says_so(page, "synchronisation-cut").await?;
    ensure!(line.cuts() > 0, "the line was cut");
    let cut = state(page).await?;
    ensure!(cut["to_send"] == 1, "what nobody acknowledged still waits: {}", cut["to_send"]);
    ensure!(met(page, &people).await? == before, "nothing came");

    // A little comes through: it stays, the rest is still to come.
    line.cut_after(BEFORE_THE_CUT);
    page.press("Synchroniser maintenant").await?;
    page.see("Tout est envoyé").await?;
    line.cut_after(0);
    says_so(page, "synchronisation-cut-later").await?;
    let some = met(page, &people).await? - before;
    ensure!(0 < some && some < MET as u64, "some of it is here: {some}");

    // The line is back: one touch, and all is there, once.
    line.mend();
    page.press("Synchroniser maintenant").await?;
    page.see_no_more("La connexion a été coupée en route").await?;
    page.see_no_more("Synchronisation en cours").await?;
    let after = state(page).await?;
    ensure!(after["last_failure"].is_null() && after["to_send"] == 0, "{after}");
    println!("{some} of {MET} before the cut, {} cuts", line.cuts());
    let all = met(page, &people).await? - before;
    ensure!(all == MET as u64, "nothing is lost, nothing is there twice: {all} of {MET}");
    ensure!(number(&after, "pathways")? == records + 1, "one more record");
    // The cité and every device compare what they hold: one that differed would say so.
    synchronised(&mut laptop)
}
