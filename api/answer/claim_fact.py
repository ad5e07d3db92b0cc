"""Whether one sentence says that a claim without an amount is so, or that it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from api.answer.claim import Claim, Stated, Told, is_passive
from api.answer.claim_certainty import is_fact
from api.answer.claim_words import (
    Segment,
    is_said,
    names_stand,
    opposite,
    same,
    segments_of,
    stands,
    stands_above,
)
from api.answer.grounding.figure import Figure
from api.answer.grounding.reading import Reading
from api.answer.grounding.words import Word

# A clause that only tells what the noun behind it is: 개발된 딥시크.
_ADNOMINAL = re.compile(r"(?:하|되|시키)?(?:한|된|는|던|은|킨|른|진)\s")
_DOES = re.compile(r"(?:화)?(?:하|함|한|했|해|시[키킨킴켜])")
_TELLS_WHICH = re.compile(
    r"\S{0,4}?[이가]\s(?:\S+\s){0,2}?\S*(?:한|된|는|던|은|진|킨|운|인|른)\s\S"
)


def told_of(claim: Claim, stated: Stated) -> Iterator[Told]:
    """Yield what each place of a sentence where the predicate or its opposite stands says."""
    if claim.predicate is None:
        return
    segments = segments_of(stated.own)
    agreeing, denying = same(claim.predicate), opposite(claim.predicate)
    for number, segment in enumerate(segments):
        for word in segment.words:
            if word.key not in agreeing | denying:
                continue
            if not is_fact(claim, stated, segments, number, word):
                continue
            so = (word.key in agreeing) != word.negated
            if _is_of(claim, stated, segments, number, word):
                swapped = _is_compared_with(claim, segment)
                yield Told(so and not swapped, tuple(_dates(stated.own, segment)))
            elif so and _is_set_against(claim, stated, segments, number):
                yield Told(so=False)


def _is_of(
    claim: Claim, stated: Stated, segments: Sequence[Segment], number: int, word: Word
) -> bool:
    """Tell whether what is said at ``word`` is said of the claim's subjects and objects."""
    segment = segments[number]
    earlier = segments[:number]
    goes_on = _speaks_of_claim_alone(claim, segment, word)
    for wanted in claim.words:
        near = stands(wanted, [segment], claim.names)
        inherited = (
            goes_on
            and wanted in claim.subjects
            and _is_subject_of(wanted, earlier, claim, stated.own)
        )
        set_off = wanted.role == "than" and _is_other_side(claim, segments, number, wanted)
        if not (near or inherited or set_off or _is_above(wanted, stated, claim)):
            return False
    if not _compounds_stand(claim, stated) or not _noun_behind_fits(claim, stated, segment, word):
        return False
    if claim.is_passive and _DOES.match(stated.own.text, word.end):
        return _is_acted_on(claim, segment)
    if is_passive(stated.own, word) and any(w.role == "object" for w in claim.words):
        return False
    return _has_no_other_subject(claim, stated.own, segment, word) and not _roles_differ(
        claim, segment
    )


def _speaks_of_claim_alone(claim: Claim, segment: Segment, word: Word) -> bool:
    """Tell whether a clause has no subject but those of the claim: it may leave its topic out."""
    heads = [w for w in segment.subjects if w.head and w is not word and w.role == "subject"]
    return all(is_said(w, claim.reading.words, claim.names) for w in heads)


def _is_subject_of(wanted: Word, earlier: Sequence[Segment], claim: Claim, own: Reading) -> bool:
    subjects = [w for segment in earlier for w in segment.subjects]
    within = {w.phrase for w in subjects if _TELLS_WHICH.match(own.text, w.end)}
    marked = [w for w in subjects if w.phrase not in within]
    return is_said(wanted, marked, claim.names)


def _noun_behind_fits(claim: Claim, stated: Stated, segment: Segment, word: Word) -> bool:
    """Tell whether 개발된 is said of a subject of the claim where that does not stand before it."""
    if not _ADNOMINAL.match(stated.own.text, word.end) or not claim.subjects:
        return True
    before = [w for w in segment.words if w.start < word.start]
    if any(is_said(w, before, claim.names) for w in claim.subjects):
        return True
    behind = [w for w in segment.words if w.start >= word.end]
    noun = [w for w in behind if w.phrase == behind[0].phrase] if behind else []
    return any(is_said(w, noun, claim.names) for w in claim.subjects)


