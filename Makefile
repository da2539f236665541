# Two commands are enough: `make serve` shows the guide, `make test` passes the tests. Each sets up what it needs.
# The only prerequisites are make and Python 3.11 or newer; everything else is installed into .venv and node_modules,
# and only when the lists of what to install have changed.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
# Node comes with the virtual environment; what npm installs must find it first.
export PATH := $(CURDIR)/$(BIN):$(PATH)
export NO_MKDOCS_2_WARNING := 1
export PYTHONPATH := hooks
PIP := --quiet --disable-pip-version-check --require-hashes
COMPILE := --no-config --quiet --universal --python-version 3.11.0 --generate-hashes $(if $(UPGRADE),--upgrade)
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: serve build book test test-torch check page try new links pins clean help

help:
	@echo "make serve   show the guide at http://$(HOST):$(PORT)/ and follow every saved edit"
	@echo "make test    run every check and test"
	@echo "make test-torch   compare the PyTorch twins of solutions with them (installs PyTorch into .venv-torch)"
	@echo "make build   write the site to site/"
	@echo "make book    write the whole guide as an EPUB and a PDF to dist/, which takes some minutes (PAPER=a4)"
	@echo "make check   check the content alone, in a few seconds"
	@echo "make page PAGE=topics/classical-ml/gradient-boosting   check, run and draw one page (FIX=1 fills in what its code prints, NUMBERS=1 lists the numbers that none prints)"
	@echo "make try EXERCISE=k-means FILE=mine.py   run the checks of an exercise against your own code"
	@echo "make new KIND=chapter SLUG=classical-ml/naive-bayes   scaffold a page (chapter, round, case, exercise, notebook)"
	@echo "make links   build the site and try every external link (needs the network)"
	@echo "make pins    pin anew, with hashes, what requirements.in and requirements-dev.in ask for (UPGRADE=1: the newest they allow)"
	@echo "make clean   remove what the other targets made"

serve: .venv/site.stamp node_modules/.stamp
	@# Tried first: MkDocs would find out after the whole build, with a traceback.
	@$(BIN)/python -c "import socket; socket.create_server(('$(HOST)', $(PORT))).close()" 2>/dev/null || { echo "$(HOST):$(PORT) is taken, or cannot be listened on. Choose another port: make serve PORT=8001"; exit 1; }
	@# Not strict: a page that is not finished is shown, with what is wrong with it.
	SITE_URL=http://$(HOST):$(PORT)/ $(BIN)/mkdocs serve --no-strict --dirty --dev-addr $(HOST):$(PORT)

build: .venv/site.stamp node_modules/.stamp
	$(BIN)/mkdocs build

# What lies in dist/ is published by the next build.
book: build .venv/dev.stamp
	@# The browser is the one of the tests.
	@CHROME_PATH="$$($(BIN)/python -m tests.browsers chromium)" && export CHROME_PATH && \
		$(BIN)/python -m guide book $(if $(PAPER),--paper "$(PAPER)")

test: .venv/dev.stamp node_modules/.stamp
	$(BIN)/python -m tests.browsers
	@# Below a path, as the pages of a project are published, unless SITE_URL says otherwise. Not --quiet: what MkDocs
	@# does not say, it does not count either, and `strict` would let every warning pass.
	SITE_URL="$${SITE_URL:-https://example.org/the-training-loop/}" $(BIN)/mkdocs build
	$(BIN)/python -m pytest -n logical

test-torch: .venv-torch/.stamp
	.venv-torch/bin/python -m pytest tests/torch

check: .venv/site.stamp
	@$(BIN)/python -m guide check

page: .venv/site.stamp node_modules/.stamp
	@test -n "$$PAGE" || { echo "Say which page: make page PAGE=topics/classical-ml/gradient-boosting (FIX=1 rewrites the outputs of its code)"; exit 1; }
	@$(BIN)/python -m guide page $(if $(FIX),--fix) $(if $(NUMBERS),--numbers) "$$PAGE"

try: .venv/site.stamp
	@test -n "$$EXERCISE" && test -n "$$FILE" || { echo "Say which exercise, and which file holds your code: make try EXERCISE=k-means FILE=mine.py"; exit 1; }
	@$(BIN)/python -m guide try "$$EXERCISE" "$$FILE"

# Quoted and from the environment, where make puts what its command line sets: a stray space or sign stays text.
new: .venv/site.stamp
	@test -n "$$KIND" && test -n "$$SLUG" || { echo "Say what to begin, and its name: make new KIND=chapter SLUG=classical-ml/naive-bayes (KIND: chapter, round, case, exercise, notebook)"; exit 1; }
	@$(BIN)/python -m guide new "$$KIND" "$$SLUG"

links: build .venv/dev.stamp
	$(BIN)/lychee --no-progress --include-fragments=anchor-only --index-files index.html --max-concurrency 8 --accept 200..=299,403,429 \
		--root-dir "$(CURDIR)/site" --exclude '#(plan|page|case|interviewer)=' --exclude '^http://127\.0\.0\.1' 'site/**/*.html'

# requirements*.in are written by hand; what they need in turn, and the hashes, are not. For every Python from 3.11 on.
pins: .venv/dev.stamp
	$(BIN)/uv pip compile $(COMPILE) requirements.in -o requirements.txt
	$(BIN)/uv pip compile $(COMPILE) --constraint requirements.txt requirements-dev.in -o requirements-dev.txt

clean:
	rm -rf site dist .cache .venv .venv-torch node_modules

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none was found. Install it, or name it: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { echo "$(PYTHON) is not Python 3.11 or newer. Install one, or name it: make PYTHON=/path/to/python3"; exit 1; }
	@rm -rf .venv
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

.venv/site.stamp: requirements.txt .venv/bin/python
	@echo "Installing the Python packages of requirements.txt into .venv, which takes about a minute"
	@$(BIN)/python -m pip install $(PIP) -r requirements.txt
	@# Lets `.venv/bin/python -m guide` find the library, from this folder or any other.
	@$(BIN)/python -c "import pathlib, sysconfig; pathlib.Path(sysconfig.get_path('purelib'), 'guide.pth').write_text('../../../../hooks\n')"
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/site.stamp
	@echo "Installing what the tests add (requirements-dev.txt) into .venv"
	@$(BIN)/python -m pip install $(PIP) -r requirements-dev.txt
	@touch $@

# PyTorch alone; the rest it finds in .venv.
.venv-torch/.stamp: requirements-torch.txt .venv/dev.stamp
	@echo "Installing PyTorch (requirements-torch.txt) into .venv-torch"
	@$(BIN)/python -m venv .venv-torch
	@.venv-torch/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-torch.txt
	@.venv-torch/bin/python -c "import pathlib, sys, sysconfig; pathlib.Path(sysconfig.get_path('purelib'), 'guide.pth').write_text(sys.argv[1])" \
		"$$($(BIN)/python -c "import sysconfig; print(sysconfig.get_path('purelib'))")"
	@touch $@

node_modules/.stamp: package.json package-lock.json .venv/site.stamp
	@echo "Installing the npm packages of package-lock.json into node_modules"
	@$(BIN)/npm ci --no-audit --no-fund --loglevel=error
	@touch $@
