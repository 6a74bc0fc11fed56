-- From where an entry was asked for: a number that means nothing without the table "origin". 0: not known.
ALTER TABLE entry ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;

-- What is known of persons. Rows of these two tables are changed and erased; the journal says no more than their identifiers.
CREATE TABLE person (
  tenant TEXT NOT NULL,
  person TEXT NOT NULL, -- the user's identifier
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT NOT NULL,
  PRIMARY KEY (tenant, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE origin (
  tenant TEXT NOT NULL,
  id INTEGER NOT NULL,
  actor TEXT NOT NULL,
  person TEXT NOT NULL, -- empty: the key names nobody
  address TEXT NOT NULL,
  first_seen INTEGER NOT NULL, -- milliseconds since 1970 UTC
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, actor, address)
) STRICT, WITHOUT ROWID;
