# 근거(Geungeo): make run 은 서비스를 띄우고, make test 는 모든 검사를 돌립니다.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# 먼저 설치해 두면 뒤따르는 패키지가 GPU 판을 끌어오지 않습니다.
TORCH := torch==2.13.0

.DEFAULT_GOAL := help
.PHONY: help setup run test coverage lint format bench bench-peers eval gate ablate clean

help:  ## 쓸 수 있는 명령을 보여 줍니다
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.installed  ## 가상환경(.venv)을 만들고 필요한 패키지를 설치합니다

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 이상이 필요합니다. 예: make run PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
		{ echo "가상환경을 만들지 못했습니다. Debian·Ubuntu라면 python3-venv 패키지를 설치하세요."; exit 1; }
	@echo "패키지를 설치합니다. 처음에는 몇 분 걸립니다."
	$(BIN)/python -m pip install --quiet --constraint constraints.txt $(TORCH)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

run: setup  ## 모델과 색인을 준비하고 서비스를 띄웁니다 (예: make run PORT=9000)
	$(BIN)/geungeo serve $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

# Every operation of the contract is a test of the same name, of which several processes would run
# only one. Each process loads the models for itself.
CONTRACT = tests/api/test_contract.py
IN_PARALLEL = --numprocesses auto --maxprocesses 4 --dist loadfile

test: lint  ## 형식 검사, 타입 검사, 모든 테스트
	$(BIN)/python -m pytest $(IN_PARALLEL) --ignore $(CONTRACT)
	$(BIN)/python -m pytest $(CONTRACT)

coverage: setup  ## 모든 테스트를 돌리며 실행되지 않은 줄을 셉니다 (절반쯤 더 걸립니다)
	$(BIN)/python -m pytest --cov --cov-report=term

lint: setup  ## ruff와 mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup  ## 코드 형식을 맞춥니다
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup  ## 속도·크기·메모리를 재어 docs/benchmarks.md에 적습니다
	$(BIN)/python -m eval.bench

bench-peers: setup  ## 다른 검색 시스템과 견줍니다 (TYDI=폴더를 주면 그것까지 재어 docs/peers.md에 적습니다)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[peers]'
	$(BIN)/python -m eval.peers $(if $(TYDI),--tydi $(TYDI) --write docs/peers.md)

eval: setup  ## 답의 품질을 모두 잽니다 (SET=폴더를 주면 그것까지 재어 docs/quality.md에 적습니다)
	$(BIN)/geungeo eval quality $(if $(URL),--url $(URL)) $(if $(SET),--set $(SET) --write docs/quality.md)

gate: setup  ## 품질이 기준(eval/thresholds.toml)에 맞는지 봅니다
	$(BIN)/geungeo eval gate

ablate: setup  ## 검색의 부분마다의 몫을 재어 docs/ablation.md의 표를 바꿉니다
	$(BIN)/geungeo eval ablate --split test --write docs/ablation.md

clean:  ## 가상환경과 임시 파일을 지웁니다 (색인과 모델은 남깁니다)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage htmlcov *.egg-info
