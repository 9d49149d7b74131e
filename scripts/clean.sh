#!/bin/sh
# Removes all that `make` brought or wrote, unless a command of this folder is still using its PostgreSQL.
set -eu
cd "$(dirname "$0")/.."
if [ -e .data/pg.use.lock ] && command -v flock >/dev/null && ! flock -n .data/pg.use.lock true; then
    echo "Error: another command (make run?) is at work here: stop it first" >&2
    exit 1
fi
[ ! -x .venv/bin/python ] || [ ! -d .data ] || .venv/bin/python scripts/pg.py || true
rm -rf .odoo .odoo.tmp .venv .venv.tmp .data node_modules