def _compounds_stand(claim: Claim, stated: Stated) -> bool:
    before = (stated.before,) if stated.before else ()
    return names_stand(claim, (stated.own, *stated.above, *before))


def _is_acted_on(claim: Claim, segment: Segment) -> bool:
    """Tell whether the subjects of 발표되었나요 are the objects of 발표함."""
    objects = [w for w in segment.words if w.role == "object"]
    return bool(claim.subjects) and any(is_said(w, objects, claim.names) for w in claim.subjects)


def _is_other_side(claim: Claim, segments: Sequence[Segment], number: int, wanted: Word) -> bool:
    """Tell whether the opposite is said of ``wanted`` in a clause set against this one."""
    beside = []
    if segments[number].contrasted and number + 1 < len(segments):
        beside.append(segments[number + 1])
    if number and segments[number - 1].contrasted:
        beside.append(segments[number - 1])
    return claim.predicate is not None and any(
        opposite(claim.predicate) & other.keys and is_said(wanted, other.subjects, claim.names)
        for other in beside
    )


def _is_compared_with(claim: Claim, segment: Segment) -> bool:
    """Tell whether something else is said to be more so than the claim's subject.

    What that is must be what the claim compares with, if it says so.
    """
    than = [w for w in claim.words if w.role == "than"]
    if not than and " 더 " not in claim.reading.text:
        return False
    if not all(is_said(w, segment.subjects, claim.names) for w in than):
        return False
    return any(_only_role(w, segment) == "than" for w in claim.subjects)


def _only_role(wanted: Word, segment: Segment) -> str:
    keys = same(wanted)
    roles = {
        w.role
        for w in segment.words
        if w.key in keys or (len(wanted.key) > 1 and wanted.key in w.run)
    }
    return roles.pop() if len(roles) == 1 else ""


def _is_above(wanted: Word, stated: Stated, claim: Claim) -> bool:
    if stands_above(wanted, stated.above, claim.names):
        return True
    return stated.before is not None and stands_above(wanted, [stated.before], claim.names)


def _has_no_other_subject(claim: Claim, own: Reading, segment: Segment, word: Word) -> bool:
    """Tell whether the nearest subject before a word, if any, is one that is asked of."""
    marked = [
        w
        for w in segment.words
        if w.role == "subject" and w.start < word.start and w.phrase != word.phrase
    ]
    if not marked:
        return True
    last = next((w for w in reversed(marked) if not _is_within(w, word, own)), None)
    if last is None:
        return True
    phrase = [w for w in marked if w.phrase == last.phrase]
    heads = [w for w in phrase if w.head] or phrase
    return any(is_said(w, claim.reading.words, claim.names) for w in heads)


def _is_within(subject: Word, word: Word, own: Reading) -> bool:
    """Tell whether a subject is that of a clause that only tells what a noun is: 그가 만든 것."""
    return bool(_TELLS_WHICH.match(own.text[subject.end : word.start]))


def _roles_differ(claim: Claim, segment: Segment) -> bool:
    """Tell whether one that the claim is about is what the sentence compares with or acts on."""
    if _is_compared_with(claim, segment):
        return False
    roles = {_only_role(w, segment) for w in claim.subjects} - {""}
    if roles and roles <= {"object", "than"}:
        return True
    names = [w for w in claim.subjects if w.name and _only_role(w, segment) == "than"]
    return bool(names) or any(
        w.role == "object" and _only_role(w, segment) == "subject" for w in claim.words
    )


def _is_set_against(claim: Claim, stated: Stated, segments: Sequence[Segment], number: int) -> bool:
    """Tell whether what is said here is set against the claim's subject: X는 한 반면, Y는 …."""
    segment = segments[number]
    if not segment.contrasted or number + 1 == len(segments) or not claim.subjects:
        return False
    other = segments[number + 1]
    if any(stands(w, [segment], claim.names) for w in claim.subjects) or not segment.subjects:
        return False
    if not all(is_said(w, other.subjects, claim.names) for w in claim.subjects):
        return False
    rest = [w for w in claim.words if w not in claim.subjects]
    return bool(rest) and all(
        stands(w, [segment], claim.names) or _is_above(w, stated, claim) for w in rest
    )


def _dates(own: Reading, segment: Segment) -> Iterator[Figure]:
    for figure in own.figures:
        if figure.is_time and segment.start <= figure.start < segment.end:
            yield figure
