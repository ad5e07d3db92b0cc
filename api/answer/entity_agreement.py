"""Whether a text speaks of the places and bodies that a question names."""

from __future__ import annotations

import re
from collections.abc import Collection

from retriever.folding import fold

# Places that questions name and that cannot stand for one another; other names of one place are
# in one group.
_COUNTRIES = (
    "미국 영국 일본 중국 러시아 인도 프랑스 독일 캐나다 호주 이탈리아 스페인 브라질 멕시코 베트남"
    " 태국 싱가포르 대만 홍콩 이스라엘 스위스 스웨덴 노르웨이 핀란드 덴마크 네덜란드 벨기에"
    " 오스트리아 폴란드 튀르키예 이란 이라크 이집트 인도네시아 말레이시아 필리핀 몽골 북한"
    " 우크라이나 아르헨티나 칠레 그리스 포르투갈 아일랜드 뉴질랜드 아프리카"
)
_REGIONS = (
    "서울 부산 대구 인천 광주 대전 울산 세종 제주 수원 성남 판교 용인 고양 청주 오송 천안 전주 창원"
    " 포항 춘천 원주 강릉 여수 순천 목포 경주 구미 안동 김해 진주 송도 경기도 강원도 충청북도"
    " 충청남도 전라북도 전라남도 경상북도 경상남도"
)
PLACES = frozenset(f"{_COUNTRIES} {_REGIONS}".split())
_OTHER_NAMES = {
    "미국": ("u.s", "usa", "美", "한미", "미·"),
    "영국": ("uk", "잉글랜드", "런던"),
    "일본": ("도쿄", "日"),
    "중국": ("중·", "베이징", "中"),
}
# Names that stand for a country, which documents may call by its own.
STANDS_FOR_COUNTRY = frozenset({"도쿄", "베이징", "런던", "워싱턴", "백악관", "모스크바", "파리"})
_CITY_ENDINGS = ("시", "시가", "시의", "시는")
_BODY = re.compile(
    r"[가-힣A-Za-z0-9]{2,}(?:위원회|식품부|복지부|환경부|교육부|국방부|통일부|법무부|외교부|산업부"
    r"|노동부|연구원|연구소|진흥원|협회|재단|공사|공단|대학교|은행|경진대회|박람회|프로젝트)"
)
_SPACE = re.compile(r"\s+")


def places_in(text: str, names: Collection[str]) -> frozenset[str]:
    """Return the places among the names of a question, and cities written with 시."""
    found = {name for name in names if name in PLACES}
    for word in fold(text).split():
        found.update(
            place
            for place in PLACES
            if word.startswith(place) and word[len(place) :].startswith(_CITY_ENDINGS[0])
        )
    return frozenset(found)


def lacks_place(places: Collection[str], text: str) -> bool:
    """Tell whether one of ``places`` is not spoken of in ``text``, folded already."""
    return any(
        place not in text and not any(other in text for other in _OTHER_NAMES.get(place, ()))
        for place in places
    )


def bodies_in(text: str) -> frozenset[str]:
    """Return the ministries, committees, institutes and so on that a question names in full."""
    return frozenset(_BODY.findall(fold(text)))


def lacks_body(bodies: Collection[str], text: str) -> bool:
    """Tell whether one of ``bodies`` does not stand in ``text``, which is folded already."""
    solid = _SPACE.sub("", text)
    return any(_SPACE.sub("", body) not in solid for body in bodies)
