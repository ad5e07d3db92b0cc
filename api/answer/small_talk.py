"""Greetings, thanks and questions about the service itself, answered with what can be asked.

A question is taken as small talk only when all of it is: its words are matched from end to end, so
that a question about the documents that greets first is never caught.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from api.answer.corpus_facts import CorpusFacts, DocumentFacts
from api.answer.form_wish import is_only_form_wish
from retriever.particles import with_particle

# Titles named in an answer; the rest is counted.
_MOST_TITLES = 5
_MOST_TOPICS = 4
_MOST_SUGGESTIONS = 3
# Longer than anything that is only small talk.
_MOST_CHARS = 60
_DECORATION = re.compile(r"[\s.,!?~…^:;()'\"“”‘’·]+|[ㅋㅎㅠㅜ]{2,}")
_LAUGHTER = re.compile(r"[ㅋㅎㅠㅜ]{2,}[.!~?\s]*")

_GREETING = (
    r"(?:ㅎㅇ|안녕(?:하세요|하십니까|하신가요|하셨어요|히계셨어요)?|하이|헬로우?|hello|hi|hey|반가워요?|반갑습니다"
    r"|처음뵙겠습니다|좋은(?:아침|오후|저녁|하루)(?:이에요|입니다|이야)?|여보세요|저기요?|있잖아요?|챗봇아?)"
)
_YOU = r"(?:너|넌|너는|네|니|당신[은의]?|이?챗봇은?|여기[는서]?|여기서는|근거는?|이?서비스는?)"
_DOCUMENT = r"(?:문서|보고서|자료|리포트|파일)"
_ASK = (
    r"(?:물어볼수있|물을수있|물어보면되|물어봐도되|질문할수있|질문하면되|질문해도되|할수있|할줄알"
    r"|해줄수있|도와줄수있|알려줄수있|대답할수있|답할수있)"
)
_END = (
    r"(?:어|어요|나|나요|니|냐|는지|는지알려줘|는지알려주세요|는거야|는건가요|습니까|을까|을까요"
    r"|지|지요|죠|는데|는데요)?"
)
_PLEASE = (
    r"(?:좀)?(?:알려줘|알려주세요|알려줄래|보여줘|보여주세요|말해줘|추천해줘|추천해주세요|해줘"
    r"|해주세요|줘|주세요)?"
)

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("greeting", rf"{_GREETING}{{1,3}}"),
        (
            "thanks",
            r"(?:정말|너무|매우|아주|네|답변|알려줘서|알려주셔서|도와줘서|도와주셔서|답해줘서|친절하게)*"
            r"(?:고마워요?|고맙습니다|고맙네요?|감사해요?|감사합니다|감사드립니다|ㄱㅅ|땡큐|thanks|thankyou)"
            r"|(?:큰)?도움이?(?:많이)?(?:됐어요?|되었어요?|됐습니다|되었습니다)|수고(?:했어요?|하셨습니다|하세요)",
        ),
        (
            "bye",
            r"(?:안녕히(?:계세요|가세요)|잘가요?|잘있어요?|바이바이?|bye|또올게요?|다음에봐요?|이만끝|그만할게요?)",
        ),
        (
            "noted",
            r"(?:응|네|예|어|그래요?|그렇군요?|그렇구나|아하|알겠어요?|알겠습니다|알았어요?|오케이|ok|okay|좋아요?|굿|good"
            r"|아니요?|아뇨|됐어요?|ㅇㅋ|와|우와|대단해요?|대박|테스트|test)",
        ),
        (
            "who",
            rf"{_YOU}(?:누구|뭐|무엇|이름|이름이|정체|정체가|소개|자기소개|어떤(?:ai|챗봇|서비스|봇)|뭐하는(?:애|거|것|놈|곳|데|챗봇"
            rf"|서비스|사람))"
            r"(?:뭐|무엇|누구|뭔)?(?:야|니|냐|예요|에요|이에요|이야|인가요|입니까|인지|데|지|죠|요)?"
            rf"|(?:{_YOU})?(?:이름이뭐(?:야|예요|에요|니)|누가만들었(?:어|어요|나요|니)|사람이(?:야|니|에요|세요)|ai(?:야|니|예요"
            rf"|에요))"
            rf"|자기소개{_PLEASE}|{_YOU}에?대해{_PLEASE}|누구(?:야|세요|니|십니까|신가요)",
        ),
        (
            "count",
            rf"(?:{_YOU}|지금|현재|총|전체|모두|가지고있는|갖고있는|색인된|등록된|들어있는)*{_DOCUMENT}(?:들)?(?:은|는|이|가|수는"
            rf"|개수는|의수는|의개수는)?"
            r"(?:총|모두|전부|다|지금|현재|다해서)*(?:몇(?:개|건|편|권|가지|부)?|얼마나)(?:나|이나|정도)?"
            r"(?:있|돼|되|등록돼있|들어있|갖고있|가지고있)?(?:야|어|어요|나요|니|냐|지|죠|인가요|인지알려줘|이에요|예요|요|습니까|입니까)?"
            rf"|{_DOCUMENT}(?:의)?(?:개수|수|건수|갯수){_PLEASE}",
        ),
        (
            "documents",
            rf"(?:{_YOU}|지금|현재)*(?:어떤|무슨|어느|뭔)(?:종류의)?{_DOCUMENT}(?:들)?(?:이|가|을|를|은|는|에서|로|으로"
            rf"|에대해)?"
            r"(?:있|들어있|들었|가지고있|갖고있|갖고|보유하고있|등록돼있|등록되어있|색인돼있|색인되어있|알고있|아|읽었|다루|보고|참고해|쓰|올라와있|답하"
            r"|답해|물어볼수있)"
            rf"{_END}|(?:{_YOU})?(?:가진|있는|등록된|색인된|갖고있는|가지고있는)?{_DOCUMENT}(?:의)?(?:목록|리스트|제목|제목들"
            rf"|종류)(?:은|는|이|가|을|를)?(?:뭐야|뭐예요|무엇인가요|뭐가있어)?{_PLEASE}"
            rf"|(?:가진|있는|등록된|색인된|갖고있는|가지고있는){_DOCUMENT}{_PLEASE}"
            rf"|{_DOCUMENT}(?:는|가|은|이)?(?:뭐|뭐뭐|무엇이|뭐가|어떤게|어떤것이|어떤거)(?:가)?(?:있|들어있){_END}"
            r"|(?:어떤|무슨)(?:내용|주제|분야|이야기|얘기)(?:이|가|을|를|에대해|에대해서)?(?:있|들어있|다루|다뤄|다룰수있|알고있|물어볼수있"
            r"|알아|아)"
            rf"{_END}|(?:주제|내용|다루는주제|다루는내용)(?:가|이|는|은)?(?:뭐야|뭐예요|뭐가있어|무엇인가요)",
        ),
        (
            "help",
            rf"(?:{_YOU})?(?:뭘|뭐|뭐를|무엇을|무얼|뭔|어떤걸|어떤것을|어떤거|무슨걸|어떤질문을|무슨질문을|어떤질문|무슨질문|질문은어떤걸|뭐에대해"
            rf"|무엇에대해)(?:가|도)?{_ASK}{_END}"
            rf"|(?:예시|예|샘플|추천|예제)?질문(?:예시|예|추천|목록)?(?:을|를)?(?:뭐가있어|하나만|몇개|몇개만)?{_PLEASE}"
            r"|(?:도움말|도움|사용법|사용방법|이용방법|이용법|help|사용설명서|매뉴얼|메뉴|시작|기능)(?:이|은|는|을|를)?(?:뭐야|뭐예요"
            r"|무엇인가요|뭐가있어|뭐가있나요)?"
            rf"{_PLEASE}|(?:이거|이건|여기|이서비스|{_YOU})?어떻게(?:써|쓰는거야|써요|쓰나요|쓰면돼|사용해|사용해요|사용하나요|사용하는거야"
            rf"|이용해|이용하나요|쓰는건가요|물어봐|물어보면돼|질문해|질문하면돼)요?"
            rf"|뭐{_ASK}{_END}|(?:뭘|뭐)(?:물어봐|물어보지|물어볼까|질문할까|질문하지)|뭐부터{_ASK}{_END}",
        ),
        (
            "object",
            r"(?:이거|이것|그거|전체|전부|다|내용|문서|보고서|자료)?(?:을|를)?(?:좀|짧게|간단히|간단하게|한줄로|세줄로|쉽게|자세히)*"
            r"(?:요약|정리|번역|분석|설명|검색|비교)(?:을|를)?(?:좀)?(?:해|해줘|해줘요|해주세요|해줄래|해봐|부탁해|부탁해요|부탁드립니다|가능해"
            r"|가능한가요|할수있어|할수있나요)?"
            r"|(?:알려줘|알려주세요|가르쳐줘|말해줘|대답해|대답해줘|답해줘|찾아줘|질문있어요?|질문있습니다|궁금한게있어요?|물어볼게있어요?|질문할게요?"
            r"|뭐좀물어볼게요?)",
        ),
        (
            "sorry",
            r"(?:틀렸어|틀렸어요|틀린거같아|이상해|이상해요|아닌데|아닌데요|그게아니야|그게아니라|그거아니야|무슨소리야|무슨말이야|못알아듣겠어|엉뚱한답이야"
            r"|제대로답해|다시답해|다시)",
        ),
        (
            "chat",
            r"(?:심심해|배고파|힘들어|피곤해|졸려|사랑해|좋아해|보고싶어|외로워|우울해|바보|멍청이|멍청해|똑똑하네|똑똑하다|잘하네|최고야|재밌는(?:얘기"
            r"|이야기)해줘|농담(?:해줘|하나해줘)?|노래(?:해줘|불러줘)|놀아줘|뭐해|뭐하고있어|밥먹었어|잘지냈어|잘지내|기분어때|오늘어때)(?:요)?",
        ),
    )
)


# What these kinds must hold to be meant for the service even while something else is spoken of.
_OF_THE_TOPIC = {
    "who": rf"^{_YOU}|자기소개",
    "documents": rf"^{_YOU}|{_DOCUMENT}",
    "object": rf"{_DOCUMENT}|요약|번역|검색|질문|물어",
}
_SAYINGS = {
    "thanks": "도움이 되었다니 다행입니다. 더 궁금한 것이 있으면 물어봐 주세요.",
    "bye": "이용해 주셔서 감사합니다. 궁금한 것이 생기면 다시 물어봐 주세요.",
    "sorry": "답이 맞지 않았다면 죄송합니다. 찾는 대상과 시기를 넣어 조금 더 자세히 물어봐 주시면"
    " 문서에서 다시 찾아보겠습니다.",
}
_ITSELF = "저는 색인한 문서에서 근거를 찾아 답하는 ‘근거’입니다. "
_OPENINGS = {
    "greeting": f"안녕하세요. {_ITSELF}",
    "who": _ITSELF,
    "noted": "네. ",
    "object": "무엇에 대해 알고 싶은지 함께 적어 주세요. ",
    "chat": "저는 문서에 있는 내용만 답할 수 있습니다. ",
}


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """A reply that quotes nothing.

    Attributes:
        kind: what was understood: ``greeting``, ``thanks``, ``who``, ``documents``, ….
        text: in Korean.
        suggestions: questions that the documents answer.
    """

    kind: str
    text: str
    suggestions: tuple[str, ...]


def reply(
    question: str, facts: Callable[[], CorpusFacts], *, talking: bool = False
) -> SmallTalk | None:
    """Return the answer to small talk, or None where ``question`` asks about the documents.

    ``facts`` opens documents and is asked only for small talk. ``talking``: see ``kind_of``.
    """
    kind = kind_of(question, talking=talking)
    if kind is None:
        return None
    known = facts()
    return SmallTalk(kind, _text(kind, known), known.examples[:_MOST_SUGGESTIONS])


def kind_of(question: str, *, talking: bool = False) -> str | None:
    """Return which small talk a question is, or None.

    Args:
        question: as it was said.
        talking: the documents were asked something before: 누가 만들었어? is then asked of what
            was spoken of, 설명해줘 says of what, and 표로 만들어줘 is said of the question before.
    """
    if is_only_form_wish(question):
        return None if talking else "object"
    kind = _kind_of(question)
    if talking and kind in _OF_THE_TOPIC:
        addressed = re.search(_OF_THE_TOPIC[kind], _DECORATION.sub("", question.lower()))
        return kind if addressed else None
    return kind


def _kind_of(question: str) -> str | None:
    if len(question) > _MOST_CHARS:
        return None
    if _LAUGHTER.fullmatch(question.strip()):
        return "noted"
    squeezed = _DECORATION.sub("", question.lower())
    bare = re.sub(rf"^{_GREETING}{{1,2}}", "", squeezed)
    for candidate in dict.fromkeys((squeezed, bare)):
        for kind, pattern in _KINDS:
            if candidate and pattern.fullmatch(candidate):
                return kind
    return None


def _text(kind: str, facts: CorpusFacts) -> str:
    if kind in _SAYINGS:
        return _SAYINGS[kind]
    if kind in {"documents", "count"}:
        return _listing(facts)
    opening = _OPENINGS.get(kind, "")
    return f"{opening}{_about(facts)}{_example(facts)}"


def _about(facts: CorpusFacts) -> str:
    if not facts.total:
        return "아직 색인한 문서가 없으니 `geungeo ingest 문서폴더`로 문서를 먼저 넣어 주세요."
    named = ", ".join(f"‘{topic}’" for topic in _topics(facts))
    return f"문서 {facts.total:,}건에 있는 {named} 같은 내용을 물어볼 수 있습니다."


def _topics(facts: CorpusFacts) -> list[str]:
    """Return some topics, of every document in turn; titles where the documents are many."""
    many = facts.total > len(facts.documents)
    columns = [d.topics if d.topics and not many else (d.title,) for d in facts.documents]
    rows = max((len(column) for column in columns), default=0)
    turns = [column[row] for row in range(rows) for column in columns if row < len(column)]
    return list(dict.fromkeys(turns))[:_MOST_TOPICS]


def _example(facts: CorpusFacts) -> str:
    return f" 예를 들어 “{facts.examples[0]}”처럼 물어보세요." if facts.examples else ""


def _listing(facts: CorpusFacts) -> str:
    if not facts.total:
        return _about(facts)
    lines = [f"- {_line(document)}" for document in facts.documents[:_MOST_TITLES]]
    more = facts.total - len(lines)
    if more:
        lines.append(f"- 그 밖에 {more:,}건")
    titles = with_particle(f"문서 {facts.total:,}건", "을/를")
    return "\n".join([f"{titles} 찾아볼 수 있습니다.", *lines])


def _line(document: DocumentFacts) -> str:
    year = f" ({document.published})" if document.published else ""
    return f"{document.title}{year}"
