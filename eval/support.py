"""Whether a text says what a sentence says, judged by its words and figures."""

from __future__ import annotations

from eval.metrics.token_f1 import Morphemes

# Chosen on the `tune` part of our gold set, each model answer against the quotes of its own
# evidence and of another question's: .925 of the own ones support it and none of the others
# (at .3, .925 and .025; at .7, .8625 and none).
LEAST_SHARE = 0.5
SUPPORT_METHOD = (
    f"내용어의 {LEAST_SHARE:.0%} 이상과 모든 수량이, 인용한 단락이나 그 위의 제목에 있음"
)


class LexicalSupport:
    """Decides support by words: most of the content words and every figure must be there.

    A text without content words supports nothing and needs no support.

    Args:
        morphemes: gives content terms, those of quantities beginning with ``#``
            (``KoreanAnalyzer.morphemes``).
    """

    def __init__(self, morphemes: Morphemes) -> None:
        self._morphemes = morphemes
        self._known: dict[str, frozenset[str]] = {}

    def __call__(self, cited: str, statement: str) -> bool:
        """Tell whether ``cited`` supports ``statement``."""
        there, said = self._terms(cited), self._terms(statement)
        figures = {term for term in said if term.startswith("#")}
        words = said - figures
        if not figures <= there:
            return False
        return len(words & there) >= LEAST_SHARE * len(words)

    def _terms(self, text: str) -> frozenset[str]:
        if text not in self._known:
            self._known[text] = frozenset(self._morphemes([text])[0])
        return self._known[text]
