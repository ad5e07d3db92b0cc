"""What to say to a comparison: one sentence that tells of both sides, or a few of each one.

A part that asks about one side is answered by sentences that are about that side; where none is,
the side has no answer, however well the rest of the question is met.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from api.answer.evidence_signs import coverage
from api.answer.extractive import Judged
from api.answer.selection import Candidate
from api.answer.side_name import SideName, side_name
from api.answer.spoken import SpokenSentence
from api.answer.table_answer import table_answer
from api.answer.table_row import is_row
from api.answer.trap import NOT_IN_CORPUS, Trap
from api.answer.wording import cleaned, with_subject, without_connective
from retriever.folding import fold
from retriever.hit import SearchResult
from retriever.numbers import find_quantities
from retriever.term_kind import is_stem

_MOST_OF_A_SIDE = 2
# A sentence about a side below its name, and not itself, counts so much.
_NAMED_ABOVE = 0.2
# One that only names both sides side by side is no comparison.
_ONLY_NAMED = 0.2
# One that names the side late is rather about something else.
_NAMED_LATE = 0.6
# A second sentence has at least this share of the first one's chance.
_SECOND_SHARE = 0.5
# Less likely sentences are about the side, but not about what is asked of it.
_LEAST = 0.01
# One sentence suffices where it is this likely for both sides together and holds this share of the
# words that are asked of both.
_LIKELY_TOGETHER = 0.1
_MEASURE_COVERED = 0.5
_YEAR = "년"
# What a sentence with a figure tells without saying so.
_FIGURES = frozenset({"비중", "비율", "규모", "금액", "수치", "정도", "수준"})
_ANNOUNCES = re.compile(r"(?:다음|아래)(?:과|와) 같")
_SETS_APART = re.compile(r"반면|달리|다르|비해|비하여|다면|지만|으나|대신|각각|보다")


@dataclass(frozen=True, slots=True)
class AskedSide:
    """One side of a comparison with what was found for it.

    Attributes:
        name: of the side.
        result: of its search.
        judged: whether it has an answer.
    """

    name: SideName
    result: SearchResult
    judged: Judged


def named_sides(names: Sequence[str], results: Sequence[SearchResult]) -> list[SideName]:
    """Return what the two sides of a comparison are called, with the other names of each.

    Args:
        names: as the question calls them.
        results: of their searches.
    """
    found: list[SideName] = []
    for own, other in ((0, 1), (1, 0)):
        known = set(results[other].other_names)
        aliases = [name for name in results[own].other_names if name not in known]
        found.append(side_name(names[own], names[other], _names_of(results[own]), aliases))
    return found


def narrowed(sides: Sequence[AskedSide]) -> list[Judged]:
    """Return for each side what may be said of it, the likeliest first.

    Where one sentence tells of both, that alone. A side that is a name and that nothing found
    is about has no answer.
    """
    apart = [_about(side, [o.name for o in sides if o is not side]) for side in sides]
    best = {own.ranked[0].place for own in apart if own.ranked}
    together = _of_both(sides, best)
    if together is None or all(side.judged.trap is not None for side in sides):
        return apart
    if _lists(together, sides) and all(_is_told(own, together) for own in apart):
        return apart
    return [replace(side.judged, ranked=(together,), trap=None) for side in sides]


def told_of(
    name: SideName, words: str, judged: Judged, result: SearchResult
) -> list[SpokenSentence]:
    """Return what to say of one side, each sentence naming it where it is a name.

    Args:
        name: of the side.
        words: what is asked of it.
        judged: its sentences, as ``narrowed`` gives them.
        result: of its search.
    """
    best = judged.ranked[0]
    chosen = [best]
    for candidate in judged.ranked[1:]:
        if len(chosen) == _MOST_OF_A_SIDE or candidate.score < _SECOND_SHARE * best.score:
            break
        if all(candidate.sentence.text != other.sentence.text for other in chosen):
            chosen.append(candidate)
    rows = [candidate for candidate in chosen if is_row(candidate)]
    tabled = table_answer(words, rows, judged.ranked, result.terms) if rows else []
    return [*(_said(name, c) for c in chosen if not is_row(c)), *tabled]


def _said(name: SideName, candidate: Candidate) -> SpokenSentence:
    text = without_connective(cleaned(candidate.sentence.text))
    if not name.exact or name.told_in(text) or not name.stands_in(candidate.sentence.path):
        return SpokenSentence(text, (candidate,))
    told = with_subject(name.said, text)
    return SpokenSentence(told, (candidate,), added=(name.said,), plain=text)


def _about(side: AskedSide, others: Sequence[SideName]) -> Judged:
    """Keep the sentences that are about a side."""
    shared = ((_share(side.name, others, c) * c.score, c) for c in side.judged.ranked)
    own = [replace(candidate, score=score) for score, candidate in shared if score >= _LEAST]
    if own:
        own.sort(key=lambda c: -c.score)
        return replace(side.judged, ranked=tuple(own))
    if side.name.exact:
        return replace(side.judged, ranked=(), trap=side.judged.trap or Trap(NOT_IN_CORPUS))
    return side.judged


def _share(name: SideName, others: Sequence[SideName], candidate: Candidate) -> float:
    """Return how much of a sentence's chance counts for a side: none where it is not about it."""
    text = candidate.sentence.text
    if _ANNOUNCES.search(text):
        return 0.0
    if any(name.listed_with(other, text) for other in others):
        return _ONLY_NAMED
    if name.told_in(text):
        share = 1.0 if name.years else name.share_said(text)
        return share if name.opens(text) else _NAMED_LATE * share
    if any(other.told_in(text) for other in others):
        return 0.0
    return _NAMED_ABOVE if _stands_under(name, others, candidate.sentence.path) else 0.0


