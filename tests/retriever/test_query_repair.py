"""Repair of questions against a small corpus, with the real analyser and lexical index."""

import unicodedata

import pytest

from retriever.analysis import KoreanAnalyzer
from retriever.lexical import LexicalIndex
from retriever.query_repair import Change, Slip, repair
from retriever.word_list import WordList

CORPUS = [
    "대전 바이오 기업은 디지털 전환과 데이터 활용으로 혁신 신약을 개발한다.",
    "인공지능 기술은 신약 개발 기간을 줄이고 바이오 기업의 비용을 낮춘다.",
    "NGS 시장과 AI 시장의 규모는 해마다 커지고 정부는 연구개발 예산을 늘린다.",
    "금융보험업과 정보통신업의 인공지능 활용률은 다른 산업보다 높다.",
    "디지털 헬스케어 데이터 시장은 AI 기술과 NGS 기술로 성장한다.",
    "정부는 바이오헬스 혁신 전략에서 데이터 인력 양성을 맡는다.",
    "소유 구조와 기억 소자는 다루지 않는다.",
]


@pytest.fixture(scope="module")
def words(analyzer: KoreanAnalyzer) -> WordList:
    index = LexicalIndex.build(analyzer.morphemes(CORPUS))
    return WordList(index.vocabulary, index.frequency)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("eowjs qkdldh rldjq", "대전 바이오 기업"),
        ("EOWJS 기업", "대전 기업"),  # the capitals lock was on
        ("dlsrhdwlsmd 기술", "인공지능 기술"),
        ("dlsrhdwlsmddmfh andjtdmf gkskdy?", "인공지능으로 무엇을 하나요?"),
        ("AIfmf qkdldhdp Tmsmsrk", "AI를 바이오에 쓰는가"),
        ("ㅜㅎㄴ 시장", "ngs 시장"),
        ("ㅜㅎㄴ의 규모는?", "ngs의 규모는?"),
        ("먀를 쓰는 기업", "ai를 쓰는 기업"),
    ],
)
def test_the_wrong_keyboard_mode_is_undone(
    typed: str, meant: str, words: WordList, analyzer: KoreanAnalyzer
) -> None:
    assert repair(typed, words, analyzer).text == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("디지탈 데이타 활용", "디지털 데이터 활용"),
        ("인공지눙으로 혁싱을?", "인공지능으로 혁신을?"),
        ("빠이오 기업", "바이오 기업"),
        ("금융보혐업은 몇 %?", "금융보험업은 몇 %?"),
        ("바이오핼스 전략", "바이오헬스 전략"),
        ("신약 기ㅜㄹ의 장점", "신약 기술의 장점"),
        ("바이ㅗㅇ 기업은 ㅋㅋ", "바이오 기업은 ㅋㅋ"),
    ],
)
def test_words_that_the_corpus_lacks_become_those_it_holds(
    typed: str, meant: str, words: WordList, analyzer: KoreanAnalyzer
) -> None:
    assert repair(typed, words, analyzer).text == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("데이터가머야?", "데이터가 뭐야?"),
        ("NGS가 머임", "NGS가 뭐임"),
        ("신약머야", "신약 뭐야"),
        ("인공지능이모예요", "인공지능이 뭐예요"),
        ("바이오 기업은 머하는 곳이야", "바이오 기업은 뭐하는 곳이야"),
        ("데이터 활용은 먼가요", "데이터 활용은 뭔가요"),
        ("신약은 어케 개발해", "신약은 어떻게 개발해"),
        ("예산은 언재 늘려?", "예산은 언제 늘려?"),
        ("시장 규모는 몆 배야", "시장 규모는 몇 배야"),
    ],
)
def test_question_words_are_read_as_they_are_meant_in_a_chat(
    typed: str, meant: str, words: WordList, analyzer: KoreanAnalyzer
) -> None:
    repaired = repair(typed, words, analyzer)
    assert repaired.text == meant
    assert {change.slip for change in repaired.changes} == {Slip.SPELLING}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("대전 바 이오 기업", "대전 바이오 기업"),
        (
            "바이오기업이신약개발에데이터를활용하는까닭은",
            "바이오 기업이 신약 개발에 데이터를 활용하는 까닭은",
        ),
    ],
)
def test_spaces_are_set_right(
    typed: str, meant: str, words: WordList, analyzer: KoreanAnalyzer
) -> None:
    assert repair(typed, words, analyzer).text == meant


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "?!",
        "대전 바이오 기업은 데이터를 어떻게 활용하나요?",
        "자율주행 기술의 시장 규모는?",  # a known word that the corpus lacks has to stay
        "기업의 개발일은 언제인가요",
        "소류 아스카의 생일은?",  # an unknown name near to a word that hardly stands there
        "케이크의 역사",  # the analyser takes this with its particle for an unknown name
        "work from home 기업",
        "What is the size of the NGS market",
        "Pfizer와 OpenAI의 예산",
        "ㅋㅋㅋ ㅠㅠ 기업",
        "신약 개 발",  # the pair is a search term already
        "19대 왕의 기업",
        "폴리머야 뭐야",  # a word that ends like 머야
        "모임은 언제예요, 머리가 아파",
        "인공지능신약개발연구기업",  # a long compound of known words
        "1조 2,345억 원과 3.5%p",
        "\ud83d 기업 \ud83d",
    ],
)
def test_what_is_not_surely_wrong_stays_as_typed(
    query: str, words: WordList, analyzer: KoreanAnalyzer
) -> None:
    repaired = repair(query, words, analyzer)
    assert repaired.text == query
    assert repaired.changes == ()


def test_changes_say_what_was_typed_meant_and_why(
    words: WordList, analyzer: KoreanAnalyzer
) -> None:
    repaired = repair("eowjs의 바 이오 디지탈", words, analyzer)
    assert repaired.changes == (
        Change("eowjs", "대전", Slip.KEYBOARD_MODE),
        Change("바 이오", "바이오", Slip.SPACING),
        Change("디지탈", "디지털", Slip.SPELLING),
    )


def test_a_repaired_question_stays_as_it_is(words: WordList, analyzer: KoreanAnalyzer) -> None:
    once = repair("eowjs qkdldh 기업의 디지탈 데이타", words, analyzer).text
    assert repair(once, words, analyzer).text == once


def test_pasted_text_is_not_searched_for_slips(words: WordList, analyzer: KoreanAnalyzer) -> None:
    pasted = "디지탈 " * 200
    assert repair(pasted, words, analyzer).text == pasted


def test_decomposed_hangul_is_no_slip(words: WordList, analyzer: KoreanAnalyzer) -> None:
    query = unicodedata.normalize("NFD", "바이오 기업")
    assert repair(query, words, analyzer).text == query
