"""Questions about a document itself: when it came out, who wrote it, how long it is, its contents.

Only what is asked of the document from end to end counts: 대전 보고서는 언제 나왔어? does, 대전
보고서가 인용한 자료는 언제 나왔어? asks for something the document says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from api.answer.corpus_facts import DocumentFacts
from retriever.folding import fold


class Aspect(StrEnum):
    """What of a document is asked for."""

    DATE = "date"
    AUTHOR = "author"
    PUBLISHER = "publisher"
    TITLE = "title"
    LENGTH = "length"
    SOURCE = "source"
    CONTENTS = "contents"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class DocumentQuestion:
    """A question about documents, as far as its form tells.

    Attributes:
        aspect: what is asked for; None where only a document is named (대전 보고서는?).
        subject: it speaks of documents at all (저자는? does not).
        pointing: of the one that was spoken of (그 보고서).
        named: words that the title must hold; empty where none is named.
        whole: they are the title, since nothing says that they name a document.
    """

    aspect: Aspect | None
    subject: bool
    pointing: bool = False
    named: tuple[str, ...] = ()
    whole: bool = False


# Longer than any question about a document, its whole title included.
_MOST_CHARS = 120
_CLOSING = re.compile(r"[\s.?!~…]+$")
_DOCUMENT = r"(?:연구\s?)?(?:보고서|문서|리포트|자료|논문|글)"
_PARTICLE = r"(?:들)?(?:\s?중에서?|\s?중|에는|에서|은|는|이|가|의|을|를|에|도)?(?:요)?"
_OPENING = r"(?:그럼|그러면|그리고|혹시|근데|그런데|아|음)[,\s]+"
_WHICH = (
    r"(?:(?P<that>그|저|아까\s?그|방금\s?그)|이|해당|본|여기\s?있는|두|세|둘|네|모든|전체|각|각각의|가진|있는"
    r"|등록된|색인된|\d+개(?:의)?)"
)
_SUBJECT = re.compile(
    rf"^(?:{_OPENING})?(?:(?:(?P<which>{_WHICH})\s?|(?P<named>\S.{{0,50}}?)\s)?"
    rf"(?:{_DOCUMENT}){_PARTICLE}"
    rf"|[「『‘“'\"](?P<quoted>[^」』’”'\"]{{4,100}})[」』’”'\"](?:이?라는\s{_DOCUMENT})?{_PARTICLE})"
    r"(?:\s|$)"
)
_OPENED = re.compile(rf"^(?:{_OPENING})?(?:이(?:거|건|게|것은?)\s)?")
_ENDING = (
    r"(?:들)?(?:이|가|은|는|을|를|도)?\s?(?:좀\s)?"
    r"(?:뭐|뭔|무엇|누구|누군|언제|어디|어떻게|얼마나?|어느\s?정도)?\s?"
    r"(?:야|니|냐|예요|에요|이야|이에요|인가요|인가|인지|가요|지|죠|이죠|입니까|임|래|되나요|돼|돼요|되죠"
    r"|됩니까|들이야|들인가요)?(?:\s?(?:좀|다|모두|전부|각각|혹시))*"
    r"(?:\s?(?:줘|주세요|줄래|알려|말해|보여|가르쳐|찾아|궁금|(?:알|볼|받을|구할)\s?수\s?있|(?:적혀|나와)\s?있|있|없)"
    r"[가-힣\s]{0,8})?$"
)
_MADE = (
    r"(?:발행|발간|출간|출판|작성|집필|발표|공개|펴냈|펴낸|냈|낸|만들|만든|나왔|나온|나오"
    r"|쓰였|썼|쓴)"
)
_DONE = rf"{_MADE}(?:한|된)?(?:\s?(?:거|것|건|{_DOCUMENT}))?[가-힣]{{0,6}}$"
_WHEN = (
    rf"(?:언제쯤?|몇\s?년(?:도에?|에)?|어느\s?해에?)\s?{_DONE}"
    r"|(?:언제|몇\s?년도?)\s?(?:거|것|자료)[가-힣]{0,4}$"
    r"|(?:발행|발간|작성|출간|발표|출판|공개|나온)\s?"
    rf"(?:일자|일|연도|년도|날짜|시기|시점|연월|해){_ENDING}"
    r"|(?:어느|어떤)\s?(?:게|것이|쪽이|보고서가|문서가)\s?(?:더|제일|가장)?\s?"
    r"(?:최신|최근|오래|먼저|나중)[가-힣\s]{0,8}$"
)
_WHO = (
    rf"누가\s?(?:지은|지었|{_MADE})(?:한|된)?(?:\s?(?:거|것|건|{_DOCUMENT}))?[가-힣]{{0,6}}$"
    r"|(?:공동\s?)?(?:저자|지은이|글쓴이|작성자|필자|집필자|집필진"
    rf"|(?:쓴|작성한|집필한)\s?(?:사람|이|분))(?:\s?(?:이름|성함))?{_ENDING}"
)
_PUBLISHED_BY = (
    rf"(?:발행|발간)\s?(?:기관|처|사|인|주체|자)(?:명|\s?이름)?{_ENDING}"
    rf"|(?:출판사|(?:펴낸|낸|만든|발행한|발간한)\s?(?:곳|데|기관)){_ENDING}"
    rf"|(?:어디에?서?|어느\s?(?:기관|곳|부처|데)(?:에서|이|가)?)\s?{_DONE}"
)
_HOW_LONG = (
    r"몇\s?(?:쪽|페이지|장|글자)(?:짜리|이나|정도)?[가-힣]{0,6}$"
    r"|얼마나\s?(?:길|긴|두꺼)[가-힣\s]{0,6}$"
    rf"|(?:쪽\s?수|페이지\s?수|분량|길이|글자\s?수){_ENDING}"
)
_WHERE_FROM = (
    r"(?:출처|원문|원본|링크|url|파일|pdf|다운로드)\s?(?:링크|주소|파일|이름|url|pdf)?"
    rf"{_ENDING}|(?:(?:원문|원본|파일)[은는을를]?\s)?"
    r"어디에?서\s?(?:볼|받을|다운|구할|읽을|찾을)[가-힣\s]{0,10}$"
)
_IN_CHAPTERS = (
    r"몇\s?장으로[가-힣\s]{0,10}$|어떻게\s?구성[가-힣\s]{0,6}$"
    r"|(?:어떤|무슨)\s?(?:장|절|챕터)[가-힣\s]{0,8}$"
    rf"|(?:목차|차례|장\s?제목|소제목|챕터|구성){_ENDING}"
)
_ABOUT_WHAT = (
    r"(?:(?:무슨|어떤)\s?(?:내용|주제|얘기|이야기)|뭐(?!라)|뭘|무엇)"
    r"(?:에|을|를|이|가)?\s?(?:대한|관한|대해|관해)?"
    r"\s?(?:다룬|다루|쓴|담은|담긴|담고|있|말하)?[가-힣]{0,5}"
    r"(?:\s?(?:거|것|건|글|보고서|내용)[가-힣]{0,4})?$"
)
_ASPECTS = tuple(
    (aspect, re.compile(rf"^(?:(?:각각|다|모두|총|좀|전체)\s)?(?:{pattern})"))
    for aspect, pattern in (
        (Aspect.DATE, _WHEN),
        (Aspect.AUTHOR, _WHO),
        (Aspect.PUBLISHER, _PUBLISHED_BY),
        (Aspect.TITLE, rf"(?:제목|정식\s?명칭|이름|명칭)(?:\s?전체)?{_ENDING}"),
        (Aspect.CONTENTS, _IN_CHAPTERS),
        (Aspect.LENGTH, _HOW_LONG),
        (Aspect.SOURCE, _WHERE_FROM),
        (Aspect.TOPIC, _ABOUT_WHAT),
    )
)
# 한글은 누가 만들었나요 asks about what an article is on: only the title of a report is so long.
_SHORTEST_TITLE = 15
_OF_TITLES = frozenset({Aspect.DATE, Aspect.AUTHOR, Aspect.PUBLISHER, Aspect.CONTENTS})
# Without a document being spoken of, these ask for nothing else.
_PLAIN_ALONE = frozenset(
    {Aspect.AUTHOR, Aspect.PUBLISHER, Aspect.LENGTH, Aspect.SOURCE, Aspect.CONTENTS}
)
_OF_DOCUMENTS = re.compile(rf"^(?:발행|발간|작성|출간|출판)|{_DOCUMENT}[가-힣]{{1,5}}$")
_TITLE_END = re.compile(r"(?<=[가-힣a-z\d])(?:은|는|이|가|의|을|를)$")
_ABOUT = re.compile(r"(?:에\s?(?:관한|대한)|관련|쪽|의)$")
_WORD = re.compile(r"[\w&]+")


def document_question(question: str) -> DocumentQuestion | None:
    """Return what a question asks of documents, or None where it asks for what they say."""
    text = plain_question(question)
    if text is None:
        return None
    subject, rest = subject_of(text)
    aspect = _aspect(rest)
    if subject is None:
        alone = aspect in _PLAIN_ALONE or bool(_OF_DOCUMENTS.search(rest))
        return DocumentQuestion(aspect, subject=False) if aspect and alone else _titled(text)
    return None if rest and aspect is None else replace(subject, aspect=aspect)


def plain_question(question: str) -> str | None:
    """Return a question in small letters, blanks single, without its marks at the end.

    None where it is longer than any question about a document.
    """
    text = " ".join(_CLOSING.sub("", question).split()).lower()
    return text if len(text) <= _MOST_CHARS else None


def _titled(text: str) -> DocumentQuestion | None:
    """Return what is asked of what may be a whole title: where its last words ask for it."""
    for cut in (n for n, letter in enumerate(text) if letter == " "):
        aspect = _aspect(text[cut + 1 :]) if cut >= _SHORTEST_TITLE else None
        if aspect in _OF_TITLES:
            words = tuple(_WORD.findall(fold(_TITLE_END.sub("", text[:cut]))))
            return DocumentQuestion(aspect, True, named=words, whole=True)
    return None


def subject_of(text: str) -> tuple[DocumentQuestion | None, str]:
    """Return the documents that a text begins with, None where it does not, and its rest.

    Args:
        text: as ``plain_question`` gives it.
    """
    subject = _SUBJECT.match(text)
    if subject is None:
        return None, _OPENED.sub("", text)
    named = subject["quoted"] or _ABOUT.sub("", subject["named"] or "")
    words = tuple(_WORD.findall(fold(named)))
    return DocumentQuestion(None, True, bool(subject["that"]), words), text[subject.end() :]


def _aspect(text: str) -> Aspect | None:
    return next((aspect for aspect, pattern in _ASPECTS if pattern.match(text)), None)


def documents_named(
    words: Sequence[str], documents: Sequence[DocumentFacts], *, whole: bool = False
) -> tuple[DocumentFacts, ...]:
    """Return the documents whose titles hold all of some words; none where any is a stranger.

    Args:
        words: folded.
        documents: among which to look.
        whole: the words must be all of the title.
    """
    if whole:
        joined = "".join(words)
        return tuple(d for d in documents if "".join(_WORD.findall(fold(d.title))) == joined)
    titles = [(document, fold(document.title)) for document in documents]
    if not any(len(word) > 1 for word in words):
        return ()
    return tuple(d for d, title in titles if all(word in title for word in words))
