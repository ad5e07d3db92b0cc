import json
import re
from pathlib import Path

import pytest

from retriever import english
from retriever.english import EnglishTable, english_table

TABLE = EnglishTable(
    {
        "basic plan": ("기본계획",),
        "policy": ("정책",),
        "process": ("과정",),
        "apply": ("적용",),
        "adopt": ("도입",),
        "reuse": ("재사용",),
        "plan": ("계획",),
        "standardization": ("표준화",),
        "gas": ("가스",),
    }
)
FORMS = (
    "Basic Plans=basic plan|basic-plan=basic plan|BASICPLAN=basic plan|policies=policy"
    "|processes=process|applied=apply|adopting=adopt|reused=reuse|planned=plan|gas=gas"
    "|standardize=standardization"
)


@pytest.mark.parametrize("pair", FORMS.split("|"))
def test_a_word_is_found_whatever_its_ending(pair: str) -> None:
    said, key = pair.split("=")
    assert TABLE.key(said) == key


def test_other_words_are_not() -> None:
    assert TABLE.key("planet") is None
    assert TABLE.key("ga") is None
    assert TABLE.key("") is None


def test_the_longest_phrase_is_known() -> None:
    assert TABLE.longest == 2
    assert EnglishTable({}).longest == 0


def test_the_built_in_table_is_sound() -> None:
    table = english_table()
    for key, words in table.words.items():
        assert re.fullmatch(r"[a-z]+(?: [a-z]+)*", key), key
        assert words, key
        assert len(set(words)) == len(words), key
        assert all(re.fullmatch(r"[가-힣a-z]+(?: [가-힣a-z]+)*", word) for word in words), key
        assert table.key(key) == key
    assert table.words["budget"] == ("예산",)
    assert "germany" in table.places


def test_no_word_is_in_two_groups_of_the_table() -> None:
    groups = json.loads(Path(english.__file__).with_name("english.json").read_text("utf-8"))
    keys = [key.replace(" ", "") for group in groups.values() for key in group]
    assert len(keys) == len(set(keys))
