# giftbot: `make help` lists what there is.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash

VENV   := .venv
STOCK  := .stock-rasa
SAMPLE := data/samples/online-retail
PY     := $(VENV)/bin/python
BOT    := $(VENV)/bin/giftbot
# a uv that answers (pyenv's shims exist without answering), else one of our own
UV     := $(shell uv --version >/dev/null 2>&1 && command -v uv || echo .tools/bin/uv)
PIPSET := --no-config --no-deps --require-hashes -q
export RASA_TELEMETRY_ENABLED := false

.PHONY: help install demo test check train understanding ranking stock-rasa bench bench-beside chaos shipped-redis docs lock format clean

help:  ## list the targets, a line each
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

install: $(VENV)/.installed  ## make .venv with everything giftbot runs on

demo: install  ## start giftbot with the sandbox and a chat page; Ctrl-C stops it
	@$(BOT) demo

test: $(VENV)/.installed-dev  ## install what the tests need and run them all
	@$(PY) -m pytest

check: $(VENV)/.installed-dev  ## ruff, mypy, import-linter, rasa data validate
	$(VENV)/bin/ruff format --check . && $(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(BOT) rasa data validate

train: install  ## train the Rasa model (only what changed)
	@$(BOT) rasa train

understanding: install  ## measure what is understood, on our own rows (others: giftbot eval understanding FILE.jsonl)
	@for each in tuned sealed; do $(BOT) eval understanding tests/understanding/messages_$$each.jsonl --typos 0.1 || exit 1; done

ranking: $(VENV)/.installed-dev  ## measure the ranking beside its peers on the sample shop's last eight weeks (minutes)
	@for each in $$($(PY) -m tests.bench.cut_windows $(SAMPLE)/interactions.parquet $(SAMPLE)/products.csv results/windows); do \
	$(BOT) eval ranking --train $$each/train.parquet --test $$each/test.parquet --products $$each/products.csv || exit 1; done

stock-rasa: $(STOCK)/.installed  ## make .stock-rasa, the yardstick of giftbot eval understanding --baseline stock-rasa (2 GB)

shipped-redis: .tools/redis/redis-server  ## fetch a Redis of the version deploy/ ships (Debian's package); the store's tests then run on it too

chaos: $(VENV)/.installed-dev  ## the longer kill programme (minutes)
	@$(PY) -m pytest -s tests/chaos tests/integration tests/acceptance -m chaos

bench: $(VENV)/.installed-dev  ## the time of a turn part by part (against stock Rasa: docs/performance.md)
	@$(PY) -m tests.bench

bench-beside: $(VENV)/.installed-dev $(STOCK)/.installed  ## giftbot's worker side beside stock Rasa: make bench-beside KIT=folder of the stock-Rasa kit
	@$(BOT) rasa train > /dev/null && $(BOT) catalog import sample > /dev/null && $(PY) -W ignore -m tests.bench.beside_stock --kit "$(KIT)"

docs: install  ## write the reference pages anew from the code
	@$(PY) docs/make_reference.py

lock: $(UV)  ## resolve anew and pin everything with hashes
	$(UV) pip compile pyproject.toml requirements/build.in --override requirements/overrides.txt --python-version 3.10 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements/run.txt > /dev/null
	$(UV) pip compile pyproject.toml requirements/build.in --extra dev -c requirements/run.txt --override requirements/overrides.txt --python-version 3.10 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements/dev.txt > /dev/null
	$(UV) pip compile requirements/edge.in -c requirements/run.txt --override requirements/overrides.txt --python-version 3.10 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements/edge.txt > /dev/null
	$(UV) pip compile requirements/stock-rasa.in --python-version 3.10 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements/stock-rasa.txt > /dev/null

format: $(VENV)/.installed-dev  ## let ruff put the code in order
	$(VENV)/bin/ruff format . && $(VENV)/bin/ruff check --fix .

clean:  ## remove what was built, trained and stored here (not the code)
	rm -rf $(VENV) $(STOCK) .tools var models .rasa results

# ---------------------------------------------------------------- installing
NEEDS_PYTHON := giftbot needs Python 3.10. Install it (Debian, Ubuntu: apt-get install python3.10 python3.10-venv; anywhere: pyenv install 3.10), then run make again.

# Any Python that answers can fetch uv (a pyenv shim may exist without answering); uv then looks for 3.10.
.tools/bin/uv:
	@for each in python3 python3.10 /usr/bin/python3; do "$$each" -c '' 2>/dev/null && python="$$each" && break; done; \
	[ -n "$$python" ] || { echo "$(NEEDS_PYTHON)" >&2; exit 1; }; \
	{ "$$python" -m venv .tools 2>/dev/null && .tools/bin/python -m pip install -q uv; } || \
	{ "$$python" -m pip install -q --target .tools/lib uv && mkdir -p .tools/bin && ln -sf ../lib/bin/uv .tools/bin/uv; } || \
	{ echo "giftbot installs with uv, which is missing, and pip could not fetch it. Install uv (with your package manager, or pip install uv), then run make again." >&2; exit 1; }

$(PY): | $(UV)
	@$(UV) venv --no-config -q --python 3.10 $(VENV) || { echo "$(NEEDS_PYTHON)" >&2; exit 1; }

# Unpacked and not installed: no service starts, and the machine's own Redis, if it has one, stays as it is.
.tools/redis/redis-server:
	@command -v apt-get > /dev/null || { echo "Not a Debian: install Redis 7 and set GIFTBOT_TEST_REDIS_SERVER to its redis-server." >&2; exit 1; }
	@mkdir -p .tools/redis/packages && cd .tools/redis/packages && { apt-get update -qq 2> /dev/null || true; } && \
	apt-get download -qq redis-server redis-tools liblzf1 libjemalloc2 2> /dev/null && \
	for each in *.deb; do dpkg-deb -x "$$each" .. || exit 1; done || { echo "apt-get could not fetch redis-server: try apt-get update." >&2; exit 1; }
	@printf '#!/bin/sh\nhere=$$(dirname "$$(readlink -f "$$0")")\nLD_LIBRARY_PATH=$$(echo "$$here"/usr/lib/*-linux-gnu) exec "$$here/usr/bin/redis-server" "$$@"\n' > $@.new
	@chmod +x $@.new && $@.new --version && mv $@.new $@

$(VENV)/.installed: requirements/run.txt pyproject.toml | $(PY)
	@echo "installing ..." && SECONDS=0 && \
	$(UV) pip install $(PIPSET) --python $(PY) -r requirements/run.txt && \
	$(UV) pip install --no-config -q --python $(PY) --no-deps --no-build-isolation -e . && \
	{ $(PY) -m compileall -q -j 0 $(VENV)/lib > /dev/null 2>&1 || true; } && \
	$(BOT) --version && touch $@ && echo "installed in $$SECONDS s"

$(VENV)/.installed-dev: requirements/dev.txt $(VENV)/.installed
	@$(UV) pip install $(PIPSET) --python $(PY) -r requirements/dev.txt && touch $@

$(STOCK)/.installed: requirements/stock-rasa.txt | $(UV)
	@echo "installing Rasa with its TensorFlow in $(STOCK) ..." && SECONDS=0 && \
	{ [ -x $(STOCK)/bin/python ] || $(UV) venv --no-config -q --python 3.10 $(STOCK) || { echo "$(NEEDS_PYTHON)" >&2; exit 1; }; } && \
	$(UV) pip install $(PIPSET) --python $(STOCK)/bin/python -r requirements/stock-rasa.txt && \
	touch $@ && echo "installed in $$SECONDS s"
