#!/usr/bin/env bash
# Measurements in a release build against a PostgreSQL of their own. BENCH_PEOPLE=50000 leaves the million people out; arguments name what is measured.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/env.sh
export SQLX_OFFLINE=true
# Two thousand clients, and as many servers to watch.
ulimit -n "$(ulimit -Hn)"
printf '\033[1m==>\033[0m Building optimised: 8 minutes the first time; then measuring: 10 minutes\n'
.ci/with-postgres.sh cargo bench --quiet -p vakhta --bench budgets -- "$@"
