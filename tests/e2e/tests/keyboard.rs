//! A day without touching the glass or the mouse: the real window and the real browser, by keys alone.
//! At every stop the focus is shown, marked and named; nothing holds it; what closes gives it back.

use anyhow::{Context as _, Result, ensure};
use e2e::browser::Browser;
use e2e::keyboard::{Key, Keyboard};
use e2e::page::Page;
use e2e::server::Server;
use e2e::size::{LAPTOP, TABLET};
use e2e::window::Window;
use serde_json::json;

async fn is_open(page: &Page) -> Result<bool> {
    Ok(page.run("return !!document.querySelector('dialog[open]')", vec![]).await? == true)
}

/// Escape closes the dialog, and the focus is again on what opened it.
async fn escape(keys: &Keyboard<'_>, page: &Page, opener: &str) -> Result<()> {
    ensure!(is_open(page).await?, "a dialog is open");
    keys.press(Key::Escape).await?;
    page.settle().await?;
    ensure!(!is_open(page).await?, "Escape closes the dialog");
    keys.is_on(opener).await.context("after Escape")
}

#[tokio::test]
async fn a_day_in_the_field_by_keys_alone() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::demonstration(folder.path()).await?;
    let window = Window::open(&server.tablet(), TABLET).await?;
    let page = window.page();
    let keys = Keyboard::before(page);

    // The door: nothing to look for, the field has the focus.
    page.see("Phrase de six mots").await?;
    keys.is_on("Phrase de six mots").await?;
    keys.write(&server.passphrase()).await?;
    keys.press(Key::Enter).await?;
    page.see("Nouvelle rencontre").await?;
    println!("today: {} stops", keys.round().await?);

    // An outing begins. The dialog is left once by Escape, once by a choice.
    keys.enter("Commencer une tournée").await?;
    page.see("Où allez-vous").await?;
    keys.step(Key::Tab).await?;
    escape(&keys, page, "Commencer une tournée").await?;
    keys.press(Key::Enter).await?;
    page.see("Où allez-vous").await?;
    let place = page.run("return document.querySelector('.menu .item__name').innerText", vec![]).await?;
    let place = place.as_str().unwrap_or_default().to_owned();
    keys.enter(&place).await?;
    page.see("Tournée en cours").await?;

    // Whose tablet it is.
    keys.enter("Passer la main").await?;
    page.see("Verrouiller").await?;
    escape(&keys, page, "Passer la main").await?;

    // A rencontre from its first to its last key.
    keys.enter("Nouvelle rencontre").await?;
    page.see("Qui").await?;
    keys.enter("Nouvelle personne").await?;
    keys.reach("Prénom ou surnom").await?;
    keys.write("Zébulonne").await?;
    keys.reach("Oui").await?;
    keys.step(Key::Right).await?;
    keys.is_on("Non").await.context("an arrow goes to the next answer")?;
    let chosen = "return document.activeElement.getAttribute('aria-checked')";
    ensure!(page.run(chosen, vec![]).await? == "true", "and chooses it");
    keys.step(Key::Left).await?;
    keys.is_on("Oui").await.context("and back")?;
    keys.enter("Information donnée").await?;
    keys.enter("Un emploi").await?;
    keys.reach("Mobilité").await?;
    keys.press(Key::Space).await?;
    keys.enter("Aucun moyen de transport").await?;
    keys.enter("Écouter, informer").await?;
    keys.enter("Relance").await?;
    // The day: the grid of a month, by arrows.
    page.see("Dans 1 semaine").await?;
    let opener = page
        .run(
            "return document.querySelector('section[aria-label=\"La suite\"] > button').innerText.trim()",
            vec![],
        )
        .await?;
    let opener = opener.as_str().unwrap_or_default().to_owned();
    keys.enter(&opener).await?;
    page.see("Choisir une date").await?;
    keys.is_on("").await?;
    let day = || async {
        let day = page.run("return document.activeElement.getAttribute('aria-label')", vec![]).await?;
        anyhow::Ok(day.as_str().unwrap_or_default().to_owned())
    };
    let first = day().await?;
    ensure!(first.split(' ').count() > 1, "the day that is set has the focus: {first}");
    keys.step(Key::Right).await?;
    let next = day().await?;
    keys.step(Key::Down).await?;
    let week = day().await?;
    keys.step(Key::Up).await?;
    ensure!(day().await? == next, "a week on and a week back is the same day");
    let weekday = |day: &str| day.split(' ').next().map(str::to_owned);
    ensure!(weekday(&week) == weekday(&next) && week != next, "down is a week: {next}, {week}");
    ensure!(first != next, "right is a day");
    escape(&keys, page, &opener).await?;
    keys.press(Key::Enter).await?;
    keys.step(Key::Right).await?;
    keys.press(Key::Enter).await?;
    page.settle().await?;
    ensure!(!is_open(page).await?, "a day is picked");
    keys.enter("Accords").await?;
    keys.reach("En tête").await?;
    println!("rencontre: {} stops", keys.round().await?);
    keys.enter("Enregistrer").await?;
    page.see("Code repère").await?;
    keys.enter("Fermer").await?;

    // A refusal: one passage, nobody named.
    keys.enter("Nouvelle rencontre").await?;
    keys.enter("Nouvelle personne").await?;
    keys.enter("La personne ne veut pas").await?;
    page.see("Le passage compte pour un").await?;
    keys.enter("Enregistrer").await?;
    page.see("Enregistré").await?;

    // Somebody is looked for, opened, and refuses a sharing.
    keys.enter("Retrouver quelqu").await?;
    keys.reach("Prénom, surnom, téléphone").await?;
    keys.write("zebul").await?;
    page.see("Résultats").await?;
    keys.enter("Zébulonne").await?;
    page.see("Accords").await?;
    println!("person: {} stops", keys.round().await?);
    let refuse = "Refuse : Partager les notes";
    keys.enter(refuse).await?;
    page.settle().await?;
    ensure!(is_open(page).await?, "the refusal is said in a dialog");
    escape(&keys, page, refuse).await?;
    keys.press(Key::Enter).await?;
    keys.enter("Enregistrer").await?;
    page.see("Refusé").await?;
    for control in
        ["Modifier le profil", "Ajouter une suite", "Ajouter un frein", "Orienter vers une solution"]
    {
        keys.enter(control).await?;
        page.settle().await?;
        keys.step(Key::Tab).await?;
        escape(&keys, page, control).await?;
    }

    // The evening.
    keys.enter("Synchronisation").await?;
    keys.enter("Synchroniser maintenant").await?;
    page.see("Tout est envoyé").await?;
    let wrong = keys.wrong();
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

