"""Measures speed, size and memory beside a peer: ``python -m eval.bench --help``."""

from __future__ import annotations

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from eval.bench import (
    cold_start,
    embedding,
    http_latency,
    index_size,
    ingestion,
    large_index,
    memory,
    query_latency,
)
from eval.bench.errors import CannotMeasureError
from eval.bench.figure import Section
from eval.bench.machine import describe_machine
from eval.bench.report import Run, as_values, markdown, missed_targets
from eval.bench.workbench import REPOSITORY, Options, Workbench
from ingest.errors import GeungeoError

BENCHMARKS: dict[str, Callable[[Workbench], Section]] = {
    "embedding": embedding.measure,
    "ingestion": ingestion.measure,
    "index_size": index_size.measure,
    "cold_start": cold_start.measure,
    "query_latency": query_latency.measure,
    "http_latency": http_latency.measure,
    "memory": memory.measure,
    "large_index": large_index.measure,
}
_EXPECTED = (
    CannotMeasureError,
    GeungeoError,
    OSError,
    http.client.HTTPException,
    subprocess.SubprocessError,
)
TABLE = REPOSITORY / "docs" / "benchmarks.md"
_EXAMPLES = """\
예:
  python -m eval.bench                         모두 재고 docs/benchmarks.md를 다시 씁니다
  python -m eval.bench --quick                 짧게 재고 표를 화면에 보여 줍니다
  python -m eval.bench --only embedding        임베딩만 잽니다
  python -m eval.bench --only memory --json    메모리만 재고 JSON으로 보여 줍니다
  python -m eval.bench --documents 보고서/     다른 보고서도 색인해 봅니다
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks from the command line; returns the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.documents is not None and not options.documents.exists():
        parser.error(f"파일이나 폴더가 없습니다: {options.documents}")
    try:
        run = _run(_options(options), options.only or list(BENCHMARKS))
    except CannotMeasureError as error:
        _say(str(error))
        return 1
    for name, reason in run.failures.items():
        _say(f"측정하지 못함: {name}: {reason}")
    for missed in missed_targets(list(run.sections.values())):
        _say(f"목표에 못 미침: {missed}")
    # A table of a part or of a short run must not take the place of a whole one.
    whole = not (options.only or options.quick or run.failures)
    output = options.output or (TABLE if whole else None)
    if output is not None:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(markdown(run), encoding="utf-8")
        _say(f"표를 썼습니다: {output}")
    if options.json:
        print(json.dumps(as_values(run), ensure_ascii=False, indent=1))
    elif output is None:
        print(markdown(run), end="")
    return 1 if run.failures else 0


def _run(options: Options, names: Sequence[str]) -> Run:
    machine = describe_machine(datetime.now(UTC).astimezone().date())
    start = time.perf_counter()
    sections: dict[str, Section] = {}
    failures: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="geungeo-bench-") as folder:
        bench = Workbench(options, Path(folder), _say)
        try:
            for place, name in enumerate(names, start=1):
                _say(f"[{place}/{len(names)}] {name}")
                begun = time.perf_counter()
                try:
                    sections[name] = BENCHMARKS[name](bench)
                except _EXPECTED as error:
                    failures[name] = str(error)
                _say(f"    {time.perf_counter() - begun:.0f}초 걸렸습니다")
        finally:
            bench.close()
    return Run(machine, options.quick, time.perf_counter() - start, sections, failures)


def _options(given: argparse.Namespace) -> Options:
    return Options(
        quick=given.quick,
        documents=given.documents,
        models_dir=given.models,
        corpus=REPOSITORY / "corpus",
        gold=REPOSITORY / "eval" / "gold" / "reports.jsonl",
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.bench",
        description="근거의 속도, 크기, 메모리를 비교 대상과 번갈아 재어 표로 만듭니다.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
    )
    data_dir = os.environ.get("GEUNGEO_DATA_DIR")
    models = (Path(data_dir) if data_dir else REPOSITORY / ".geungeo") / "models"
    group = parser.add_argument_group("옵션")
    group.add_argument("-h", "--help", action="help", help="이 도움말을 보여 줍니다")
    group.add_argument(
        "--only",
        action="append",
        choices=list(BENCHMARKS),
        metavar="이름",
        help=f"이것만 잽니다. 여러 번 쓸 수 있습니다: {', '.join(BENCHMARKS)}",
    )
    group.add_argument(
        "--quick", action="store_true", help="차례와 글을 줄여 짧게 잽니다(흔들림이 큽니다)"
    )
    group.add_argument(
        "--documents",
        type=Path,
        metavar="경로",
        help="corpus/ 말고 더 색인해 볼 보고서 파일이나 폴더",
    )
    group.add_argument(
        "--models", type=Path, default=models, metavar="폴더", help="모델을 풀어 둔 폴더"
    )
    group.add_argument(
        "--output",
        type=Path,
        metavar="파일",
        help="표를 쓸 파일. 없으면 모두 잰 때에만 docs/benchmarks.md에 쓰고, --quick이나 --only로"
        " 잰 때에는 화면에 보여 줍니다",
    )
    group.add_argument(
        "--json", action="store_true", help="차례별 값까지 JSON으로 표준 출력에 보여 줍니다"
    )
    return parser


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        _say("중단했습니다.")
        raise SystemExit(1) from None
