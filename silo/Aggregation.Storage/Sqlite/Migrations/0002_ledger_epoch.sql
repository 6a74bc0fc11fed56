-- The last epoch taken for each ledger: an activation that holds a lower one has been superseded.
CREATE TABLE ledger_epoch (
  tenant TEXT NOT NULL,
  form TEXT NOT NULL,
  period TEXT NOT NULL,
  unit TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  PRIMARY KEY (tenant, form, period, unit)
) STRICT, WITHOUT ROWID;
