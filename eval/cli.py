"""``geungeo eval``: runs of gold questions, compared and held against thresholds.

Added to the command line through the entry point ``geungeo.commands``; ``ctx.obj`` gives the
settings of the service.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eval import report_commands
from eval.ablation import command as ablation_command
from eval.command_options import AsJson
from eval.grounding import command as grounding_command
from eval.quality import command as quality_command
from eval.refusal_curve import command as refusal_command

if TYPE_CHECKING:
    from eval.in_process import Surroundings
    from eval.run_config import RunConfig
    from eval.run_record import RunFolder, RunRecord
    from eval.runner import Run

app = typer.Typer(
    help="정답을 아는 질문으로 답과 검색을 재고, 견주고, 기준에 맞는지 봅니다.",
    epilog="geungeo eval run --split test\ngeungeo eval compare 이전 지금\ngeungeo eval gate",
    rich_markup_mode=None,
    no_args_is_help=True,
)

GoldFile = Annotated[
    Path | None, typer.Option("--gold", metavar="파일", help="질문 파일(JSONL)입니다.")
]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", metavar="파일", help="실행 설정(TOML)입니다.")
]
SplitName = Annotated[
    str | None, typer.Option("--split", metavar="이름", help="tune이나 test의 질문만 묻습니다.")
]
Url = Annotated[
    str | None,
    typer.Option("--url", metavar="주소", help="이 주소에서 실행 중인 서비스에 묻습니다."),
]


@app.command(
    "run",
    epilog="geungeo eval run --split test --name 지금\n"
    "geungeo eval run --config 실행.toml --json\n"
    "geungeo eval run --url http://127.0.0.1:8000",
)
def run(
    ctx: typer.Context,
    gold: GoldFile = None,
    config: ConfigFile = None,
    split: SplitName = None,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="이름", help="저장할 이름입니다. 비우면 시각으로 짓습니다."),
    ] = None,
    url: Url = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="같은 이름의 실행을 바꿉니다.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """질문을 모두 묻고 채점하여 저장합니다."""
    from eval.run_output import run_json, show_run
    from eval.run_record import RunFolder
    from eval.terminal import say, say_json

    surroundings = _surroundings(ctx)
    settings = _config(config, gold=gold, split=split, url=url)
    runs = RunFolder(surroundings.data_dir)
    named = name if name is not None else _name_by_time(settings, "")
    runs.check_free(named, overwrite=overwrite)
    done = _run(named, settings, surroundings)
    folder = runs.write(done.record, done.rows, overwrite=overwrite)
    if as_json:
        say_json(run_json(done.record, done.rows, folder))
    else:
        show_run(done.record, done.rows)
        say(f"저장했습니다: {folder}")


@app.command("list", epilog="geungeo eval list\ngeungeo eval list --json")
def list_runs(ctx: typer.Context, as_json: AsJson = False) -> None:
    """저장된 실행을 보여 줍니다."""
    from eval.run_output import list_json, show_list
    from eval.run_record import RunFolder
    from eval.terminal import say_json

    runs = RunFolder(_surroundings(ctx).data_dir)
    records = _readable(runs)
    if as_json:
        say_json(list_json(records))
    else:
        show_list(records)


@app.command(
    "compare",
    epilog="geungeo eval compare 이전 지금\ngeungeo eval compare 이전 지금 --metric hit@1",
)
def compare(
    ctx: typer.Context,
    before: Annotated[str, typer.Argument(metavar="이전", help="앞선 실행의 이름입니다.")],
    after: Annotated[str, typer.Argument(metavar="나중", help="견줄 실행의 이름입니다.")],
    metric: Annotated[
        str, typer.Option("--metric", metavar="지표", help="질문을 늘어놓을 지표입니다.")
    ] = "right",
    as_json: AsJson = False,
) -> None:
    """두 실행에서 나아진 질문과 나빠진 질문, 지표의 차이를 보여 줍니다."""
    from dataclasses import asdict

    from eval.comparison import compare as compared
    from eval.run_output import show_comparison
    from eval.run_record import RunFolder
    from eval.terminal import say_json

    runs = RunFolder(_surroundings(ctx).data_dir)
    first, second = ((runs.read(name), runs.rows(name)) for name in (before, after))
    found = compared(first, second, metric)
    if as_json:
        say_json({"before": before, "after": after, **asdict(found)})
    else:
        show_comparison(before, after, found)


@app.command("gate", epilog="geungeo eval gate\ngeungeo eval gate 지금 --thresholds 기준.toml")
def gate(
    ctx: typer.Context,
    stored: Annotated[
        str | None,
        typer.Argument(metavar="실행", help="저장된 실행의 이름입니다. 비우면 새로 실행합니다."),
    ] = None,
    thresholds: Annotated[
        Path | None,
        typer.Option(
            "--thresholds", metavar="파일", help="기준(TOML)입니다. 비우면 함께 설치된 기준입니다."
        ),
    ] = None,
    gold: GoldFile = None,
    config: ConfigFile = None,
    split: SplitName = None,
    url: Url = None,
    as_json: AsJson = False,
) -> None:
    """기준에 못 미치는 지표가 있으면 알려 주고 종료 상태 1로 끝냅니다."""
    from eval.gate import DEFAULT_THRESHOLDS, checks, read_thresholds
    from eval.run_output import gate_json, show_gate
    from eval.run_record import RunFolder
    from eval.terminal import say_json

    surroundings = _surroundings(ctx)
    bounds = read_thresholds(thresholds or DEFAULT_THRESHOLDS)
    runs = RunFolder(surroundings.data_dir)
    if stored is not None:
        _refuse_with_stored(gold=gold, config=config, split=split, url=url)
        record = runs.read(stored)
    else:
        settings = _config(config, gold=gold, split=split, url=url)
        done = _run(_name_by_time(settings, "gate-"), settings, surroundings)
        runs.write(done.record, done.rows)
        record = done.record
    found = checks(record, bounds)
    if as_json:
        say_json(gate_json(record, found))
    else:
        show_gate(record, found)
    if not all(check.passed for check in found):
        raise typer.Exit(1)


@app.command(
    "check-gold", epilog="geungeo eval check-gold\ngeungeo eval check-gold --gold 질문.jsonl"
)
def check_gold(
    ctx: typer.Context,
    gold: GoldFile = None,
    documents: Annotated[
        list[Path] | None,
        typer.Option(
            "--documents",
            metavar="경로",
            help="인용을 찾을 문서나 폴더입니다. 여러 번 쓸 수 있습니다.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """질문 파일의 인용과 정답이 문서와 맞는지 살펴봅니다."""
    from eval.gold_set import problems, read_gold
    from eval.in_process import read_documents
    from eval.run_output import gold_json, show_gold
    from eval.shared_words import shared_words
    from eval.terminal import say_json
    from retriever.analysis import KoreanAnalyzer

    settings = _config(None, gold=gold, documents=tuple(documents or ()) or None)
    questions = read_gold(settings.gold)
    places = settings.documents or (_surroundings(ctx).corpus_dir,)
    texts = {document.source: document.text for document in read_documents(places)}
    wrong = problems(questions, texts)
    shared = shared_words(questions, KoreanAnalyzer().morphemes)
    if as_json:
        say_json(gold_json(settings.gold, questions, wrong, shared))
    else:
        show_gold(settings.gold, questions, wrong, shared)
    if wrong:
        raise typer.Exit(1)


def _readable(runs: RunFolder) -> list[RunRecord]:
    """Return the stored runs, the oldest first; what cannot be read is named and left out."""
    from eval.terminal import note
    from ingest.errors import OperatorError

    found = []
    for name in runs.names():
        try:
            found.append(runs.read(name))
        except OperatorError as error:
            note(f"건너뜀: {error}")
    return sorted(found, key=lambda record: record.created)


def _surroundings(ctx: typer.Context) -> Surroundings:
    settings: Callable[[], Surroundings] = ctx.obj
    return settings()


def _config(file: Path | None, **given: Any) -> RunConfig:
    from eval.run_config import load_run_config

    return load_run_config(file, given)


def _run(name: str, config: RunConfig, surroundings: Surroundings) -> Run:
    from eval.runner import questions_of, run
    from eval.terminal import shown_progress

    questions_of(config)  # what is wrong with them is said before anything is loaded
    with shown_progress() as progress:
        if config.url is not None:
            from contextlib import closing

            from eval.over_http import OverHttp
            from retriever.analysis import KoreanAnalyzer

            with closing(OverHttp(config.url, config.top_k)) as service:
                return run(name, config, service, KoreanAnalyzer().morphemes, progress)
        from eval.in_process import open_in_process, settled

        whole = settled(config, surroundings)
        system = open_in_process(whole, surroundings, progress)
        return run(name, whole, system, system.analyzer.morphemes, progress)


def _name_by_time(config: RunConfig, prefix: str) -> str:
    return f"{prefix}{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{config.split or 'all'}"


def _refuse_with_stored(**given: object) -> None:
    from ingest.errors import InputError

    for name, value in given.items():
        if value is not None:
            raise InputError(
                "usage",
                f"저장된 실행에는 --{name}을(를) 함께 쓸 수 없습니다.",
                "실행 이름을 빼면 새로 실행합니다.",
            )


app.command("report", epilog=report_commands.REPORT_EXAMPLES)(report_commands.report)
app.command("judge", epilog=report_commands.JUDGE_EXAMPLES)(report_commands.judge)
app.command("export-ragas", epilog=report_commands.RAGAS_EXAMPLES)(report_commands.export_ragas)
app.command("ablate", epilog=ablation_command.EXAMPLES)(ablation_command.ablate)
app.command("grounding", epilog=grounding_command.EXAMPLES)(grounding_command.grounding)
app.command("quality", epilog=quality_command.EXAMPLES)(quality_command.quality)
app.command("refusal", epilog=refusal_command.EXAMPLES)(refusal_command.refusal)
