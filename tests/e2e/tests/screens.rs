//! Every screen of the device, in the real window: at each size, in each theme, with text at 200 %.
//! Every control has a name and is large enough to touch, text stands out from its ground, nothing is
//! cut off. The pictures are kept as test output.

use anyhow::{Context as _, Result, ensure};
use e2e::page::Page;
use e2e::server::Server;
use e2e::size::{LAPTOP, Size, TABLET, TABLET_ON_ITS_SIDE};
use e2e::window::Window;
use serde_json::json;
use std::path::Path;

/// Least side of what is touched, in CSS pixels.
const TOUCH: u32 = 48;

/// Paths that need nothing chosen first.
const PLAIN: [(&str, &str); 9] = [
    ("today", "#/"),
    ("people", "#/personnes"),
    ("solutions", "#/solutions"),
    ("synchronisation", "#/synchronisation"),
    ("settings", "#/reglages"),
    ("passage", "#/passage"),
    ("refusal", "#/passage/refus"),
    ("encounter", "#/rencontre"),
    ("request", "#/demande"),
];

/// And those of a référent.
const FOLLOWING: [(&str, &str); 3] =
    [("members", "#/membres"), ("rescue", "#/tablettes"), ("erasures", "#/effacements")];

/// Dialogs of a person's page: the control that opens each.
const DIALOGS: [(&str, &str); 9] = [
    ("profile", "Modifier le profil"),
    ("step", "Ajouter une suite"),
    ("barrier", "Ajouter un frein"),
    ("need", "Ajouter un besoin"),
    ("episode", "accompagnement"),
    ("situation", "Noter la situation"),
    ("outcome", "Ajouter un résultat"),
    ("referral", "Orienter vers une solution"),
    ("named", "Modifier"),
];

struct Walk<'a> {
    page: &'a Page,
    size: Size,
    look: String,
    wrong: Vec<String>,
}

impl Walk<'_> {
    async fn check(&mut self, name: &str) -> Result<()> {
        self.page.settle().await?;
        let found = self.page.audit(TOUCH).await?;
        let at = format!("{name}-{}-{}", self.size, self.look);
        self.page.picture(&format!("screens/{at}")).await?;
        self.wrong.extend(found.into_iter().map(|line| format!("{at}: {line}")));
        Ok(())
    }

    async fn go(&self, fragment: &str) -> Result<()> {
        self.page.run("location.hash = arguments[0]", vec![fragment.into()]).await?;
        self.page.settle().await
    }

    async fn screens(&mut self) -> Result<()> {
        let following: &[_] = if self.size == LAPTOP { &FOLLOWING } else { &[] };
        for &(name, fragment) in PLAIN.iter().chain(following) {
            self.go(fragment).await?;
            self.check(name).await?;
        }
        self.go("#/rencontre").await?;
        self.page.press("Nouvelle personne").await?;
        self.page.press("Information donnée").await?;
        self.page.press("Famille").await?;
        self.page.press("Orienter").await?;
        self.page.press("Relance").await?;
        self.check("encounter-filled").await?;
        self.go("#/personnes").await?;
        self.page.fill("Prénom, surnom", "zzz").await?;
        self.page.see("Personne de ce nom").await?;
        self.check("nobody-found").await
    }

    async fn person(&mut self, dialogs: &[(&str, &str)]) -> Result<()> {
        let found = self.page.call("search_people", json!({ "query": "", "limit": 9 })).await?;
        let with = found["hits"]
            .as_array()
            .and_then(|hits| hits.iter().max_by_key(|hit| hit["open_barriers"].as_u64().unwrap_or_default()));
        let pathway = with.and_then(|hit| hit["label"]["pathway"].as_str()).unwrap_or_default().to_owned();
        self.go(&format!("#/personnes/{pathway}")).await?;
        self.page.see("Accords").await?;
        self.check("person").await?;
        for (name, control) in dialogs {
            self.page.press(control).await?;
            self.check(&format!("person-{name}")).await?;
            self.escape().await.with_context(|| format!("{name}, {}, {}", self.size, self.look))?;
        }
        Ok(())
    }

    /// Escape closes the dialog, and the focus is again on what opened it.
    async fn escape(&self) -> Result<()> {
        self.page
            .run(
                "const open = document.querySelector('dialog[open]');
             if (open) open.dispatchEvent(new Event('cancel', { cancelable: true }));",
                vec![],
            )
            .await?;
        self.page.settle().await?;
        let back = self
            .page
            .run(
                "return !document.querySelector('dialog') && document.activeElement !== document.body",
                vec![],
            )
            .await?;
        ensure!(back == true, "the dialog is closed and the focus is back on a control");
        Ok(())
    }
}

async fn unlock(data: &Path, passphrase: &str, size: Size) -> Result<Window> {
    let window = Window::open(data, size).await?;
    let page = window.page();
    page.see("Phrase de six mots").await?;
    page.picture(&format!("screens/unlock-{size}")).await?;
    let wrong = page.audit(TOUCH).await?;
    ensure!(wrong.is_empty(), "unlock-{size}: {wrong:?}");
    page.fill("Phrase de six mots", passphrase).await?;
    page.press("Déverrouiller").await?;
    page.see("Nouvelle rencontre").await?;
    Ok(window)
}

#[tokio::test]
async fn every_screen_of_the_device_can_be_read_and_touched() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::demonstration(folder.path()).await?;
    let mut wrong = Vec::new();
    for size in [TABLET, TABLET_ON_ITS_SIDE, LAPTOP] {
        let data = if size == LAPTOP { folder.path().join("laptop") } else { server.tablet() };
        let window = unlock(&data, &server.passphrase(), size).await?;
        let page = window.page();
        // A colour does not depend on the size: the other themes are looked at where they are used most.
        let themes: &[&str] = match size {
            TABLET => &["light", "sunlight", "dark"],
            LAPTOP => &["light", "dark"],
            _ => &["light"],
        };
        for &theme in themes {
            page.run("document.documentElement.dataset.theme = arguments[0]", vec![theme.into()]).await?;
            let mut walk = Walk { page, size, look: theme.to_owned(), wrong: Vec::new() };
            walk.screens().await?;
            walk.person(if theme == "light" { &DIALOGS } else { &DIALOGS[..3] }).await?;
            if size == LAPTOP {
                walk.go("#/personnes").await?;
                walk.page.press("À vérifier").await?;
                walk.check("to-check").await?;
                walk.page
                    .run("document.querySelector('section[aria-label^=\"Valeurs\"] a.item').click()", vec![])
                    .await?;
                walk.page.see("Garder").await?;
                walk.check("person-differing").await?;
            }
            wrong.append(&mut walk.wrong);
        }
        page.run("document.documentElement.dataset.theme = 'light';
            document.documentElement.style.fontSize = (2 * parseFloat(getComputedStyle(document.documentElement).fontSize)) + 'px'", vec![]).await?;
        let mut walk = Walk { page, size, look: "200".into(), wrong: Vec::new() };
        walk.screens().await?;
        walk.person(&DIALOGS[..3]).await?;
        wrong.append(&mut walk.wrong);
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}
