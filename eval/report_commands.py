"""``geungeo eval report``, ``judge`` and ``export-ragas``, which ``eval.cli`` registers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.errors import OperatorError

if TYPE_CHECKING:
    from eval.gold_set import GoldQuestion
    from eval.in_process import Surroundings
    from eval.judgement import Judgement
    from eval.run_record import RunFolder, RunRecord

REPORT_EXAMPLES = (
    "geungeo eval report 지금\ngeungeo eval report 지금 --against 이전 --out 비교.html"
)
JUDGE_EXAMPLES = (
    "geungeo eval judge 지금 --llm openai:gpt-… --limit 50\n"
    "geungeo eval judge 지금 --llm openai:모델 --base-url http://127.0.0.1:8080/v1"
)
RAGAS_EXAMPLES = "geungeo eval export-ragas 지금\ngeungeo eval export-ragas 지금 --out 표본.jsonl"

_MOST_AT_ONCE = 64

RunName = Annotated[str, typer.Argument(metavar="실행", help="저장된 실행의 이름입니다.")]


def report(
    ctx: typer.Context,
    run: RunName,
    against: Annotated[
        str | None, typer.Option("--against", metavar="실행", help="견줄 앞선 실행의 이름입니다.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="파일", help="저장할 HTML 파일입니다. 비우면 실행 폴더에 둡니다."
        ),
    ] = None,
) -> None:
    """실행 결과를 표와 그림이 담긴 HTML 한 장으로 만듭니다."""
    _require("jinja2", "matplotlib")
    from eval.comparison import compare
    from eval.judgement import read_judgement
    from eval.report.page import render
    from eval.terminal import say
    from ingest.names import readable_path

    runs = _runs(ctx)
    record, rows = runs.read(run), runs.rows(run)
    compared = None
    if against is not None:
        before = (runs.read(against), runs.rows(against))
        compared = (against, compare(before, (record, rows), "right"))
    page = render(
        record,
        rows,
        gold=_gold_if_there(record),
        against=compared,
        judgement=read_judgement(runs.path_of(run)),
    )
    file = out or runs.path_of(run) / "report.html"
    file.write_text(page, encoding="utf-8")
    say(f"저장했습니다: {readable_path(file.absolute())}")


def judge(
    ctx: typer.Context,
    run: RunName,
    llm: Annotated[
        str,
        typer.Option(
            "--llm", metavar="모델", help="채점할 언어 모델입니다. 제공자:모델로 적습니다."
        ),
    ],
    base_url: Annotated[
        str | None,
        typer.Option("--base-url", metavar="주소", help="OpenAI 호환 서버의 주소입니다."),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", min=1, help="앞에서부터 이만큼의 답만 채점합니다."),
    ] = None,
    at_once: Annotated[
        int,
        typer.Option(
            "--at-once", metavar="N", min=1, max=_MOST_AT_ONCE, help="한꺼번에 물을 개수입니다."
        ),
    ] = 4,
    temperature: Annotated[
        float | None,
        typer.Option("--temperature", metavar="T", min=0, help="비우면 모델의 기본값입니다."),
    ] = None,
) -> None:
    """언어 모델에 답을 채점하게 합니다. 답과 인용, 바른 답을 그 모델에 보냅니다."""
    from eval.judgement import write_judgement

    runs = _runs(ctx)
    judgement = _judged(runs, run, (llm, base_url, temperature), limit, at_once)
    _show_judgement(judgement, write_judgement(runs.path_of(run), judgement))


def _judged(
    runs: RunFolder,
    run: str,
    model_named: tuple[str, str | None, float | None],
    limit: int | None,
    at_once: int,
) -> Judgement:
    """Let a model, named as ``load_judge_model`` wants it, judge the answers of a stored run."""
    from datetime import UTC, datetime

    from eval.judge import CORRECTNESS, FAITHFULNESS, Judge
    from eval.judge_model import load_judge_model
    from eval.judgement import summed_up
    from eval.prompt import read_prompt
    from eval.run_gold import gold_of
    from eval.terminal import shown_progress

    record = runs.read(run)
    answered = [row for row in runs.rows(run) if not row.refused][:limit]
    gold = gold_of(record)
    prompts = {name: read_prompt(name) for name in (FAITHFULNESS, CORRECTNESS)}
    model = load_judge_model(*model_named)
    with shown_progress() as progress:
        judged = Judge(model, prompts, at_once=at_once).judge(answered, gold, progress)
    return summed_up(
        judged,
        model=model_named[0],
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        prompts={n: {"version": p.version, "sha256": p.sha256} for n, p in prompts.items()},
    )


def export_ragas(
    ctx: typer.Context,
    run: RunName,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="파일", help="저장할 파일입니다. 비우면 화면에 씁니다."),
    ] = None,
) -> None:
    """실행 결과를 ragas의 평가 자료(JSONL)로 내보냅니다."""
    import sys

    from eval.export_ragas import ragas_jsonl, ragas_samples
    from eval.run_gold import gold_of
    from eval.terminal import note

    runs = _runs(ctx)
    record = runs.read(run)
    top_k = int(record.config["top_k"])
    samples = ragas_samples(runs.rows(run), gold_of(record), top_k=top_k)
    if out is None:
        sys.stdout.write(ragas_jsonl(samples))
    else:
        out.write_text(ragas_jsonl(samples), encoding="utf-8")
        note(f"질문 {len(samples)}개를 저장했습니다: {out}")


def _show_judgement(judgement: Judgement, file: Path) -> None:
    from eval.terminal import say, say_table

    named = {
        "충실성": judgement.faithfulness,
        "정확성": judgement.correctness,
        "정답 판정과 일치": judgement.agreement,
    }
    rows = [("지표", "값", "95% 구간", "답")]
    rows += [
        (name, f"{m.value:.3f}", f"{m.low:.3f}–{m.high:.3f}", str(m.count))
        for name, m in named.items()
        if m is not None
    ]
    say_table(rows)
    if judgement.invalid or judgement.failed:
        say(f"형식이 틀린 판정 {judgement.invalid}개, 실패한 요청 {judgement.failed}개는 뺐습니다.")
    say(f"저장했습니다: {file}")


def _runs(ctx: typer.Context) -> RunFolder:
    from eval.run_record import RunFolder

    settings: Callable[[], Surroundings] = ctx.obj
    return RunFolder(settings().data_dir)


def _gold_if_there(record: RunRecord) -> dict[str, GoldQuestion]:
    """Return the gold questions, or none where the file has changed or gone."""
    from eval.run_gold import gold_of
    from ingest.errors import InputError

    try:
        return gold_of(record)
    except InputError:
        return {}


def _require(*packages: str) -> None:
    """Refuse to begin where a package of the ``eval`` extra is missing."""
    from importlib.util import find_spec

    missing = [name for name in packages if find_spec(name) is None]
    if missing:
        raise OperatorError(
            "package_missing",
            f"이 명령에 필요한 패키지가 없습니다: {', '.join(missing)}",
            "`pip install 'geungeo[eval]'`로 설치하세요.",
        )
