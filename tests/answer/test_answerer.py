from pathlib import Path

import pytest

from api.answer.answerer import Answerer
from api.answer.citation import is_exact
from api.answer.records import Answer, Turn
from eval.gold_set import GoldQuestion, read_gold
from ingest.errors import NotFoundError
from ingest.load import load_bytes
from ingest.records import BlockKind
from retriever.analysis import KoreanAnalyzer
from retriever.encoder_base import Encoder
from retriever.indexing import update_index
from retriever.live_index import LiveIndex

GOLD = read_gold(Path(__file__).resolve().parents[2] / "eval" / "gold" / "reports.jsonl")


def ask(answerer: Answerer, gold: GoldQuestion) -> Answer:
    history = [
        Turn("user" if t["role"] == "user" else "assistant", t["content"]) for t in gold.history
    ]
    return answerer.answer(gold.question, history=history)


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold.id)
def test_every_citation_is_exact(
    answerer: Answerer, corpus_index: LiveIndex, gold: GoldQuestion
) -> None:
    answer = ask(answerer, gold)
    store = corpus_index.current().store
    for citation in answer.citations:
        document = store.document(citation.document_id)
        passage = store.passage(citation.passage_id)
        assert document is not None
        assert passage is not None
        assert is_exact(citation, document)
        assert document.text[passage.start : passage.end] == passage.text == citation.passage
    markers = {citation.marker for citation in answer.citations}
    assert all(set(sentence.markers) <= markers for sentence in answer.sentences)


def test_a_figure_is_answered_from_its_sentence(answerer: Answerer) -> None:
    answer = answerer.answer("신테카바이오는 언제 코스닥에 상장했나요?")
    assert answer.answerable
    assert "2019년 12월" in answer.sentences[0].text
    assert answer.text.splitlines()[0].endswith("[1]")
    assert answer.citations[0].heading_path
    assert answer.model == "extractive"


def test_a_table_cell_comes_with_its_column(answerer: Answerer) -> None:
    answer = answerer.answer("표에서 AI 내장형 의료기기의 주요 적용 분야는 무엇인가요?")
    assert "AI 내장형 의료기기의 주요 적용 분야는 " in answer.text
    assert answer.sentences[0].added == ("주요 적용 분야",)
    assert "웨어러블" in answer.text


def test_a_list_has_its_items(answerer: Answerer) -> None:
    answer = answerer.answer("빅데이터 5대 전략에는 어떤 내용들이 포함되어 있나요?")
    assert len(answer.sentences) > 1


def test_a_caption_is_no_answer_unless_a_figure_is_asked_for(
    answerer: Answerer, corpus_index: LiveIndex
) -> None:
    plain = answerer.answer("바이오 대전환이란 무엇인가요?")
    assert not any(sentence.text.startswith("<그림") for sentence in plain.sentences)
    asked = answerer.answer("대전형 바이오헬스 이니셔티브 그림의 출처는 어디인가요?")
    assert "대전테크노파크" in asked.text


def test_a_list_is_in_reading_order(answerer: Answerer) -> None:
    answer = answerer.answer("빅데이터 육성 5대 전략에는 무엇이 있나요?")
    by_passage: dict[str, list[int]] = {}
    for citation in answer.citations:
        by_passage.setdefault(citation.passage_id, []).append(citation.start)
    assert all(starts == sorted(starts) for starts in by_passage.values())


def test_what_the_reports_do_not_say_is_refused(answerer: Answerer) -> None:
    answer = answerer.answer("내일 날씨는 맑을까요?")
    assert not answer.answerable
    assert answer.refusal_reason == "off_topic"
    assert "찾지 못했습니다" in answer.text
    assert "날씨" in answer.text


def test_a_follow_up_is_understood_from_the_history(answerer: Answerer) -> None:
    history = [
        Turn("user", "K-MELLODDY는 어떤 사업인가요?"),
        Turn("assistant", "연합학습 기반 신약개발 플랫폼 구축 사업입니다."),
    ]
    answer = answerer.answer("그건 어느 부처들이 함께 하나요?", history=history)
    assert "K-MELLODDY" in answer.rewritten_question
    assert "보건복지부" in answer.text


def test_answers_keep_to_the_documents_asked_for(
    answerer: Answerer, corpus_index: LiveIndex
) -> None:
    daejeon = next(d.id for d in corpus_index.current().store.summaries() if "대전" in d.title)
    answer = answerer.answer("AI 신약 개발 현황", document_ids=[daejeon])
    assert {citation.document_id for citation in answer.citations} == {daejeon}
    with pytest.raises(NotFoundError):
        answerer.answer("AI 신약", document_ids=["doc_none"])


