"""A language model that invents, put to the whole path from question to answer.

It says true sentences of the passage found first in many other words, and the same sentences with
figures, names and facts put into them, all with the marker of that passage; what reaches the user
of either is counted, streaming and not.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from api.answer.answerer import Answerer
from api.answer.corpus_guide import CorpusGuide
from api.answer.grounding.current import CurrentGrounder
from api.answer.grounding.source import Source
from api.answer.records import Answer, AnswerPart
from eval.grounding.case import cases
from eval.grounding.material import RIGHT, materials_of
from eval.progress import Progress
from eval.quality.script import Script
from retriever.search import Retriever

if TYPE_CHECKING:
    from api.answer.generation.generator import Generator

Mode = Literal["stream", "whole"]
_STAGE = "지어내는 모델"
# One sentence of a question's best passage, said in more than sixty ways, fills an answer.
_SENTENCES_A_QUESTION = 1
# As the service's answerer looks at them.
_PASSAGES = 8
_NAME = "scripted:inventing"
_UNKNOWN = "unknown"
# No limit of time or length may keep an invention from the checks.
_PATIENCE_SECONDS, _MOST_TOKENS, _CONTEXT = 600.0, 8192, 65536


@dataclass(frozen=True, slots=True)
class Reached:
    """What of one question's script reached the user.

    Attributes:
        mode: read a sentence at a time, or as the whole answer.
        figures, words: inventions that reached the user, and all that were said; a sentence that
            neither the script nor the passages account for is taken for invented words.
        faithful: faithful sentences that did, and all.
        passed: the figures that reached the user, each with its way, and then the words.
    """

    mode: Mode
    figures: tuple[int, int]
    words: tuple[int, int]
    faithful: tuple[int, int]
    passed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Inventing:
    """All questions.

    Attributes:
        ways: how many ways of inventing were met.
        reached: of each question and mode; questions that never came to the model are left out.
    """

    ways: int
    reached: tuple[Reached, ...]


def invent(
    questions: Sequence[str], retriever: Retriever, seed: int, progress: Progress
) -> Inventing:
    """Let the model answer every question twice, streaming and not.

    Args:
        questions: each understood without a conversation.
        retriever: of the documents.
        seed: of the choice of sentences and of what is invented.
        progress: told of every question.
    """
    checks, guide = CurrentGrounder(), CorpusGuide()
    chooser = random.Random(seed)  # noqa: S311
    ways: set[str] = set()
    reached: list[Reached] = []
    for place, question in enumerate(questions):
        progress(_STAGE, place, len(questions))
        script = _script(question, retriever, chooser)
        if script is None:
            continue
        ways |= script.ways
        answerer = Answerer(lambda: retriever, checks, scripted(script.text), guide)
        reached += _both(question, answerer, script)
    progress(_STAGE, len(questions), len(questions))
    return Inventing(len(ways), tuple(reached))


def scripted(text: str) -> Generator:
    """Return the service's own generator over a model that says ``text``, piece by piece."""
    from langchain_core.language_models import FakeListChatModel

    from api.answer.generation.generator import Generator
    from api.answer.generation.language_model import LanguageModel
    from api.answer.generation.model_settings import ModelSettings

    settings = ModelSettings(
        name=_NAME,
        timeout_seconds=_PATIENCE_SECONDS,
        max_tokens=_MOST_TOKENS,
        context_tokens=_CONTEXT,
    )
    return Generator(LanguageModel(FakeListChatModel(responses=[text]), settings))


def _script(question: str, retriever: Retriever, chooser: random.Random) -> Script | None:
    """Return what is said to a question, or None where its best passage has no sentence for it."""
    hits = retriever.search(question, top_k=_PASSAGES).hits
    sources = {n: Source(n, hit.document.title, hit.passage) for n, hit in enumerate(hits, RIGHT)}
    fitting = materials_of(sources)
    if not fitting:
        return None
    chosen = chooser.sample(fitting, min(_SENTENCES_A_QUESTION, len(fitting)))
    made = cases(chosen, chooser.randrange(2**32))
    said = (case for case in made if case.markers == (RIGHT,) and case.kind != "marker")
    return Script.of(said, chosen[0].all_text)


def _both(question: str, answerer: Answerer, script: Script) -> Iterator[Reached]:
    *parts, last = answerer.stream(question, top_k=_PASSAGES)
    if isinstance(last, Answer) and last.model == _NAME:
        streamed = [part.sentence.text for part in parts if isinstance(part, AnswerPart)]
        yield _reached("stream", streamed, script)
    whole = answerer.answer(question, top_k=_PASSAGES)
    if whole.model == _NAME:
        yield _reached("whole", [sentence.text for sentence in whole.sentences], script)


def _reached(mode: Mode, said: Sequence[str], script: Script) -> Reached:
    found = script.account(said)
    return Reached(
        mode,
        (len(found.figures), script.count("figure")),
        (len(found.words) + len(found.unknown), script.count("words")),
        (found.faithful, script.count("faithful")),
        (*found.figures, *found.words, *((_UNKNOWN, text) for text in found.unknown)),
    )
