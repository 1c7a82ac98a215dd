#!/usr/bin/env bash
# Unit and integration tests with a PostgreSQL of their own, then the browser tests.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/env.sh
export SQLX_OFFLINE=true
printf '\033[1m==>\033[0m Unit and integration tests: 3 minutes, the first time 10\n'
.ci/with-postgres.sh cargo test --quiet -p app -p vakhta -p simulators --features app/ssr
.ci/browser.sh test
