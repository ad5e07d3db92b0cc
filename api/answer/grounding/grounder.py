"""Whether a sentence of an answer is said by the passages that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from api.answer.grounding.carried import Context, carried_problems, context_of
from api.answer.grounding.coverage import OtherNames, stands
from api.answer.grounding.evidence import Place, Unit, places, squeezed, unit_at
from api.answer.grounding.korean_only import for_finding, language_problems
from api.answer.grounding.part import Part, clauses, whole
from api.answer.grounding.reading import Reading, read, to_read, without_footnotes
from api.answer.grounding.source import Source
from api.answer.grounding.support import LIMITS, Limits, Support, support
from api.answer.grounding.verdict import Problem, Verdict
from ingest.records import Sentence
from retriever.aliases import AliasTable, common_aliases
from retriever.analysis import KoreanAnalyzer
from retriever.encoder_base import Encoder

# Bullets before a sentence and points behind it.
_NO_WORD = re.compile(r"^[^\w(‘'“\"「『<\[+-]+|[.\s]+$")
# Readings of passages that are kept: those of some hundred questions, a few kilobytes each.
_KEPT_READINGS = 4096
_KEPT_TEXTS = 64
# Sentences of the passages that are looked at closely; further ones share few words.
_LOOKED_AT = 8
# So many sentences of the answer tell what it is about.
_READ_BEFORE = 3
# A sentence joins at most so many sentences of its passages.
_MOST_UNITS = 3
# The longest sentence that is checked; a longer one is no sentence.
MAX_CHARS = 1_000


class Grounder:
    """Checks sentences against passages; safe to share between threads.

    Args:
        analyzer: that of the index.
        encoder: asked only where the words alone do not decide.
        aliases: other names for the same things; without, the built-in ones.
        limits: how much of a sentence must stand in its evidence.
    """

    def __init__(
        self,
        analyzer: KoreanAnalyzer,
        encoder: Encoder,
        aliases: AliasTable | None = None,
        limits: Limits = LIMITS,
    ) -> None:
        self._analyzer = analyzer
        self._encoder = encoder
        self._aliases = aliases or AliasTable(common_aliases())
        self._limits = limits
        self._texts = lru_cache(maxsize=_KEPT_TEXTS)(_all_text)
        self._squeezed = lru_cache(maxsize=_KEPT_READINGS)(squeezed)
        self._read = lru_cache(maxsize=_KEPT_READINGS)(self._reading)

    def check(
        self,
        text: str,
        markers: Sequence[int],
        sources: Mapping[int, Source],
        question: str = "",
        before: Sequence[str] = (),
    ) -> Verdict:
        """Check one sentence of an answer.

        Args:
            text: the sentence without its markers.
            markers: numbers of the passages that it cites, in its order.
            sources: by number, all passages that may be cited.
            question: what was asked; tells what a bare figure is said of, grounds nothing.
            before: the sentences of the answer that are shown already, oldest first; a sentence
                that leaves its subject to them is checked with it.

        Returns:
            The verdict. Where the cited passages do not bear the sentence out and others do, it
            is supported with their markers.
        """
        shown = without_footnotes(text)
        cited = {m: sources[m] for m in dict.fromkeys(markers) if m in sources}
        noted = [Problem("unresolved_marker", str(m)) for m in markers if m not in sources]
        if not cited:
            noted.append(Problem("no_marker"))
        if not shown.strip() or len(shown) > MAX_CHARS:
            return Verdict(False, shown, tuple(cited), (), (*noted, Problem("empty")))
        said = self._read(shown)
        asked = self._read(question) if question else None
        context = context_of(asked, [self._read(text) for text in before[-_READ_BEFORE:]])
        parts = _parts(said, asked)
        if not parts:
            return Verdict(False, shown, tuple(cited), (), (*noted, Problem("empty")))
        tried: list[tuple[Problem, ...]] = []
        for candidates in _candidates(cited, sources):
            found, problems = self._supported(shown, parts, candidates, context)
            if found:
                return _verdict(shown, tuple(cited), found, [*noted, *(tried or [()])[0]])
            tried.append(problems)
        return Verdict(False, shown, tuple(cited), (), (*noted, *tried[0]))

    def reading(self, text: str) -> Reading:
        """Return the words and figures of a text; the same texts come again and again."""
        return self._read(without_footnotes(text))

    def other_names(self, text: str) -> OtherNames:
        """Return other names, without spaces, of what a text names."""
        return self._other_names(text)

    def _supported(
        self,
        shown: str,
        parts: Sequence[Sequence[Part]],
        sources: Mapping[int, Source],
        context: Context,
    ) -> tuple[tuple[Unit, ...], tuple[Problem, ...]]:
        """Return the evidence, or none of it and why there is none."""
        foreign = tuple(language_problems(shown, self._held(sources.values())))
        if foreign:
            return (), foreign
        known = list(places(sources, self._squeezed))
        names = self._other_names(shown)
        for place in known:
            if self._says_just(shown, place):
                unit = unit_at(place, self._read)
                if not any(self._strays(part, unit, context, names) for part in parts[0]):
                    return (unit,), ()
        ranked = _ranked(parts[0][0].reading, names, known)
        units = [unit_at(place, self._read) for place in ranked[:_LOOKED_AT]]
        first: tuple[Problem, ...] = (Problem("words_missing"),)
        for number, cut in enumerate(parts):
            found, problems = self._all_borne_out(cut, units, names, context)
            if found:
                return found, ()
            first = problems if number == 0 else first
        return (), first

    def _all_borne_out(
        self, cut: Sequence[Part], units: Sequence[Unit], names: OtherNames, context: Context
    ) -> tuple[tuple[Unit, ...], tuple[Problem, ...]]:
        chosen: list[Unit] = []
        for part in cut:
            last = chosen[-1] if chosen else None
            found = [support(part, unit, names, self._limits, context) for unit in units]
            if part.inherited and last is not None:
                found = [s for s in found if _goes_on(part, s.unit, last, names)]
            best = self._best(part, found)
            if best is None:
                return (), (Problem("words_missing"),)
            if best.problems:
                return (), best.problems
            chosen.append(best.unit)
        distinct = tuple(dict.fromkeys(chosen))
        return (distinct, ()) if len(distinct) <= _MOST_UNITS else ((), (Problem("words_missing"),))

    def _best(self, part: Part, found: list[Support]) -> Support | None:
        """Return the support of the evidence with the fewest problems, the fullest first."""
        found.sort(key=lambda s: (len(s.problems), -s.share))
        for candidate in found:
            if candidate.problems:
                return candidate
            if not candidate.unsure or self._alike(part, candidate.unit):
                return candidate
        return Support(found[0].unit, (Problem("dissimilar"),), found[0].share) if found else None

    def _alike(self, part: Part, unit: Unit) -> bool:
        context = " ".join((*unit.sentence.path[-1:], unit.sentence.text))
        vectors = self._encoder.encode_passages([part.reading.text, unit.sentence.text, context])
        return float((vectors[1:] @ vectors[0]).max()) >= self._limits.similarity

    def _strays(self, part: Part, unit: Unit, context: Context, names: OtherNames) -> bool:
        """Tell whether a sentence of the passage is read as one about something else."""
        return context.before is not None and any(carried_problems(part, unit, context, names))

    def _says_just(self, shown: str, place: Place) -> bool:
        """Tell whether a sentence is one of the passage's, word for word and whole."""
        stated = self._squeezed(without_footnotes(place.sentence.text))
        return _NO_WORD.sub("", self._squeezed(shown)) == _NO_WORD.sub("", stated)

    def _held(self, sources: Iterable[Source]) -> str:
        return "\n".join(self._texts(source) for source in sources)

    def _other_names(self, text: str) -> OtherNames:
        found = self._aliases.find(text)
        return {
            squeezed(match.name): tuple(squeezed(other) for other in match.others)
            for match in found
        }

    def _reading(self, text: str) -> Reading:
        prepared = to_read(text)
        return read(prepared, self._analyzer.tokens(prepared))


