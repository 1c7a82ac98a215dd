# `make` alone prints this list. Each target installs what it needs; see .ci/setup.sh.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test check bench build clean clean-data screenshots fmt sqlx

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

run: ## A first look: builds, starts everything with demo data, prints the addresses
	@.ci/setup.sh build run
	@.ci/bundle.sh
	@.ci/up.sh

test: ## All tests: unit, integration with PostgreSQL, browser
	@.ci/setup.sh build run test
	@.ci/bundle.sh
	@.ci/test.sh

check: ## Formatting, lints, documentation, dependency rules, size budget, .sqlx: warnings are errors
	@.ci/setup.sh build run check
	@.ci/bundle.sh
	@.ci/check.sh

bench: ## Measures speed, memory and size beside their budgets; also in target/bench.json
	@.ci/setup.sh build run
	@.ci/bundle.sh
	@.ci/bench.sh

build: ## The release binary and its bundle in dist/
	@.ci/setup.sh build
	@.ci/bundle.sh
	@. .ci/env.sh && SQLX_OFFLINE=true cargo build --release -p vakhta
	@install -D "$${CARGO_TARGET_DIR:-target}/release/vakhta" dist/vakhta
	@echo "dist/vakhta and dist/pkg are ready: copy both, keep them side by side"

screenshots: ## Pictures of all screens in target/screenshots/
	@.ci/setup.sh build run test
	@.ci/bundle.sh
	@.ci/browser.sh screenshots

fmt: ## Formats the Rust code
	@. .ci/env.sh && cargo fmt

sqlx: ## Renews .sqlx/ after a query or a migration changed
	@.ci/setup.sh run check
	@.ci/with-postgres.sh .ci/sqlx.sh prepare

clean: ## Removes build output
	@. .ci/env.sh && cargo clean
	@rm -rf dist end2end/test-results

clean-data: ## Removes the data of `make run`
	@.ci/up.sh --clean-data
