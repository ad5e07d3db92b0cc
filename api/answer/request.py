"""Requests that no document answers: opinions, advice, everyday matters, pieces of writing.

Told by general forms of Korean: asking what oneself should buy, eat or do, asking for leave
(…해도 되나요), for a recommendation, for what only this moment knows (weather, bookings), or for a
text. Whoever asks what a third party should do asks the documents.
"""

from __future__ import annotations

import re

from api.answer.form_wish import without_form_wish

_PLEASE = r"\s?(?:줘|주세요|줄래|달라|주라|주실|주시)"
_OPINION = (
    r"어떻게 생각(?!했|하였|됐|되|하는지|한다고)|생각해\s?\?|(?:네|너의|당신의?) (?:생각|의견)"
    r"|너라면|별점|궁합|운세"
)
_RECOMMENDING = (
    rf"추천(?:\s?(?:좀|부탁|해{_PLEASE}|해\s?봐)|\s?{_PLEASE}|받[고을]|[.?!]|$)"
    r"|(?<![가-힣])(?:볼|갈|먹을|살|읽을|들을|놀)\s?만한|고르기(?=\s|$)|고르는 (?:법|요령|팁)"
    r"|꿀팁|맛집|잘하는 (?:데|집|곳)|어디(?:에)?서 (?:사[나는면요]|살 수|구입할 수)"
    # Where things are got, not people.
    r"|^(?!.*(?:사람|인력|인재|전문가|연구자|직원)).*어디(?:에)?서 구(?:해|할 수)"
)
# 어느 쪽이 낫다고 하나요 asks what is said, 뭐가 좋아지나요 what comes of it.
_BETTER = (
    r"(?:나아(?!지|진|졌|질|가)|나은가|나을까|낫[나니지죠]|좋아(?!지|진|졌|질|하)|좋[나은]"
    r"|좋을까|괜찮)"
)
_BEST = (
    rf"(?:뭐|뭘|무엇|어느|어떤|어디|언제|누)\S*\s(?:\S+\s)?(?:제일|가장|더)\s?{_BETTER}"
    rf"|(?:무슨|어떤|어느|몇)\s(?!점)\S+[가이]\s{_BETTER}|(?:언제|어디|몇 [월시일])(?:가|이)?\s좋"
)
_MUSING = (
    r"(?<![가-힣])(?:먹을|먹일|입을|살|갈|볼|마실|시킬|나을|좋을|괜찮을|오를)까"
    r"|[이가] (?:좋|나)을까|괜찮을까"
    r"|(?:뭐|뭘|무엇을?|어디|어떻게)\s(?:\S+\s)?(?:입|신|먹|사|가|쓰|타|마시)지(?=[요?.!~\s]|$)"
    r"|어떻게 하지(?=[요?.!~]|$)"
)
_ASKS_WHAT = re.compile(r"왜|무엇|무슨|뭐|뭘|뭔|어떤|어떻게|얼마|몇|누구|누가|어디|언제|어느")
_YES_NO_MUSING = re.compile(r"(?:야|걸) 할까|그럴까|[아어여해]야\s?할까")
# Syllables that the form of a verb before 도 ends in (가, 해, 써, 셔, 봐, 줘): not 정 of 정도.
_FIRST_SYLLABLE, _INITIALS, _VOWELS, _FINALS = ord("가"), 19, 21, 28
_VERB_VOWELS = (0, 1, 4, 6, 9, 10, 14)
_VERB_END = "".join(
    chr(_FIRST_SYLLABLE + (initial * _VOWELS + vowel) * _FINALS)
    for initial in range(_INITIALS)
    for vowel in _VERB_VOWELS
)
# Leave to do something: 먹어도 되나요.
_LEAVE = (
    rf"(?<!하나)(?<=[{_VERB_END}])도\s?"
    r"(?:되나|되는(?:지|가|거|건)|되니|되죠|되지|돼(?!지)|될까|될지|괜찮|대요)"
)
_OWN_DUTY = (
    r"(?<![가-힣])(?:먹어|마셔|입어|사|팔아|쉬어|갈아|떼|빼|발라|씻어|빨아|자|가|타|끓여|맡겨|끊어|보내"
    r"|버려|골라|신어|말려|재워|먹여|가르쳐|맞아|참아|외워|헤어져|사과해)야\s?"
    r"(?:하|해|돼|되|될|할|됨|함|대|댐)"
    r"|(?<![가-힣])먹이면|며칠 (?:쉬|먹)"
)
# What one should know before doing so oneself: 집을 살 때 뭘 확인해야 하나요? It is not asked
# why or how much somebody bought.
_OWN_DEED = (
    r"(?<![가-힣])(?:살|팔|먹을|입을|고를|이사(?:할| 갈)|여행(?:할| 갈)|빌릴|결혼할|운전할|면접 볼)"
    r" 때\s.*(?:[아어여해야봐돼]야\s?(?:하|해|돼|되|될|할)|면 (?:돼|되|좋)|조심|주의)"
    r"|(?:공부하|전공하|취업하|입학하|갱신하|발급받으|이사하)려면"
    r"|(?:의사|간호사|약사|변호사|교사|선생님|공무원|경찰|소방관|배우|가수|작가)[가이]? 되려면"
)
_OWN_LIFE = (
    r"남자\s?친구|여자\s?친구|남친|여친|시어머니|장모님|소개팅"
    r"|우리 (?:아이|애|집|엄마|아빠|아들|딸|남편|아내|강아지|고양이)"
)
_HOW_TO = (
    r"(?<!다)(?<!겠)[가-힣]는\s?법(?=\s?(?:좀|알려|가르쳐|부탁|[.?!]|$))"
    r"|(?:맛있|예쁘|이쁘|귀엽)게\s\S+는\s(?:법|방법)|레시피"
)
_THIS_MOMENT = (
    r"날씨(?:는|가)?\s?(?:어때|어떤가|어떨|알려|좋|예보|정보)|날씨\s?[?.!]*$"
    r"|(?:오늘|내일|모레|주말)\S*\s(?:\S+\s)?(?:비|눈|날씨|기온|미세먼지|로또|점심|저녁|메뉴)(?=[가는이을\s?]|$)"
    r"|(?:오늘|내일|모레|주말)\S*\s(?:\S+\s)?(?:비|눈)\s?(?:온|와|올|오)|우산\s?(?:을\s)?(?:챙|가져|필요)"
    r"|지금 (?:몇 시|살|사도|가도|문 열)|로또 번호|미세먼지"
)
_ERRAND = (
    r"신청(?:할 수 있[나어을습는]|이?\s?가능한[가지]|되나|돼요)"
    r"|(?:예약|예매)\s?(?:되나|돼|가능|할 수 있|언제)"
    rf"|(?:스포|예약|예매|주문|결제|전화|배달|송금)(?:을|를)?\s?(?:해|좀){_PLEASE}"
    rf"|(?:틀어|켜|꺼|보내|빌려){_PLEASE}|(?<![가-힣])사{_PLEASE}"
    r"|(?:노래|택시)\S*\s(?:좀\s|하나\s)?불러"
)
# Something of one's own that does not work: 소리가 안 나와요.
_TROUBLE = r"(?<!왜 )안\s?(?:돼요?|됨|되요|와요|나와요?|켜져요?|열려요?)\s?[?.!]*$"
_WRITING = (
    rf"(?<![가-힣])(?:써|짜|작성해|번역해|만들어|지어|그려){_PLEASE}"
    r"|(?:초안|대본|가사|기획안|자기소개서|자소서|이력서|축사|사직서)\s?(?:좀|써|작성|부탁)"
)
_REQUEST = re.compile(
    "|".join(
        (
            _OPINION,
            _RECOMMENDING,
            _BEST,
            _MUSING,
            _LEAVE,
            _OWN_DUTY,
            _OWN_DEED,
            _OWN_LIFE,
            _HOW_TO,
            _THIS_MOMENT,
            _ERRAND,
            _TROUBLE,
            _WRITING,
        )
    )
)


def is_request(question: str) -> bool:
    """Tell whether ``question`` asks for an opinion, advice, an errand or a piece of writing.

    A wish for the form of an answer (표로 만들어 줘) is none of these.
    """
    asked = without_form_wish(question)
    if _REQUEST.search(asked):
        return True
    return bool(_YES_NO_MUSING.search(asked)) and not _ASKS_WHAT.search(asked)
