#!/usr/bin/env bash
# browser.sh test|screenshots [PLAYWRIGHT ARGUMENTS]: starts the simulators and the server with demo data on ports of
# their own, runs Playwright against them, stops them.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/env.sh
if [ -z "${DATABASE_URL:-}" ]; then exec .ci/with-postgres.sh .ci/browser.sh "$@"; fi

what=$1; shift
target=${CARGO_TARGET_DIR:-target}/debug
printf '\033[1m==>\033[0m Browser: %s, about 4 minutes\n' "$what"
SQLX_OFFLINE=true cargo build --quiet -p vakhta -p simulators

export LISTEN_ADDR=127.0.0.1:${VAKHTA_TEST_PORT:-3190}
simulators=127.0.0.1:${SIMULATORS_TEST_PORT:-3191}
export APP_URL=http://$LISTEN_ADDR CLIENT_URL=http://localhost:${simulators##*:}
export TELEGRAM_BOT_TOKEN=100200300:demo-token-of-the-simulators-only TELEGRAM_BOT_USERNAME=vakhta_demo_bot
export TELEGRAM_APP_NAME=app TELEGRAM_API_URL=http://$simulators TELEGRAM_WEB_ORIGINS=$CLIENT_URL
export ADMIN_TELEGRAM_IDS=700100 RATE_LIMIT_SIGN_INS=10000
export OTRS_URL=http://$simulators/otrs/nph-genericinterface.pl/Webservice/Vakhta OTRS_TIME_ZONE=Europe/Moscow
export OTRS_USER=vakhta OTRS_PASSWORD=vakhta-pass OTRS_WEB_URL=$CLIENT_URL/otrs/index.pl
mail=127.0.0.1:${MAIL_TEST_PORT:-$((${simulators##*:} + 100))}
export SMTP_URL=smtp://$mail MAIL_FROM=help@nevpribor.example
export OTRS_ROUTES='TicketGet=POST /TicketGet,TicketSearch=POST /TicketSearch,TicketHistoryGet=POST /TicketHistory'
DATA_DIR=$(mktemp -d) SIMULATORS=$(realpath "$target/simulators")
export DATA_DIR SIMULATORS

"$target/simulators" serve --listen "$simulators" --app-url "$APP_URL" --bot-token "$TELEGRAM_BOT_TOKEN" \
    --bot-username "$TELEGRAM_BOT_USERNAME" --app-name "$TELEGRAM_APP_NAME" \
    --fleet-network any --mail "$mail" >"$DATA_DIR/simulators.log" 2>&1 &
simulators_pid=$!
"$target/vakhta" serve >"$DATA_DIR/server.log" 2>&1 &
server_pid=$!
stop() {
    local code=$?
    kill "$server_pid" "$simulators_pid" 2>/dev/null || true
    wait || true
    # What failed stays the last that is said.
    [ $code = 0 ] || cp "$DATA_DIR"/*.log test-results/ 2>/dev/null || true
    if [ -z "${ready:-}" ]; then tail -n 30 "$DATA_DIR/simulators.log" "$DATA_DIR/server.log"; fi
    rm -rf "$DATA_DIR"
}
trap stop EXIT
for _ in $(seq 240); do curl -sf -o /dev/null "$APP_URL/health/ready" && { ready=yes; break; }; sleep 0.25; done
"$target/simulators" seed --app-url "$APP_URL" --bot-token "$TELEGRAM_BOT_TOKEN" --admin-id "$ADMIN_TELEGRAM_IDS" \
        --telegram-url "$TELEGRAM_API_URL"

cd end2end
case $what in
    test) npx tsc --noEmit && npx playwright test --grep-invert @screenshots "$@" ;;
    screenshots) npx playwright test --grep @screenshots "$@" ;;
    shell) bash ;;
esac
