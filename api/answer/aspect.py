"""Words for a time or an aspect of something, which alone leave open of what."""

from __future__ import annotations

import re

# How much of something is meant does not say of what.
_EXTENT = re.compile(
    r"^(?:총|전체|평균|연간|연평균|누적|최대|최소|추가|전년|작년|올해|지난해|재작년|내년|금년)"
)
DATE = re.compile(r"(?:19|20)\d{2}\s?년?(?:도|대)?")
YEAR = re.compile(r"(?:19|20)\d{2}\s?년(?:도|대)?")
_TIME_NOUNS = (
    "원래 처음 나중 지금 현재 이제 요즘 최근 예전 이전 이후 앞 그동안 여태 앞으로 전체 장기"
)
TIMES = frozenset(_TIME_NOUNS.split())
# Nouns for an aspect of something: alone they leave open of what.
_ASPECT_NOUNS = (
    "목표 목적 취지 규모 크기 예산 비용 가격 금액 돈 기간 시기 일정 주제 구호 슬로건 비전 배경 계기"
    " 효과 장점 단점 강점 약점 특징 한계 문제 문제점 과제 성과 역할 기능 용도 방식 방법 원리 대상"
    " 상대 범위 조건 절차 순서 위치 장소 주소 이름 명칭 별명 저자 대표 대표자 위원장 회장 담당자"
    " 책임자 참여자 응답자 참가자 직원 인원 회원 매출 수익 실적 비중 비율 점유율 증가율 전망 반응"
    " 평가 사업비 개발비 연구비 운영비 공사비 투자비 투자금 투자액 지원금 보조금 상금 주가 공모가"
    " 시가총액 영업이익 순이익 이익 적자 자본금 연봉 요금 이용료 임기 정원 경쟁률 성공률 정확도"
    " 속도 용량 수명 무게 면적 높이 길이 개수 건수 횟수 인원수 회원사 회원국 참여사 위원 임원"
    " 사장 원장 소장 장관 공장장 대표이사 창업자 설립자 개발자 본사 연락처 전화번호"
)
_ASPECTS = frozenset(_ASPECT_NOUNS.split())


def is_aspect(phrase: str) -> bool:
    """Tell whether a phrase names only a time or an aspect: 작년 매출, 총사업비."""
    words = [_EXTENT.sub("", word) for word in phrase.split()]
    known = (not w or w in TIMES or w in _ASPECTS or DATE.fullmatch(w) for w in words)
    return bool(DATE.fullmatch(phrase)) or all(known)


def names_aspect(word: str) -> bool:
    """Tell whether a word names an aspect, and not a time: 매출, 총사업비."""
    return _EXTENT.sub("", word) in _ASPECTS
