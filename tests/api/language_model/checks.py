"""What holds of every answer, whatever the model said."""

import re
from typing import Any

from tests.api.language_model.script import ALSO_TRUE, TRUE

# What stands in brackets there is no figure of an answer.
_MARKER = re.compile(r"\[\d+\]")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
# A figure with its unit, which no identifier or time has.
_COUNTED = re.compile(r"\d[\d,]*(?=[가-힣])")


def check_grounded(answer: dict[str, Any]) -> None:
    """Every figure of an answer stands in what it cites, and every quotation is exact."""
    cited = " ".join(
        " ".join([c["title"], *c["heading_path"], c["passage"]]) for c in answer["citations"]
    )
    known = set(_FIGURE.findall(cited.replace(",", "")))
    said = set(_FIGURE.findall(_MARKER.sub("", answer["answer"]).replace(",", "")))
    assert said <= known, said - known
    for number, citation in enumerate(answer["citations"], start=1):
        assert citation["marker"] == number
        assert citation["passage"][citation["start"] : citation["end"]] == citation["quote"] != ""
    markers = {c["marker"] for c in answer["citations"]}
    assert {int(m[1:-1]) for m in _MARKER.findall(answer["answer"])} <= markers
    assert all(set(sentence["markers"]) <= markers for sentence in answer["sentences"])


def check_extractive(answer: dict[str, Any], reason: str) -> None:
    """The documents' own words stand in, and it is said why."""
    check_grounded(answer)
    assert (answer["model"], answer["fallback_reason"]) == ("extractive", reason)
    assert (answer["answerable"], answer["refusal_reason"]) == (True, None)
    assert "88개" in answer["answer"]


def check_only_the_truth(text: str) -> None:
    """None of the figures that were invented stands in anything that was sent."""
    assert TRUE in text
    assert ALSO_TRUE in text
    assert not set(_COUNTED.findall(text)) & {"412", "888", "89", "100", "170", "2036", "44"}
    assert "evil.example" not in text
    assert "설치하지 않았" not in text


def check_no_invention(text: str) -> None:
    """None of the figures that stand for a whole invented answer is said."""
    assert not set(_FIGURE.findall(text)) & {"412", "9999", "89", "888"}
