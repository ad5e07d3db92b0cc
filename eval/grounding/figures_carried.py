"""Ways to give a figure to what the sentence before was about, without saying so."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from eval.grounding.endings import polite
from eval.grounding.figure_text import figures_of
from eval.grounding.material import RIGHT, Material
from eval.grounding.subject_text import distinct, refers_back, short_topic, subject_of

Carried = Callable[[Material, random.Random], Iterator[tuple[str, str]]]
"""Yields a sentence that is shown first, and the one that goes on from it."""

_GOING_ON = ("이는 ", "이곳은 ", "그 결과 ", "이 가운데 ", "또한 ", "특히 ")
_OWNER = re.compile(r"^(?P<owner>[가-힣A-Za-z]{2,}의 )(?P<owned>[가-힣A-Za-z]{2,}[은는이가] )")
_CUT = (
    (re.compile(r"이며, "), "입니다."), (re.compile(r"하며, "), "합니다."),
    (re.compile(r"되며, "), "됩니다."), (re.compile(r"하였으며, "), "하였습니다."),
    (re.compile(r"되었으며, "), "되었습니다."), (re.compile(r"있으며, "), "있습니다."),
    (re.compile(r"했고, "), "했습니다."), (re.compile(r"이고, "), "입니다."),
)  # fmt: skip


def subject_left_unsaid(material: Material, chooser: random.Random) -> Iterator[tuple[str, str]]:
    """The sentence without its subject, behind one about something else."""
    yield from _without_topic(material, chooser)


def went_on(material: Material, chooser: random.Random) -> Iterator[tuple[str, str]]:
    """이는 stands in place of the subject, behind a sentence about something else."""
    for other, rest in _without_topic(material, chooser):
        yield other, chooser.choice(_GOING_ON) + rest


def owner_left_unsaid(material: Material, chooser: random.Random) -> Iterator[tuple[str, str]]:
    """A의 매출 becomes 매출, behind a sentence about B."""
    own = _OWNER.match(material.text)
    other = _stranger(material, chooser, own["owner"]) if own else None
    if own and other and figures_of(material.text[own.end() :]):
        yield other, material.text[own.end("owner") :]


def _without_topic(material: Material, chooser: random.Random) -> Iterator[tuple[str, str]]:
    own = short_topic(material.text)
    other = _stranger(material, chooser, own["subject"]) if own else None
    if own and other and figures_of(material.text[own.end() :]):
        yield other, material.text[own.end() :]


def put_behind_another(material: Material, chooser: random.Random) -> Iterator[tuple[str, str]]:
    """A true sentence that goes on from another, behind a third."""
    other = _stranger(material, chooser, "")
    goes_on = refers_back(material.text) and subject_of(material.text) is None
    if other and goes_on and figures_of(material.text):
        yield other, material.text


def _stranger(material: Material, chooser: random.Random, own: str) -> str | None:
    """Return a sentence of the passage about what the material's surroundings do not name.

    It does not name the material's ``own`` subject either.
    """
    sentences = material.sources[RIGHT].passage.sentences
    at = sentences.index(material.sentence)
    near = [s.text for s in sentences[max(0, at - 1) : at]]
    scope = " ".join([material.text, *material.sentence.path, material.sources[RIGHT].title, *near])
    fitting = [
        s.text
        for s in material.siblings
        if (topic := short_topic(s.text))
        and distinct(topic["subject"], scope)
        and (not own or distinct(own, s.text))
    ]
    return chooser.choice(fitting) if fitting else None


def said_in_two(material: Material, _chooser: random.Random) -> Iterator[tuple[str, str]]:
    """A sentence of two clauses as two sentences."""
    for pattern, ending in _CUT:
        found = pattern.search(material.text)
        if found:
            rest = material.text[found.end() :]
            yield material.text[: found.start()] + ending, polite(rest) or rest
            return


def went_on_truly(material: Material, _chooser: random.Random) -> Iterator[tuple[str, str]]:
    """A sentence and the one behind it under the same headings."""
    if material.next is not None:
        said = polite(material.next.text)
        yield material.text, said or material.next.text


CARRIED_WAYS: dict[str, Carried] = {
    "subject_left_unsaid": subject_left_unsaid,
    "went_on": went_on,
    "owner_left_unsaid": owner_left_unsaid,
    "put_behind_another": put_behind_another,
}
CARRIED_TRULY: dict[str, Carried] = {
    "said_in_two": said_in_two,
    "went_on_truly": went_on_truly,
}
