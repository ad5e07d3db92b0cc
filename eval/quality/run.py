"""Measures all figures of the answers, one after the other."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from api.answer.grounding.grounder import Grounder
from eval.gold_set import DEFAULT_GOLD, GoldQuestion, read_gold
from eval.grounding.measure import measure_documents
from eval.in_process import InProcess, Surroundings, open_in_process, read_documents, settled
from eval.progress import Progress
from eval.quality.figures import Measured, Quality
from eval.quality.inventing import invent
from eval.quality.latency import Latency, in_process, over_http
from eval.refusal_curve.command import curve_of
from eval.refusal_curve.measure import RefusalCurve, ask, measured
from eval.refusal_curve.questions import CurveSet, curve_set
from eval.run_config import RunConfig
from eval.runner import run
from eval.summary import summarise_by
from ingest.errors import InputError
from retriever.encoder_base import available_cores

TEST = "test"
"""The part of every set that nothing was chosen by."""
OWN_UNANSWERABLE, OWN_LEFT_OUT = "own", "own_without_evidence"
"""Names of the curves of our own questions; that of a given set is its file's name."""

# Of the third-party set; the interval of 300 pairs is narrow enough to be of use.
_MOST_PAIRS = 300
# Enough sentences for some thousand inventions; fewer questions, as a whole answer takes longer.
_SENTENCES, _INVENTING_QUESTIONS = 150, 50
_SEED = 20_251_122


def measure_quality(
    surroundings: Surroundings,
    progress: Progress,
    *,
    documents: Sequence[Path] = (),
    gold: Path = DEFAULT_GOLD,
    third_party: Path | None = None,
    url: str | None = None,
) -> Quality:
    """Measure the answers of this installation.

    Args:
        surroundings: where models and indexes lie.
        progress: told of every stage.
        documents: reports that the questions are about; empty for the service's.
        gold: the questions.
        third_party: a set with passages, asked with and without those that answer.
        url: a running service over the same reports, which then gives the latency; everything
            else is measured within this process, where passages can be taken away.

    Raises:
        GeungeoError: when a set or document cannot be read, or the service cannot be asked.
    """
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    start = time.perf_counter()
    questions = read_gold(gold)
    given = None if third_party is None else _given(third_party)
    config = settled(RunConfig(gold=gold, documents=tuple(documents)), surroundings)
    system = open_in_process(config, surroundings, progress)
    reports = read_documents(config.documents)
    done = run("quality", config, system, system.analyzer.morphemes, progress)
    grounder = Grounder(system.analyzer, system.retriever.encoder, system.retriever.aliases)
    return Quality(
        splits=done.record.by_split,
        types=summarise_by([row for row in done.rows if row.split == TEST], lambda row: row.type),
        curves=dict(_curves(gold, config.documents, given, system, surroundings, progress)),
        checks=measure_documents(
            reports, grounder, progress, split=TEST, sentences=_SENTENCES, seed=_SEED
        ),
        inventing=invent(_standing_alone(questions), system.retriever, _SEED, progress),
        latency=in_process(done.rows) if url is None else _asked_over(url, questions, config),
        over_http=url is not None,
        measured=Measured(
            on=datetime.now(UTC).astimezone().date().isoformat(),
            version=system.version,
            model=Path(system.retriever.encoder.fingerprint.model).name,
            cores=available_cores(),
            load=load,
            seconds=round(time.perf_counter() - start, 1),
        ),
    )


def _given(path: Path) -> tuple[str, CurveSet]:
    """Return a third-party set: its part that nothing was chosen by, or where it has none, all."""
    try:
        return path.name, curve_set(path, (), TEST, _MOST_PAIRS)
    except InputError as error:
        if error.code != "no_questions":
            raise
        return path.name, curve_set(path, (), None, _MOST_PAIRS)


def _curves(
    gold: Path,
    documents: Sequence[Path],
    given: tuple[str, CurveSet] | None,
    system: InProcess,
    surroundings: Surroundings,
    progress: Progress,
) -> Iterator[tuple[str, RefusalCurve]]:
    for name, left_out in ((OWN_UNANSWERABLE, False), (OWN_LEFT_OUT, True)):
        asked = curve_set(gold, documents, TEST, None, without_evidence=left_out).questions
        if len({question.answerable for question in asked}) > 1:
            yield name, measured(ask(asked, system.retriever, progress))
    if given is not None:
        name, whole = given
        encoder, analyzer = system.retriever.encoder, system.analyzer
        yield name, curve_of(whole, surroundings.data_dir, encoder, analyzer, progress)


def _standing_alone(questions: Sequence[GoldQuestion]) -> list[str]:
    """Return some of the questions with an answer that need no conversation, spread evenly."""
    fit = [q.question for q in questions if q.split == TEST and q.answerable and not q.history]
    count = min(_INVENTING_QUESTIONS, len(fit))
    return [fit[place * len(fit) // count] for place in range(count)]


def _asked_over(url: str, questions: Sequence[GoldQuestion], config: RunConfig) -> Latency:
    from eval.over_http import OverHttp

    with closing(OverHttp(url, config.top_k)) as service:
        return over_http(service, questions)
