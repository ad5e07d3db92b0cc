"""Kinds of fact that questions name, and the words with which texts speak of each.

General knowledge of Korean, not of any corpus. What texts may say is kept wide, so that a miss
means much; the kinds of everyday matters (fees, bookings, recipes) are told by narrower words,
since reports share the wide ones with them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from api.answer.everyday import EVERYDAY


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


# Whoever did something.
_WHO = r"(?:사람|과학자|분(?=[은이들\s?]|$)|연구자|학자|인물|박사|교수|작가|이는|이가)"
# A sum that one person pays, and not a budget: 3만 원, and not 45억 달러.
_SMALL_SUM = r"(?<![\d,.])[\d,.]+\s?(?:만|천|백)?\s?(?:\d천\s?)?(?:원|달러|유로|엔)"

_GENERAL = (
    _attribute(
        r"직원|종업원|임직원|사원 수|employee", r"고용|채용|일자리|인원|인력|명이 (?:일|근무)"
    ),
    _attribute(
        r"채용|뽑(?:[나는을기]|아(?!내|낸|낼))", r"고용|일자리|모집|선발|선정|유치|신규 인력"
    ),
    _attribute(
        r"공모가|(?:^|\s)주가(?:는|를|\s(?:얼마|전망|추이)|\s?\??$)|시가총액|주식(?!회사)",
        r"상장|증시|코스닥|코스피|나스닥",
    ),
    _attribute(r"상장", r"코스닥|코스피|증시|나스닥|공모|IPO"),
    _attribute(
        r"가격|값은|값이|원가|price",
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
    _attribute(
        r"(?:어느|무슨|어떤) 동네|동네 이름|사무실|사무국",
        r"위치|소재|자리|지구|[시군구읍면동]에|부근|일대",
    ),
    _attribute(
        r"예산|사업비|budget", r"예산|투입|투자|재원|출연|지원금|[억조만]\s?원|달러|유로|엔"
    ),
    _attribute(
        r"완공|준공|개관|개장|다 지어|가동",
        r"완성|완료|지었|세웠|(?:지|짓기로|지을|건설할)\s?계획|문을 (?:연|열)|개소|들어선",
    ),
    _attribute(r"전화번호|연락처|이메일|메일 주소|팩스", r"@|\d{2,4}-\d{3,4}"),
    _attribute(r"본사|주소", r"위치|소재|자리|본부|입주|두고|에 있[는다음어으]|도쿄|서울"),
    _attribute(r"특허", r"지식재산|지재권|출원|발명"),
    _attribute(r"학술지|저널", r"논문|게재|발표|네이처|사이언스|학회"),
    _attribute(r"참석|참가자|관람객|방문객", r"참여|모였|모인|명이"),
    _attribute(r"회의는 (?:언제|몇|얼마)|회의를 몇|(?<!게)임기", r"개최|열[리렸린]|소집|매년|년간"),
    _attribute(r"국회(?!의사당)|통과했|통과된|발의", r"법안|입법|제정|의결|시행"),
    _attribute(
        r"사망|사망자|숨진",
        r"죽|희생|별세|자결|자살|피살|암살|시해|처형|서거|숨을 거|사인[은이]|~|\d일?\s?-\s?\d",
    ),
    _attribute(
        r"매개변수|파라미터|parameter|(?:연산|이론) ?성능|플롭스|해상도",
        r"(?<!고)성능|속도|억 개|처리",
    ),
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
    _attribute(r"시행일|언제\S*\s(?:\S+\s)?시행|시행(?:은|이) 언제|시행 시기", r"시행|발효|효력"),
    _attribute(
        r"(?:어떤|무슨) (?:병(?![과원])|질환|질병)|적응증",
        r"질환|질병|[가-힣]암|[가-힣]{2}[병증]|섬유화",
    ),
    _attribute(r"맛은|맛이", r"맛|풍미|식감"),
    _attribute(r"생존율|생존률", r"생존|폐업"),
    _attribute(r"점유율", r"점유|차지|1위"),
    _attribute(r"소속[은이]", r"소속|재직|출신"),
    _attribute(r"지분|투자자|투자사|(?<!민)주주(?!의)", r"투자[한를에]|보유"),
    _attribute(
        r"(?:영업|운영|진료)\s?시간|몇\s?시(?!간|기|대|즌)",
        r"\d\s?시(?!장|간|스|대|즌)|오전|오후|영업|정오|자정",
    ),
    _attribute(r"허가|승인", r"인증|심사|통과|인정|합법|법제"),
    _attribute(r"출시|발매|시판", r"판매|내놓|공개|선보|등장|나[온왔]"),
    _attribute(
        rf"수상자|상(?:을|를)?\s?(?:받은|탄|수상한)\s{_WHO}",
        r"수상[하했한함]|수상의 영|받[은았아음]|공동 수상",
    ),
    _attribute(
        r"설립\s?(?:연도|년도|시기|일(?=[은이\s?]|$))|세워진"
        r"|(?:설립|창업|창립)(?:했|됐|되었|[한된] (?:해|때|게))",
        r"설립|창업|창립|창단|창설|수립|건국|건립|개국|세[운워웠]|출범"
        r"|생[긴겨겼]|문을 [연열]|차[린려렸]|만들|시작|발족",
    ),
    _attribute(r"발의", r"발의|제출|의원|법안을"),
    _attribute(r"강연|발표자|연사", r"강연|연사|발표한|주제 발표|강사"),
    _attribute(r"혜택|인센티브|특전", r"혜택|지원|감면|면제|할인|보조금|인센티브|우대"),
    _attribute(r"땅값|임대료|월세", r"임대|땅값|평당|시세|분양|공시"),
    _attribute(
        r"몇\s?대\s?몇|스코어|몇 승|승패|점수", r"승리|이겼|꺾|\d승|\d패|\d\s?대\s?\d|\d:\d|점"
    ),
    _attribute(r"성별|여성은|남성은|평균 나이|연령", r"여자|남자|여성|남성|\d세|\d살|대가"),
)

_EVERYDAY = (
    _attribute(
        r"요금|구독료|입장료|이용료|관람료|수강료|수수료|연회비|분양가|판매가|정가(?=[는은]|\s|$)|공임"
        r"|참가비|수리비|설계비|설치비|등록비|가입비|진료비|교통비|숙박비|배송비|이사비|시술비|수술비"
        r"|(?:신청|발급|예약|등록|이용|참가)\s?비용"
        r"|(?:한\s?달|하나|한 (?:장|개|병|대|마리|권|잔|판|근|부))에?\s(?:\S+\s)?얼마",
        rf"무료|유료|할인|{_SMALL_SUM}",
    ),
    _attribute(r"시세|평당|중고가", rf"매매|호가|시가|{_SMALL_SUM}"),
    _attribute(
        r"구매하려|구입하려|사려면|(?:살|구매할|구입할) 수 있", rf"판매|구매|구입|가격|{_SMALL_SUM}"
    ),
    _attribute(r"기업\s?가치|몸값", r"시가총액|유니콘|(?:가치|것으로) 평가"),
    _attribute(
        r"요건|자격(?!증)|(?<!좋은 )조건(?=[은이]\s|\s?[?.]?$)",
        r"기준|대상|갖[추춘췄]|필요|요구|충족|해야|이상",
    ),
    _attribute(
        r"신청\s?(?:할|하[나는면려]|방법|기간|비용|자격|가능|되|절차|대상|서)|신청\s?\??$",
        r"신청|접수|제출|공모|모집|등록",
    ),
    _attribute(r"예약|예매", r"예약|예매|사전 신청|접수"),
    _attribute(r"발급", r"발급|교부"),
    _attribute(r"다운로드|내려받", r"다운로드|내려받|배포|공개|제공"),
    _attribute(r"채용\s?(?:공고|일정|계획)|공채", r"채용|공고|공채|모집"),
    _attribute(r"양식|서식(?!지)|회의록", r"양식|서식|회의록|서류"),
    _attribute(r"분양|청약", r"분양|청약|공급가"),
    _attribute(r"처벌|벌금|과태료|형량|징역", r"제재|위반|처분|벌칙|형사"),
    _attribute(r"복용|투약", r"투여|먹|섭취|용법"),
    _attribute(
        r"사용법|사용\s방법|이용\s?방법|조작법", r"사용법|사용 방법|클릭|누르|눌러|설치|실행"
    ),
    _attribute(r"레시피|조리법|끓이|끓여|굽는|볶는|반죽", r"끓|굽|구워|볶|조리|요리|익[히혀]|삶"),
    _attribute(r"칼로리|열량", r"kcal|열량"),
    _attribute(r"온도(?=[은는가]\s|\s?\??$)", r"온도|℃|\d\s?도(?![시의])|섭씨|고온|저온"),
    _attribute(r"수명(?=[은이]|\s?\??$)", r"수명|[을를은] 산다|살[며고]|년까지"),
    _attribute(r"규격", r"규격|표준|가로|세로|길이|크기|\d\s?(?:cm|㎝|m|미터)"),
    _attribute(r"준비물", r"준비물|챙기|챙겨|지참"),
    _attribute(r"비밀번호", r"암호|패스워드"),
    _attribute(r"환급|환불", r"환급|환불|돌려"),
    _attribute(r"세액\s?공제|소득\s?공제|연말\s?정산|종합소득세", r"공제|세액|과세|납세"),
    _attribute(r"금리|이자율", r"금리|이자|연 \d"),
    _attribute(r"환율", r"환율|원화|달러당"),
    _attribute(r"저작권", r"저작|지식재산|지재권"),
    _attribute(r"(?:보험|의료)\s?수가|건강보험 적용", r"수가(?=[는가를의])|급여|보험"),
    _attribute(r"생산\s?(?:능력|용량)", r"생산\s?(?:능력|규모|량)|리터|캐파"),
    _attribute(
        r"(?:이용자|사용자|가입자|구독자)\S{0,2}\s?(?:수(?=[는가]|\s?\??$)|몇|얼마)",
        r"이용자|사용자|가입자|구독자|고객|회원|명이 (?:쓰|이용|사용)",
    ),
    _attribute(
        r"(?:본사|본부|본점)\S?\s(?:\S+\s)?(?:어디|어느|소재지|위치)|소재지",
        r"본사|본부|소재|위치|두고|자리|에 있[는다음어으]",
    ),
    _attribute(
        r"나이(?=[는가]\s|\s?제한|\s?\??$)|몇\s?살|생년월일|생일",
        r"\d\s?[세살]|나이|연령|태어|출생|\(.{0,60}?\d{3,4}년|\d월 \d",
    ),
    _attribute(
        rf"(?:발견|발명|창시|고안)(?:한\s{_WHO}|자(?=[는가]))",
        r"(?:발견|발명|창시|고안|제안|개발|처음)\S{0,3}?(?:자|하|했|한|함|해)|만든|만들"
        r"|발명가|에 의해",
    ),
    _attribute(r"예방\s?효과|예방률|백신 효능", r"예방|효능|유효|효과율"),
    _attribute(r"개봉|상영", r"개봉|상영|극장|공개"),
    _attribute(r"결말|줄거리|스포해|스포일러", r"결말|줄거리|이야기|끝나"),
    _attribute(r"전역일|입대일|전역(?:은|하)", r"전역|입대|제대|복무"),
    _attribute(r"우승국|우승팀|우승자|어느 팀이 이", r"우승|1위|챔피언|정상|이[겼김]|승리|꺾"),
    _attribute(r"등급\s?컷|커트라인|합격선", r"합격|등급|점수|커트"),
    _attribute(r"주차(?:장|\s?(?:되|돼|가능|편|요금))", r"주차"),
)
_MATTERS = tuple(_attribute(asked, spoken) for asked, spoken in EVERYDAY)
ATTRIBUTES: tuple[Attribute, ...] = (*_GENERAL, *_EVERYDAY, *_MATTERS)
