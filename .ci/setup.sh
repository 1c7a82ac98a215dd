#!/usr/bin/env bash
# Installs what is missing and says so. Usage: .ci/setup.sh PART...
#   build   Rust with the source of its library, Trunk, wasm-bindgen, wasm-split, wasm-opt, esbuild, sass
#   run     PostgreSQL's binaries
#   test    Chromium and fonts for the browser tests
#   check   sqlx-cli, cargo-deny, cargo-machete
# Needs root or sudo only when something from the system's packages is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=.ci/env.sh
. .ci/env.sh

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
fail() { printf '\n%s\n' "$*" >&2; exit 1; }

# --- the system's packages -------------------------------------------------------------------------------------------

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo "$@"
    elif command -v sudo >/dev/null && [ -t 0 ]; then sudo "$@"
    else return 77
    fi
}

# system_packages WHY PACKAGE...
system_packages() {
    local why=$1; shift
    command -v apt-get >/dev/null || fail "$why is missing. Install it with your system's package manager (Debian: $*)."
    say "Installing $why ($*), usually under a minute"
    if [ ! -e "$VAKHTA_CACHE/apt-updated" ] || [ -n "$(find "$VAKHTA_CACHE/apt-updated" -mmin +720)" ]; then
        as_root apt-get update -qq || no_root "$why" "$@"
        touch "$VAKHTA_CACHE/apt-updated"
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null || no_root "$why" "$@"
}

no_root() {
    local why=$1; shift
    fail "$why is missing and installing it did not work. Run this as root, then again what you ran:
    apt-get update && apt-get install -y $*"
}

# --- Rust ------------------------------------------------------------------------------------------------------------

new_enough() {
    local have
    have=$(rustc --version 2>/dev/null | cut -d' ' -f2) || return 1
    [ "$(printf '%s\n%s\n' "$RUST_AT_LEAST" "$have" | sort -V | head -n1)" = "$RUST_AT_LEAST" ]
}

# The standard library is built for the browser along with the app.
has_std_source() { [ -f "$(rustc --print sysroot)/lib/rustlib/src/rust/library/Cargo.lock" ]; }

rust_toolchain() {
    if new_enough && has_std_source; then return; fi
    # The usual way, on a machine that reaches Rust's own servers.
    if command -v rustup >/dev/null; then
        say "Adding the source of Rust's standard library by rustup"
        if { new_enough || timeout 600 rustup toolchain install stable --profile minimal -c clippy -c rustfmt -c rust-src; } &&
            timeout 300 rustup component add rust-src; then
            new_enough && has_std_source && return
        fi
        say "rustup cannot download here; taking Rust from the system's packages instead"
    fi
    local packages=(rustc-web cargo-web rust-web-src rust-web-llvm lld-22 rust-web-clippy rustfmt-web)
    dpkg -s "${packages[@]}" >/dev/null 2>&1 || system_packages "Rust" "${packages[@]}"
    if command -v rustup >/dev/null; then
        rustup toolchain list | grep '^system' >/dev/null || rustup toolchain link system /usr
        echo system >"$VAKHTA_CACHE/toolchain"
        export RUSTUP_TOOLCHAIN=system
    fi
    new_enough || fail "Rust $RUST_AT_LEAST or newer is needed; this is $(rustc --version). Install rustup from https://rustup.rs."
    has_std_source || fail "The source of Rust's standard library is missing under $(rustc --print sysroot)/lib/rustlib/src."
}

# --- tools from the registries ---------------------------------------------------------------------------------------

# tool NAME VERSION HOW_LONG ARGUMENTS...: a cargo tool of exactly this version in our own folder
tool() {
    local name=$1 version=$2 long=$3; shift 3
    [ "$(cat "$VAKHTA_TOOLS/$name.version" 2>/dev/null)" = "$version" ] && return
    say "Building $name $version, about $long"
    env -u CARGO_TARGET_DIR cargo install --quiet --debug --force --root "$VAKHTA_TOOLS" "$name" --version "=$version" "$@"
    echo "$version" >"$VAKHTA_TOOLS/$name.version"
}

node_modules() {
    local lock
    lock=$(sha256sum end2end/package-lock.json | cut -d' ' -f1)
    [ "$(cat end2end/node_modules/.lock 2>/dev/null)" = "$lock" ] && return
    say "Installing sass, wasm-opt, esbuild and Playwright from npm, under a minute"
    (cd end2end && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error)
    echo "$lock" >end2end/node_modules/.lock
}

# --- parts -----------------------------------------------------------------------------------------------------------

part_build() {
    { command -v cc && command -v curl; } >/dev/null || system_packages "a C compiler" build-essential curl ca-certificates
    rust_toolchain
    local node_major
    node_major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
    { [ "${node_major:-0}" -ge 18 ] && command -v npm >/dev/null; } || system_packages "Node.js" nodejs npm
    node_modules
    tool wasm-bindgen-cli "$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p}' Cargo.lock)" "2 minutes"
    tool wasm_split_cli_support "$WASM_SPLIT_VERSION" "a minute" --locked --features build-binary
    tool trunk "$TRUNK_VERSION" "3 minutes" --locked --no-default-features --features rustls
}

part_run() {
    [ -n "${DATABASE_URL:-}" ] && return
    compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || command -v postgres >/dev/null || {
        # Debian's package would start a server of its own; we bring ours.
        as_root sh -c 'mkdir -p /etc/postgresql-common && echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf' || true
        system_packages "PostgreSQL" postgresql
    }
}

part_test() {
    command -v chromium >/dev/null || system_packages "Chromium" chromium
    # Without `-q`: a pipe that is closed early counts as a failure.
    fc-list 2>/dev/null | grep Roboto >/dev/null || system_packages "fonts" fontconfig fonts-roboto-unhinted fonts-noto-color-emoji
}

part_check() {
    tool sqlx-cli "$SQLX_VERSION" "2 minutes" --no-default-features --features postgres,rustls
    tool cargo-deny "$DENY_VERSION" "3 minutes" --locked
    tool cargo-machete "$MACHETE_VERSION" "a minute" --locked
}

mkdir -p "$VAKHTA_CACHE" "$VAKHTA_TOOLS"
for part in "$@"; do
    case $part in
        build | run | test | check) "part_$part" ;;
        *) fail "no part '$part': build, run, test, check" ;;
    esac
done
