#!/usr/bin/env bash
# sqlx.sh prepare|check, with DATABASE_URL of an empty database: renews .sqlx/, or tells whether it is fresh.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/env.sh
sqlx migrate run --source migrations >/dev/null
case $1 in
    prepare) cargo sqlx prepare --workspace -- -p vakhta ;;
    check) cargo sqlx prepare --workspace --check -- -p vakhta ;;
esac
