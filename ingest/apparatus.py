"""Lines that stand around the words of a report: captions, source lines, page furniture."""

from __future__ import annotations

import re

from ingest.endings import HEADING_CHARS, is_predicate
from ingest.marks import Family, read_mark

_KIND = r"(?:표|그림|도표|도|사진|자료|별표|박스|Table|Figure|Fig\.?|TABLE|FIGURE|Box)"
_COUNT = r"\d{1,3}(?:[-.]\d{1,3}){0,2}"
_NUMBERED = re.compile(
    rf"[\[<〈＜【(]\s*{_KIND}\s*{_COUNT}\s*[.:]?\s*(?:[\])>〉＞】]|[^\])>〉＞】]*[\]>〉＞】]$)|{_KIND}\s*{_COUNT}\s*(?:[.:|）)\]>〉]|\s(?=\S)|$)"
)
_ENCLOSED = re.compile(r"[\[<〈＜【](?!\^)[^\[\]<>〈〉＜＞【】]{2,}[\]>〉＞】]$")
# Words of an enclosed line that heads a section instead of naming a figure.
_SECTION_WORDS = re.compile(
    r"[\[<〈＜【]\s*(?:참고|요약|붙임|별첨|부록|첨부|목차|개요|결론|서론|사례|Box|BOX)"
)
_UNIT = re.compile(
    r"[(\[<]\s*단위\s*[:：]?[^)\]>]*[)\]>](?:\s*[(\[].*[)\]])?$|단위\s*[:：]\s*\S.{0,30}$"
)
_SOURCE = re.compile(
    r"(?:[-*※(\[<]\s*)?(?:자료|출처|자료\s*출처|주|주석|비고|Sources?|Notes?)\s*(?:\d{1,2}\s*\)?)?\s*[:：)]\s*\S"
)
_REWORKED = re.compile(r"[*※].*(?:재구성|재인용|재작성|재가공|인용|발췌|참조)[)\].]*$")
_NOTE = re.compile(r"(?:\*{1,3}(?=[\s가-힣])|※)")
_RULE = re.compile(r"(?:[-=_*~─━—]\s?){3,}$|```")
_PAGE = re.compile(
    r"(?:[-–—<(|]\s*)?(?:p\.?|page|쪽)?\s*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\s*(?:쪽|페이지)?(?:\s*[-–—>)|])?$",
    re.IGNORECASE,
)
_ISSUE = re.compile(
    r"(?:vol(?:ume)?|no|issue|통권|제)\s*\.?\s*\d+\s*(?:호|권)?(?:\s*[,/|·]?\s*(?:no|제|통권)\s*\.?\s*\d+\s*호?)?\.?$"
    r"|(?:issn|isbn)\b.*",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:19|20)\d{2}\s*(?:년|[.\-/])?\s*(?:\d{1,2}\s*(?:월|[.\-/])?\s*(?:\d{1,2}\s*(?:일|\.)?)?)?"
    r"(?:\s*[(]?[월화수목금토일][)]?)?$"
)
# What a cover calls the document, as against its title.
_LABEL = re.compile(
    r"(?:보도\s*(?:참고|설명)?\s*자료|설명\s*자료|참고\s*자료|(?:연구|정책|조사)\s*보고서|대외비|배포용"
    r"|이슈\s*(?:페이퍼|리포트|브리프)|정책\s*(?:브리프|리포트))$"
)
_SUBTITLE = re.compile(r"[-–―—]\s\S.{0,80}\S\s[-–―—]$")
_HANGUL = re.compile(r"[가-힣]")
_OFFICE = re.compile(
    r"(?:은행|연구원|연구소|진흥원|개발원|위원회|공사|공단|재단|협회|대학교|조사국|본부|[가-힣]{3,}[부처청실과팀])$"
)
# A role is a word of its own: 대법원장 is no author.
_ROLE = re.compile(
    r"(?:^|[\s,·/])(?:책임|선임|수석|전문|명예|객원|초빙|부)?(?:연구위원|연구원|위원|교수|박사|기자|팀장|부장|과장|국장"
    r"|사무관|주무관|센터장|소장|원장|대표|실장|본부장|단장|변호사|회계사|컨설턴트|저자|지음)"
    r"[¹²³⁰⁴-⁹)⁾*\d]*(?:\s*\([^)]*\))?$"
    r"|[\w.+-]{1,64}@[\w-]{1,64}\.\w|^(?:저자|글|작성|작성자|집필|연구진|발행처|발행인|펴낸곳|문의|담당(?:부서|자)?)\s*[:：]"
    r"|^(?:보도|배포)\s?(?:시점|일시|일자|일)\b"
)
_CONTENTS_TITLE = re.compile(
    r"(?:#+\s*)?(?:\*\*)?[\[<【]?\s*(?:목\s*차|차\s*례|(?:table of )?contents)"
    r"\s*[\]>】]?(?:\*\*)?$",
    re.IGNORECASE,
)
# No entry of a table of contents is longer, dots included.
_ENTRY_CHARS = 200
_LEADER = re.compile(r"\S.*?(?:[.·…‥⋯ㆍ]\s?){3,}\s*\d{1,4}$")
_TABBED_PAGE = re.compile(r"[^\t]+\t+\s*\d{1,4}$")
_REFERENCES_TITLE = re.compile(
    r"(?:참고\s*문헌|참고\s*자료|인용\s*문헌|references?|bibliography)\s*[:：]?$", re.IGNORECASE
)
_ATTACHED = re.compile(
    r"[\[<〈【(]?\s*(?:붙임|별첨|부록|첨부|참고|부칙)\s*\d{0,2}\s*(?:[\]>〉】)]|$|[.:]\s*\S|\s\S.{0,30}$)"
)
_CHAPTER_WORD = re.compile(
    r"(?:(?:국문|영문)?\s*요\s*약(?:문)?|초록|abstract|(?:executive )?summary|머리말|서문|발간사"
    r"|서론|결론|맺음말|나가며|들어가며)$",
    re.IGNORECASE,
)


