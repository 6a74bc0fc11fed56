-- Every decision ever taken. Rows are added and never changed.
CREATE TABLE entry (
  position INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL,
  stream TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  kind TEXT NOT NULL,
  at INTEGER NOT NULL, -- milliseconds since 1970 UTC
  actor TEXT NOT NULL,
  unit TEXT NOT NULL,
  request_id TEXT,
  request_hash BLOB NOT NULL,
  payload BLOB NOT NULL,
  previous_hash BLOB NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  UNIQUE (tenant, stream, version)
) STRICT;

CREATE UNIQUE INDEX entry_request ON entry (tenant, unit, request_id) WHERE request_id IS NOT NULL;

-- What each ledger counts now. One form and period of a tenant is one stretch of the table.
-- The digests are four limbs of 32 bits, lowest first, so that SUM over a million rows stays exact.
CREATE TABLE latest (
  tenant TEXT NOT NULL,
  form TEXT NOT NULL,
  period TEXT NOT NULL,
  unit TEXT NOT NULL,
  version INTEGER NOT NULL,
  hash BLOB NOT NULL,
  state BLOB NOT NULL,
  s0 INTEGER NOT NULL,
  s1 INTEGER NOT NULL,
  s2 INTEGER NOT NULL,
  s3 INTEGER NOT NULL,
  a0 INTEGER NOT NULL,
  a1 INTEGER NOT NULL,
  a2 INTEGER NOT NULL,
  a3 INTEGER NOT NULL,
  PRIMARY KEY (tenant, form, period, unit)
) STRICT, WITHOUT ROWID;

CREATE TABLE epoch (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  value INTEGER NOT NULL
) STRICT;

INSERT INTO epoch (id, value) VALUES (1, 0);
