# One verb a chore. `make` alone lists them.

BIN   := .venv/bin
STAMP := .venv/.fresh
TOOLS := .venv/.tools
OUT   ?= reports_out
IN    ?= en
# $(call say,English,Chinese): what is said of setting up, in the language of IN.
say    = $(if $(filter zh,$(IN)),准备：$(2),setup: $(1))
LOCK_OPTIONS ?=
MUTANTS ?= 600
AGENCIES ?= 100
LOOP ?= 6
SEED ?= 1
PARTS ?=

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1

.DEFAULT_GOAL := help
.PHONY: help setup tools summaries test lint lock samples docs corpus accuracy mutants bench bench-review site lab clean

help:  ## list the chores
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 21

setup: $(STAMP)  ## prepare .venv from requirements.lock; nothing to do when it is fresh
	@:

tools: $(TOOLS)  ## what tests and lint need besides, from requirements-dev.lock
	@:

# The stamp is written last, so an environment without one is a half-made one and is begun anew.
# So is one whose interpreter is gone.
ifneq ($(shell test -x $(BIN)/python && echo there),there)
.PHONY: $(STAMP) $(TOOLS)
endif

$(STAMP): requirements.lock pyproject.toml
	@set -eu; \
	if ! { test -f $@ && $(BIN)/python -m pip --version; } >/dev/null 2>&1; then \
	    $(find_python); \
	    echo "$(call say,new .venv with,新建.venv：) $$("$$python" --version) ($$python)"; \
	    "$$python" -m venv --clear .venv; \
	fi; \
	rm -f $@; \
	echo "$(call say,installing,安装) requirements.lock"; \
	$(BIN)/python -m pip install -qq --require-hashes -r requirements.lock; \
	$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --no-index -e .; \
	touch $@; \
	echo "$(call say,done,完成)"

$(TOOLS): $(STAMP) requirements-dev.lock
	@set -eu; \
	rm -f $@; \
	echo "$(call say,installing,安装) requirements-dev.lock"; \
	$(BIN)/python -m pip install -qq --require-hashes -r requirements-dev.lock; \
	touch $@; \
	echo "$(call say,done,完成)"

# The first interpreter that runs, is new enough and can make an environment. A name on PATH may be
# a mere shim, so each is tried.
define find_python
python=; \
	for candidate in $(PYTHON) $(if $(PYTHON),,python3.13 python3.12 python3.11 python3); do \
	    if "$$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	    then python="$$candidate"; break; fi; \
	done; \
	if test -z "$$python"; then \
	    echo "$(call say,needs Python 3.11 or newer with venv$(if $(PYTHON), ($(PYTHON) is not that),); name one with,需要Python 3.11以上版本和venv$(if $(PYTHON),（$(PYTHON)不符）,)，请指定：) make PYTHON=/path/to/python" >&2; \
	    exit 1; \
	fi
endef

summaries: setup  ## make a page for each agency of data/samples, in reports_out/; IN=zh for Chinese
	$(BIN)/ogi summarize data/samples --out $(OUT) --language $(IN)

test: tools  ## lint, check types, run the whole suite; fails if any of them fails
	@status=0; \
	$(MAKE) --no-print-directory lint || status=1; \
	$(BIN)/python -m pytest || status=1; \
	exit $$status

lint: tools  ## ruff, mypy, and which module may import which
	@status=0; \
	$(BIN)/ruff check . || status=1; \
	$(BIN)/ruff format --check --quiet . || status=1; \
	$(BIN)/lint-imports --no-cache || status=1; \
	$(BIN)/python -m mypy || status=1; \
	exit $$status

COMPILE = $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links $(LOCK_OPTIONS)

lock:  ## write both locks from pyproject.toml; LOCK_OPTIONS=--upgrade for newer versions
	@set -eu; \
	if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
	    $(find_python); "$$python" -m venv --clear .venv; \
	fi; \
	$(BIN)/python -m pip install --quiet uv; \
	$(COMPILE) --extra build --output-file requirements.lock pyproject.toml; \
	$(COMPILE) --all-extras --constraint requirements.lock --no-annotate --output-file requirements-dev.lock pyproject.toml

samples: tools  ## make data/samples anew
	$(BIN)/python scripts/make_samples.py

docs: tools  ## write data dictionary, rules and indicators in docs/ as they are declared
	$(BIN)/python -m scripts.make_docs

corpus: tools  ## make the whole layout corpus, in tests/corpus/full (needs LibreOffice and a Chromium)
	rm -rf tests/corpus/full
	$(BIN)/python -m tests.corpus.make --out tests/corpus/full --count 600 --scans 78
	$(BIN)/python -m tests.corpus.manners --out tests/corpus/full

accuracy: tools  ## read the corpus and write docs/accuracy.md
	$(BIN)/python -m benchmarks.accuracy

mutants: tools  ## plant 600 random faults and count those that no test notices; MUTANTS=60 PARTS=extract SEED=2
	$(BIN)/python -m scripts.mutants --count $(MUTANTS) --seed $(SEED) $(PARTS)

bench: tools  ## time many agencies in several ways, for docs/performance.md; AGENCIES=100 LOOP=6
	$(BIN)/python -m benchmarks.bulk --agencies $(AGENCIES) --loop $(LOOP) --out docs/performance.md

bench-review: tools  ## review made provinces of 2,000 and 20,000 agencies; fails where a planted fault is missed
	$(BIN)/python -m benchmarks.review

site: tools  ## build the docs as a site in both languages, in site/
	$(BIN)/python -m scripts.make_site

lab: setup  ## open the README and the notebooks in JupyterLab
	$(BIN)/ogi lab

clean:  ## remove all that can be made again
	rm -rf .venv $(OUT) data/tables site build dist *.egg-info .hypothesis .mutants .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