def _parts(said: Reading, asked: Reading | None) -> list[list[Part]]:
    """Return the ways to cut a sentence: as a whole, and into clauses."""
    entire = whole(said)
    if entire.words:
        pieces = clauses(said)
        return [[entire], list(pieces)] if len(pieces) > 1 else [[entire]]
    if not entire.figures or asked is None:
        return []
    # A bare figure is said of what was asked.
    about = tuple(w for w in whole(asked).words if not w.key.endswith("/v"))
    return [[Part(said, about, entire.figures, about, entire.span)]] if about else []


def _candidates(
    cited: Mapping[int, Source], sources: Mapping[int, Source]
) -> Iterator[Mapping[int, Source]]:
    if cited:
        yield cited
    if len(cited) < len(sources) or not cited:
        yield sources


def _ranked(said: Reading, names: OtherNames, found: Sequence[Place]) -> list[Place]:
    """Return the places that share words with the sentence, those that share most first."""
    wanted = {w.key for w in said.words if not w.key.endswith("/v")}
    wanted |= {other for others in names.values() for other in others}
    numbers = {said.text[f.start : f.end].strip(" %") for f in said.figures}

    def shared(place: Place) -> int:
        return sum(key in place.rough for key in wanted | numbers)

    return sorted(found, key=shared, reverse=True)


def _goes_on(part: Part, unit: Unit, last: Unit, names: OtherNames) -> bool:
    """Tell whether evidence for a clause without a subject is about the subject before."""
    if unit == last or all(stands(w, unit, names) for w in part.subjects):
        return True
    near = unit.marker == last.marker and abs(unit.order - last.order) == 1
    own_subject = any(word.role == "subject" for word in unit.own.words)
    return near and not own_subject and unit.sentence.path == last.sentence.path


def _all_text(source: Source) -> str:
    text = source.passage.text
    pieces = [source.title, *source.passage.heading_path, text, without_footnotes(text)]
    for sentence in source.passage.sentences:
        pieces += [*sentence.path, sentence.text]
    return for_finding("\n".join(dict.fromkeys(pieces)))


def _verdict(
    shown: str, cited: tuple[int, ...], found: Sequence[Unit], noted: Sequence[Problem]
) -> Verdict:
    markers = tuple(dict.fromkeys(unit.marker for unit in found))
    quotes: tuple[tuple[int, Sentence], ...] = tuple((u.marker, u.sentence) for u in found)
    mended = noted if markers != cited else ()
    return Verdict(True, shown, markers, quotes, tuple(mended))
