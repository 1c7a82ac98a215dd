# Sourced by the scripts here: where tools and caches are, and which versions.
export VAKHTA_CACHE=${VAKHTA_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vakhta}
export VAKHTA_TOOLS=$VAKHTA_CACHE/tools
export PATH="$VAKHTA_TOOLS/bin:$PWD/end2end/node_modules/.bin:$PATH"

# The oldest compiler that the code accepts; the same as `rust-version` in Cargo.toml.
RUST_AT_LEAST=1.95.0
TRUNK_VERSION=0.21.14
WASM_SPLIT_VERSION=0.2.4
SQLX_VERSION=0.9.0
DENY_VERSION=0.20.2
MACHETE_VERSION=0.9.2

# Runs what builds for the browser. The standard library is built along, for size, and a panic is a trap without a message,
# which saves a twelfth of the module. The compiler wants to be asked for that in this way.
for_browser() {
    RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size \
        CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none" "$@"
}

# Set by setup.sh where rustup cannot download and Rust comes from the system's packages.
if [ -z "${RUSTUP_TOOLCHAIN:-}" ] && [ -s "$VAKHTA_CACHE/toolchain" ]; then
    RUSTUP_TOOLCHAIN=$(cat "$VAKHTA_CACHE/toolchain")
    export RUSTUP_TOOLCHAIN
fi