@pytest.mark.parametrize(
    "odd", ["?", "ㅋㅋㅋ", "🙂", "ﷺ", "그건?", "1" * 2000, "\ud800", "가" * 1999]
)
def test_odd_questions_get_an_answer_or_a_refusal(answerer: Answerer, odd: str) -> None:
    answer = answerer.answer(odd)
    assert answer.text
    assert 0 <= answer.confidence <= 1


@pytest.mark.parametrize(
    "question", ["Insilico Medicine 2025.02.14", "국가인공지능위원회는 언제 출범했나요?"]
)
def test_references_are_never_quoted_to_who_asks_for_no_source(
    question: str, answerer: Answerer, corpus_index: LiveIndex
) -> None:
    answer = answerer.answer(question)
    store = corpus_index.current().store
    for citation in answer.citations:
        passage = store.passage(citation.passage_id)
        assert passage is not None
        kinds = {s.kind for s in passage.sentences if s.start - passage.start == citation.start}
        assert BlockKind.REFERENCE not in kinds


def test_numbers_in_brackets_are_not_taken_for_markers(encoder: Encoder, tmp_path: Path) -> None:
    text = "시장 보고서\n\n1. 현황\n\n- 앞 문헌[2][3]에 따르면 홍삼 업체는 모두 512곳임\n"
    analyzer = KoreanAnalyzer()
    document = load_bytes(text.encode(), "시장.txt")
    update_index(tmp_path, add=[document], encoder=lambda: encoder, analyzer=analyzer)
    answer = Answerer(LiveIndex(tmp_path, encoder, analyzer).current).answer("홍삼 업체는 몇 곳?")
    assert answer.text == ("512곳입니다. [1]\n앞 문헌에 따르면 홍삼 업체는 모두 512곳입니다. [1]")
    assert "[2][3]" in answer.citations[0].quote


def test_each_part_of_a_question_is_answered(answerer: Answerer) -> None:
    answer = answerer.answer(
        "신테카바이오는 언제 코스닥에 상장했고, 머크는 대전에 얼마를 들여 센터를 짓나요?"
    )
    assert "2019년 12월" in answer.text
    assert "4,300억" in answer.text
    assert len({citation.passage_id for citation in answer.citations}) > 1
    markers = [citation.marker for citation in answer.citations]
    assert markers == list(range(1, len(markers) + 1))


def test_a_part_without_an_answer_is_told(answerer: Answerer) -> None:
    answer = answerer.answer("신테카바이오는 언제 코스닥에 상장했고, 손흥민은 몇 골을 넣었나요?")
    assert answer.answerable
    assert "2019년 12월" in answer.text
    last = answer.sentences[-1]
    assert last.text == "‘손흥민은 몇 골을 넣었나요’에 대한 답은 문서에서 찾지 못했습니다."
    assert last.markers == ()


def test_where_no_part_has_an_answer_the_question_is_refused(answerer: Answerer) -> None:
    answer = answerer.answer("손흥민은 몇 골을 넣었고, 비빔밥은 언제 처음 먹었나요?")
    assert not answer.answerable


def test_each_of_two_documents_is_asked(answerer: Answerer, corpus_index: LiveIndex) -> None:
    answer = answerer.answer("딥마인드는 두 보고서에 각각 어떻게 나오나요?")
    titles = {document.title for document in corpus_index.current().documents}
    assert {citation.title for citation in answer.citations} == titles


def test_what_looks_like_a_marker_in_a_part_is_not_repeated(answerer: Answerer) -> None:
    answer = answerer.answer("신테카바이오는 언제 코스닥에 상장했고, 손흥민[7]은 몇 골을 넣었나요?")
    assert "손흥민은 몇 골을 넣었나요" in answer.sentences[-1].text
    assert "[7]" not in answer.text


def test_another_form_alone_asks_the_question_before_again(answerer: Answerer) -> None:
    before = "세포 치료제에는 어떤 것들이 있어?"
    history = [Turn("user", before), Turn("assistant", "CAR-T 치료제 등입니다. [1]")]
    answer = answerer.answer("표로 만들어줘", history=history)
    assert answer.rewritten_question == before
    assert "CAR-T" in answer.text
