-- Truth. Rows of `change` are only ever added (erasure, a milestone of its own, aside).
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE change (
    position INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    doc BLOB NOT NULL CHECK (length(doc) = 16),
    generation INTEGER NOT NULL CHECK (generation > 0),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    actor BLOB NOT NULL CHECK (length(actor) = 20),
    seq INTEGER NOT NULL CHECK (seq > 0),
    on_day INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (kind, doc, generation, hash),
    -- Two stores that write under one actor are noticed here.
    UNIQUE (kind, doc, generation, actor, seq)
) STRICT;

-- What was made here and is not yet acknowledged, with the typed edit and the signed group.
CREATE TABLE outbox (
    position INTEGER PRIMARY KEY REFERENCES change (position),
    edits TEXT NOT NULL,
    grouped BLOB NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    -- When, by this device's clock: shown, never sent.
    made_at_ms INTEGER NOT NULL,
    set_aside TEXT
) STRICT;

CREATE TABLE draft (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    user BLOB NOT NULL CHECK (length(user) = 16),
    revision INTEGER NOT NULL,
    saved_at_ms INTEGER NOT NULL,
    -- Sealed with the user's own key: a form may hold a name.
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_by_user ON draft (user, saved_at_ms);

-- Control records (membership, ledger): grow-only, outside the documents.
CREATE TABLE control (
    position INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
    kind INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

-- Server only: invitations that authenticate a newcomer once, and the tokens of devices, hashed.
CREATE TABLE invitation (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    mac_key BLOB NOT NULL CHECK (length(mac_key) = 32),
    expires_at_ms INTEGER NOT NULL,
    member TEXT NOT NULL,
    used_at_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE device_token (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    device BLOB NOT NULL CHECK (length(device) = 16)
) STRICT, WITHOUT ROWID;
