"""What is said behind the end of a question, put where it belongs.

``상장은 언제 했어요? 신테카바이오 말이에요`` names behind the question what it is about, and
``일본 정부는요? 2022년 기준으로요`` says there what narrows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retriever.analysis import KoreanAnalyzer
from retriever.particles import refit

_BEHIND = re.compile(r"^(?P<main>.*\S[?!.…])\s+(?P<behind>[^?!.…]{2,40}?)[?!.…~]*$")
_MEANT = re.compile(
    r"\s?말(?:이야|야|이에요|예요|이요|인데요?|입니다|이죠|이지|하는\s?(?:거야|거예요|건데요?))$"
)
_POLITE = re.compile(r"(?<=[로서에만지터준])요$")
# Nouns for anyone and anything: what is named behind the question is what they stand for.
_STANDS_FOR_ANY = re.compile(
    r"^(?:사람|것|거|데|곳|회사|기업|그[것거건게]|그\s?(?:사람|회사|기업|곳|기술|사업))(?=[은는이가을를도의에])"
)
_NOUN_TAGS = frozenset({"NNG", "NNP", "NNB", "NR", "NP", "SL", "SN", "SH", "XSN", "XPN", "XR"})
_CLOSING_TAGS = _NOUN_TAGS | {"JKB", "JX", "JKS", "JKO"}
_SAYING_TAGS = frozenset({"VV", "VA", "VCP", "VCN", "EF", "XSV", "XSA"})


@dataclass(frozen=True, slots=True)
class Ordered:
    """A question in the order of writing.

    Attributes:
        main: what was asked before the afterthought.
        lead: the afterthought, which belongs in front; empty where there is none.
        meant: the afterthought says what the question is about.
    """

    main: str
    lead: str = ""
    meant: bool = False

    @property
    def whole(self) -> str:
        """The question in one sentence."""
        return _led(self.lead, self.main) if self.meant else f"{self.lead} {self.main}".strip()


def in_order(text: str, analyzer: KoreanAnalyzer) -> Ordered:
    """Take what is said behind the end of a question off it."""
    match = _BEHIND.match(text)
    if match is None:
        return Ordered(text)
    behind = _MEANT.sub("", match["behind"])
    if behind != match["behind"]:
        return Ordered(match["main"], behind.strip(), meant=True)
    behind = _POLITE.sub("", behind)
    tags = [token.tag for token in analyzer.tokens(behind)]
    if tags and tags[-1] in _CLOSING_TAGS and not _SAYING_TAGS.intersection(tags):
        return Ordered(match["main"], behind)
    return Ordered(text)


def _led(lead: str, main: str) -> str:
    """Put what a question is about before it, or in the place of a word that stands for it."""
    match = _STANDS_FOR_ANY.match(main)
    return refit(lead, main[match.end() :]) if match else f"{lead} {main}".strip()
