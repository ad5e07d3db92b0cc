"""``geungeo eval grounding``: what the checks of an answer catch and what they cost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eval.command_options import AsJson
from eval.loaded_encoder import loaded_encoder

if TYPE_CHECKING:
    from eval.grounding.measure import GroundingResult
    from eval.in_process import Surroundings
    from eval.progress import Progress

EXAMPLES = (
    "geungeo eval grounding\ngeungeo eval grounding --documents 보고서폴더 --split test --json"
)
SEED = 20_251_122
_KINDS = {
    "figure": "지어낸 수치",
    "words": "지어낸 말",
    "marker": "틀린 인용",
    "faithful": "뜻을 지킨 문장",
}
_DEFAULT_SENTENCES = 100


def grounding(
    ctx: typer.Context,
    documents: Annotated[
        list[Path] | None,
        typer.Option(
            "--documents",
            metavar="경로",
            help="문장을 가져올 문서나 폴더입니다. 여러 번 쓸 수 있습니다.",
        ),
    ] = None,
    split: Annotated[
        str | None,
        typer.Option("--split", metavar="이름", help="tune이나 test의 문장만 씁니다."),
    ] = None,
    sentences: Annotated[
        int,
        typer.Option("--sentences", metavar="N", min=1, help="바탕이 될 문장의 수입니다."),
    ] = _DEFAULT_SENTENCES,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", help="무작위 선택의 씨앗입니다.")
    ] = SEED,
    as_json: AsJson = False,
) -> None:
    """참인 문장을 지어내거나 고쳐 말해, 근거 검사가 무엇을 잡고 살리는지 잽니다."""
    from eval.terminal import say_json, shown_progress
    from ingest.errors import InputError

    if split not in (None, "tune", "test"):
        raise InputError("usage", f"모르는 부분입니다: {split}", "tune이나 test를 적으세요.")
    settings: Callable[[], Surroundings] = ctx.obj
    surroundings = settings()
    with shown_progress() as progress:
        places = documents or [surroundings.corpus_dir]
        found = _measured(places, split, sentences, seed, surroundings, progress)
    if as_json:
        say_json(as_values(found))
    else:
        _show(found)


def _measured(
    places: list[Path],
    split: str | None,
    sentences: int,
    seed: int,
    surroundings: Surroundings,
    progress: Progress,
) -> GroundingResult:
    from api.answer.grounding.grounder import Grounder
    from eval.grounding.measure import measure_documents
    from eval.in_process import read_documents
    from retriever.analysis import KoreanAnalyzer

    documents = read_documents(places)
    encoder = loaded_encoder(surroundings, progress)
    grounder = Grounder(KoreanAnalyzer(), encoder)
    return measure_documents(
        documents, grounder, progress, split=split, sentences=sentences, seed=seed
    )


def as_values(found: GroundingResult) -> dict[str, Any]:
    """Return the result as plain values."""
    return {
        "kinds": {kind: list(found.of_kind(kind)) for kind in _KINDS},  # type: ignore[arg-type]
        "ways": [
            {
                "kind": way.kind,
                "way": way.way,
                "cases": way.cases,
                "right": way.right,
                "share": round(way.share, 4),
                "wrong": list(way.wrong),
            }
            for way in found.ways
        ],
        "ms_per_check": round(found.ms_per_check, 2),
    }


def _show(found: GroundingResult) -> None:
    from eval.terminal import say, say_table

    rows = [("방법", "종류", "문장", "바름", "비율")]
    for way in found.ways:
        kind = _KINDS[way.kind]
        rows.append((way.way, kind, str(way.cases), str(way.right), f"{way.share:.3f}"))
    for kind, name in _KINDS.items():
        right, total = found.of_kind(kind)  # type: ignore[arg-type]
        if total:
            rows.append(("모두", name, str(total), str(right), f"{right / total:.4f}"))
    say_table(rows)
    say()
    say("지어낸 문장과 틀린 인용은 잡아낸 것이, 뜻을 지킨 문장은 살린 것이 바른 결과입니다.")
    say(f"한 문장을 검사하는 데 평균 {found.ms_per_check:.1f}ms 걸렸습니다.")
