"""``geungeo eval ablate``, which ``eval.cli`` registers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.command_options import Documents, Limit, QuestionSet, SetPart
from eval.loaded_encoder import loaded_encoder

if TYPE_CHECKING:
    from eval.ablation.question_set import AblationSet
    from eval.ablation.table import Ablation
    from eval.in_process import Surroundings
    from eval.progress import Progress

EXAMPLES = (
    "geungeo eval ablate --split test\n"
    "geungeo eval ablate --set KorQuAD_v1.0_dev.json --limit 500\n"
    "geungeo eval ablate --set 질문.jsonl --documents 보고서폴더 --json"
)
_OUR_TITLE = "우리 질문"


def ablate(
    ctx: typer.Context,
    question_set: QuestionSet = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="형식",
            help="gold, squad, tydi, beir, autorag 가운데 하나입니다. 비우면 알아봅니다.",
        ),
    ] = None,
    documents: Documents = None,
    split: SetPart = None,
    limit: Limit = None,
    reranker: Annotated[
        str | None,
        typer.Option(
            "--reranker", metavar="모델", help="재정렬 모델의 이름이나 폴더입니다(CrossEncoder)."
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="질문별 순위까지 JSON으로 출력합니다.")
    ] = False,
    write: Annotated[
        Path | None,
        typer.Option(
            "--write", metavar="파일", help="표시 사이의 표를 새로 쓸 문서(docs/ablation.md)입니다."
        ),
    ] = None,
) -> None:
    """검색의 부분을 하나씩 바꾸거나 빼면서 같은 질문으로 재어, 저마다의 몫을 표로 보여 줍니다."""
    from eval.ablation.table import as_values, markdown
    from eval.marked_part import MarkedPart
    from eval.terminal import note, say_json, shown_progress
    from ingest.names import readable_path

    settings: Callable[[], Surroundings] = ctx.obj
    surroundings = settings()
    asked, title = _asked(question_set, kind, documents, split, limit, surroundings)
    part = MarkedPart.named(asked.kind)
    if write is not None:
        part.check(write)
    with shown_progress() as progress:
        run = _run(asked, title, split, reranker, surroundings, progress)
    if write is not None:
        part.write(write, markdown(run))
        note(f"표를 썼습니다: {readable_path(write)}")
    if as_json:
        say_json(as_values(run))
    else:
        _show(run)


def _asked(
    path: Path | None,
    kind: str | None,
    documents: list[Path] | None,
    split: str | None,
    limit: int | None,
    surroundings: Surroundings,
) -> tuple[AblationSet, str]:
    """Return the questions that are asked, and what the set is called."""
    from eval.ablation.question_set import SetKind, guess_kind, load_set
    from eval.gold_set import DEFAULT_GOLD
    from ingest.errors import InputError
    from ingest.names import readable_path

    if kind is not None and kind not in list(SetKind):
        raise InputError(
            "usage", f"모르는 형식입니다: {kind}", f"{', '.join(SetKind)} 가운데 하나를 적으세요."
        )
    file = path or DEFAULT_GOLD
    known = SetKind(kind) if kind is not None else guess_kind(file)
    if documents and known is not SetKind.GOLD:
        raise InputError(
            "usage",
            f"{known} 형식은 지문이 함께 들어 있어 --documents를 쓰지 않습니다.",
            "--documents를 빼고 다시 실행하세요.",
        )
    asked = load_set(known, file, documents or [surroundings.corpus_dir])
    asked = asked if split is None else asked.of_split(split)
    asked = asked if limit is None else asked.at_most(limit)
    return asked, _OUR_TITLE if path is None else readable_path(file.name)


def _run(
    asked: AblationSet,
    title: str,
    split: str | None,
    reranker: str | None,
    surroundings: Surroundings,
    progress: Progress,
) -> Ablation:
    from datetime import UTC, datetime

    from eval.ablation.run import ablate as measured
    from retriever.analysis import KoreanAnalyzer
    from retriever.rerank import load_reranker

    encoder = loaded_encoder(surroundings, progress)
    return measured(
        asked,
        title=title,
        split=split,
        home=surroundings.data_dir / "eval" / "ablation",
        encoder=encoder,
        analyzer=KoreanAnalyzer(),
        reranker=load_reranker(reranker, threads=surroundings.threads) if reranker else None,
        progress=progress,
        today=datetime.now(UTC).astimezone().date(),
    )


def _show(run: Ablation) -> None:
    from eval.ablation.table import summary_line, terminal_rows
    from eval.terminal import say, say_table

    say_table(terminal_rows(run))
    say()
    say(f"{summary_line(run)}. 찾는 데 {run.seconds:.0f}초 걸렸습니다.")
    say("p(hit@1): '전체'와 같은데도 hit@1이 이만큼 다를 확률(McNemar 정확 검정)입니다.")