def is_caption(words: str) -> bool:
    """Says whether a line names a table or figure, or is a bracketed name on its own."""
    if len(words) > 2 * HEADING_CHARS or is_predicate(words):
        return False
    return is_numbered_caption(words) or (
        _ENCLOSED.match(words) is not None and not _SECTION_WORDS.match(words)
    )


def is_numbered_caption(words: str) -> bool:
    """Says whether a caption gives a number: ``[표 1] …``, ``그림 2. …``."""
    return _NUMBERED.match(words) is not None


def is_unit(words: str) -> bool:
    """Says whether a line gives a table's unit: ``(단위: 억 원)``."""
    return _UNIT.match(words) is not None


def is_source(words: str) -> bool:
    """Says whether a line tells where figures come from, wherever it stands."""
    is_reworked = _REWORKED.match(words[:1] + words[-_ENTRY_CHARS:]) is not None
    return _SOURCE.match(words) is not None or is_reworked


def is_note(words: str) -> bool:
    """Says whether a line is a note (``※``, ``*``) if it stands under a table or caption."""
    return _NOTE.match(words) is not None


def is_rule(words: str) -> bool:
    """Says whether a line is drawn, not written."""
    return _RULE.match(words) is not None


def is_page_number(words: str) -> bool:
    """Says whether a line holds a page number alone."""
    return _PAGE.match(words) is not None


def is_imprint(words: str) -> bool:
    """Says whether a line of a cover is a date, an issue number or a label such as 보도자료."""
    return any(form.match(words) for form in (_DATE, _ISSUE, _LABEL))


def is_subtitle(words: str) -> bool:
    """Says whether dashes enclose a line: ``- 청년층 비중 31% -``."""
    return _SUBTITLE.match(words) is not None


def is_foreign_capitals(words: str) -> bool:
    """Says whether a short line has Latin capitals and no Hangul, as series names do."""
    return not _HANGUL.search(words) and words.upper() == words and any(map(str.isalpha, words))


def is_office(words: str) -> bool:
    """Says whether a line names the office that publishes."""
    return len(words) <= HEADING_CHARS and _OFFICE.search(words) is not None


def is_byline(words: str) -> bool:
    """Says whether a line names an author or an office."""
    return len(words) <= HEADING_CHARS and _ROLE.search(words) is not None


def is_contents_title(words: str) -> bool:
    """Says whether a line heads a table of contents."""
    return _CONTENTS_TITLE.match(words) is not None


def is_contents_entry(words: str) -> bool:
    """Says whether a line leads to a page number."""
    if len(words) > _ENTRY_CHARS:
        return False
    if _LEADER.match(words):
        return True
    mark = read_mark(words)
    is_numbered = mark is not None and mark.family in {Family.CHAPTER, Family.NUMBER}
    return is_numbered and _TABBED_PAGE.match(words) is not None


def is_references_title(words: str) -> bool:
    """Says whether the words of a heading open a list of references."""
    return _REFERENCES_TITLE.match(words) is not None


def is_chapter_word(words: str) -> bool:
    """Says whether words without a number head a chapter: 부록, 요약, 결론."""
    is_attached = len(words) <= HEADING_CHARS and _ATTACHED.match(words) is not None
    return is_attached or _CHAPTER_WORD.match(words) is not None
