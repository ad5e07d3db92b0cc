from pathlib import Path

import pytest

from ingest.errors import OperatorError
from retriever.analysis import KoreanAnalyzer
from retriever.user_dictionary import MAX_WORDS, read_user_dictionary


def test_words_are_read_once_and_as_the_analyser_sees_them(tmp_path: Path) -> None:
    path = tmp_path / "user_dictionary.txt"
    path.write_text("\ufeff# 이름\n이형구 # 사람\n\n GLP-1 \n이형구\n", encoding="utf-8")
    assert read_user_dictionary(path) == ("glp-1", "이형구")


def test_without_a_list_there_are_no_words(tmp_path: Path) -> None:
    assert read_user_dictionary(tmp_path / "user_dictionary.txt") == ()


def test_a_listed_name_stays_whole(tmp_path: Path, analyzer: KoreanAnalyzer) -> None:
    text = "홍범준 원장이 발표함"
    assert analyzer.morphemes([text])[0][0] != "홍범준"
    path = tmp_path / "user_dictionary.txt"
    path.write_text("홍범준\n", encoding="utf-8")
    with_words = KoreanAnalyzer(read_user_dictionary(path))
    assert with_words.morphemes([text])[0][0] == "홍범준"
    assert with_words.settings.digest() != analyzer.settings.digest()


@pytest.mark.parametrize("line", ["구", "신테카 바이오", "2023", "가" * 31, "<b>이름</b>"])
def test_a_bad_word_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "user_dictionary.txt"
    path.write_text(f"이형구\n{line}\n", encoding="utf-8")
    with pytest.raises(OperatorError, match="2번째 줄") as caught:
        read_user_dictionary(path)
    assert caught.value.code == "bad_dictionary_word"


def test_a_list_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "user_dictionary.txt"
    path.write_bytes("이형구".encode("utf-16"))
    with pytest.raises(OperatorError) as caught:
        read_user_dictionary(path)
    assert caught.value.code == "operator_file_unreadable"


def test_a_list_that_is_no_dictionary_any_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "user_dictionary.txt"
    words = (f"낱말{number}" for number in range(MAX_WORDS + 1))
    path.write_text("\n".join(words), encoding="utf-8")
    with pytest.raises(OperatorError) as caught:
        read_user_dictionary(path)
    assert caught.value.code == "dictionary_too_large"
