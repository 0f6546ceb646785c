-- The published copy of a ledger that pages are served from: made whole, then moved into place, never written again.
-- "record" columns hold the nouns as JSON, documents without their text; the other columns exist to filter and sort by.

CREATE TABLE copy (
    place INTEGER PRIMARY KEY,
    format INTEGER NOT NULL,
    edition TEXT NOT NULL,
    title TEXT NOT NULL,
    version TEXT NOT NULL,
    as_of DATE NOT NULL,
    scorable BOOLEAN NOT NULL,
    notes TEXT NOT NULL
);

CREATE TABLE documents (
    place INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    source TEXT NOT NULL,
    outlet TEXT,
    published_on DATE,
    search TEXT NOT NULL,
    record TEXT NOT NULL,
    text TEXT NOT NULL
);

CREATE TABLE claims (
    place INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    said_on DATE,
    pair TEXT,
    indicator TEXT NOT NULL,
    modality TEXT NOT NULL,
    speaker TEXT,
    outlet TEXT,
    verdict TEXT NOT NULL,
    search TEXT NOT NULL,
    record TEXT NOT NULL,
    document TEXT NOT NULL,
    verdict_then_record TEXT,
    verdict_today_record TEXT
);

CREATE TABLE observations (
    place INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    pair TEXT NOT NULL,
    provider TEXT NOT NULL,
    released_on DATE NOT NULL,
    period_start DATE,
    period_end DATE,
    record TEXT NOT NULL
);

CREATE TABLE links (
    place INTEGER PRIMARY KEY,
    from_id TEXT NOT NULL,
    to_id TEXT NOT NULL,
    judgement TEXT,
    record TEXT NOT NULL
);

CREATE TABLE targets (place INTEGER PRIMARY KEY, id TEXT NOT NULL, record TEXT NOT NULL);
CREATE TABLE events (place INTEGER PRIMARY KEY, target_id TEXT NOT NULL, record TEXT NOT NULL);
CREATE TABLE chances (place INTEGER PRIMARY KEY, target_id TEXT NOT NULL, record TEXT NOT NULL);
CREATE TABLE forecasts (place INTEGER PRIMARY KEY, id TEXT NOT NULL, record TEXT NOT NULL);
CREATE TABLE stories (place INTEGER PRIMARY KEY, id TEXT NOT NULL, record TEXT NOT NULL);
CREATE TABLE providers (place INTEGER PRIMARY KEY, code TEXT NOT NULL, record TEXT NOT NULL);