def _lists(candidate: Candidate, sides: Sequence[AskedSide]) -> bool:
    """Tell whether a sentence says the same of both sides: 정부와 민간이 모두."""
    return sides[0].name.listed_with(sides[1].name, candidate.sentence.text)


def _is_told(own: Judged, together: Candidate) -> bool:
    """Tell whether a side has a sentence that is nearly as likely as the one of both."""
    best = next(iter(own.ranked), together)
    return best.place != together.place and best.score >= _SECOND_SHARE * together.score


def _stands_under(name: SideName, others: Sequence[SideName], path: Sequence[str]) -> bool:
    """Tell whether the nearest heading that names any of the sides names this one alone."""
    for above in reversed(path):
        own, another = name.told_in(above), any(other.told_in(above) for other in others)
        if own or another:
            return own and not another
    return False


def _of_both(sides: Sequence[AskedSide], best: Collection[tuple[str, int]]) -> Candidate | None:
    """Return the likeliest sentence that tells of both sides what is asked of them.

    Args:
        sides: both.
        best: places of the likeliest sentences about each one: they may tell of both.
    """
    if not all(side.name.words or side.name.years for side in sides):
        return None
    shared = {
        term: idf
        for term, idf in sides[0].result.terms.items()
        if not is_stem(term)
        and all(term in side.result.terms for side in sides)
        and not all(term in fold(side.name.said) for side in sides)
    }
    scores: dict[tuple[str, int], float] = {}
    found: dict[tuple[str, int], Candidate] = {}
    for side in sides:
        for candidate in side.judged.ranked:
            share = candidate.score / len(sides)
            scores[candidate.place] = scores.get(candidate.place, 0.0) + share
            found.setdefault(candidate.place, candidate)
    for place in sorted(scores, key=lambda p: -scores[p]):
        candidate = found[place]
        likely = scores[place] >= _LIKELY_TOGETHER or place in best
        if likely and _tells_of_both(candidate, sides) and _holds(candidate, shared):
            return replace(candidate, score=scores[place])
    return None


def _tells_of_both(candidate: Candidate, sides: Sequence[AskedSide]) -> bool:
    text = candidate.sentence.text
    first, second = (side.name for side in sides)
    if _ANNOUNCES.search(text) or (first.listed_with(second, text) and not _has_figure(text)):
        return False
    return all(a.told_in(text, [b]) for a, b in ((first, second), (second, first)))


def _holds(candidate: Candidate, shared: dict[str, float]) -> bool:
    """Tell whether a sentence speaks of what is asked of both, or sets them apart."""
    if not shared:
        return _SETS_APART.search(candidate.sentence.text) is not None
    held = candidate.match.terms | candidate.match.context_terms
    if _has_figure(candidate.sentence.text):
        held |= _FIGURES
    return coverage(held, shared) >= _MEASURE_COVERED


def _has_figure(text: str) -> bool:
    return any(quantity.unit != _YEAR for quantity in find_quantities(text))


def _names_of(result: SearchResult) -> frozenset[str]:
    """Return the names in a query, and its words that the documents do not have."""
    return frozenset(result.roles.names) | frozenset(result.unknown_names)
