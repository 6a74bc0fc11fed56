-- Statements that Orleans' AdoNet providers read from the database when they start, by key. The keys, the names of
-- parameters and of returned columns are Orleans'; the statements are ours. Every script here may be run again.
CREATE TABLE IF NOT EXISTS OrleansQuery
(
    QueryKey  varchar(64) PRIMARY KEY,
    QueryText text        NOT NULL
);
