"""Tags of morphemes that words are made of, as Kiwi names them."""

from __future__ import annotations

NOUN_TAGS = frozenset({"NNG", "NNP", "XR", "SL", "SH", "NR"})
VERB_TAGS = frozenset({"VV", "VA", "VV-I", "VV-R", "VA-I", "VA-R"})
