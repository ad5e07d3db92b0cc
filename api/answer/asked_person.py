"""Who a question asks for, and the outward signs of a person in a text."""

from __future__ import annotations

import re

_ROLES = (
    "대표|대표이사|사장|회장|장관|시장|원장|창업자|설립자|저자|책임자|수상자|위원장|부위원장|과학자"
    "|사람|인물|대통령|감독|교수|지은이|작가|선수|배우|가수|왕|장군|연구자|학자|간사|국장|총장|단장"
)
ASKS_PERSON = re.compile(
    rf"누구|누가|누굴|누군|(?:{_ROLES})\S{{0,3}}\s?(?:\S+\s)?(?:이름|성함|성명)"
)
PERSON = re.compile(
    r"[가-힣]{2,4}\s?(?:연구위원|위원장|위원|장관|대표|교수|박사|회장|\d단|대통령|원장|씨|감독|시장|왕"
    r"|장군|선수|의원|총리|대왕|황제)|대통령|[가-힣]{2,5}\s?\([A-Z一-鿿]"
    r"|(?:[A-Z][a-z]+\s){1,2}[A-Z][a-z]+|[가-힣]+\s[가-힣]+\(|부처|사업자|업체|기업|협회|기관|학회"
)
# One human being by name, and not whoever or whichever body.
ASKS_HUMAN = re.compile(
    r"(?:대표|대표이사|사장|회장|창업자|설립자|창립자|창시자|위원장|부위원장|소장|센터장|원장|책임자"
    r"|간사|국장|총장|단장|의장)(?:은|는|이|가|의)?\s?(?:\S+\s)?(?:누구|누군|누가|이름|성함)"
    r"|(?:부위원장|장관|소장|센터장|책임자|수상자|과학자|연구자|사람)들?(?:은|는|이|의)?\s"
    r"(?:모두\s)?(?:이름|성함|누구누구)"
    r"|(?:만든|세운|차린|창업한|설립한|개발한)\s?(?:사람|인물)"
    r"|누구누구|(?:CEO|founder|창업자|최고경영자|대표이사)(?:는|은|가|의)?\s?(?:\S+\s)?(?:누|who|이름|\?|$)"
)
# Three syllables are a name where they are a common surname and two that given names are made of;
# almost any other three before a particle are the end of an ordinary noun or verb.
_SURNAMES = "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나"
_MIDDLES = (
    "민서지현수영은정성재동상승진준태경종창병광기인용명미선혜희숙순옥춘말세도하예다소나가채윤유연규"
    "문석철원일두만봉덕근길남대건강찬충치한해헌혁형호홍화효훈휘흥백"
)
_LASTS = (
    "우민준호영수진현희은정경숙미철훈혁석환규태섭빈아연윤린돌순옥란국범찬욱식용길재웅근택남동열선주원서"
    "헌관균배복봉구권덕림명모문삼승신일록룡갑걸겸"
)
# Words that end the names of firms, methods and projects.
_NO_SURNAME = (
    "(?:Network|Learning|Model|Medicine|Sequencing|Challenge|Association|Europe|Institute|University"
    "|Center|Computing|Research|Intelligence|Analytics|Station|Foundation|Company|Project)"
)
HUMAN = re.compile(
    rf"(?<![가-힣])[{_SURNAMES}][{_MIDDLES}][{_LASTS}](?=은|는|이|가|의|\(|,|와|과|\s)"
    r"|대통령|총리|\([^()]{0,25}\d{3,4}년[^()]{0,20}~|[가-힣]\s?\d단|[가-힣]\s?\((?:[A-Z][a-z]+\s){1,2}[A-Z][a-z]+\)"
    rf"|(?:[A-Z][a-z]+\s){{1,2}}(?!{_NO_SURNAME})[A-Z][a-z]+(?=[이가은는의와과])"
)
