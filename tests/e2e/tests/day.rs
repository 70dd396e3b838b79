//! A day in the field in the real window, and what the coordinator sees of it in a real browser.

use anyhow::{Context as _, Result};
use e2e::browser::Browser;
use e2e::page::Page;
use e2e::server::Server;
use e2e::size::Size;
use e2e::window::Window;
use serde_json::{Value, json};

const TABLET: Size = Size { width: 800, height: 1280 };
const LAPTOP: Size = Size { width: 1440, height: 900 };

async fn unlock(page: &Page, passphrase: &str) -> Result<()> {
    page.see("Nadia").await?;
    page.fill("Phrase de six mots", passphrase).await?;
    page.press("Déverrouiller").await?;
    page.see("Nouvelle rencontre").await
}

/// Encounters in the merged cohort, this quarter.
async fn encounters(page: &Page) -> Result<u64> {
    let quarter = "const now = new Date(), first = now.getMonth() - now.getMonth() % 3;
        const day = month => Date.UTC(now.getFullYear(), month, 1) / 864e5;
        return { from: day(first), to: day(first + 3) - 1 };";
    let period = page.run(quarter, vec![]).await?;
    let filter = json!({ "period": period, "geography": "residence" });
    let view = page.call("cohort", json!({ "filter": filter })).await?;
    let figures = view.pointer("/figures").and_then(Value::as_array);
    let encounters = figures.into_iter().flatten().find(|pair| pair[0] == "encounters");
    encounters
        .and_then(|pair| pair.pointer("/1/count").and_then(Value::as_u64))
        .with_context(|| format!("no figure in {}", view.to_string().chars().take(200).collect::<String>()))
}

#[tokio::test]
async fn an_encounter_recorded_on_the_tablet_appears_in_the_coordinators_cohort() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::demonstration(folder.path()).await?;

    let browser = Browser::open(LAPTOP).await?;
    let cohort = browser.page();
    cohort.goto(&server.url()).await?;
    let (login, password) = server.coordinator();
    cohort.fill("Identifiant", &login).await?;
    cohort.fill("Mot de passe", &password).await?;
    cohort.press("Se connecter").await?;
    cohort.see("Personnes repérées").await?;
    cohort.picture("cohort").await?;
    let before = encounters(cohort).await?;

    // A half-filled form survives a flat battery.
    let window = Window::open(&server.tablet(), TABLET).await?;
    let tablet = window.page();
    unlock(tablet, &server.passphrase()).await?;
    tablet.picture("today").await?;
    tablet.press("Nouvelle rencontre").await?;
    tablet.press("Nouvelle personne").await?;
    tablet.fill("Prénom ou surnom", "Zébulonne").await?;
    tablet.press("Information donnée").await?;
    tablet.press("Famille").await?;
    tablet.see("Brouillon gardé sur cet appareil").await?;
    tablet.picture("encounter").await?;
    window.kill();

    let window = Window::open(&server.tablet(), TABLET).await?;
    let tablet = window.page();
    unlock(tablet, &server.passphrase()).await?;
    tablet.see("Brouillons à terminer").await?;
    tablet.press("Reprendre").await?;
    tablet.see("Enfant(s) de moins de 3 ans").await?;
    tablet.press("Enfant(s) de moins de 3 ans").await?;
    tablet.press("Écouter, informer").await?;
    tablet.press("Enregistrer").await?;
    tablet.see("Code repère").await?;
    tablet.picture("recorded").await?;

    // The evening: sent, received, counted.
    tablet.press("Synchronisation").await?;
    tablet.press("Synchroniser maintenant").await?;
    tablet.see("Tout est envoyé").await?;
    tablet.picture("synchronised").await?;
    tablet.press("Aujourd’hui").await?;
    tablet.see("Reçu par la cité").await?;
    assert_eq!(encounters(cohort).await?, before + 1);
    assert!(!cohort.words().await?.contains("Zébulonne"));
    Ok(())
}
