"""What can be asked of a generation, also while one generation takes over from another."""

from collections.abc import Iterator

import pytest

from api.answer.answerer import Answerer
from api.answer.corpus_guide import CorpusGuide
from api.answer.records import Answer
from ingest.load import load_bytes
from retriever.indexing import update_index
from retriever.live_index import LiveIndex
from retriever.search import Retriever

FOREST = "# 산림 복원 보고서\n\n## 1. 산불 피해\n- 피해 지역에 사방댐 88개를 설치함\n"


@pytest.fixture(scope="module")
def new(corpus_index: LiveIndex) -> Retriever:
    """The generation that answers now."""
    return corpus_index.current()


@pytest.fixture(scope="module")
def old(new: Retriever, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Retriever]:
    """The generation before it."""
    root, document = tmp_path_factory.mktemp("old"), load_bytes(FOREST.encode(), "숲.md")
    update_index(root, add=[document], encoder=lambda: new.encoder, analyzer=new.analyzer)
    index = LiveIndex(root, new.encoder, new.analyzer)
    yield index.current()
    index.close()


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """The questions that were tried."""
    return []


@pytest.fixture(scope="module")
def guide(new: Retriever, asked: list[str]) -> CorpusGuide:
    """A guide that has made the examples."""
    made = CorpusGuide()
    answerer = Answerer(lambda: new, guide=made)

    def noted(question: str) -> Answer:
        asked.append(question)
        return answerer.answer(question)

    made.prepare(new, noted)
    first = len(asked)
    made.prepare(new, noted)
    assert len(asked) == first > 0
    return made


def test_the_facts_are_those_of_the_generation_asked_for(old: Retriever, new: Retriever) -> None:
    guide = CorpusGuide()
    assert guide.facts(old).documents[0].title == "산림 복원 보고서"
    assert guide.facts(new).total > 1
    assert guide.facts(new) == guide.facts(new)
    assert guide.facts(new).examples == ()


def test_examples_survive_a_late_question_to_the_generation_before(
    guide: CorpusGuide, old: Retriever, new: Retriever, asked: list[str]
) -> None:
    examples = guide.facts(new).examples
    assert examples
    assert set(examples) <= set(asked)
    assert guide.facts(old).examples == ()
    assert guide.facts(new).examples == examples


def test_what_stands_near_is_suggested(guide: CorpusGuide, new: Retriever) -> None:
    question = guide.facts(new).examples[0]
    answer = Answerer(lambda: new, guide=guide).answer(question)
    assert answer.suggestions
    assert set(answer.suggestions) <= set(guide.facts(new).examples)
    assert question not in answer.suggestions
    assert Answerer(lambda: new).answer(question).suggestions == ()
