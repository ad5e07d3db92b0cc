from eval.support import LexicalSupport
from retriever.analysis import KoreanAnalyzer

CITED = "강원도 산불로 소나무 숲 2만 3천 헥타르가 사라지고 사방댐 88개를 설치함"


def test_words_and_figures_must_be_there(analyzer: KoreanAnalyzer) -> None:
    supports = LexicalSupport(analyzer.morphemes)
    assert supports(CITED, "사방댐 88개를 설치했습니다.")
    assert supports(CITED, "산불로 소나무 숲 23,000헥타르가 사라졌다.")
    assert not supports(CITED, "사방댐 98개를 설치했습니다.")
    assert not supports(CITED, "시민 감시단이 매주 냄새를 기록합니다.")
    assert not supports("", "사방댐을 설치했습니다.")


def test_most_words_suffice(analyzer: KoreanAnalyzer) -> None:
    supports = LexicalSupport(analyzer.morphemes)
    assert supports(CITED, "산불이 난 뒤 사방댐 88개를 설치하였다고 함")
    assert not supports(CITED, "정부 예산과 시민 성금으로 하천 주변에 사방댐을 설치")
