# Two commands matter: `make run` and `make test`. `make` alone lists all.
PYTHON ?= python3
PAPERS ?=
NAME ?= matching ingest build incremental fixed
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)

# Each command is a new process: without kept byte code it compiles all it imports, at each start
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check lint format dashboard docs screenshot hooks bench mutants spark lock clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

run: $(VENV)/.run ## papers to published counts; PAPERS="FILE…" takes your own
	@$(BIN)/papertally run $(PAPERS)

test: $(VENV)/.dev ## every test: pytest, dbt unit and data tests, gates, pages
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

lint: $(VENV)/.dev ## ruff, types, imports, dead code, SQL and YAML
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports --no-logo
	$(BIN)/vulture
	$(BIN)/sqlfluff lint models macros tests/dbt
	$(BIN)/yamllint --strict .

check: lint test ## what CI runs

format: $(VENV)/.dev ## rewrite the code as lint wants it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

dashboard: $(VENV)/.run ## open the dashboard on the published file
	@$(BIN)/papertally dashboard

docs: $(VENV)/.dev ## the documentation as a site, in artifacts/site, with dbt's page of the tables
	$(BIN)/dbt docs generate --static
	$(BIN)/python -m sphinx --fail-on-warning --quiet -d artifacts/doctrees docs artifacts/site
	@cp target/static_index.html artifacts/site/lineage.html
	@echo "Open artifacts/site/index.html"

screenshot: $(VENV)/.dev ## the README's picture anew, from the sample that `make run` published
	@$(BIN)/python -m docs.images.screenshot

hooks: $(VENV)/.dev ## lint at every commit
	$(BIN)/pre-commit install

bench: $(VENV)/.dev ## what it costs; NAME="matching ingest build incremental fixed queries dashboard spark faults" SIZE=2000
	$(if $(UV),uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet) --group bench
	for name in $(NAME); do $(BIN)/python -m bench.$$name $(PAPERS) $(SIZE) || exit 1; done

mutants: $(VENV)/.dev ## do tests notice faults? NAME=ingest/dates.py TESTS=tests/ingest/test_dates.py
	$(if $(UV),uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet) --group mutation
	$(BIN)/python -m bench.mutants $(NAME) $(TESTS)

spark: $(VENV)/.dev ## what `papertally build --target spark` needs; Java 17 is yours to install
	$(if $(UV),uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet) --group spark

lock: ## write the lock files anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	    --no-strip-extras --no-emit-index-url --no-header -q --group install -o requirements.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	    --no-strip-extras --no-emit-index-url --no-header -q --group dev -c requirements.txt -o requirements-dev.txt

clean: ## remove the environment and what tools wrote; the warehouse stays
	rm -rf $(VENV) target logs .pytest_cache .ruff_cache artifacts

$(VENV)/.dev: requirements-dev.txt pyproject.toml
	$(call install,requirements-dev.txt)
	@touch $@ $(VENV)/.run

$(VENV)/.run: requirements.txt pyproject.toml
	$(call install,requirements.txt)
	@touch $@

# uv where it is there, pip otherwise; both refuse a package whose hash is not in the lock
define install
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Papertally needs Python 3.11 or newer")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(if $(UV),,$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null)
	@echo "Installing $(1) …"
	@$(if $(UV),uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet \
	    --disable-pip-version-check --no-compile) --require-hashes -r $(1)
	@$(if $(UV),uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet \
	    --disable-pip-version-check) --no-deps --no-build-isolation -e .
endef
