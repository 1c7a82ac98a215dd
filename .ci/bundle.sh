#!/usr/bin/env bash
# Builds the browser's bundle into dist/pkg with Trunk, unless nothing it is made of has changed.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/env.sh

made_of=$(git ls-files -co --exclude-standard -- app frontend style Trunk.toml .cargo Cargo.toml Cargo.lock .ci/env.sh .ci/split.mjs .ci/pieces.mjs .ci/wasm.mjs .ci/compress.mjs end2end/package-lock.json |
    while read -r file; do [ -f "$file" ] && sha256sum "$file"; done | sha256sum | cut -d' ' -f1)
[ "$(cat dist/pkg.made-of 2>/dev/null)" = "$made_of" ] && [ -f dist/pkg/index.html ] && exit 0
printf '\033[1m==>\033[0m Building the app for the browser: 3 minutes, the first time 5\n'
rm -f dist/pkg.made-of
# Trunk builds without a network, the standard library's own dependencies included.
for_browser cargo fetch --quiet --target wasm32-unknown-unknown
for_browser trunk build --release ${TRUNK_QUIET:+--log error}
mkdir -p dist && echo "$made_of" >dist/pkg.made-of
