//! States of the browser face.

use crate::answers::{audit, erasures};
use crate::gallery::Gallery;
use anyhow::{Result, ensure};
use domain::api::Reply;
use domain::api::session::{SessionState, StatusView};
use domain::role::Role;
use e2e::browser::Browser;
use e2e::put;
use e2e::server::Server;
use e2e::size::{LAPTOP, TABLET, TABLET_ON_ITS_SIDE};
use serde_json::json;

#[tokio::test]
async fn every_rare_state_of_the_coordination_can_be_read_and_touched() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::demonstration(folder.path()).await?;
    let (login, password) = server.coordinator();
    let mut wrong = Vec::new();
    for size in [TABLET, TABLET_ON_ITS_SIDE, LAPTOP] {
        let browser = Browser::open(size).await?;
        let mut gallery = Gallery::open(&browser, &server.url(), size).await?;
        gallery.look("sign-in").await?;
        let page = gallery.page();
        page.fill("Identifiant", &login).await?;
        page.fill("Mot de passe", "autre chose").await?;
        page.press("Se connecter").await?;
        page.see("Mot de passe").await?;
        gallery.look("sign-in-refused").await?;
        gallery.page().fill("Mot de passe", &password).await?;
        gallery.page().press("Se connecter").await?;
        gallery.page().see("Personnes repérées").await?;
        figures(&mut gallery).await?;
        oversight(&mut gallery).await?;
        wrong.append(&mut gallery.wrong());
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

async fn figures(gallery: &mut Gallery<'_>) -> Result<()> {
    gallery.look("cohort").await?;
    gallery.page().press("Trimestre précédent").await?;
    gallery.page().see("Arrêter le trimestre").await?;
    gallery.look("cohort-over").await?;
    gallery.page().press("Arrêter le trimestre").await?;
    gallery.look("cohort-closing").await?;
    gallery.close().await?;
    // Before the demonstration began: little was recorded, and little is shown.
    gallery.page().press("Trimestre précédent").await?;
    gallery.look("cohort-little").await?;
    for (name, path) in [("map", "#/carte"), ("pathways", "#/parcours"), ("devices", "#/appareils")] {
        gallery.go(path).await?;
        gallery.look(name).await?;
    }
    Ok(())
}

async fn oversight(gallery: &mut Gallery<'_>) -> Result<()> {
    gallery.go("#/effacements").await?;
    gallery.look("erasures").await?;
    for (name, view) in erasures::all().into_iter().skip(2) {
        gallery.with(name, "#/effacements", Reply::Erasures(view)).await?;
    }
    // The administrator's page.
    let mut status: StatusView = gallery.real("status", json!({})).await?;
    if let SessionState::Open { me, .. } = &mut status.state {
        me.role = Role::Administrator;
    }
    gallery.put(Reply::Audit(audit::broken())).await?;
    gallery.put(Reply::Status(status)).await?;
    gallery.page().reload().await?;
    gallery.page().settle().await?;
    gallery.go("#/journal").await?;
    gallery.look("audit-broken").await?;
    put::clear(gallery.page()).await
}
