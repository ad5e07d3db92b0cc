"""Korean text to search terms: one analyser for index and query."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import Any, Protocol

from retriever.folding import fold, whole_characters
from retriever.noun_runs import STOP_TERMS, Token, noun_runs, run_terms
from retriever.numbers import find_quantities
from retriever.query_edit import PARTICLES, QueryToken
from retriever.term_kind import stem_term

# Raised whenever the terms made from the same text change, so that old indexes are refused.
ANALYSIS_VERSION = 6

# Kiwi must not be given very long text in one piece.
MAX_PIECE_CHARS = 1_000

# A question and the sentences of its answer are a few dozen texts; 44% of readings are of one of
# these again.
_TEXTS_KEPT = 256

# One syllable may be anything.
_MIN_NAME_CHARS = 2

_NAME_TAGS = frozenset({"NNP", "SL"})
_UNCUT = frozenset({"NNG", "NNP"})
_PREDICATES = frozenset({"VV", "VA", "VV-I", "VV-R", "VA-I", "VA-R"})
_WORD_CHARS = re.compile(r"[^0-9a-z가-힣一-鿿]+")


class Tokenizer(Protocol):
    """What is used of Kiwi."""

    def tokenize(self, text: Iterable[str]) -> Iterable[Sequence[Any]]:
        """Yield the tokens of each text."""
        ...


@dataclass(frozen=True, slots=True)
class AnalysisSettings:
    """What the terms depend on; kept in the index manifest.

    Attributes:
        version: of this module's rules.
        kiwi: version of the morpheme analyser.
        user_words: words that are never cut, sorted.
    """

    version: int
    kiwi: str
    user_words: tuple[str, ...]

    def digest(self) -> str:
        """Return 16 hex characters that change when any of the terms might."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


