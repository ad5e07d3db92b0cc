"""What people say for what reports write: 돈 for 예산, 뭐가 문제야 for 한계."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from retriever.folding import fold

_TABLE = Path(__file__).with_name("colloquial.json")
_GAP = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ColloquialTable:
    """Report nouns for the words of a question.

    Attributes:
        words: report nouns by search term (a noun, or a stem such as ``늘/v``).
        phrases: report nouns by wording without spaces.
    """

    words: Mapping[str, Sequence[str]]
    phrases: Mapping[str, Sequence[str]]

    def report_words(self, query: str, terms: Sequence[str]) -> tuple[str, ...]:
        """Return the report nouns for a question that it does not use itself, each once.

        Args:
            query: the question as asked.
            terms: its search terms.
        """
        squeezed = _GAP.sub("", fold(query))
        found = [word for term in terms for word in self.words.get(term, ())]
        found += [w for said, words in self.phrases.items() if said in squeezed for w in words]
        return tuple(word for word in dict.fromkeys(found) if word not in terms)


@cache
def colloquial_table() -> ColloquialTable:
    """Return the built-in table, read once."""
    rows = json.loads(_TABLE.read_text(encoding="utf-8"))
    return ColloquialTable(rows["words"], rows["phrases"])
