"""The operator's list of words that the analyser keeps whole.

``user_dictionary.txt`` in the data folder, UTF-8, one word a line; blank lines and what follows
``#`` are passed over. Words are not learned from the corpus: see docs/korean-retrieval.md.
"""

from __future__ import annotations

import re
from pathlib import Path

from ingest.errors import OperatorError
from retriever.folding import fold
from retriever.operator_file import operator_lines

FILE_NAME = "user_dictionary.txt"
# More than the names of any field; each word slows the start of the analyser a little.
MAX_WORDS = 20_000
# A word of one syllable would be cut out of everything; a longer one is a sentence.
_WORD = re.compile(r"[0-9a-z가-힣][0-9a-z가-힣·&+\-]{1,29}")
_LEAST_LETTERS = re.compile(r"[a-z가-힣]")
_REMARK = re.compile(r"#.*")
_SHOWN_CHARS = 40


def read_user_dictionary(path: Path) -> tuple[str, ...]:
    """Return the words of a list as the analyser sees them (lower-cased), sorted, each once.

    Args:
        path: the list; where there is none, there are no words.

    Raises:
        OperatorError: ``operator_file_unreadable``; ``bad_dictionary_word`` naming the line;
            ``dictionary_too_large``.
    """
    words = set()
    for number, line in enumerate(operator_lines(path), start=1):
        word = fold(_REMARK.sub("", line)).strip()
        if not word:
            continue
        if not _WORD.fullmatch(word) or not _LEAST_LETTERS.search(word):
            raise OperatorError(
                "bad_dictionary_word",
                f"사용자 사전 {path.name}의 {number}번째 줄을 낱말로 쓸 수 없습니다:"
                f" {line.strip()[:_SHOWN_CHARS]}",
                "한 줄에 낱말 하나를 띄어쓰기 없이 2~30자로 적으세요. 예: 신테카바이오",
            )
        words.add(word)
    if len(words) > MAX_WORDS:
        raise OperatorError(
            "dictionary_too_large",
            f"사용자 사전 {path.name}의 낱말이 너무 많습니다: {len(words):,}개"
            f" (한도 {MAX_WORDS:,}개)",
            "분석기가 잘못 자르는 낱말만 남겨 주세요.",
        )
    return tuple(sorted(words))
