import pytest

from retriever.aliases import Alias, AliasTable
from retriever.analysis import KoreanAnalyzer
from retriever.english import EnglishTable, english_table
from retriever.foreign_words import ForeignWords
from retriever.lexical import LexicalIndex
from retriever.transliteration import TransliterationIndex

PASSAGES = [
    "대전시는 바이오헬스 정책과 기본계획을 발표함. 데이터를 모으는 기업이 늘어남",
    "유성구와 판교와 유럽의 기업이 데이터센터에 투자함. 게임체인저 기술의 병목을 없앰",
    "김은영 박사는 합성생물학 예산을 조사함. 이세돌과 알파고의 대국",
    "Horizon Europe 예산. The data policy of Europe 보고서. 기술은 machine learning(머신러닝)",
    "유럽의 기업과 유럽의 데이터, 유럽 정책. 회사 정책. 한미약품의 논문",
]
SAID = (
    "Daejeon의 basic plan은?=대전의 기본계획은?|Pangyo랑 Yuseong-gu 비교=판교랑 유성구 비교"
    "|game changer technology가 뭐야=게임체인저 기술이 뭐야|Data-center 투자=데이터센터 투자"
    "|Kim Eunyoung 박사=김은영 박사|Lee Sedol 대국=이세돌 대국|bottleneck이 뭐죠=병목이 뭐죠"
    "|synthetic biology budget=합성생물학 예산|companies는=기업은|U.S. policy=미국 정책"
    "|What is the budget of Daejeon?=무엇 예산 대전?"
)
LEFT = (
    "대전의 예산은?|Horizon Europe의 담당자|machine learning이 뭐야|GLP-1과 R&D|ChatGPT 논란"
    "|합성생물학(synthetic biology)의 뜻|it이 뭐야|The data policy of Europe 문서"
)


@pytest.fixture(scope="module")
def words(analyzer: KoreanAnalyzer) -> ForeignWords:
    return reader(english_table(), analyzer)


def reader(table: EnglishTable, analyzer: KoreanAnalyzer) -> ForeignWords:
    index = LexicalIndex.build(analyzer.morphemes(PASSAGES))
    aliases = AliasTable([Alias("machine learning", "머신러닝")])
    writings = TransliterationIndex(index.vocabulary)
    return ForeignWords(table, aliases, analyzer, index, lambda: writings)


@pytest.mark.parametrize("pair", SAID.split("|"))
def test_english_and_romanised_names_become_korean(pair: str, words: ForeignWords) -> None:
    asked, korean = pair.split("=")
    assert words.in_korean(asked) == korean


@pytest.mark.parametrize("asked", LEFT.split("|"))
def test_what_the_corpus_has_itself_or_nobody_knows_stays(asked: str, words: ForeignWords) -> None:
    assert words.in_korean(asked) == asked


def test_the_word_that_the_corpus_has_is_taken(analyzer: KoreanAnalyzer) -> None:
    words = reader(EnglishTable({"enterprise": ("업체", "회사")}), analyzer)
    assert words.in_korean("enterprise 정책") == "회사 정책"


def test_a_word_that_both_languages_have_is_read_as_the_commoner(words: ForeignWords) -> None:
    assert words.in_korean("europe 정책") == "유럽 정책"
    assert words.in_korean("policy 문서") == "정책 문서"


def test_what_the_corpus_lacks_is_named_in_korean_all_the_same(words: ForeignWords) -> None:
    assert words.in_korean("Busan의 unemployment rate는?") == "부산의 실업률은?"
    assert words.in_korean("학술지 Nature의 기사") == "학술지 Nature의 기사"


def test_an_abbreviation_is_not_read_by_its_sound(words: ForeignWords) -> None:
    assert words.in_korean("alphago 대국") == "알파고 대국"
    assert words.in_korean("HMP 지수") == "HMP 지수"


def test_a_word_given_in_both_languages_is_not_repeated(words: ForeignWords) -> None:
    assert words.in_korean("budget(예산)은?") == "budget(예산)은?"
    assert words.in_korean("예산 가운데 policy budget은?") == "예산 가운데 정책 예산은?"


def test_pasted_text_is_left_alone(words: ForeignWords) -> None:
    pasted = "Daejeon budget " * 30
    assert words.in_korean(pasted) == pasted
