#!/usr/bin/env bash
# Gives the roles of create.psql their passwords, once, when the database is made.
set -euo pipefail

for role in owner silo gateway; do
  password=$(tr -d '\r' < "/run/secrets/${role}_pgpass" | sed '/^$/d' | cut -d: -f5)
  psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" -v role="aggregation_$role" -v password="$password" \
    <<< 'ALTER ROLE :"role" PASSWORD :'"'password'"';'
done
