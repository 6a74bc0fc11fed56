-- From where an entry was asked for: a number that means nothing without the table "origin". 0: not known.
ALTER TABLE entry ADD COLUMN origin bigint NOT NULL DEFAULT 0;

-- What is known of persons. Rows of these two tables are changed and erased; the journal says no more than their identifiers.
CREATE TABLE person (
  tenant text COLLATE "C" NOT NULL,
  person text COLLATE "C" NOT NULL, -- the user's identifier
  name text NOT NULL,
  email text NOT NULL,
  phone text NOT NULL,
  PRIMARY KEY (tenant, person)
);

CREATE TABLE origin (
  tenant text COLLATE "C" NOT NULL,
  id bigint NOT NULL,
  actor text COLLATE "C" NOT NULL,
  person text COLLATE "C" NOT NULL, -- empty: the key names nobody
  address text COLLATE "C" NOT NULL,
  first_seen bigint NOT NULL, -- milliseconds since 1970 UTC
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, actor, address)
);
