"""Which sentences are chosen, over a small report with the real index and analyser."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from api.answer.list_answer import list_answer
from api.answer.selection import MAX_SENTENCES, Candidate, rank, select
from ingest.load import load_bytes
from retriever.analysis import KoreanAnalyzer
from retriever.answer_kind import answer_kind
from retriever.encoder_base import Encoder
from retriever.hit import SearchResult
from retriever.indexing import update_index
from retriever.live_index import LiveIndex
from retriever.search import Retriever

REPORT = """지역 홍삼 산업 보고서

1. 한빛홍삼

○ 한빛홍삼은 2019년 코스닥에 상장하였음. 첫날 주가는 공모가보다 12% 높았음.
○ 한빛홍삼의 직원은 모두 312명임
○ 금산홍삼의 직원은 모두 45명임
○ 한빛홍삼의 홍삼 수출은 2021년에 30억 원으로 늘었음
○ 한빛홍삼의 홍삼 수출은 2023년에 48억 원으로 늘었음

2. 홍삼 산업의 육성

□ 홍삼 산업 육성의 필요성이 커지며 전략이 마련되는 중임
□ 홍삼 산업을 키울 방안은 다음과 같음
  - 원료 재배지 확대
  - 수출 시장 개척
  - 가공 기술 개발
□ 홍삼은 국내 시장에서 건강식품으로 꾸준히 팔림
  - (담당 기관) 지역농업진흥원과 군청

3. 지역별 현황

[표 1] 지역별 홍삼 업체 현황

| 지역 | 업체 수 | 주요 품목 |
|---|---|---|
| 금산 | 612개 | 홍삼 농축액 |
| 풍기 | 248개 | 홍삼 절편 |

<그림 1> 홍삼 수출액의 추이
자료: 홍삼협회, 2024
"""


@pytest.fixture(scope="module")
def retriever(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    root = tmp_path_factory.mktemp("selection-index")
    analyzer = KoreanAnalyzer()
    document = load_bytes(REPORT.encode(), "홍삼.md")
    update_index(root, add=[document], encoder=lambda: encoder, analyzer=analyzer)
    return LiveIndex(root, encoder, analyzer).current()


def ranked(retriever: Retriever, question: str) -> tuple[list[Candidate], SearchResult]:
    result = retriever.search(question)
    return rank(question, result, answer_kind(question)), result


def with_chances(found: Sequence[Candidate], *chances: float) -> list[Candidate]:
    pairs = zip(found, chances, strict=False)
    return [replace(candidate, score=chance) for candidate, chance in pairs]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("한빛홍삼의 직원은 몇 명인가요?", "312명"),
        ("한빛홍삼이 상장한 첫날 주가는 공모가보다 얼마나 높았나요?", "12%"),
        ("2021년에 한빛홍삼의 수출은 얼마였나요?", "30억"),
        ("2023년에 한빛홍삼의 수출은 얼마였나요?", "48억"),
        ("표에서 풍기의 업체 수는 몇 개인가요?", "248개"),
    ],
)
def test_the_sentence_that_answers_comes_first(
    retriever: Retriever, question: str, answer: str
) -> None:
    found, _ = ranked(retriever, question)
    assert answer in found[0].sentence.text
    assert sum(candidate.score for candidate in found) == pytest.approx(1.0)


def test_labels_are_quoted_only_where_they_are_asked_for(retriever: Retriever) -> None:
    found, _ = ranked(retriever, "홍삼 수출액의 추이는 어떤가요?")
    asked, _ = ranked(retriever, "홍삼 수출액 그림의 출처는 어디인가요?")
    assert not any("홍삼협회" in candidate.sentence.text for candidate in found)
    assert any("홍삼협회" in candidate.sentence.text for candidate in asked)


def test_others_join_while_they_are_nearly_as_likely(retriever: Retriever) -> None:
    found, _ = ranked(retriever, "한빛홍삼은 어떤 회사인가요?")
    sure = select(with_chances(found, 0.9, 0.06, 0.04), {})
    doubtful = select(with_chances(found, 0.4, 0.3, 0.06), {})
    assert [candidate.score for candidate in sure] == [0.9]
    assert [candidate.score for candidate in doubtful] == [0.4, 0.3]


def test_others_join_until_the_answer_is_likely_told(retriever: Retriever) -> None:
    found, _ = ranked(retriever, "한빛홍삼은 어떤 회사인가요?")
    doubtful = select(with_chances(found, 0.6, 0.08, 0.06, 0.05), {})
    hopeless = select(with_chances(found, 0.6, 0.04, 0.04), {})
    assert [candidate.score for candidate in doubtful] == [0.6, 0.08, 0.06]
    assert [candidate.score for candidate in hopeless] == [0.6]


def test_a_labelled_sentence_answers_who_asks_for_its_label(retriever: Retriever) -> None:
    def chance(question: str) -> float:
        found, _ = ranked(retriever, question)
        return next(c.score for c in found if "진흥원" in c.sentence.text)

    assert chance("홍삼을 맡은 기관은?") > chance("홍삼을 맡은 데는?")


def test_one_that_brings_in_new_words_of_the_question_joins(retriever: Retriever) -> None:
    found, result = ranked(retriever, "한빛홍삼의 직원과 금산홍삼의 직원은 몇 명인가요?")
    first, second = (
        next(c for c in found if number in c.sentence.text) for number in ("312명", "45명")
    )
    chosen = select(with_chances([first, second], 0.9, 0.05), result.terms)
    assert [candidate.sentence.text for candidate in chosen] == [
        first.sentence.text,
        second.sentence.text,
    ]


def test_neither_too_many_nor_the_same_words_are_said_twice(retriever: Retriever) -> None:
    found, _ = ranked(retriever, "홍삼 산업은 어떤가요?")
    assert len(found) > MAX_SENTENCES
    assert len(select([replace(c, score=0.1) for c in found], {})) == MAX_SENTENCES
    assert len(select([replace(found[0], score=0.3)] * 3, {})) == 1


def test_a_list_of_just_as_many_items_as_are_asked_for_is_told(retriever: Retriever) -> None:
    found, _ = ranked(retriever, "홍삼 산업을 키우는 일 세 가지는 무엇인가요?")
    parent = next(c for c in found if "방안은 다음과" in c.sentence.text)
    others = [c for c in found if c.place != parent.place]
    below = [replace(others[0], score=0.6), replace(parent, score=0.1), *others[1:]]
    told = [said.text for said in list_answer(below, 3)]
    assert told[1:] == ["- 원료 재배지 확대", "- 수출 시장 개척", "- 가공 기술 개발"]
    assert told != [said.text for said in list_answer(below, 4)]


def test_a_doubtful_sentence_begins_no_list(retriever: Retriever) -> None:
    found, _ = ranked(retriever, "홍삼 산업을 키우는 일은 무엇인가요?")
    parent = next(c for c in found if "방안은 다음과" in c.sentence.text)
    others = [c for c in found if c.place != parent.place]
    assert len(list_answer([replace(parent, score=0.3), *others])) == 4
    assert list_answer([replace(parent, score=0.1), *others]) == []
