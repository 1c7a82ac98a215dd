#!/usr/bin/env bash
# with-postgres.sh COMMAND...: runs it with DATABASE_URL of a PostgreSQL of its own, which goes away afterwards.
# The data need not survive, so nothing waits for the disk.
set -euo pipefail

bin=$(dirname "$(compgen -G '/usr/lib/postgresql/*/bin/postgres' | sort -V | tail -n1 || command -v postgres)")
place=$(mktemp -d /tmp/vakhta-pg.XXXXXX)
as=()
if [ "$(id -u)" = 0 ]; then
    as=(setpriv --reuid=postgres --regid=postgres --init-groups)
    chown postgres "$place"
fi
stop() {
    (cd "$place" && "${as[@]}" "$bin/pg_ctl" stop -s -D "$place/data" -m immediate) || true
    rm -rf "$place"
}
trap stop EXIT
(
    cd "$place"
    "${as[@]}" "$bin/initdb" -D "$place/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
    "${as[@]}" "$bin/pg_ctl" start -s -w -D "$place/data" -l "$place/log" \
        -o "-k $place -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300" \
        </dev/null >/dev/null || { cat "$place/log" >&2; exit 1; }
)
export DATABASE_URL="postgres:///postgres?host=$place&user=postgres"
"$@"
