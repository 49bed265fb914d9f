# Every command of the project; `make help` lists them. CI calls these same targets.

PYTHON ?= python3
PORT ?= 8501
SCALE ?= 0.1
BENCH_SCALE ?= 1.0
DATA := .data
database := $(DATA)/mangetamain.duckdb
UV_VERSION := 0.13.8
GARAGE_VERSION := 2.1.0

uv := .uv/bin/uv
bin := .venv/bin
python_code := 10_preprod 40_utils 50_test 70_scripts 30_docker 90_doc 70_scripts/notify
shell_code := .ci/run 30_docker/start 30_docker/proxy/healthcheck 50_test/docker_host.sh \
    $(shell grep --files-with-matches --directories=skip '^\#!/usr/bin/env bash' 70_scripts/*)
sql_code := 10_preprod/src 40_utils/mangetamain_data_utils

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## List every target
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.uv/bin/uv:
	$(PYTHON) -m venv .uv
	.uv/bin/pip install --quiet "uv==$(UV_VERSION)"

.venv/.synced: $(uv) pyproject.toml uv.lock
	$(uv) sync --quiet --frozen --python $(PYTHON) --no-python-downloads
	@touch $@

.PHONY: setup
setup: .venv/.synced ## Install the locked dependencies into .venv

define build_demo_data
$(bin)/mangetamain-data demo --scale $(SCALE) --output $(DATA)/demo
$(bin)/mangetamain-data build $(DATA)/demo --output $(database)
endef

$(database): | .venv/.synced
	$(build_demo_data)

.PHONY: data
data: .venv/.synced ## Rebuild the demo data (SCALE=1.0 for Food.com's size)
	$(build_demo_data)

# The site itself chooses its data; demo data are built where nothing names others.
.PHONY: run
run: .venv/.synced $(if $(MANGETAMAIN_DB)$(AWS_ENDPOINT_URL_S3)$(wildcard 96_keys/credentials),,$(database)) ## Open the dashboard (PORT=8501)
	APP_ENV=$${APP_ENV:-local} PORT=$(PORT) $(bin)/python -m mangetamain_analytics.asgi

.PHONY: test
test: .venv/.synced ## Run every test that this machine can run
	$(bin)/pytest --numprocesses auto --maxprocesses 4 --no-loadscope-reorder --cov

actionlint := $(if $(shell command -v go),.go/bin/actionlint)

.go/bin/actionlint:
	GOBIN=$(CURDIR)/.go/bin go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.7

.PHONY: check
check: .venv/.synced $(actionlint) ## Lint, types, docstrings, SQL, shell, import rules, texts
	$(bin)/black --quiet --check $(python_code)
	$(bin)/flake8 $(python_code)
	$(bin)/pydocstyle 10_preprod/src 40_utils/mangetamain_data_utils
	$(bin)/mypy
	$(bin)/lint-imports
	$(bin)/sqlfluff lint --disable-progress-bar $(sql_code)
	$(bin)/shellcheck $(shell_code)
	$(bin)/hadolint 30_docker/Dockerfile 30_docker/proxy/Dockerfile
	$(bin)/yamllint --strict .yamllint 30_docker .github
	$(bin)/zizmor --quiet --offline --persona auditor .github
	$(if $(actionlint),$(actionlint),@echo "actionlint: skipped, go is not installed")
	$(bin)/pytest --quiet 10_preprod/tests/unit/utils/test_locales.py

.PHONY: format
format: .venv/.synced ## Format Python and SQL in place
	$(bin)/black --quiet $(python_code)
	$(bin)/sqlfluff fix --disable-progress-bar $(sql_code)

.PHONY: bench
bench: .venv/.synced ## Measure speed, memory and bytes sent
	$(bin)/python 70_scripts/bench.py --scale $(BENCH_SCALE)

.PHONY: compare
compare: .venv/.synced $(if $(MANGETAMAIN_DB),,$(database)) ## Set the site beside published figures
	PYTHONPATH=70_scripts $(bin)/python -m compare_published \
	    --database "$${MANGETAMAIN_DB:-$(database)}"

.garage/bin/garage:
	@mkdir -p .garage
	flock .garage/lock cargo install garage --quiet --version $(GARAGE_VERSION) --locked \
	    --root .garage

.PHONY: garage
garage: .garage/bin/garage ## Compile the S3 store for its tests (13 minutes, needs cargo)

.PHONY: share-images
share-images: .venv/.synced ## Draw the images of shared links (needs Chromium)
	$(bin)/python 70_scripts/share_images.py

docs := $(DATA)/docs
sphinx := $(bin)/sphinx-build --quiet --fresh-env --fail-on-warning --keep-going
french := 90_doc/locale/fr/LC_MESSAGES/documentation.po

.PHONY: docs
docs: .venv/.synced ## Build the documentation into .data/docs, French in its fr/
	rm -rf $(docs)
	$(sphinx) --doctree-dir $(DATA)/doctrees/en 90_doc $(docs)
	$(sphinx) --doctree-dir $(DATA)/doctrees/fr --define language=fr 90_doc $(docs)/fr

.PHONY: messages
messages: .venv/.synced ## Bring the catalogue of French texts up to date with 90_doc
	$(sphinx) --builder gettext --doctree-dir $(DATA)/doctrees/en 90_doc $(DATA)/messages
	$(bin)/pybabel update --locale fr --no-fuzzy-matching --ignore-obsolete --init-missing \
	    --ignore-pot-creation-date --width 100 \
	    --input-file $(DATA)/messages/documentation.pot --output-file $(french)

.PHONY: lock
lock: $(uv) ## Recompute uv.lock after editing pyproject.toml
	$(uv) lock --python $(PYTHON)

.PHONY: clean
clean: ## Remove everything that the other targets made
	rm -rf .venv .uv .go .garage $(DATA) .coverage .coverage.* .mypy_cache .pytest_cache .hypothesis \
	    .import_linter_cache
