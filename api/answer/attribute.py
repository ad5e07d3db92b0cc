"""Particular facts a question may ask for, and the words with which documents speak of them.

A question on the price, the staff or the founder of something is answered only where the text
speaks of prices, staff or founders, however well the rest of the question fits. The groups are
general knowledge of Korean; what texts may say is kept wide, so that a miss means much.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attribute:
    """One kind of fact.

    Attributes:
        asked: how questions name it.
        spoken: what texts say that hold such a fact.
    """

    asked: re.Pattern[str]
    spoken: re.Pattern[str]


def _attribute(asked: str, spoken: str) -> Attribute:
    return Attribute(re.compile(asked), re.compile(f"{asked}|{spoken}"))


ATTRIBUTES: tuple[Attribute, ...] = (
    _attribute(
        r"직원|종업원|임직원|사원 수|employee", r"고용|채용|일자리|인원|인력|명이 (?:일|근무)"
    ),
    _attribute(r"채용|뽑[나는을기아]", r"고용|일자리|모집|선발|선정|유치|신규 인력"),
    _attribute(r"공모가|(?:^|\s)주가|시가총액|주식(?!회사)", r"상장|증시|코스닥|코스피|나스닥"),
    _attribute(r"상장", r"코스닥|코스피|증시|나스닥|공모|IPO"),
    _attribute(
        r"가격|요금|구독료|값은|값이|원가|수강료|입장료|price",
        r"비용|단가|유료|무료|저렴|달러|\d원",
    ),
    _attribute(r"매출|수익|영업이익|순이익|revenue", r"판매액|실적|흑자|적자|소득|거래액"),
    _attribute(r"수출", r"해외 판매|무역|통상"),
    _attribute(r"면적|넓이|부지|몇 평", r"㎡|km²|헥타르|제곱|\d평|넓은|규모의 땅"),
    _attribute(
        r"창업자|설립자|창립자|창업한 사람|세운 사람|차린 사람|founder",
        r"창업|설립|세운|세워|창립|공동|초대|시작",
    ),
    _attribute(
        r"대표이사|대표(?:는|가|님은|분은)?\s?(?:누|이름|성함)|사장|최고경영자|CEO",
        r"대표(?!적|사례)|경영자|이끄는",
    ),
    _attribute(r"부위원장", r"부위원장"),
    _attribute(r"위원장", r"위원장"),
    _attribute(r"위원은 (?:모두 )?몇|위원 명단|민간\s?위원", r"위원\s?\d|\d+\s?명|위촉"),
    _attribute(r"책임자", r"책임|총괄|단장|이끄|이끈|이끌|맡"),
    _attribute(
        r"임상 ?(?:[123]|일|이|삼)상|임상 (?:\S+ )?(?:몇|단계)", r"\d상|피험자|(?<!비)임상시험"
    ),
    _attribute(r"상금", r"상금|우승|달러|만 원"),
    _attribute(r"동네|사무실|사무국|위치", r"위치|소재|자리|지구|[시군구읍면동]에|부근|일대"),
    _attribute(
        r"예산|사업비|budget", r"예산|투입|투자|재원|출연|지원금|[억조만]\s?원|달러|유로|엔"
    ),
    _attribute(
        r"완공|준공|개관|개장|다 지어|가동",
        r"완성|완료|(?:지|짓기로|지을|건설할)\s?계획|문을 (?:연|열)|개소|들어선",
    ),
    _attribute(r"전화번호|연락처|이메일|메일 주소|팩스", r"@|\d{2,4}-\d{3,4}"),
    _attribute(r"본사|주소", r"위치|소재|자리|본부|입주|있는|도쿄|서울"),
    _attribute(r"특허", r"지식재산|지재권|출원|발명"),
    _attribute(r"학술지|저널", r"논문|게재|발표|네이처|사이언스|학회"),
    _attribute(r"참석|참가자|관람객|방문객", r"참여|모였|모인|명이"),
    _attribute(r"회의는 (?:언제|몇|얼마)|회의를 몇|임기", r"개최|열[리렸린]|소집|매년|년간"),
    _attribute(r"국회|통과했|통과된|발의", r"법안|입법|제정|의결|시행"),
    _attribute(r"사망|사망자|숨진", r"죽|사망률|희생|별세|자결|피살|시해|~"),
    _attribute(r"매개변수|파라미터|parameter|연산 성능|플롭스|해상도", r"성능|속도|억 개|처리"),
    _attribute(r"자격증|서류|신청 방법|신청하려|신청 기간", r"신청|접수|제출|자격"),
    _attribute(r"경쟁사|경쟁 업체|경쟁자", r"경쟁|라이벌|맞서"),
    _attribute(r"중단|그만둔|멈춘|접은|접었", r"정지|중지|끝|포기|보류|종료"),
    _attribute(r"취소|철회|백지화", r"무산|포기|거두|중단"),
    _attribute(r"폐지|해체|해산|폐업|폐쇄", r"없애|없앴|없어|종료|끝|문을 닫"),
    _attribute(r"탈퇴|제외한|제외된|배제", r"빠지|빠졌|나가|나왔|뺀|배제|제외"),
    _attribute(r"합병|흡수", r"인수|통합|합치|합친|결합|편입|M&A"),
    _attribute(r"인수한|인수된|인수 금액|사들인", r"인수|매입|사들|M&A|합병|매각"),
    _attribute(r"삭감|줄인 이유|축소한", r"감액|감소|줄|축소|깎"),
    _attribute(r"소송|고소|재판", r"법원|판결|분쟁|기소"),
    _attribute(r"날씨|기온|강수", r"기후|비가|눈이|맑"),
    _attribute(r"호텔|숙소|식당|맛집", r"객실|음식점|레스토랑|컨벤션"),
    _attribute(r"부작용", r"이상 반응|독성|유해|위험|역효과"),
    _attribute(r"증상", r"나타나|징후|통증|증세|병세"),
    _attribute(r"연봉|월급|급여|퇴직금", r"임금|보수|소득|수당"),
    _attribute(r"시행일|언제 시행|시행은 언제", r"시행|발효|효력"),
    _attribute(
        r"(?:어떤|무슨) (?:병|질환|질병)|적응증", r"질환|질병|[가-힣]암|[가-힣]{2}[병증]|섬유화"
    ),
    _attribute(r"맛은|맛이", r"맛|풍미|식감"),
    _attribute(r"생존율|생존률", r"생존|폐업"),
    _attribute(r"점유율", r"점유|차지|1위"),
    _attribute(r"소속[은이]", r"소속|재직|출신"),
    _attribute(r"지분|투자자|투자사|주주", r"투자[한를에]|보유"),
    _attribute(r"영업시간|운영 시간|몇 시", r"\d\s?시(?!장)|오전|오후|영업"),
    _attribute(r"허가|승인", r"인증|심사|통과"),
    _attribute(r"출시|발매|시판", r"판매|내놓|공개|선보"),
    _attribute(r"수상자", r"수상|받[은았아]|상을"),
    _attribute(
        r"설립 (?:연도|시기|일)|(?:설립|창업|창립)(?:했|됐|되었|[한된] (?:해|때|게))|세워진",
        r"설립|창업|창립|세[운워웠]|출범|생[긴겨겼]|문을 [연열]|차[린려렸]|만들|시작|발족",
    ),
    _attribute(r"발의", r"발의|제출|의원|법안을"),
    _attribute(r"강연|발표자|연사", r"강연|연사|발표한|주제 발표|강사"),
    _attribute(r"혜택|인센티브|특전", r"혜택|지원|감면|면제|할인|보조금|인센티브|우대"),
    _attribute(r"땅값|임대료|월세", r"임대|땅값|평당|시세|분양|공시"),
    _attribute(r"몇 대 몇|몇 승|승패|점수", r"승리|이겼|꺾|\d승|\d패|\d\s?대\s?\d|\d:\d|점"),
    _attribute(r"성별|여성은|남성은|평균 나이|연령", r"여자|남자|여성|남성|\d세|\d살|대가"),
)
# "… 출시된 해에 …": what happened in the year that is meant is not what is asked.
_YEAR_MEANT = re.compile(r"^.*[가-힣](?:된|한|던|난|은) (?:해|연도)에\s")


def attributes_in(question: str) -> tuple[Attribute, ...]:
    """Return the kinds of fact that a question names."""
    asked = _YEAR_MEANT.sub("", question)
    return tuple(attribute for attribute in ATTRIBUTES if attribute.asked.search(asked))
