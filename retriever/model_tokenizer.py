"""The packaged model's tokenizer, written as a ``tokenizer.json`` of the tokenizers library."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from retriever.model_source import Vocabulary

METASPACE: Final = "▁"
LEAF: Final = 1 << 8
"""Bit of a trie unit that says a value hangs below it."""
VALUE: Final = 1 << 31
"""Bit of a trie unit that holds a value; it keeps the unit from matching any byte."""
OFFSET_SHIFT: Final = 10
OFFSET_LIMIT: Final = 1 << 21
"""Offsets from here on need the wide form of the format, which so small a trie never does."""
ALIGNMENT: Final = 256
"""A node's children lie in one block of this many units, so no lookup leaves the array."""

Node = dict[int, "Node | int"]


def tokenizer_json(vocabulary: Vocabulary) -> dict[str, Any]:
    """Describe the tokenizer in the tokenizers library's own JSON.

    Text is composed (NFC), mapped code point by code point, its runs of spaces are joined, it is
    cut at spaces with the mark ``▁`` before each word, and wrapped in ``<s> … </s>``. Composition
    is our addition: the package's map has no rule for Hangul typed as separate letters (file
    names and PDFs from a Mac), and leaves composed text as it is.

    Args:
        vocabulary: pieces, scores, special ids and replacements.

    Returns:
        The content of ``tokenizer.json``.
    """
    pieces = vocabulary.pieces
    scores = [float(score) for score in vocabulary.scores]
    special = [vocabulary.bos, vocabulary.pad, vocabulary.eos, vocabulary.unk, len(pieces) - 1]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [_special_token(number, pieces[number]) for number in sorted(special)],
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "NFC"},
                {
                    "type": "Precompiled",
                    "precompiled_charsmap": charsmap(vocabulary.replacements),
                },
                {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
            ],
        },
        "pre_tokenizer": {
            "type": "Sequence",
            "pretokenizers": [
                {"type": "WhitespaceSplit"},
                {
                    "type": "Metaspace",
                    "replacement": METASPACE,
                    "prepend_scheme": "always",
                    "split": True,
                },
            ],
        },
        "post_processor": _post_processor(vocabulary),
        "decoder": {
            "type": "Metaspace",
            "replacement": METASPACE,
            "prepend_scheme": "always",
            "split": True,
        },
        "model": {
            "type": "Unigram",
            "unk_id": vocabulary.unk,
            "vocab": [list(pair) for pair in zip(pieces, scores, strict=True)],
            "byte_fallback": False,
        },
    }


def tokenizer_config(vocabulary: Vocabulary, positions: int) -> dict[str, Any]:
    """Describe the tokenizer for the transformers library.

    Args:
        vocabulary: pieces and special ids.
        positions: longest input in tokens.

    Returns:
        The content of ``tokenizer_config.json``.
    """
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": positions,
        "clean_up_tokenization_spaces": False,
        **special_tokens(vocabulary),
    }


def special_tokens(vocabulary: Vocabulary) -> dict[str, str]:
    """Name the special tokens by role, as ``special_tokens_map.json`` does."""
    pieces = vocabulary.pieces
    bos, eos = pieces[vocabulary.bos], pieces[vocabulary.eos]
    return {
        "bos_token": bos,
        "cls_token": bos,
        "eos_token": eos,
        "sep_token": eos,
        "unk_token": pieces[vocabulary.unk],
        "pad_token": pieces[vocabulary.pad],
        "mask_token": pieces[-1],
    }


def _special_token(number: int, content: str) -> dict[str, Any]:
    return {
        "id": number,
        "content": content,
        "single_word": False,
        "lstrip": content == "<mask>",
        "rstrip": False,
        "normalized": False,
        "special": True,
    }


