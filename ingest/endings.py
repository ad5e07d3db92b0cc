"""How a line of Korean ends: finished, broken off, or one cannot tell."""

from __future__ import annotations

import re
from enum import Enum

# Headings of reports are short; longer lines say something.
HEADING_CHARS = 60
# How far back from its end a line is read; patterns stay cheap on a line of any length.
_READ_CHARS = 200
_SYLLABLE_FIRST, _SYLLABLE_LAST = ord("가"), ord("힣")
_FINALS = 28  # final consonants in Unicode's order of syllables, "none" included
_FINAL_M = 16


def _word_ends(words: str) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(words.split())})$")


_TAIL = re.compile(r"(?:\*\*|__|[’”'\"」』》〉]|[¹²³⁰⁴-⁹]+⁾?|\[\^\w{1,9}\]|\s)+$")
_BRACKETED_TAIL = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）)$")
_STOP = re.compile(r"[.?!。…:：;]$")
# 다, 요 and 까 close a sentence behind these; 캐나다, 개요 and 필요 are nouns.
_POLITE = re.compile(r"[세어아해예에네지군나까대데봐줘워게걸려돼되]요$|[니을를할될일]까$|죠$")
_PLAIN_STEMS = frozenset("이니하되크쓰르나오띠지치리키보주두서기")
_NOUNS_IN_DA = _word_ends("캐나다 우간다 르완다 바다 판다 마다 보다")
# Nouns that end in ㅁ like the nominal forms 함, 있음, 됨, 늘어남.
_NOUNS_IN_M = _word_ends(
    """
    시스템 프로그램 플랫폼 포럼 팀 게임 모임 알고리즘 메커니즘 패러다임 저널리즘 처음 다음 마음
    소음 녹음 컨소시엄 프리미엄 알루미늄 타임 폼 붐 룸 홈 펌 램 햄 범 여름 사람 바람 구름 그림
    책임 선임 전임 위임 신임 후임 취임 역임 담임 지침 방침 아침 점 품 경험 보험 시험 실험 위험
    모험 체험 공감 절감 증감 체감 핵심 중심 관심 의심 도심 안심 결합 범람 열람 관람 염 금 필름
    스펙트럼 부담 상담 볼륨 리듬 스팸 스템 스트림 아이템
    (?<![가-힣])섬 (?<![가-힣])힘 (?<!에[ ])이름
    """
)
# Nouns of action and state that close a fragment in reports.
_CLOSING_NOUNS = _word_ends(
    """
    것 중 등 바 듯 전망 필요 예정 계획 실정 상황 수준 추세 필수 시급 절실 가능 불가 해당 의미 시사
    기대 예상 예측 판단 확신 응답 답변 제시 발표 확보 구축 추진 강화 확대 지원 조성 육성 개발 활용
    도입 마련 개선 도출 도약 부상 증가 감소 상승 하락 성장 향상 촉진 제고 완화 해소 해결 대응 집중
    주력 노력 투자 투입 참여 협력 연계 구성 운영 관리 수립 시행 실시 실행 이행 착수 완료 개최 출범
    설립 설치 신설 지정 선정 선발 공모 모집 제공 공급 보급 배포 공개 공유 제정 개정 폐지 정비 점검
    평가 분석 조사 연구 검토 검증 실증 확인 파악 진단 정의 분류 구분 포함 제외 적용 반영 연장 단축
    절감 절약 형성 작용 기여 영향 역할 존재 보유 소유 발생 유발 초래 지속 유지 유리 불리 부족 미흡
    심각 우려 한계 우수 탁월 주목 주도 선도 견인 달성 기록 차지 점유 돌파 초과 미달 도달 도모 모색
    추구 지향 목표 대두 이해 인식 요구 요청 제안 권고 건의 전환 변화 변경 이동 진입 진출 진행 진화
    발전 발굴 발족 창출 생산 제작 제조 판매 구매 수출 수입 소요 불과 상이 상당 유사 동일 적합 적절
    타당 중요 용이 곤란 강조 명시 규정 지적 언급 설명 소개 보고 공고 병존 공존 특징 핵심 이유 원인
    결과 사례 방안 대상 현실 접목 사용 이용 소멸 종료 개시 합의 체결 승인 허가 인증 취득 획득 수상
    상장 인수 합병 [가-힣]{2,}화
    """
)
_UNFINISHED = _word_ends(
    r"""
    는 를 에 에서 에게 께서 으로 와 며 면서 지만 는데 여서 해서 아서 어서 하여 되어 하고 되고 이고
    있고 없고 하기 되기 시키기 지기 및 또는 혹은 그리고 그러나 위한 위해 통한 통해 대한 대해 관한
    따른 따라 의한 있는 없는 하는 되는 등의 등을 등이 등에 로서 로써 까지 부터 들이 들을 들의
    들은 것이 것을 것은 것으로 [,、·/&(「『‘“]
    """
)
_BRACKETS = ("()", "[]", "「」", "『』", "‘’", "“”", "《》", "〈〉")


class Ending(Enum):
    """State of a line's end."""

    FINISHED = "finished"
    UNCLEAR = "unclear"
    BROKEN = "broken"


def ending(words: str) -> Ending:
    """Judges whether a sentence or fragment ends where a line does."""
    bare = _strip_tail(words)
    if any(words.count(pair[0]) > words.count(pair[1]) for pair in _BRACKETS):
        return Ending.BROKEN
    if _STOP.search(bare) or is_predicate(bare) or _CLOSING_NOUNS.search(bare):
        return Ending.FINISHED
    return Ending.BROKEN if _UNFINISHED.search(bare) else Ending.UNCLEAR


def is_predicate(words: str) -> bool:
    """Says whether words end in a verb: 다, 요, 까, or a nominal form such as 함, 있음, 됨."""
    bare = _strip_tail(words).rstrip(".!?。")
    if _POLITE.search(bare):
        return True
    if bare.endswith("다"):
        stem = bare[-2:-1]
        has_stem = _final(stem) > 0 or stem in _PLAIN_STEMS
        return has_stem and not _NOUNS_IN_DA.search(bare)
    return _final(bare[-1:]) == _FINAL_M and not _NOUNS_IN_M.search(bare)


def is_heading_like(words: str) -> bool:
    """Says whether words could be a heading: short, no sentence, not broken off."""
    if len(words) > HEADING_CHARS:
        return False
    bare = _strip_tail(words)
    if not bare or bare[-1] in ".;,。…":
        return False
    return not is_predicate(bare) and ending(words) is not Ending.BROKEN


def _final(char: str) -> int:
    """The index of a syllable's final consonant, 0 for none and for what is no syllable."""
    code = ord(char) if char else 0
    if not _SYLLABLE_FIRST <= code <= _SYLLABLE_LAST:
        return 0
    return (code - _SYLLABLE_FIRST) % _FINALS


def _strip_tail(words: str) -> str:
    bare = _TAIL.sub("", words[-_READ_CHARS:])
    without = _BRACKETED_TAIL.sub("", bare)
    return _TAIL.sub("", without) if without else bare
