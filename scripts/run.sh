#!/bin/sh
# Starts the portal with its demo: web server, worker and beat, until Ctrl-C. `make run` does the set-up before.
set -eu
cd "$(dirname "$0")/.."

PORT=${PORT:-$(sed -n 's/^PORT=\([0-9]*\).*/\1/p' .env 2>/dev/null || true)}
PORT=${PORT:-8000}
.venv/bin/python scripts/free_port.py "$PORT"
# honcho gives each process a PORT of its own, so the address in letters is settled here for all of them.
PORTAL_URL=${PORTAL_URL:-http://127.0.0.1:$PORT}
export PORT PORTAL_URL

accounts=$(mktemp)
.venv/bin/python scripts/prepare_demo.py "$accounts"
.venv/bin/python scripts/announce.py $$ "$accounts" &
exec .venv/bin/honcho start --env /dev/null --port "$PORT"
