"""``geungeo eval refusal``, which ``eval.cli`` registers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eval.command_options import Documents, Limit, QuestionSet, SetPart
from eval.loaded_encoder import loaded_encoder

if TYPE_CHECKING:
    from eval.in_process import Surroundings
    from eval.progress import Progress
    from eval.refusal_curve.measure import RefusalCurve
    from eval.refusal_curve.questions import CurveSet
    from retriever.analysis import KoreanAnalyzer
    from retriever.encoder_base import Encoder

EXAMPLES = (
    "geungeo eval refusal --split test\n"
    "geungeo eval refusal --without-evidence\n"
    "geungeo eval refusal --set KorQuAD_v1.0_dev.json --limit 500 --json"
)
_PLACES = 3


def refusal(
    ctx: typer.Context,
    question_set: QuestionSet = None,
    documents: Documents = None,
    split: SetPart = None,
    limit: Limit = None,
    without_evidence: Annotated[
        bool,
        typer.Option(
            "--without-evidence", help="gold 질문도 두 번 묻습니다(그대로, 답이 든 단락을 빼고)."
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="질문별 신뢰도와 ROC 곡선까지 JSON으로 출력합니다.")
    ] = False,
) -> None:
    """답이 있는 질문과 없는 질문을 신뢰도가 얼마나 가려내는지 잽니다(ROC-AUC와 95% 구간).

    지문이 딸린 질문 세트는 질문마다 두 번 묻습니다. 한 번은 그대로, 한 번은 답이 든 지문을 빼고.
    """
    from eval.gold_set import DEFAULT_GOLD
    from eval.refusal_curve.questions import curve_set
    from eval.terminal import say_json, shown_progress

    settings: Callable[[], Surroundings] = ctx.obj
    surroundings = settings()
    places = documents or [surroundings.corpus_dir]
    file = question_set or DEFAULT_GOLD
    asked = curve_set(file, places, split, limit, without_evidence=without_evidence)
    with shown_progress() as progress:
        found = _measured(asked, surroundings, progress)
    if as_json:
        say_json(_as_values(found))
    else:
        _show(found)


def _measured(asked: CurveSet, surroundings: Surroundings, progress: Progress) -> RefusalCurve:
    from ingest.errors import InputError
    from retriever.analysis import KoreanAnalyzer

    if len({question.answerable for question in asked.questions}) == 1:
        raise InputError(
            "no_questions",
            "답이 있는 질문과 없는 질문이 모두 있어야 합니다.",
            "질문 세트와 --split을 확인하세요.",
        )
    encoder = loaded_encoder(surroundings, progress)
    return curve_of(asked, surroundings.data_dir, encoder, KoreanAnalyzer(), progress)


def curve_of(
    asked: CurveSet, data_dir: Path, encoder: Encoder, analyzer: KoreanAnalyzer, progress: Progress
) -> RefusalCurve:
    """Index the documents of a set, ask its questions and work out the figures.

    Args:
        asked: holds questions with an answer and such without.
        data_dir: the index is built in ``eval/refusal`` of it; embeddings are kept there.
        encoder: the embedding model.
        analyzer: the Korean analyser.
        progress: told of the building and the questions.

    Raises:
        RetryLaterError: ``ablation_busy`` while another one is measured.
    """
    import shutil

    from eval.ablation.index import alone
    from eval.progress import INDEX_STAGES
    from eval.refusal_curve.measure import ask, measured
    from retriever.indexing import update_index
    from retriever.live_index import LiveIndex

    home = data_dir / "eval" / "refusal"
    with alone(home, "refusal"):
        shutil.rmtree(home / "index", ignore_errors=True)
        update_index(
            home,
            add=list(asked.documents),
            encoder=lambda: encoder,
            analyzer=analyzer,
            progress=lambda stage, done, total: progress(
                INDEX_STAGES.get(stage, stage), done, total
            ),
        )
        live = LiveIndex(home, encoder, analyzer)
        return measured(ask(asked.questions, live.current(), progress))


def _as_values(found: RefusalCurve) -> dict[str, Any]:
    return {
        "roc_auc": asdict(found.area),
        "scores": asdict(found.scores),
        "calibration_error": found.calibration_error,
        "curve": [
            {
                "threshold": None if point.threshold == float("inf") else point.threshold,
                "false_positive_rate": point.false_positive_rate,
                "true_positive_rate": point.true_positive_rate,
            }
            for point in found.curve.points
        ],
        "reliability": [asdict(held) for held in found.bins],
        "questions": [asdict(one) for one in found.asked],
    }


def _show(found: RefusalCurve) -> None:
    from eval.terminal import say, say_table

    answerable = sum(one.answerable for one in found.asked)
    area, scores = found.area, found.scores
    say_table(
        [
            ("지표", "값"),
            ("답이 있는 질문", str(answerable)),
            ("답이 없는 질문", str(len(found.asked) - answerable)),
            ("ROC-AUC", f"{area.estimate:.3f} ({area.low:.3f}~{area.high:.3f})"),
            ("거절 정밀도", _share(scores.precision)),
            ("거절 재현율", _share(scores.recall)),
            ("거절 F1", _share(scores.f1)),
            ("답이 있는데 거절", _share(scores.answerable_refused)),
            ("보정 오차(ECE)", _share(found.calibration_error)),
        ]
    )
    say()
    say("괄호 안은 95% 부트스트랩 구간입니다. 곡선의 점은 --json에 있습니다.")


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.{_PLACES}f}"
