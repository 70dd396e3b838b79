//! The flows of a day, walked as their users do, in the real window; the touches are counted. A touch
//! with its look costs a practised hand two to three seconds: under 30 s for a first contact is twelve
//! touches at most, under 12 s for a follow-up is five.

use anyhow::{Context as _, Result, ensure};
use e2e::headless::Headless;
use e2e::page::Page;
use e2e::server::Server;
use e2e::size::TABLET;
use e2e::window::Window;
use serde_json::{Value, json};
use std::path::Path;

/// What a hand does, and how often.
struct Hand<'a> {
    page: &'a Page,
    touches: u32,
}

impl<'a> Hand<'a> {
    fn of(page: &'a Page) -> Self {
        Self { page, touches: 0 }
    }

    async fn touch(&mut self, words: &str) -> Result<()> {
        self.touches += 1;
        self.page.press(words).await
    }
}

async fn unlocked(data: &Path, passphrase: &str) -> Result<Window> {
    let window = Window::open(data, TABLET).await?;
    let page = window.page();
    page.fill("Phrase de six mots", passphrase).await?;
    page.press("Déverrouiller").await?;
    page.see("Nouvelle rencontre").await?;
    Ok(window)
}

async fn people(page: &Page) -> Result<u64> {
    let found = page.call("search_people", json!({ "query": "", "limit": 1 })).await?;
    found["total"].as_u64().context("a total")
}

async fn last_entry(page: &Page) -> Result<Value> {
    Ok(page.call("today", json!({})).await?["recent"][0].clone())
}

#[tokio::test]
async fn the_flows_of_a_day_take_few_touches() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::demonstration(folder.path()).await?;
    let window = unlocked(&server.tablet(), &server.passphrase()).await?;
    let page = window.page();
    let before = people(page).await?;

    // A first contact, everything answered, nothing typed.
    let mut hand = Hand::of(page);
    for words in ["Nouvelle rencontre", "Nouvelle personne", "Information donnée", "Un emploi", "Mobilité"]
    {
        hand.touch(words).await?;
    }
    for words in ["Aucun moyen de transport", "Écouter, informer", "Relance", "Enregistrer"] {
        hand.touch(words).await?;
    }
    page.see("Code repère").await?;
    ensure!(hand.touches <= 12, "a first contact takes {} touches", hand.touches);
    println!("first contact: {} touches", hand.touches);
    ensure!(people(page).await? == before + 1, "one more person");

    // Undone: struck out, still legible.
    page.press("Fermer").await?;
    page.press("Annuler la dernière saisie").await?;
    page.see("Saisie annulée").await?;
    ensure!(last_entry(page).await?["void"] == true, "the last entry is struck out");
    page.see_no_more("Saisie annulée").await?;

    // A later rencontre with someone met lately.
    let mut hand = Hand::of(page);
    hand.touch("Nouvelle rencontre").await?;
    page.see("Qui").await?;
    hand.touches += 1;
    page.settle().await?;
    page.run("document.querySelector('section[aria-label] .list .item').click()", vec![]).await?;
    page.see("Information donnée le").await?;
    hand.touch("Aider à une démarche").await?;
    hand.touch("Enregistrer").await?;
    page.see("Enregistré").await?;
    ensure!(hand.touches <= 5, "a follow-up takes {} touches", hand.touches);
    println!("follow-up: {} touches", hand.touches);

    // A refusal of the notice: one passage, and nothing of the person.
    let known = people(page).await?;
    let mut hand = Hand::of(page);
    hand.touch("Nouvelle rencontre").await?;
    hand.touch("Nouvelle personne").await?;
    page.fill("Prénom ou surnom", "Zébulonne").await?;
    hand.touch("La personne ne veut pas").await?;
    page.see("Le passage compte pour un").await?;
    hand.touch("Enregistrer").await?;
    page.see("Enregistré").await?;
    println!("refusal: {} touches", hand.touches);
    let entry = last_entry(page).await?;
    ensure!(entry["headcount"] == 1 && entry["person"].is_null(), "it counts one and names nobody: {entry}");
    ensure!(people(page).await? == known, "no record was begun");
    ensure!(page.call("drafts", json!({})).await?.as_array().is_some_and(Vec::is_empty), "no draft is left");

    // A bad line: said, with the next try; what was entered stays.
    let waiting = page.call("today", json!({})).await?["to_send"].as_u64().unwrap_or_default();
    drop(server);
    page.press("Synchronisation").await?;
    page.press("Synchroniser maintenant").await?;
    page.see("Le serveur ne répond pas").await?;
    page.see("Continuez à travailler").await?;
    page.see("nouvel essai à").await?;
    page.picture("synchronisation-unreachable").await?;
    ensure!(page.audit(48).await?.is_empty(), "the failure can be read: {:?}", page.audit(48).await?);
    ensure!(page.call("sync_state", json!({})).await?["to_send"] == waiting, "nothing is lost");
    Ok(())
}

/// A second user of the tablet is let in from the référente's laptop: a program without a screen.
async fn join_samir(page: &Page, server: &Server, data: &Path) -> Result<()> {
    let mut laptop = Headless::start(&data.join("laptop"))?;
    laptop.unlock(&server.passphrase())?;
    let who = json!({ "new": {
        "name": "Samir D.", "role": "mediator", "organisation": "Association Inventée", "sectors": [],
    }});
    let shown = laptop.call("invite_member", json!({ "who": who }))?;
    let join = json!({
        "server": server.url(), "code": shown["code"], "passphrase": server.passphrase(), "pin": "135791",
        "device_name": "Tablette 1",
    });
    let waiting = page.call("answer_invitation", json!({ "join": join })).await?;
    let answered = laptop.call("read_invitation", json!({}))?;
    ensure!(answered["answered"]["words"] == waiting["waiting"]["words"], "both screens show the same words");
    laptop.call("confirm_invitation", json!({}))?;
    let joined = page.call("read_answer", json!({})).await?;
    ensure!(joined.get("joined").is_some(), "let in");
    Ok(())
}

#[tokio::test]
async fn two_users_of_one_tablet_switch_in_two_touches() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::demonstration(folder.path()).await?;
    let window = unlocked(&server.tablet(), &server.passphrase()).await?;
    let page = window.page();
    join_samir(page, &server, folder.path()).await?;
    page.reload().await?;
    page.see("Bonjour Samir").await?;
    let mut hand = Hand::of(page);
    hand.touch("Passer la main").await?;
    hand.touch("Passer l’appareil à Nadia").await?;
    // Nobody's screen stays open meanwhile: the next thing asked is her PIN.
    page.see("Code PIN").await?;
    page.picture("handed-over").await?;
    ensure!(!page.shows("Bonjour Samir").await?, "his screen is closed");
    println!("switching users: {} touches, then the PIN", hand.touches);
    ensure!(hand.touches == 2, "switching takes {} touches", hand.touches);
    page.fill("Code PIN", "246802").await?;
    page.press("Déverrouiller").await?;
    page.see("Bonjour Nadia").await
}
