//! States of a référent's device; most of them are a mediator's too.

use crate::answers::{erasures, held, members, person, rescue, set_aside, sync, today};
use crate::gallery::Gallery;
use anyhow::{Context as _, Result, ensure};
use domain::api::Reply;
use domain::api::session::StatusView;
use e2e::browser::Browser;
use e2e::headless::Headless;
use e2e::place;
use e2e::put;
use e2e::server::Server;
use e2e::size::{LAPTOP, TABLET, TABLET_ON_ITS_SIDE};
use e2e::stage::Stage;
use serde_json::json;

#[tokio::test]
async fn every_rare_state_of_a_device_can_be_read_and_touched() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::demonstration(folder.path()).await?;
    let mut laptop = Headless::start(&folder.path().join("laptop"))?;
    laptop.unlock(&server.passphrase())?;
    let stage = Stage::of_device(&place::dist(), laptop).await?;
    let mut wrong = Vec::new();
    for size in [TABLET, TABLET_ON_ITS_SIDE, LAPTOP] {
        let browser = Browser::open(size).await?;
        let mut gallery = Gallery::open(&browser, stage.url(), size).await?;
        // Between the two other sizes: only what stands over a page, or needs its height, is looked at.
        letting_in(&mut gallery).await?;
        closed(&mut gallery).await?;
        if size != TABLET_ON_ITS_SIDE {
            synchronising(&mut gallery).await?;
            refused(&mut gallery).await?;
            rescuing(&mut gallery).await?;
            erasing(&mut gallery).await?;
            somebody(&mut gallery).await?;
        }
        wrong.append(&mut gallery.wrong());
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

async fn synchronising(gallery: &mut Gallery<'_>) -> Result<()> {
    for (name, view) in sync::all() {
        gallery.with(name, "#/synchronisation", Reply::SyncState(view)).await?;
    }
    let seen = gallery.real("today", json!({})).await?;
    for (name, view) in today::all(&seen) {
        gallery.with(name, "#/", Reply::Today(view)).await?;
    }
    Ok(())
}

async fn refused(gallery: &mut Gallery<'_>) -> Result<()> {
    gallery.go("#/mis-de-cote").await?;
    gallery.look("set-aside-none").await?;
    gallery.put(Reply::ListSetAside(set_aside::full())).await?;
    gallery.go("#/mis-de-cote").await?;
    gallery.look("set-aside").await?;
    gallery.page().press("Ne pas garder").await?;
    gallery.look("set-aside-discard").await?;
    gallery.close().await?;
    put::clear(gallery.page()).await
}

async fn letting_in(gallery: &mut Gallery<'_>) -> Result<()> {
    gallery.with("members-long", "#/membres", Reply::Members(members::long())).await?;
    gallery.go("#/membres").await?;
    let page = gallery.page();
    page.press("Imprimer une autre feuille").await?;
    gallery.look("sheet-weighed").await?;
    gallery.page().press("Montrer la nouvelle clé").await?;
    gallery.page().see("C’est noté").await?;
    gallery.look("sheet").await?;
    gallery.page().press("C’est noté").await?;
    gallery.look("sheet-asked").await?;
    gallery.close().await?;

    gallery.page().press("Inviter").await?;
    gallery.page().fill("Nom montré", members::NAME).await?;
    gallery.look("invitation-who").await?;
    gallery.page().press("Créer l’invitation").await?;
    gallery.page().see("En attente de l’appareil invité").await?;
    gallery.look("invitation-code").await?;
    for (name, words, state) in members::answers() {
        gallery.put(Reply::ReadInvitation(state)).await?;
        gallery.page().see(words).await?;
        gallery.look(name).await?;
    }
    gallery.close().await?;
    put::clear(gallery.page()).await
}

async fn rescuing(gallery: &mut Gallery<'_>) -> Result<()> {
    gallery.go("#/tablettes").await?;
    gallery.look("rescue").await?;
    gallery.put(Reply::Rescues(rescue::devices())).await?;
    gallery.put(Reply::ShowRescueKey(rescue::key())).await?;
    gallery.put(Reply::RecoverDevice(rescue::report())).await?;
    gallery.go("#/tablettes").await?;
    gallery.page().press("Afficher la clé").await?;
    gallery.look("rescue-devices").await?;
    gallery.page().fill("Dossier de données", "/media/cle-usb/tablette-retrouvee").await?;
    gallery.page().press("Récupérer").await?;
    gallery.page().see("pour l’envoyer à la cité").await?;
    gallery.look("rescue-report").await?;
    put::clear(gallery.page()).await
}

async fn erasing(gallery: &mut Gallery<'_>) -> Result<()> {
    gallery.go("#/effacements").await?;
    gallery.look("erasures-here").await?;
    for (name, view) in erasures::all() {
        gallery.with(&format!("{name}-here"), "#/effacements", Reply::Erasures(view)).await?;
    }
    let real = gallery.real("to_settle", json!({})).await?;
    gallery.put(Reply::ToSettle(erasures::to_tell(real))).await?;
    gallery.go("#/personnes").await?;
    gallery.page().press("À vérifier").await?;
    gallery.look("partners-to-tell").await?;
    put::clear(gallery.page()).await
}

async fn somebody(gallery: &mut Gallery<'_>) -> Result<()> {
    let found = gallery.page().call("search_people", json!({ "query": "", "limit": 1 })).await?;
    let pathway = found["hits"][0]["label"]["pathway"].as_str().context("somebody is known")?.to_owned();
    let path = format!("#/personnes/{pathway}");
    gallery.go(&path).await?;
    gallery.page().press("Voir les ouvertures").await?;
    gallery.page().see("Le vôtre").await?;
    gallery.look("openings").await?;
    gallery.close().await?;
    gallery.page().press("Remettre un reçu").await?;
    gallery.page().see("Gardez ce code").await?;
    gallery.look("receipt").await?;
    gallery.close().await?;
    gallery.page().press("Préparer la copie").await?;
    gallery.look("copy").await?;
    gallery.close().await?;
    gallery.page().press("D’accord : Transmettre à un partenaire").await?;
    gallery.look("partner-chooser").await?;
    gallery.close().await?;
    let real = gallery.real("open_person", json!({ "pathway": pathway })).await?;
    gallery.with("person-long", &path, Reply::OpenPerson(person::long(real))).await
}

async fn closed(gallery: &mut Gallery<'_>) -> Result<()> {
    let open: StatusView = gallery.real("status", json!({})).await?;
    for (name, status) in held::all(&open) {
        gallery.anew(name, Reply::Status(status)).await?;
    }
    gallery.page().reload().await?;
    gallery.page().settle().await
}
