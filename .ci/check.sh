#!/usr/bin/env bash
# Everything that needs no running program. Warnings are errors.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/env.sh
export SQLX_OFFLINE=true RUSTDOCFLAGS="-D warnings -A rustdoc::private-intra-doc-links"
step() { printf '\033[1m==>\033[0m %s\n' "$*"; }

step "Formatting"
cargo fmt --check
step "Lints, server side"
cargo clippy --quiet -p app -p vakhta -p simulators --features app/ssr --all-targets -- -D warnings
step "Lints, browser side"
for_browser cargo clippy --quiet -p frontend --target wasm32-unknown-unknown -- -D warnings
step "Documentation"
cargo doc --quiet --no-deps -p app -p vakhta -p simulators --features app/ssr --document-private-items
step "Freshness of .sqlx"
.ci/with-postgres.sh .ci/sqlx.sh check
step "Licences, bans, sources; unused dependencies"
cargo deny --log-level error check bans licenses sources
cargo machete
step "Size of the first load"
node .ci/size.mjs
