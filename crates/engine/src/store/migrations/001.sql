-- Truth. Rows of `change`, `control` and `sealed_change` are only ever added (erasure aside), and no
-- number of a row is given out twice: an answer that comes late never meets another row.
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- Groups under one signature, as their author signed them.
CREATE TABLE batch (
    id INTEGER PRIMARY KEY,
    signer BLOB NOT NULL CHECK (length(signer) = 16),
    -- Digests of its groups, in order, 32 bytes each.
    digests BLOB NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    UNIQUE (signature)
) STRICT;

CREATE TABLE change (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    doc BLOB NOT NULL CHECK (length(doc) = 16),
    generation INTEGER NOT NULL CHECK (generation > 0),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    actor BLOB NOT NULL CHECK (length(actor) = 20),
    seq INTEGER NOT NULL CHECK (seq > 0),
    on_day INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    -- The signed group it came in; none for what was made here (see outbox).
    cursor INTEGER NOT NULL DEFAULT 0,
    level INTEGER NOT NULL DEFAULT 1,
    batch INTEGER REFERENCES batch (id),
    -- Position among the batch's digests.
    place INTEGER,
    -- It is in the sum of its document: see store/digest.rs.
    counted INTEGER NOT NULL DEFAULT 0 CHECK (counted IN (0, 1)),
    UNIQUE (kind, doc, generation, hash),
    -- Two stores that write under one actor are noticed here.
    UNIQUE (kind, doc, generation, actor, seq)
) STRICT;

-- Sums over what is settled of each document and part, and (generation 0) of each ledger and of the
-- epochs: on a device, acknowledged or received. See store/digest.rs.
CREATE TABLE digest (
    doc BLOB NOT NULL CHECK (length(doc) = 16),
    kind TEXT NOT NULL,
    generation INTEGER NOT NULL,
    sum BLOB NOT NULL CHECK (length(sum) = 16),
    PRIMARY KEY (doc, kind, generation)
) STRICT, WITHOUT ROWID;

-- Device only: documents that the server no longer shows this device and that stay all the same: something
-- of them waits to be sent, or (a part) was written here. They are not counted.
CREATE TABLE hidden (
    kind TEXT NOT NULL,
    doc BLOB NOT NULL CHECK (length(doc) = 16),
    generation INTEGER NOT NULL,
    PRIMARY KEY (kind, doc, generation)
) STRICT, WITHOUT ROWID;

-- Device only: documents offered again to a server that lost something of them, and how far that is.
CREATE TABLE offer (
    kind TEXT NOT NULL,
    doc BLOB NOT NULL CHECK (length(doc) = 16),
    generation INTEGER NOT NULL,
    after INTEGER NOT NULL DEFAULT 0,
    -- The same for the wraps of a part.
    wraps_after INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (kind, doc, generation)
) STRICT, WITHOUT ROWID;

-- What was made here, with the typed edits and the signed group. A row stays after it is
-- acknowledged: its edits can be replayed where a restored server has lost it.
CREATE TABLE outbox (
    position INTEGER PRIMARY KEY REFERENCES change (position),
    edits TEXT NOT NULL,
    grouped BLOB NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    acknowledged INTEGER NOT NULL DEFAULT 0 CHECK (acknowledged IN (0, 1))
) STRICT;
CREATE INDEX outbox_waiting ON outbox (position) WHERE acknowledged = 0;

-- Device only: typed edits whose change was taken out because what it stood on was, and whose author was
-- not at work then: made again, in this order, once they are. A part's are sealed with its author's own key.
CREATE TABLE again (
    id INTEGER PRIMARY KEY,
    signer BLOB NOT NULL CHECK (length(signer) = 16),
    kind TEXT NOT NULL,
    doc BLOB NOT NULL CHECK (length(doc) = 16),
    generation INTEGER NOT NULL,
    -- Day of the user's action, and the server sequence seen then.
    on_day INTEGER NOT NULL,
    cursor INTEGER NOT NULL,
    edits BLOB NOT NULL
) STRICT;

-- Device only: typed edits that waited for their author on another device, found there by a référent: written
-- from here for that author, in this order, once what they stand on is here. One that is written stays as its
-- hash, without edits: the same device can be recovered twice.
CREATE TABLE recovered (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    signer BLOB NOT NULL CHECK (length(signer) = 16),
    kind TEXT NOT NULL,
    doc BLOB NOT NULL CHECK (length(doc) = 16),
    generation INTEGER NOT NULL,
    on_day INTEGER NOT NULL,
    -- Nothing else of the document was on the found device: they begin it.
    begins INTEGER NOT NULL CHECK (begins IN (0, 1)),
    edits TEXT
) STRICT;

