"""Korean text to search terms: one analyser for index and query."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from typing import Any, Protocol

from retriever.folding import fold, whole_characters
from retriever.numbers import find_quantities
from retriever.query_edit import PARTICLES, QueryToken

# Raised whenever the terms made from the same text change, so that old indexes are refused.
ANALYSIS_VERSION = 5

# Kiwi must not be given very long text in one piece.
MAX_PIECE_CHARS = 1_000

# Two words together are a term already.
_PAIR = 2

# One syllable may be anything.
_MIN_NAME_CHARS = 2

_NOUNS = frozenset({"NNG", "NNP", "XR", "SL", "SH", "W_SERIAL"})
_NAME_TAGS = frozenset({"NNP", "SL"})
_UNCUT = frozenset({"NNG", "NNP"})
_AFFIXES = frozenset({"XPN", "XSN"})
_SUFFIXES = frozenset({"XSN", "SN"})
_PREDICATES = frozenset({"VV", "VA", "VV-I", "VV-R", "VA-I", "VA-R"})
_LATIN_JOINERS = frozenset("&-+./_")

# Words that stand in every report and every question, and so tell nothing apart.
_STOP_NOUNS = (
    "것 수 등 때 바 점 중 내 외 및 더 년 월 일 거 데 뿐 만 때문 정도 가운데 경우"
    " 무엇 어디 언제 누구 뭐 얼마 어느"
)
_STOP_STEMS = (
    "통하 대하 위하 따르 의하 관하 하 되 있 없 이 같 않 보 그렇 이렇 어떻 어떠 알리 알 말하"
)
STOP_TERMS = frozenset(_STOP_NOUNS.split()) | {f"{stem}/v" for stem in _STOP_STEMS.split()}

_WORD_CHARS = re.compile(r"[^0-9a-z가-힣一-鿿]+")


class Token(Protocol):
    """What is used of a Kiwi token."""

    form: str
    tag: str
    start: int
    len: int


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
        """Return the morphemes of a short text with offsets into it."""
        with self._lock:
            kiwi = self._loaded()
            return [
                QueryToken(t.form, t.tag, t.start, t.start + t.len, bool(kiwi.morpheme(t.id).form))
                for t in kiwi.tokenize(text[:MAX_PIECE_CHARS])
            ]

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
        for run in _noun_runs(piece, tokens):
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
    for run in _noun_runs(text, tokens):
        yield from _run_terms(run)
    for token in tokens:
        if token.tag in _PREDICATES:
            term = f"{token.form}/v"
            if term not in STOP_TERMS:
                yield term


def _quantity_terms(text: str) -> Iterator[str]:
    for quantity in find_quantities(text):
        yield f"#{quantity.key}{quantity.unit}"
        if quantity.unit:
            yield f"#{quantity.key}"


def _noun_runs(text: str, tokens: list[Token]) -> Iterator[list[Token]]:
    """Yield nouns that stand together, over at most one space."""
    run: list[Token] = []
    for token in tokens:
        if run and not _continues(text, run[-1], token):
            yield run
            run = []
        if token.tag in _NOUNS or token.tag in _AFFIXES or (run and _joins(token)):
            run.append(token)
        elif run and token.tag == "SN" and token.start == run[-1].start + run[-1].len:
            run.append(token)  # 코로나19, glp-1: a number that belongs to the name before it
        elif run:
            yield run
            run = []
    if run:
        yield run


def _joins(token: Token) -> bool:
    return token.form in _LATIN_JOINERS


def _continues(text: str, last: Token, token: Token) -> bool:
    gap = text[last.start + last.len : token.start]
    return gap == "" or (gap == " " and not _joins(last) and not _joins(token))


def _run_terms(run: list[Token]) -> Iterator[str]:
    words = _words(run)
    for word, parts in words:
        if parts != [word]:
            yield from (part for part in parts if part not in STOP_TERMS)
        if word not in STOP_TERMS:
            yield word
    for (left, _), (right, _) in pairwise(words):
        if left not in STOP_TERMS and right not in STOP_TERMS:
            yield left + right
    yield from _long_compounds(run)


def _long_compounds(run: list[Token]) -> Iterator[str]:
    """Yield what is written together from three or more words: 알파+폴+드 → 알파폴드."""
    together: list[Token] = []
    for token in [*run, None]:
        if token and (not together or token.start == together[-1].start + together[-1].len):
            together.append(token)
            continue
        if len(_words(together)) > _PAIR:
            yield "".join(part.form for part in together)
        together = [token] if token else []


def _words(run: list[Token]) -> list[tuple[str, list[str]]]:
    """Join affixes and Latin pieces into words: 대+기업 → 대기업, r+&+d → r&d.

    Each word comes with the parts that are worth finding by themselves.
    """
    words: list[tuple[str, list[str]]] = []
    open_join = False
    end = -1
    for token in run:
        touches = token.start == end
        end = token.start + token.len
        if words and touches and (open_join or token.tag in _SUFFIXES or _joins(token)):
            word, parts = words[-1]
            words[-1] = (word + token.form, parts)
            if not _joins(token) and token.tag not in _SUFFIXES:
                parts.append(token.form)
        elif not _joins(token):
            words.append((token.form, [] if token.tag == "XPN" else [token.form]))
        open_join = token.tag == "XPN" or _joins(token)
    return [(word.rstrip("&-+./_"), parts) for word, parts in words]
