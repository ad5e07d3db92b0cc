"""Which kinds of text may be quoted to a question."""

from __future__ import annotations

import re

from ingest.records import BlockKind

# Kinds of text that an answer never quotes.
_NEVER = frozenset({BlockKind.CONTENTS, BlockKind.FURNITURE})
# A list of sources answers only who asks for a source: 그 보도자료는 며칠 자인가요?
_REFERENCES = frozenset({BlockKind.REFERENCE})
_ASKS_FOR_REFERENCE = re.compile(
    r"보도\s?자료|발표문|언론에\s|참고\s?(?:문헌|자료)|문헌|출처|각주|미주|학술지|저널|논문|저자|지은이|집필"
    r"|몇\s?호|며칠\s?자|몇\s?월\s?호|인용(?:한|된|하)"
    r"|(?:어느|무슨|어떤)\s?(?:기관|부처|곳|연구소|연구원|협회|단체|회사|매체)\S{0,2}\s?"
    r"(?:자료|보고서|조사|통계|발간|발행)"
    r"|자료\S{0,2}\s(?:\S+\s){0,3}(?:나온|나왔|낸|펴낸|발표)"
    r"|어디\s?(?:자료|보고서|조사|통계)|(?:자료|보고서|통계)\S{0,3}\s(?:어디|누가|누구|어느\s?기관)"
)
# Kinds that name a figure or where it comes from: an answer only to a question about just that.
_LABELS = frozenset({BlockKind.CAPTION, BlockKind.SOURCE})
_ASKS_FOR_LABEL = re.compile(r"그림|도표|도식|출처|자료|어디서 (?:따|가져)|인용|기관")


def evidence_left_out(question: str) -> frozenset[BlockKind]:
    """Return the kinds of text that cannot bear an answer to a question."""
    return _NEVER if _ASKS_FOR_REFERENCE.search(question) else _NEVER | _REFERENCES


def left_out(question: str) -> frozenset[BlockKind]:
    """Return the kinds of text that an answer to a question does not quote."""
    labels = frozenset[BlockKind]() if _ASKS_FOR_LABEL.search(question) else _LABELS
    return evidence_left_out(question) | labels
