-- The ledger: append-only tables, one row a record. Each keeps the whole record as JSON and, beside it, the
-- columns that queries need. Only this subset is used: what DuckDB and PostgreSQL both understand.

CREATE TABLE ledger (
    schema_version INTEGER NOT NULL
);

CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    path TEXT,
    url TEXT,
    outlet TEXT,
    published_on DATE,
    record JSON NOT NULL
);

-- One row a claim and reading: a newer extractor's reading of a document stands beside the older ones, and the
-- newest counts (docs/decisions/readings.md). So the id is that of the row; the claim's own stays in the record.
CREATE TABLE claims (
    id TEXT PRIMARY KEY,
    document_id TEXT NOT NULL,
    reading BIGINT NOT NULL,
    path TEXT,
    place INTEGER NOT NULL,
    indicator TEXT NOT NULL,
    reporter TEXT,
    partner TEXT,
    role TEXT NOT NULL,
    modality TEXT NOT NULL,
    said_on DATE,
    record JSON NOT NULL
);

-- Which versions of the extractor have read a document, also those that found no claim in it.
CREATE TABLE readings (
    id TEXT PRIMARY KEY,
    document_id TEXT NOT NULL,
    reading BIGINT NOT NULL
);

-- number: the provider, measure, role, unit, currency and period that a row prints, as one hash; rows with the
-- same number are prints of it, of which one counts on a day (as_of.sql). precedence: their order in time. The insertion keeps the id unique: in
-- DuckDB an index over a million ids costs more than the rows; PostgreSQL, with several writers, has one.
CREATE TABLE observations (
    id TEXT NOT NULL,
    number BIGINT NOT NULL,
    precedence BIGINT NOT NULL,
    provider TEXT NOT NULL,
    indicator TEXT NOT NULL,
    reporter TEXT,
    partner TEXT,
    role TEXT NOT NULL,
    period_start DATE,
    period_end DATE,
    value DECIMAL(38, 9) NOT NULL,
    step DECIMAL(38, 9) NOT NULL,
    standing SMALLINT NOT NULL,
    closeness SMALLINT NOT NULL,
    released_on DATE NOT NULL,
    document_id TEXT,
    record JSON NOT NULL
);

CREATE TABLE rejects (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    record JSON NOT NULL
);

CREATE TABLE links (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    from_id TEXT NOT NULL,
    to_id TEXT NOT NULL,
    record JSON NOT NULL
);

-- Under which marks a document is found by later ones: hashes of some of its words, figures and names.
CREATE TABLE marks (
    mark BIGINT NOT NULL,
    document_id TEXT NOT NULL
);

-- A person's word on a link; the latest one counts and none is ever changed.
CREATE TABLE judgements (
    id TEXT PRIMARY KEY,
    link_id TEXT NOT NULL,
    judgement TEXT NOT NULL,
    judged_at TIMESTAMP NOT NULL,
    judged_by TEXT NOT NULL
);

CREATE TABLE forecasts (
    id TEXT PRIMARY KEY,
    provider TEXT NOT NULL,
    indicator TEXT NOT NULL,
    reporter TEXT,
    partner TEXT,
    issued_on DATE NOT NULL,
    record JSON NOT NULL
);

CREATE TABLE scores (
    id TEXT PRIMARY KEY,
    forecast_id TEXT NOT NULL,
    metric TEXT NOT NULL,
    record JSON NOT NULL
);