#[tokio::test]
async fn the_coordination_by_keys_alone() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::demonstration(folder.path()).await?;
    let browser = Browser::open(LAPTOP).await?;
    let page = browser.page();
    page.goto(&server.url()).await?;
    let keys = Keyboard::before(page);
    let (login, password) = server.coordinator();
    page.see("Identifiant").await?;
    keys.is_on("Identifiant").await?;
    keys.write(&login).await?;
    keys.step(Key::Tab).await?;
    keys.write(&password).await?;
    keys.press(Key::Enter).await?;
    page.see("Personnes repérées").await?;
    println!("cohort: {} stops", keys.round().await?);

    // Filters: whose figures, where, which quarter.
    keys.reach("Chiffres pour").await?;
    keys.press(Key::Down).await?;
    page.settle().await?;
    let whom = "return document.querySelector('select').selectedIndex";
    ensure!(page.run(whom, vec![]).await? == json!(1), "an arrow narrows the figures");
    keys.is_on("Chiffres pour").await.context("and the focus stays")?;
    keys.press(Key::Up).await?;
    keys.reach("Habitation").await?;
    keys.step(Key::Right).await?;
    keys.is_on("Rencontre").await?;
    page.settle().await?;
    keys.is_on("Rencontre").await.context("once the figures are drawn anew")?;
    keys.enter("Trimestre précédent").await?;
    page.settle().await?;
    keys.is_on("Trimestre précédent").await.context("once the quarter is turned")?;

    // The other pages, their tables and what is folded.
    for (place, there) in
        [("Carte", "Lieu inconnu"), ("Parcours", "Sans nom"), ("Appareils", "Dernier échange")]
    {
        keys.enter(place).await?;
        page.see(there).await?;
        println!("{place}: {} stops", keys.round().await?);
    }
    keys.enter("Effacements").await?;
    page.see("Un effacement porte un numéro").await?;
    keys.enter("Cohorte").await?;
    page.see("Personnes repérées").await?;
    keys.enter("Tableau").await?;
    let open = "return document.activeElement.parentElement.open";
    ensure!(page.run(open, vec![]).await? == true, "Enter unfolds a table");
    let wrong = keys.wrong();
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}