def _post_processor(vocabulary: Vocabulary) -> dict[str, Any]:
    bos, eos = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    first = {"SpecialToken": {"id": bos, "type_id": 0}}
    last = {"SpecialToken": {"id": eos, "type_id": 0}}
    texts = [{"Sequence": {"id": name, "type_id": 0}} for name in "AB"]
    return {
        "type": "TemplateProcessing",
        "single": [first, texts[0], last],
        "pair": [first, texts[0], last, last, texts[1], last],
        "special_tokens": {
            bos: {"id": bos, "ids": [vocabulary.bos], "tokens": [bos]},
            eos: {"id": eos, "ids": [vocabulary.eos], "tokens": [eos]},
        },
    }


def charsmap(replacements: Mapping[str, str]) -> str:
    """Pack replacements into SentencePiece's precompiled map.

    The format is the trie's length in bytes, a double-array trie over the UTF-8 bytes of the
    keys whose values are offsets, and the replacements, each ended by a zero byte.

    Args:
        replacements: from one character to the text that takes its place.

    Returns:
        The map in Base64, as ``tokenizer.json`` holds it.
    """
    texts = bytearray()
    places: dict[str, int] = {}
    root: Node = {}
    for key, value in sorted(replacements.items()):
        if value not in places:
            places[value] = len(texts)
            texts += value.encode("utf-8") + b"\0"
        _insert(root, key.encode("utf-8"), places[value])
    units = _double_array(root).tobytes()
    return base64.b64encode(len(units).to_bytes(4, "little") + units + bytes(texts)).decode("ascii")


def _insert(root: Node, key: bytes, value: int) -> None:
    node = root
    for byte in key:
        child = node.setdefault(byte, {})
        if isinstance(child, int):
            raise ValueError("a key holds a zero byte")
        node = child
    node[0] = value


def _double_array(root: Node) -> NDArray[np.uint32]:
    """Lay the trie out so that child ``c`` of a node lies at ``base ^ c``, base unique to it."""
    array = _DoubleArray()
    branches: list[tuple[int, Node]] = [(0, root)]
    ends: list[tuple[int, Node]] = []
    while branches:
        place, node = branches.pop()
        for child_place, child in array.place(place, node):
            (ends if child.keys() == {0} else branches).append((child_place, child))
    # The ends of keys need one unit each and fill the gaps that the branches left.
    for place, node in ends:
        array.place(place, node)
    return np.asarray(array.units, dtype="<u4")


class _DoubleArray:
    def __init__(self) -> None:
        self.units: list[int] = []
        self._used = bytearray()
        self._bases: set[int] = set()
        self._first_free = 1
        self._first_end = 1
        self._grow(0)
        self._used[0] = 1

    def place(self, place: int, node: Node) -> list[tuple[int, Node]]:
        """Give a node's children their units; return those that have children themselves."""
        base = self._find_base(sorted(node))
        self._grow(base)
        self._bases.add(base)
        if place ^ base >= OFFSET_LIMIT:
            raise ValueError("the replacement map is too large for this layout")
        self.units[place] |= (place ^ base) << OFFSET_SHIFT
        below: list[tuple[int, Node]] = []
        for byte, child in node.items():
            self._used[base ^ byte] = 1
            if isinstance(child, int):
                self.units[place] |= LEAF
                self.units[base ^ byte] = VALUE | child
            else:
                self.units[base ^ byte] |= byte
                below.append((base ^ byte, child))
        return below

    def _grow(self, base: int) -> None:
        missing = (base // ALIGNMENT + 1) * ALIGNMENT - len(self.units)
        if missing > 0:
            self.units.extend([0] * missing)
            self._used.extend(bytes(missing))

    def _is_free(self, place: int) -> bool:
        return place >= len(self._used) or not self._used[place]

    def _find_base(self, labels: list[int]) -> int:
        if labels == [0]:
            # What one end could not use no later end can, so the search never goes back.
            while not self._is_free(self._first_end) or self._first_end in self._bases:
                self._first_end += 1
            return self._first_end
        while not self._is_free(self._first_free):
            self._first_free += 1
        place = self._first_free
        while True:
            base = place ^ labels[0]
            if base not in self._bases and all(self._is_free(base ^ label) for label in labels):
                return base
            place += 1