class KoreanAnalyzer:
    """Kiwi morphemes turned into search terms; safe to share between threads.

    Args:
        user_words: words to keep whole (names, terms of the field).
        workers: Kiwi threads for batches.
    """

    def __init__(self, user_words: Iterable[str] = (), *, workers: int = 1) -> None:
        self.settings = AnalysisSettings(
            ANALYSIS_VERSION, version("kiwipiepy"), tuple(sorted(set(user_words)))
        )
        self._workers = workers
        self._kiwi: Any = None
        self._lock = threading.Lock()
        self._read = lru_cache(_TEXTS_KEPT)(self._analysed)

    def warm(self) -> None:
        """Load the dictionary now (2 to 4 s) instead of at the first text."""
        with self._lock:
            # The dictionary is read in part at the first text (1.5 s).
            self._loaded().tokenize("준비")

    def morphemes(
        self, texts: Sequence[str], held: Container[str] = frozenset()
    ) -> list[list[str]]:
        """Return the search terms of each text, repeats kept, in reading order.

        Args:
            texts: of any length.
            held: terms of a corpus: what the dictionary takes for a new word, and is one of them
                with a particle behind (바이오로), is read as that.
        """
        folded = [fold(text) for text in texts]
        pieces = [(i, piece) for i, text in enumerate(folded) for piece in _pieces(text)]
        terms: list[list[str]] = [[] for _ in texts]
        with self._lock:
            analysed = self._loaded().tokenize([piece for _, piece in pieces])
            for (i, piece), tokens in zip(pieces, analysed, strict=True):
                terms[i].extend(_terms(piece, self._without_glue(piece, list(tokens), held)))
        return terms

    def _without_glue(self, piece: str, tokens: list[Token], held: Container[str]) -> list[Token]:
        """Read again what has a word of the corpus glued to its particle."""
        cut = [part for token in tokens for part in _cut(token, held)]
        return list(self._loaded().tokenize(piece, pretokenized=cut)) if cut else tokens

    def names(self, text: str) -> list[str]:
        """Return the proper nouns of a short text that the dictionary knows, each once.

        A word that it does not know is as likely a slip of the keyboard as a name.
        """
        with self._lock:
            kiwi = self._loaded()
            tokens = kiwi.tokenize(fold(text)[:MAX_PIECE_CHARS])
            found = (t.form for t in tokens if t.tag == "NNP" and kiwi.morpheme(t.id).form)
            return [name for name in dict.fromkeys(found) if len(name) >= _MIN_NAME_CHARS]

    def tokens(self, text: str) -> list[QueryToken]:
        """Return the morphemes of a short text with offsets into it.

        A question is read by many, one after another; the last texts are not analysed again.
        """
        return list(self._read(text[:MAX_PIECE_CHARS]))

    def _analysed(self, text: str) -> tuple[QueryToken, ...]:
        with self._lock:
            kiwi = self._loaded()
            return tuple(
                QueryToken(t.form, t.tag, t.start, t.start + t.len, bool(kiwi.morpheme(t.id).form))
                for t in kiwi.tokenize(text)
            )

    def spaced(self, text: str) -> str:
        """Return a short text with the spaces that it lacks."""
        with self._lock:
            return str(self._loaded().space(text))

    def is_name(self, word: str) -> bool:
        """Tell whether a word is a proper noun, a foreign word or one the dictionary lacks."""
        with self._lock:
            kiwi = self._loaded()
            tokens = kiwi.tokenize(whole_characters(word)[:MAX_PIECE_CHARS])
            return any(t.tag in _NAME_TAGS or not kiwi.morpheme(t.id).form for t in tokens)

    def phrases(self, text: str) -> list[str]:
        """Return the noun phrases and quantities of a short text as written, in reading order."""
        piece = text[:MAX_PIECE_CHARS]
        with self._lock:
            tokens = list(self._loaded().tokenize(whole_characters(piece)))
        spans = [(q.start, q.end) for q in find_quantities(piece)]
        for run in noun_runs(piece, tokens):
            words = [t for t in run if t.form.lower() not in STOP_TERMS]
            if words:
                spans.append((words[0].start, words[-1].start + words[-1].len))
        return list(dict.fromkeys(piece[start:end] for start, end in sorted(spans)))

    def _loaded(self) -> Any:
        if self._kiwi is None:
            from kiwipiepy import Kiwi

            kiwi = Kiwi(num_workers=self._workers, load_multi_dict=False)
            for word in self.settings.user_words:
                kiwi.add_user_word(word, "NNP")
            self._kiwi = kiwi
        return self._kiwi


def bigrams(text: str) -> list[str]:
    """Return the character bigrams of ``text`` with spaces and punctuation taken out.

    They survive spacing errors, misread characters and names that the dictionary cuts wrongly.
    """
    run = _WORD_CHARS.sub("", fold(text))
    return [run[i : i + 2] for i in range(len(run) - 1)] or ([run] if run else [])


def _cut(token: Token, held: Container[str]) -> list[tuple[int, int, str]]:
    """Return where ``token``, no word of the corpus, is one with a particle: both, with tags."""
    if token.tag not in _UNCUT or token.form in held:
        return []
    lengths = range(len(token.form) - 1, _MIN_NAME_CHARS - 1, -1)
    longest = next((n for n in lengths if token.form[:n] in held), 0)
    if not longest or not PARTICLES.fullmatch(token.form[longest:]):
        return []
    middle = token.start + longest
    return [(token.start, middle, token.tag), (middle, token.start + token.len, "JX")]


def _pieces(text: str) -> Iterator[str]:
    for line in text.splitlines():
        for start in range(0, len(line), MAX_PIECE_CHARS):
            yield line[start : start + MAX_PIECE_CHARS]


def _terms(text: str, tokens: list[Token]) -> Iterator[str]:
    yield from _quantity_terms(text)
    for run in noun_runs(text, tokens):
        yield from run_terms(run)
    for token in tokens:
        if token.tag in _PREDICATES:
            term = stem_term(token.form)
            if term not in STOP_TERMS:
                yield term


def _quantity_terms(text: str) -> Iterator[str]:
    for quantity in find_quantities(text):
        yield f"#{quantity.key}{quantity.unit}"
        if quantity.unit:
            yield f"#{quantity.key}"
