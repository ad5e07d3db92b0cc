"""A run: every question asked of one system, judged and summed up."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from eval.gold_set import GoldQuestion, read_gold
from eval.metrics.token_f1 import Morphemes
from eval.progress import Progress
from eval.reply import AskedSystem
from eval.row import Row, Scorer
from eval.run_config import RunConfig
from eval.run_record import RunRecord
from eval.summary import summarise, summarise_by
from eval.support import SUPPORT_METHOD
from ingest.errors import InputError

_ASKING = "질문"


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run, not yet stored."""

    record: RunRecord
    rows: tuple[Row, ...]


def questions_of(config: RunConfig) -> list[GoldQuestion]:
    """Return the questions that a run asks.

    Raises:
        NotFoundError: ``file_not_found``.
        InputError: ``gold_unreadable``, or ``no_questions`` where the split holds none.
    """
    questions = [
        question for question in read_gold(config.gold) if config.split in (None, question.split)
    ]
    if not questions:
        raise InputError(
            "no_questions", "물을 질문이 하나도 없습니다.", "--gold와 --split을 확인하세요."
        )
    if len({question.id for question in questions}) < len(questions):
        raise _unsound("같은 id의 질문이 여럿입니다.")
    for question in questions:
        if question.answerable and not (question.must_include and all(question.must_include)):
            raise _unsound(f"{question.id}: 답할 수 있는 질문에 must_include가 없습니다.")
    return questions


def run(
    name: str,
    config: RunConfig,
    system: AskedSystem,
    morphemes: Morphemes,
    progress: Progress,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Run:
    """Ask every question in turn and judge the replies.

    The first question is asked once more beforehand, so that no model is loaded within the times.

    Raises:
        GeungeoError: as ``questions_of``, and as the system does.
    """
    gold = config.gold.read_bytes()
    questions = questions_of(config)
    start, created = time.perf_counter(), now()
    rows = _rows(questions, system, Scorer(system.passages(), morphemes), progress)
    record = RunRecord(
        name=name,
        created=created.isoformat(timespec="seconds"),
        gold={
            "path": str(config.gold.absolute()),
            "sha256": hashlib.sha256(gold).hexdigest(),
            "questions": len(questions),
        },
        split=config.split,
        config=config.model_dump(mode="json", exclude={"gold", "split"}),
        index=system.index,
        version=system.version,
        support_method=SUPPORT_METHOD,
        seconds=round(time.perf_counter() - start, 1),
        summary=summarise(rows),
        by_type=summarise_by(rows, lambda row: row.type),
        by_split=summarise_by(rows, lambda row: row.split),
    )
    return Run(record, tuple(rows))


def _unsound(message: str) -> InputError:
    return InputError(
        "gold_unreadable", message, "`geungeo eval check-gold`로 질문 파일을 확인하세요."
    )


def _rows(
    questions: Sequence[GoldQuestion], system: AskedSystem, scorer: Scorer, progress: Progress
) -> list[Row]:
    system.ask(questions[0])
    rows = []
    for done, gold in enumerate(questions):
        progress(_ASKING, done, len(questions))
        rows.append(scorer.row(gold, system.ask(gold)))
    progress(_ASKING, len(questions), len(questions))
    return rows
