"""Bytes to text: strict decoders in a fixed order, and never a guess that reads as mojibake."""

from __future__ import annotations

import codecs
import unicodedata
from functools import lru_cache

from ingest.errors import InputError
from ingest.escapes import ESCAPES

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    # UTF-32's little-endian mark begins with UTF-16's, so it is asked first.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# First bytes of files that people rename to .txt: images, PDF, ZIP (docx, hwpx, xlsx), OLE
# (hwp, doc), gzip and 7z.
_SIGNATURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"%PDF-",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
)
# A text may hold a stray control character from a conversion; a binary file holds many.
_CONTROL_SHARE = 0.005
_TEXT_CONTROLS = frozenset("\t\n\r\v\f\x1a\x1c\x1d\x1e\x85")
# Share of letters beyond ASCII that stand in KS X 1001's Hangul. Korean text has nearly 1;
# other encodings read as CP949 give rare syllables and Chinese characters.
_KOREAN_SHARE = 0.7
# UTF-8 with a few damaged bytes still decodes nearly everywhere, and other encodings do not.
_DAMAGED_SHARE = 0.02
_EUC_KR_BYTES = 2  # euc_kr writes a syllable beyond KS X 1001 in eight bytes of jamo


def decode(data: bytes) -> str:
    """Decodes a file's bytes.

    Args:
        data: the whole file.

    Returns:
        The text, without a byte order mark.

    Raises:
        InputError: ``file_binary`` or ``encoding_unknown``.
    """
    if data.startswith(_SIGNATURES):
        raise _binary()
    text = _decode_marked(data)
    if text is None:
        text = _decode_wide(data) if b"\x00" in data else _decode_narrow(data)
    if _is_garbage(text):
        raise _binary()
    return text


def _decode_marked(data: bytes) -> str | None:
    for mark, name in _BOMS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], name)
            if text is None:
                raise _unknown()
            return text
    return None


def _decode_wide(data: bytes) -> str:
    """UTF-16 without a mark: its blanks and line ends show which byte comes first."""
    for name, blanks in (
        ("utf-16-le", (b" \x00", b"\n\x00")),
        ("utf-16-be", (b"\x00 ", b"\x00\n")),
    ):
        text = _strict(data, name)
        if text is not None and any(blank in data for blank in blanks) and _is_korean(text):
            return text
    raise _binary()


def _decode_narrow(data: bytes) -> str:
    text = _strict(data, "utf-8")
    if text is not None:
        return text
    if _is_damaged_utf8(data):
        raise InputError(
            "encoding_unknown",
            "UTF-8 파일이지만 중간에 깨진 바이트가 있어 글자를 온전히 읽을 수 없습니다.",
            "원본에서 파일을 다시 저장하거나 다시 받아 주세요.",
        )
    text = _strict(data, "cp949")
    if text is not None and _is_korean(text):
        return text
    return _detect(data)


def _detect(data: bytes) -> str:
    from charset_normalizer import from_bytes

    match = from_bytes(data).best()
    text = None if match is None else _strict(data, match.encoding)
    if text is None or not _is_korean(text):
        raise _unknown()
    return text


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _is_korean(text: str) -> bool:
    letters = [char for char in text if char.isalpha() and not char.isascii()]
    if not letters:
        return all(char.isascii() or unicodedata.category(char)[0] in "PSZ" for char in text)
    return sum(_is_common_hangul(char) for char in letters) >= _KOREAN_SHARE * len(letters)


def _is_common_hangul(char: str) -> bool:
    return "가" <= char <= "힣" and _in_ks_x_1001(char)


@lru_cache(maxsize=4096)
def _in_ks_x_1001(char: str) -> bool:
    try:
        return len(char.encode("euc_kr")) == _EUC_KR_BYTES
    except UnicodeEncodeError:
        return False


def _is_damaged_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    beyond = sum(not char.isascii() for char in text)
    return broken <= max(1, _DAMAGED_SHARE * beyond) and broken < beyond


def _is_garbage(text: str) -> bool:
    if "\x00" in text:
        return True
    # Colours are the mark of a program's output, not of a binary file.
    controls = sum(
        char not in _TEXT_CONTROLS and unicodedata.category(char) == "Cc"
        for char in ESCAPES.sub("", text)
    )
    return controls > 1 and controls > _CONTROL_SHARE * len(text)


def _binary() -> InputError:
    return InputError(
        "file_binary",
        "글이 아니라 이미지·압축·한글(HWP)·워드 같은 이진 파일입니다.",
        "본문을 .txt 또는 .md 텍스트로 내보내어 다시 넣어 주세요.",
    )


def _unknown() -> InputError:
    return InputError(
        "encoding_unknown",
        "파일의 글자 인코딩을 알 수 없습니다.",
        "편집기에서 UTF-8로 다시 저장해 주세요.",
    )
