#!/usr/bin/env bash
# Removes the data of `make run`: DATA_DIR, and where a private PostgreSQL that was started as root had to go elsewhere.
set -euo pipefail
cd "$(dirname "$0")/.."
for folder in "${DATA_DIR:-.data}" "${DATA_DIR:-.data}/demo"; do
    elsewhere=$(readlink "$folder/postgres" || true)
    pid=$(head -n1 "$folder/postgres/data/postmaster.pid" 2>/dev/null || true)
    if [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; then
        echo "PostgreSQL still runs on $folder (process $pid). Stop \`make run\` first." >&2
        exit 1
    fi
    [ -z "$elsewhere" ] || rm -rf -- "$elsewhere"
done
rm -rf -- "${DATA_DIR:-.data}"
