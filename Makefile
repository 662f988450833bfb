# make demo    set up, build, index corpus/, search it
# make test    set up, run all tests, the release programs among them
# make eval    precision and recall of ingest over hand-labelled lines and documents
# make check   format lint, warnings as errors, tests
# make bench   kbsearch beside its peers (FOLDER=… for other documents), instructions of the inner parts
PREFIX ?= /usr/local
BIN := .build-static/release

.PHONY: demo test eval check setup release servers install install-library bench clean lint
.DEFAULT_GOAL := demo

setup:
	@Scripts/setup

release: setup
	Scripts/build-release kbsearch kbsearch-extract

servers: release
	Scripts/build-release kbsearch-mcp kbsearch-httpd

demo: release
	$(BIN)/kbsearch index
	$(BIN)/kbsearch --format pretty "pytorch salary>150000"

test: servers
	@Scripts/setup tests
	KBSEARCH_BIN=$(CURDIR)/$(BIN) swift test
	.build/debug/kbsearch-eval measure Tests/Fixtures
	Scripts/check-docs
	Scripts/check-terminal
	Scripts/check-life
	Scripts/check-mcp
	Scripts/check-library
	KBSEARCH_LIBRARY=$(CURDIR)/.build-library/install/lib/libkbsearch.so Scripts/check-http
	Scripts/check-shim-memory

eval: setup
	swift build --product kbsearch-eval
	.build/debug/kbsearch-eval measure Tests/Fixtures

lint:
	swift format lint --strict --recursive --parallel Sources Tests Package.swift

check: lint test

install: servers
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/libexec/kbsearch
	install -m 755 $(BIN)/kbsearch $(DESTDIR)$(PREFIX)/bin/kbsearch
	install -m 755 $(BIN)/kbsearch-extract $(DESTDIR)$(PREFIX)/libexec/kbsearch/kbsearch-extract
	install -m 755 $(BIN)/kbsearch-mcp $(BIN)/kbsearch-httpd $(DESTDIR)$(PREFIX)/libexec/kbsearch/
	install -d $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install -d $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	install -m 644 man/kbsearch.1 $(DESTDIR)$(PREFIX)/share/man/man1/kbsearch.1
	$(BIN)/kbsearch completions bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/kbsearch
	$(BIN)/kbsearch completions zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_kbsearch
	$(BIN)/kbsearch completions fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/kbsearch.fish

install-library: setup
	Scripts/build-library $(DESTDIR)$(PREFIX)

# FOLDER of Markdown to measure on; the sample corpus without it. ARGS: --rounds N, --growth, --million.
bench: setup
	Benchmarks/peers/run $(ARGS) $(FOLDER)
	Scripts/build-release kbsearch-bench
	Benchmarks/parts/check

clean:
	rm -rf .build .build-static .build-library .build-example .build-clients index/generation-* index/current index/lock
