import pytest

from retriever.transliteration import TransliterationIndex, is_transliteration, likeness

NAMES = (
    "엔비디아 nvidia|메타 meta|알파폴드 alphafold|구글 google|모더나 moderna|딥마인드 deepmind"
    "|딥시크 deepseek|마이크로소프트 microsoft|노바티스 novartis|아스트라제네카 astrazeneca"
    "|크리스퍼 crispr|쿠버네티스 kubernetes|넷플릭스 netflix|시그마 sigma"
    "|클라우드 cloud|플랫폼 platform|스타트업 startup|오믹스 omics|트랜스포머 transformer"
)
OTHERS = (
    "가정 cation|간직 genetic|개발 couple|거대 kota|검토 committee|공안 canine|물가 mark"
    "|사람 slam|살해 sarah|시장 sedan|우수 usa|의대 ida|전역 sonic|포수 patho|하루 hello"
)


@pytest.mark.parametrize("pair", NAMES.split("|"))
def test_a_name_in_two_writings_is_recognised(pair: str) -> None:
    hangul, latin = pair.split()
    assert is_transliteration(latin, hangul)


@pytest.mark.parametrize("pair", OTHERS.split("|"))
def test_other_words_that_sound_a_little_alike_are_not(pair: str) -> None:
    hangul, latin = pair.split()
    assert not is_transliteration(latin, hangul)


def test_likeness_is_one_for_letters_read_out() -> None:
    assert likeness("AI", "에이아이") == 1
    assert likeness("GPT", "지피티") == 1
    assert likeness("GPT", "에이아이") < 0.5


def test_words_without_sounds_are_like_nothing() -> None:
    assert likeness("", "구글") == 0
    assert likeness("google", "") == 0
    assert likeness("google", "グーグル") == 0


def test_a_vocabulary_is_searched_both_ways() -> None:
    index = TransliterationIndex(["nvidia", "novartis", "메타", "매도", "딥시크", "r&d", "분석/v"])
    assert [found.word for found in index.other_writings("엔비디아")] == ["nvidia"]
    assert [found.word for found in index.other_writings("META")] == ["메타"]
    assert [found.word for found in index.other_writings("DeepSeek")] == ["딥시크"]
    assert index.other_writings("사과") == []
    assert index.other_writings("분석/v") == []


def test_the_best_writing_comes_first() -> None:
    index = TransliterationIndex(["robert", "roberto"])
    found = index.other_writings("로베르토")
    assert found[0].word == "roberto"
    assert [f.likeness for f in found] == sorted((f.likeness for f in found), reverse=True)
