"""The cause or the consequence that stands in the next sentence, over a small report."""

from collections.abc import Sequence
from itertools import pairwise

import pytest

from api.answer.consequence import with_its_cause
from api.answer.selection import Candidate, rank
from ingest.load import load_bytes
from retriever.analysis import KoreanAnalyzer
from retriever.answer_kind import answer_kind
from retriever.encoder_base import Encoder
from retriever.indexing import update_index
from retriever.live_index import LiveIndex
from retriever.search import Retriever

REPORT = """한빛군 홍삼 산업 보고서

1. 가공 시설

○ 한빛군에는 홍삼을 말리는 공장이 두 곳뿐임. 따라서 수확기에는 군의 건조 설비 지원이 필요함.
○ 한빛군의 농가는 검사를 군 안에서 받을 수 있음. 그 결과 출하 기간이 사흘로 줄어듦.
○ 지난해 한빛군의 재배 면적이 줄었음. 이는 여름 가뭄이 길었던 탓임.
○ 군은 올해 박람회를 엶. 행사장은 군청 앞 광장임.
"""


@pytest.fixture(scope="module")
def retriever(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    root = tmp_path_factory.mktemp("consequence-index")
    analyzer = KoreanAnalyzer()
    document = load_bytes(REPORT.encode(), "홍삼.md")
    update_index(root, add=[document], encoder=lambda: encoder, analyzer=analyzer)
    return LiveIndex(root, encoder, analyzer).current()


def _told(question: str, retriever: Retriever) -> tuple[list[str], list[Candidate]]:
    kind = answer_kind(question)
    ranked = rank(question, retriever.search(question), kind)
    return [c.sentence.text for c in with_its_cause(question, kind, ranked[:1], ranked)], ranked


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("수확기에 군의 건조 설비 지원이 왜 필요해?", ("두 곳뿐", "따라서")),
        ("농가가 군 안에서 검사를 받으면 뭐가 좋아?", ("군 안에서", "그 결과")),
        ("지난해 재배 면적이 줄어든 이유는?", ("줄었음", "이는 여름 가뭄")),
    ],
)
def test_both_sentences_are_told_in_their_order(
    question: str, told: Sequence[str], retriever: Retriever
) -> None:
    texts, _ = _told(question, retriever)
    assert [words in text for words, text in zip(told, texts, strict=True)] == [True, True]


@pytest.mark.parametrize(
    "question",
    ["농가는 검사를 어디서 받아?", "군은 올해 박람회를 왜 열어?", "박람회를 열면 뭐가 좋아?"],
)
def test_nothing_is_added_where_nothing_follows(question: str, retriever: Retriever) -> None:
    texts, ranked = _told(question, retriever)
    assert texts == [ranked[0].sentence.text]


def test_what_was_chosen_besides_stays_once(retriever: Retriever) -> None:
    question = "농가가 군 안에서 검사를 받으면 뭐가 좋아?"
    kind = answer_kind(question)
    ranked = rank(question, retriever.search(question), kind)
    told = with_its_cause(question, kind, ranked, ranked)
    assert {c.place for c in told} == {c.place for c in ranked}
    assert all(a.place != b.place for a, b in pairwise(sorted(told, key=lambda c: c.place)))
