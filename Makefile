# The front door: Python 3.11 (or later) and make are all it needs.
#
#   make run     the 2024 case: brief and verdicts in out/indo_pacific_2024/ (FUTURES=250 for more)
#   make test    every test, with coverage      make lint   style, types, one-way flow of rooms
#   make bench   speed of the graph model       make docs   the documentation in site/

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
COG := $(BIN)/cog -P -I docs -p "import generate"
SAMPLED := $(sort README.md $(shell grep -rl '\[\[\[cog' docs --include=*.md))
KERNELS := $(patsubst %,tests/definitions/test_%.py,alike asking board concepts evolution graph_form reach single_state)
# Of `make run`: few enough to end in a minute. In as many as VARIED single statements are varied.
FUTURES ?= 40
VARIED ?= 4
CONCEPTS ?= nash
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: run test lint bench docs pins samples clean
.DEFAULT_GOAL := run

# One stamp for what `detente` itself needs, one more each for tools and docs, so that
# `make run` on a fresh machine downloads nothing it does not use.
$(VENV)/.run: requirements/run.txt pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit('Detente needs Python 3.11 or later' if sys.version_info < (3, 11) else 0)"
	$(PYTHON) -m venv $(VENV)
	$(PIP) -r requirements/run.txt
	$(PIP) --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(PIP) -r requirements/dev.txt
	@touch $@

$(VENV)/.docs: $(VENV)/.dev requirements/docs.txt
	$(PIP) -r requirements/docs.txt
	@touch $@

run: $(VENV)/.run
	$(BIN)/detente run kim/indo_pacific_2024 --out out/indo_pacific_2024 \
	  --futures $(FUTURES) --varied $(VARIED) --concepts $(CONCEPTS)

# First the definitions with the kernels uncompiled: then every index is checked against its bounds
# and every branch is traced. Then everything, compiled.
test: $(VENV)/.dev
	NUMBA_DISABLE_JIT=1 $(BIN)/pytest -n auto --cov --cov-report= --cov-fail-under=0 $(KERNELS)
	$(BIN)/pytest -n auto --cov --cov-append --cov-report=term

lint: $(VENV)/.dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	@echo $(SAMPLED) | xargs -P 2 -n 1 $(COG) --check --diff

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

docs: $(VENV)/.docs samples
	$(BIN)/zensical build --clean --strict

# Rewrites the help texts and samples that README and docs quote.
samples: $(VENV)/.dev
	@echo $(SAMPLED) | xargs -P 2 -n 1 $(COG) -r

# Moves every pin to the newest release that pyproject.toml admits.
pins: $(VENV)/.dev
	$(PIP) uv
	$(BIN)/uv pip compile --upgrade --universal --no-header --no-annotate pyproject.toml --extra figures -o requirements/run.txt
	$(BIN)/uv pip compile --upgrade --universal --no-header --no-annotate -c requirements/run.txt pyproject.toml --extra figures --extra cluster --group dev -o requirements/dev.txt
	$(BIN)/uv pip compile --upgrade --universal --no-header --no-annotate -c requirements/dev.txt --group docs -o requirements/docs.txt

clean:
	rm -rf $(VENV) out site .coverage .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
