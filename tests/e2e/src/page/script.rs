//! What the page is asked, in its own language.

/// Every word on the page.
pub const WORDS: &str = "return document.body ? document.body.innerText : ''";

/// The next two frames are drawn.
pub const TWO_FRAMES: &str = "const done = arguments[0];
const wait = document.fonts ? document.fonts.ready : Promise.resolve();
wait.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));";

/// Nothing waits for an answer, and nothing was drawn for a moment.
pub const QUIET: &str = "const done = arguments[arguments.length - 1];
const begun = performance.now();
let timer;
const look = () => {
  const empty = !document.body || !document.body.innerText.trim();
  if ((empty || document.querySelector('.waiting')) && performance.now() - begun < 8000) return again();
  observer.disconnect();
  requestAnimationFrame(() => done(true));
};
const again = () => { clearTimeout(timer); timer = setTimeout(look, performance.now() - begun < 8000 ? 110 : 0); };
const observer = new MutationObserver(again);
observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
again();";

/// Another path of the same interface.
pub const TURN_TO: &str = "location.hash = arguments[0].replace(/^[^#]*#/, '#');";

/// One call of the contract, by whichever way this page has.
pub const CALL: &str = "const [call, done] = arguments;
const tauri = window.__TAURI__;
const send = tauri
  ? tauri.core.invoke('call', { call })
  : fetch('/api/call', { method: 'POST', credentials: 'same-origin',
      headers: { 'content-type': 'application/json' }, body: JSON.stringify(call) })
    .then(async reply => { const text = await reply.text(); let body; try { body = JSON.parse(text) } catch { body = text }
      if (!reply.ok) throw body ?? reply.status; return body; });
send.then(answer => done({ answer }), error => done({ error: error?.message ?? error }));";

/// The visible control whose name is, begins with or contains the words.
pub const CONTROL: &str = concat!(
    "const all = 'button, a[href], summary, [role=button], [role=tab], [role=radio], [role=checkbox], ",
    "[role=switch], [role=option], [role=link], label, input[type=submit]';\n",
    include_str!("names.js"),
    include_str!("find.js")
);

/// The visible field whose label is, begins with or contains the words.
pub const FIELD: &str = concat!(
    "const all = 'input:not([type=hidden]), textarea, select, [contenteditable=true]';\n",
    include_str!("names.js"),
    include_str!("find.js")
);

/// The name, folded, by which the control or field of the words is called.
pub const FULL_NAME: &str = concat!(
    "const all = 'button, a[href], summary, [role=button], [role=radio], [role=switch], ",
    "input:not([type=hidden]), textarea, select';\nconst found = (function () {\n",
    include_str!("names.js"),
    include_str!("find.js"),
    "}).apply(null, arguments);\n",
    include_str!("names.js"),
    "const wanted = fold(arguments[0]);\n",
    "return found && (names(found).find(name => name.startsWith(wanted)) || names(found).find(name => name.includes(wanted)));"
);

/// What has the focus.
pub const FOCUS: &str = concat!(include_str!("names.js"), include_str!("focus.js"));

/// What is wrong with the page as it stands.
pub const AUDIT: &str = include_str!("audit.js");