-- Edits the cité finally refused: out of the document, kept here, shown to their author, never sent again.
-- Those of a named part as their author sealed them for themselves.
CREATE TABLE refused (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    doc BLOB NOT NULL CHECK (length(doc) = 16),
    generation INTEGER NOT NULL,
    -- Their author's key, and the day of their action.
    signer BLOB NOT NULL CHECK (length(signer) = 16),
    on_day INTEGER NOT NULL,
    edits TEXT NOT NULL,
    sealed BLOB,
    reason TEXT NOT NULL,
    -- Found on another device: taken over once.
    origin BLOB UNIQUE CHECK (length(origin) = 32)
) STRICT;

CREATE TABLE draft (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    user BLOB NOT NULL CHECK (length(user) = 16),
    revision INTEGER NOT NULL,
    saved_at_ms INTEGER NOT NULL,
    -- The person it is about, where it is about one: erasing them takes every user's drafts.
    pathway BLOB,
    -- Sealed with the user's own key: a form may hold a name.
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_by_user ON draft (user, saved_at_ms);

-- Entries (rencontres, passages) recorded on this device: when, by its clock. Never sent.
CREATE TABLE entry (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    user BLOB NOT NULL CHECK (length(user) = 16),
    kind TEXT NOT NULL,
    doc BLOB NOT NULL CHECK (length(doc) = 16),
    generation INTEGER NOT NULL,
    recorded_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_by_user ON entry (user, recorded_at_ms);

-- Control records (membership, ledger): grow-only, outside the documents.
CREATE TABLE control (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
    kind INTEGER NOT NULL,
    -- The pathway a ledger entry or an erasure is about.
    subject BLOB,
    bytes BLOB NOT NULL,
    -- Of a ledger or an epoch: it is in its sum.
    counted INTEGER NOT NULL DEFAULT 0 CHECK (counted IN (0, 1))
) STRICT;
CREATE INDEX control_by_subject ON control (subject) WHERE subject IS NOT NULL;
-- With the subject: a ledger is read by both, and an index over the kind alone would walk through everybody's.
CREATE INDEX control_by_kind ON control (kind, subject);

-- Control records made here and not acknowledged.
CREATE TABLE control_outbox (position INTEGER PRIMARY KEY REFERENCES control (position)) STRICT;

-- Named parts: sealed changes, on devices and on the server alike. Nothing here opens without a part
-- key, and the server has none.
CREATE TABLE sealed_change (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    doc BLOB NOT NULL CHECK (length(doc) = 16),
    generation INTEGER NOT NULL CHECK (generation > 0),
    -- Name of the change: HMAC of its hash under the part key.
    id BLOB NOT NULL CHECK (length(id) = 32),
    actor BLOB NOT NULL CHECK (length(actor) = 20),
    seq INTEGER NOT NULL CHECK (seq > 0),
    on_day INTEGER NOT NULL,
    envelope BLOB NOT NULL,
    cursor INTEGER NOT NULL DEFAULT 0,
    level INTEGER NOT NULL DEFAULT 1,
    -- The agreement it was sent under; none while it is its author's alone.
    relied_on BLOB,
    batch INTEGER REFERENCES batch (id),
    place INTEGER,
    -- It is in the sum of its part.
    counted INTEGER NOT NULL DEFAULT 0 CHECK (counted IN (0, 1)),
    UNIQUE (kind, doc, generation, id),
    UNIQUE (kind, doc, generation, actor, seq)
) STRICT;

-- Sealed changes made here; the typed edits are sealed with the author's own key.
CREATE TABLE sealed_outbox (
    position INTEGER PRIMARY KEY REFERENCES sealed_change (position),
    user BLOB NOT NULL CHECK (length(user) = 16),
    edits BLOB NOT NULL,
    grouped BLOB NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    acknowledged INTEGER NOT NULL DEFAULT 0 CHECK (acknowledged IN (0, 1))
) STRICT;
CREATE INDEX sealed_outbox_waiting ON sealed_outbox (position) WHERE acknowledged = 0;

-- Part keys wrapped for a public key: an epoch's, or a member's own.
CREATE TABLE wrap (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    doc BLOB NOT NULL CHECK (length(doc) = 16),
    generation INTEGER NOT NULL,
    part_key BLOB NOT NULL CHECK (length(part_key) = 16),
    -- First 16 bytes of the public key.
    recipient BLOB NOT NULL CHECK (length(recipient) = 16),
    sealed BLOB NOT NULL,
    -- Who made it, the server sequence they had seen, their signature (document/sealed/wrapped.rs).
    signer BLOB NOT NULL CHECK (length(signer) = 16),
    cursor INTEGER NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    -- Device only: whether it opens to the key it names; none where nobody here could look.
    opens INTEGER CHECK (opens IN (0, 1)),
    -- Made here and not acknowledged.
    waits INTEGER NOT NULL DEFAULT 0 CHECK (waits IN (0, 1)),
    -- It is in the sum of its part.
    counted INTEGER NOT NULL DEFAULT 0 CHECK (counted IN (0, 1)),
    UNIQUE (kind, doc, generation, part_key, recipient, sealed)
) STRICT;
CREATE INDEX wrap_waiting ON wrap (id) WHERE waits = 1;

-- Device only: the part keys a user of this device holds, sealed with their own key.
CREATE TABLE part_key (
    user BLOB NOT NULL CHECK (length(user) = 16),
    kind TEXT NOT NULL,
    doc BLOB NOT NULL CHECK (length(doc) = 16),
    generation INTEGER NOT NULL,
    part_key BLOB NOT NULL CHECK (length(part_key) = 16),
    -- Length of the membership chain when it was drawn here; 0 for one that was received.
    chain INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (doc, kind, generation, user, part_key)
) STRICT, WITHOUT ROWID;

-- Device only, projection: what a user may read of a named part, sealed with their own key.
CREATE TABLE part_view (
    user BLOB NOT NULL CHECK (length(user) = 16),
    doc BLOB NOT NULL CHECK (length(doc) = 16),
    kind TEXT NOT NULL,
    generation INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (doc, kind, user)
) STRICT, WITHOUT ROWID;

-- Device only: which service a protected partner is, for a user who could read it, sealed with their own key. Who
-- wrote it keeps it when the notes part ends, and whoever knows it until the partner was told that the person was
-- erased: somebody has to tell them.
CREATE TABLE partner_known (
    -- The person; once they were erased, the record that is the cause.
    about BLOB NOT NULL CHECK (length(about) IN (16, 32)),
    mark BLOB NOT NULL CHECK (length(mark) = 16),
    user BLOB NOT NULL CHECK (length(user) = 16),
    -- Generation of the notes part it stood in.
    generation INTEGER NOT NULL,
    -- This user wrote it here.
    own INTEGER NOT NULL CHECK (own IN (0, 1)),
    sealed BLOB NOT NULL,
    PRIMARY KEY (about, mark, user)
) STRICT, WITHOUT ROWID;

-- Device only: people whose parts are to be looked at for sharing again.
CREATE TABLE share_due (pathway BLOB PRIMARY KEY CHECK (length(pathway) = 16)) STRICT, WITHOUT ROWID;

-- Device only: what was found on another device, to be brought to the cité as its author signed it.
CREATE TABLE carried (
    id INTEGER PRIMARY KEY,
    sealed INTEGER NOT NULL CHECK (sealed IN (0, 1)),
    kind TEXT NOT NULL,
    doc BLOB NOT NULL CHECK (length(doc) = 16),
    generation INTEGER NOT NULL,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    signer BLOB NOT NULL CHECK (length(signer) = 16),
    bytes BLOB NOT NULL,
    grouped BLOB NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    edits TEXT NOT NULL
) STRICT;

-- What could not be taken from outside: kept, counted, tried again by a later version.
CREATE TABLE set_aside (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    reason TEXT NOT NULL,
    -- The document, where it is known.
    doc BLOB,
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- People who were erased, and by which record: nothing about them is ever taken again.
CREATE TABLE erased (
    pathway BLOB PRIMARY KEY CHECK (length(pathway) = 16),
    generation INTEGER NOT NULL,
    record BLOB NOT NULL CHECK (length(record) = 32)
) STRICT, WITHOUT ROWID;

-- Device only: erasures it was asked for and could not verify; nothing was deleted.
CREATE TABLE doubt (
    pathway BLOB PRIMARY KEY CHECK (length(pathway) = 16),
    on_day INTEGER NOT NULL,
    too_early INTEGER NOT NULL CHECK (too_early IN (0, 1)),
    record BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Device only: keys that came and are not what they say: not signed by whom they name (1), or opening to
-- nothing for whom they were wrapped (2).
CREATE TABLE key_doubt (
    doc BLOB NOT NULL CHECK (length(doc) = 16),
    signer BLOB NOT NULL CHECK (length(signer) = 16),
    what INTEGER NOT NULL CHECK (what IN (1, 2)),
    on_day INTEGER NOT NULL,
    PRIMARY KEY (doc, signer, what)
) STRICT, WITHOUT ROWID;

-- Server only: objections to everything that are not carried out yet, since when by the server's clock.
CREATE TABLE stopped (
    objection BLOB PRIMARY KEY CHECK (length(objection) = 32),
    pathway BLOB NOT NULL CHECK (length(pathway) = 16),
    since_on INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Server only: people whose time is about to end, since when that is announced.
CREATE TABLE announced (
    pathway BLOB PRIMARY KEY CHECK (length(pathway) = 16),
    since_on INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Contacts whose day the cité's clock does not bear out (yet to come, or long past, when they first came), and the
-- cité's day then: from that day they count. Written by the server, served to devices.
CREATE TABLE off_day (
    doc BLOB NOT NULL CHECK (length(doc) = 16),
    -- Nothing: the record was opened; 16 bytes: an encounter; 32: an act of the ledger.
    contact BLOB NOT NULL CHECK (length(contact) IN (0, 16, 32)),
    said_on INTEGER NOT NULL,
    received_on INTEGER NOT NULL,
    -- On a device: its own day has shown the same, or it lets the record be kept longer.
    believed INTEGER NOT NULL CHECK (believed IN (0, 1)),
    PRIMARY KEY (doc, contact)
) STRICT, WITHOUT ROWID;

-- Projections: dropped and rebuilt from the above at will.
CREATE TABLE projection (
    kind TEXT NOT NULL,
    doc BLOB NOT NULL CHECK (length(doc) = 16),
    generation INTEGER NOT NULL,
    -- Winning values of the document, JSON.
    content TEXT NOT NULL,
    -- Registers that hold several values written at the same time.
    differing INTEGER NOT NULL,
    -- Pathways only: earlier states with their days, and who wrote what, JSON.
    past TEXT,
    PRIMARY KEY (kind, doc)
) STRICT, WITHOUT ROWID;

-- Projection of the ledgers: what the codes of receipts are recognised by.
CREATE TABLE receipt (
    pathway BLOB NOT NULL CHECK (length(pathway) = 16),
    -- HMAC of the pathway under the code's tag.
    mark BLOB NOT NULL CHECK (length(mark) = 16),
    PRIMARY KEY (pathway, mark)
) STRICT, WITHOUT ROWID;

-- Projection: links between records of one person, as they stand in either's document. A link that was
-- undone in one of them is undone.
CREATE TABLE link (
    fact BLOB NOT NULL CHECK (length(fact) = 16),
    pathway BLOB NOT NULL CHECK (length(pathway) = 16),
    other BLOB NOT NULL CHECK (length(other) = 16),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    PRIMARY KEY (pathway, fact)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_by_other ON link (other, fact);

-- Server only: invitations that authenticate a newcomer once, and the tokens of devices, hashed.
CREATE TABLE invitation (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    mac_key BLOB NOT NULL CHECK (length(mac_key) = 32),
    expires_at_ms INTEGER NOT NULL,
    member TEXT NOT NULL,
    used_at_ms INTEGER
) STRICT, WITHOUT ROWID;

-- Server only: mailboxes of the invitations that devices make. The server knows no code.
CREATE TABLE pairing (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    -- The inviter's device.
    device BLOB NOT NULL CHECK (length(device) = 16),
    card BLOB NOT NULL,
    expires_at_ms INTEGER NOT NULL,
    -- The newcomer's keys.
    offer BLOB,
    -- The record that let the newcomer in, and the inviter's MAC of the chain.
    record BLOB CHECK (length(record) = 32),
    mac BLOB CHECK (length(mac) = 32),
    closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE device_token (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    device BLOB NOT NULL CHECK (length(device) = 16)
) STRICT, WITHOUT ROWID;

-- Server only: the last sequence given out. It never goes back, whatever is erased from the log.
CREATE TABLE log_head (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL) STRICT;
INSERT INTO log_head (one, seq) VALUES (1, 0);

-- Server only: the log, one growing sequence taken in the writing transaction.
CREATE TABLE log (
    seq INTEGER PRIMARY KEY,
    -- 1 control, 2 change, 3 grant, 4 revoke, 5 asset, 6 sealed change, 7 wrap, 8 erase.
    what INTEGER NOT NULL,
    -- Position of the control record or change; row of the asset.
    reference INTEGER,
    kind TEXT,
    doc BLOB,
    generation INTEGER,
    -- Whose grant or revoke; who brought the control record or change (no echo).
    device BLOB,
    -- Which of the device's stores brought it.
    store INTEGER
) STRICT;
CREATE INDEX log_by_document ON log (doc, kind, generation, what) WHERE doc IS NOT NULL;
CREATE INDEX log_by_control ON log (reference) WHERE what = 1;

-- Server only: which device may see which document, since when.
CREATE TABLE visible (
    device BLOB NOT NULL CHECK (length(device) = 16),
    kind TEXT NOT NULL,
    doc BLOB NOT NULL,
    generation INTEGER NOT NULL,
    -- The grant's sequence: later changes are served from the log, earlier ones with the grant.
    since INTEGER NOT NULL,
    PRIMARY KEY (kind, doc, generation, device)
) STRICT, WITHOUT ROWID;

-- Settings, QPV, solutions: about nobody, served to every device; the last of a name counts.
CREATE TABLE asset (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    content BLOB NOT NULL
) STRICT;

-- Server only: figures of a quarter that was closed, as they were shown then; never changed again.
CREATE TABLE closed_quarter (
    quarter TEXT PRIMARY KEY,
    closed_at_ms INTEGER NOT NULL,
    content TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Server only: what is known of each device's exchanges.
CREATE TABLE device_seen (
    device BLOB PRIMARY KEY CHECK (length(device) = 16),
    enrolled_at_ms INTEGER NOT NULL,
    last_seen_ms INTEGER,
    cursor INTEGER NOT NULL DEFAULT 0,
    announced INTEGER NOT NULL DEFAULT 0,
    -- Stores numbered so far, and the highest incarnation that one of them has or was given.
    stores INTEGER NOT NULL DEFAULT 0,
    incarnation INTEGER NOT NULL DEFAULT 1,
    -- Cursor of its last upload that left nothing waiting: what it signs later, it signs knowing that.
    confirmed INTEGER NOT NULL DEFAULT 0,
    -- The same, of its last upload that left nothing at all waiting: no part, key or record either.
    settled INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Server only: the stores that exchange for a device: one, unless it was copied or put back from an image.
-- The next exchange must present the token; or the one before it, where the answer was lost.
CREATE TABLE device_store (
    device BLOB NOT NULL CHECK (length(device) = 16),
    number INTEGER NOT NULL,
    token BLOB NOT NULL CHECK (length(token) = 8),
    before BLOB CHECK (length(before) = 8),
    seen_ms INTEGER NOT NULL,
    PRIMARY KEY (device, number)
) STRICT, WITHOUT ROWID;

-- Server only, restored: devices that have not yet given back what they hold of colleagues, since when.
CREATE TABLE regaining (
    device BLOB PRIMARY KEY CHECK (length(device) = 16),
    since_on INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Server only: which devices held what a record told to erase, and which have confirmed: each store of a
-- device for itself, where there are copies.
CREATE TABLE erasure (
    cause BLOB NOT NULL CHECK (length(cause) = 32),
    device BLOB NOT NULL CHECK (length(device) = 16),
    -- Number of the store; 0 for the one store of a device that has not exchanged yet.
    store INTEGER NOT NULL,
    confirmed_on INTEGER,
    PRIMARY KEY (cause, device, store)
) STRICT, WITHOUT ROWID;

-- Server only: sign-ins of the browser face.
CREATE TABLE account (
    login TEXT PRIMARY KEY,
    user BLOB NOT NULL CHECK (length(user) = 16),
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    organisation BLOB NOT NULL CHECK (length(organisation) = 16),
    organisation_name TEXT NOT NULL,
    -- Argon2id: cost, salt and hash, JSON.
    password TEXT NOT NULL,
    preferences TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE web_session (
    token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    login TEXT NOT NULL REFERENCES account (login) ON DELETE CASCADE,
    expires_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The audit: one chain for each device (its own only, on a device), zeros for the server. No content.
CREATE TABLE audit (
    source BLOB NOT NULL CHECK (length(source) = 16),
    seq INTEGER NOT NULL CHECK (seq > 0),
    at_ms INTEGER NOT NULL,
    entry BLOB NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    -- Device only: not sent yet.
    waits INTEGER NOT NULL DEFAULT 0 CHECK (waits IN (0, 1)),
    PRIMARY KEY (source, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_waiting ON audit (source, seq) WHERE waits = 1;

-- The last entry of each chain that went because its time was over: what the next one is chained to.
CREATE TABLE audit_anchor (
    source BLOB PRIMARY KEY CHECK (length(source) = 16),
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT, WITHOUT ROWID;

-- Server only: places at which a device's chain did not go on from what was here.
CREATE TABLE audit_gap (
    source BLOB NOT NULL CHECK (length(source) = 16),
    seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (source, seq)
) STRICT, WITHOUT ROWID;
