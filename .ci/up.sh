#!/usr/bin/env bash
# What `make run` starts once everything is built. Demo: the simulators and the server with demo data. With
# TELEGRAM_BOT_TOKEN (environment or .env): the server alone, against the real Telegram.
# The server is started again when it dies; Ctrl-C stops all of it.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/env.sh

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
target=${CARGO_TARGET_DIR:-target}/debug

# Decided once: below, the demo gets a token of its own.
demo=yes
if [ -n "${TELEGRAM_BOT_TOKEN:-}${TELEGRAM_BOT_TOKEN_FILE:-}" ] || grep -qsE '^TELEGRAM_BOT_TOKEN(_FILE)?=.' .env; then
    demo=
fi

if [ "${1:-}" = --clean-data ]; then
    exec .ci/clean-data.sh
fi

say "Building the server: half a minute, the first time 6 minutes"
SQLX_OFFLINE=true cargo build --quiet -p vakhta ${demo:+-p simulators}

export LISTEN_ADDR=${LISTEN_ADDR:-127.0.0.1:3000}
app=http://$LISTEN_ADDR
curl -s -o /dev/null "$app/health" && { echo "Something answers on $app already. Stop it, or set LISTEN_ADDR." >&2; exit 1; }

children=()
stopping=
stop() {
    stopping=1
    trap - EXIT
    for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
    wait
}
trap stop EXIT
trap 'exit 0' INT TERM

# Starts the server again when it dies; wrong configuration (2) is final.
serve() {
    local server= code
    trap 'kill "$server" 2>/dev/null; wait "$server"; exit 0' TERM INT
    while :; do
        "$target/vakhta" serve &
        server=$!
        code=0
        wait "$server" || code=$?
        [ "$code" = 2 ] && exit 2
        [ "$code" = 0 ] && exit 0
        say "The server ended with code $code; starting it again"
        sleep 1
    done
}

ready() {
    for _ in $(seq 240); do
        curl -sf -o /dev/null "$app/health/ready" && return
        kill -0 "${children[0]}" 2>/dev/null || return 1
        sleep 0.25
    done
    echo "The server did not become ready in a minute." >&2
    return 1
}

if [ "$demo" ]; then
    SIMULATORS_ADDR=${SIMULATORS_ADDR:-127.0.0.1:3100}
    client=http://localhost:${SIMULATORS_ADDR##*:}
    # A made-up bot: the token has no worth outside these simulators.
    export TELEGRAM_BOT_TOKEN=100200300:demo-token-of-the-simulators-only TELEGRAM_BOT_USERNAME=vakhta_demo_bot
    export TELEGRAM_APP_NAME=app TELEGRAM_API_URL=http://$SIMULATORS_ADDR TELEGRAM_WEB_ORIGINS=$client
    export ADMIN_TELEGRAM_IDS=700100 DATA_DIR=${DATA_DIR:-.data/demo}
    export OTRS_URL=http://$SIMULATORS_ADDR/otrs/nph-genericinterface.pl/Webservice/Vakhta OTRS_TIME_ZONE=Europe/Moscow
    export OTRS_USER=vakhta OTRS_PASSWORD=vakhta-pass OTRS_WEB_URL=$client/otrs/index.pl
    mail=${MAIL_ADDR:-127.0.0.1:3125}
    export SMTP_URL=smtp://$mail MAIL_FROM=help@nevpribor.example
    export OTRS_ROUTES='TicketGet=POST /TicketGet,TicketSearch=POST /TicketSearch,TicketHistoryGet=POST /TicketHistory'
fi

serve &
children+=($!)
if [ "$demo" ]; then
    "$target/simulators" serve --listen "$SIMULATORS_ADDR" --app-url "$app" --bot-token "$TELEGRAM_BOT_TOKEN" \
        --bot-username "$TELEGRAM_BOT_USERNAME" --app-name "$TELEGRAM_APP_NAME" --mail "$mail" &
    children+=($!)
fi
ready
if [ -z "$demo" ]; then
    printf '\n  Vakhta is up: \033[1m%s\033[0m\n  Ctrl-C stops it.\n\n' "$app"
else
    "$target/simulators" seed --app-url "$app" --bot-token "$TELEGRAM_BOT_TOKEN" --admin-id "$ADMIN_TELEGRAM_IDS" \
        --telegram-url "$TELEGRAM_API_URL"
    printf '\n  Telegram, simulated: \033[1m%s\033[0m   begin here\n  The app itself:      \033[1m%s\033[0m\n' "$client" "$app"
    printf '  Servers to break:    \033[1m%s/fleet\033[0m\n  OTRS, simulated:     \033[1m%s/tickets\033[0m\n' "$client" "$client"
    printf '  Mails, as sent:      \033[1m%s/mail\033[0m\n  Ctrl-C stops all of it; the data stay.\n\n' "$client"
fi
wait -n
