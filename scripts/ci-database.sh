#!/usr/bin/env bash
# Prints the address of a PostgreSQL server that stands on this machine's usual socket or port and lets an
# administrator in without a password; prints nothing where there is none.
set -uo pipefail
cd "$(dirname "$0")/.."
exec node_modules/.bin/node apps/server/platform/find-local-postgres.ts
