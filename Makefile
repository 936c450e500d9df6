# What developers run. Each target needs uv and nothing else; .ci/run runs the same commands.
.DEFAULT_GOAL := help
.PHONY: help test lint format types bench docs samples ci

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 10

test: ## all tests, on all cores
	uv run pytest -n auto

lint: ## rules, import order and layout
	uv run ruff check
	uv run ruff format --check

format: ## the layout that lint asks for
	uv run ruff format

types: ## strict types in the four rooms
	uv run mypy

bench: ## the floors of extraction quality
	uv run python -m tests.bench.quality_floor
	uv run python -m tests.bench.score_anatomy
	uv run python -m tests.bench.score_restoration

docs: ## write docs/data_dictionary.md from the contracts
	uv run python -m warehouse.dictionary

samples: ## write samples/crawl.warc.gz from its sources, then load all samples
	uv run python -m tests.samples.write_warc
	uv run broadsheet ingest samples

ci: ## what a merge needs
	.ci/run
