-- Every decision ever taken. Rows are added and never changed; the silo's role may not.
-- Texts compare by their bytes, as hashes and other databases do, whatever the database's language.
CREATE TABLE entry (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant text COLLATE "C" NOT NULL,
  stream text COLLATE "C" NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  kind text COLLATE "C" NOT NULL,
  at bigint NOT NULL, -- milliseconds since 1970 UTC
  actor text COLLATE "C" NOT NULL,
  unit text COLLATE "C" NOT NULL,
  request_id text COLLATE "C",
  request_hash bytea NOT NULL,
  payload bytea NOT NULL,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  CONSTRAINT entry_stream UNIQUE (tenant, stream, version)
);

CREATE UNIQUE INDEX entry_request ON entry (tenant, unit, request_id) WHERE request_id IS NOT NULL;

-- Payloads and states are packed already.
ALTER TABLE entry ALTER COLUMN payload SET STORAGE EXTERNAL;

-- What each ledger counts now. One form and period of a tenant is one stretch of the key.
-- The digests are four limbs of 32 bits, lowest first, so that sum over a million rows stays exact.
-- Room in each page lets a row be rewritten where it is, without touching the key.
CREATE TABLE latest (
  tenant text COLLATE "C" NOT NULL,
  form text COLLATE "C" NOT NULL,
  period text COLLATE "C" NOT NULL,
  unit text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  hash bytea NOT NULL,
  state bytea NOT NULL,
  s0 bigint NOT NULL,
  s1 bigint NOT NULL,
  s2 bigint NOT NULL,
  s3 bigint NOT NULL,
  a0 bigint NOT NULL,
  a1 bigint NOT NULL,
  a2 bigint NOT NULL,
  a3 bigint NOT NULL,
  PRIMARY KEY (tenant, form, period, unit)
) WITH (fillfactor = 80);

ALTER TABLE latest ALTER COLUMN state SET STORAGE EXTERNAL;

-- Activations are numbered, and the last number of each ledger is kept: one that holds a lower number has been superseded.
CREATE TABLE epoch (
  id integer PRIMARY KEY CHECK (id = 1),
  value bigint NOT NULL
);

INSERT INTO epoch (id, value) VALUES (1, 0);

CREATE TABLE ledger_epoch (
  tenant text COLLATE "C" NOT NULL,
  form text COLLATE "C" NOT NULL,
  period text COLLATE "C" NOT NULL,
  unit text COLLATE "C" NOT NULL,
  epoch bigint NOT NULL,
  PRIMARY KEY (tenant, form, period, unit)
) WITH (fillfactor = 80);
