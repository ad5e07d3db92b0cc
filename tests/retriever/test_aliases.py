from pathlib import Path

import pytest

from ingest.errors import GeungeoError
from retriever.abbreviation import fits_initials, korean_name
from retriever.alias_learning import learn_aliases
from retriever.aliases import (
    Alias,
    AliasTable,
    common_aliases,
    most_seen_first,
    read_aliases,
    read_operator_aliases,
    write_aliases,
)
from retriever.analysis import KoreanAnalyzer
from tests.retriever.desk import document


def learned(text: str, analyzer: KoreanAnalyzer) -> list[tuple[str, str]]:
    body = f"시험 보고서\n\n1. 현황\n\n- {text}\n"
    return [(alias.short, alias.long) for alias in learn_aliases([document(body)], analyzer)]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("우리나라 기업의 인공지능(AI) 도입이 늘어남", [("AI", "인공지능")]),
        ("AI(인공지능)를 도입한 기업이 늘어남", [("AI", "인공지능")]),
        ("정부는 경제협력개발기구(OECD)의 권고를 따름", [("OECD", "경제협력개발기구")]),
        ("**국립기상과학원**(NIMS)의 예보를 씀", [("NIMS", "국립기상과학원")]),
        ("‘알파폴드’(AlphaFold)의 등장", [("AlphaFold", "알파폴드")]),
        ("영국의 스타트업 딥마인드(DeepMind)를 인수함", [("DeepMind", "딥마인드")]),
        ("LYTAC(Lysosome-TArgeting Chimera)를 씀", [("LYTAC", "Lysosome-TArgeting Chimera")]),
        (
            "심층 분석(DA, Deep Analysis)을 함",
            [("DA", "심층 분석"), ("Deep Analysis", "심층 분석"), ("DA", "Deep Analysis")],
        ),
        (
            "생태 조사(Ecological Survey: ES)를 함",
            [("Ecological Survey", "생태 조사"), ("ES", "생태 조사"), ("ES", "Ecological Survey")],
        ),
        ("「해양폐기물 관리법」(이하 “해폐법”이라 한다)에 따름", [("해폐법", "해양폐기물 관리법")]),
        ("남부 연합군(이하 '남군')이 물러남", [("남군", "남부 연합군")]),
    ],
)
def test_names_in_brackets_are_learned(
    analyzer: KoreanAnalyzer, text: str, pairs: list[tuple[str, str]]
) -> None:
    assert learned(text, analyzer) == pairs


@pytest.mark.parametrize(
    "text",
    [
        "(주)한빛바이오(2023)는 커짐",
        "선행 연구(Kim et al., 2021)에 따름",
        "김철수 교수(KAIST)가 발표함",
        "이 기술은 미국(FDA)의 허가를 받음",
        "발전량(GWh)과 길이(km)를 적음",
        "정보통신업(19%)과 금융업(10.6%)이 높음",
        "유럽연합(약 10%)과 중국(EU 제외)을 뺌",
        "IBM(미국)과 LG(구미)를 방문함",
        "Gemini(구글)를 씀",
        "CEO(홍길동)가 인사함",
        "세 물질(단백질, DNA, RNA)을 나눔",
        "화물기(DC3)가 뜸",
        "상실과 역경을 통한 성장(GTLA)을 봄",
        "간단히 줄여서 e스포츠(eSports)라 함",
        "자료(KOSIS)를 씀",
        "생산은 2단계(II)로 나뉨",
    ],
)
def test_other_brackets_are_not(analyzer: KoreanAnalyzer, text: str) -> None:
    assert learned(text, analyzer) == []


def test_how_far_a_name_reaches_is_told_by_letters_and_by_the_rest_of_the_document(
    analyzer: KoreanAnalyzer,
) -> None:
    assert learned("국내 자체 거대 언어모델(LLM)을 만듦", analyzer) == [("LLM", "거대 언어모델")]
    assert learned("국제 올림픽 위원회(IOC)가 정함", analyzer) == [("IOC", "국제 올림픽 위원회")]
    once = "차세대 염기서열 분석(NGS)을 도입함"
    assert learned(once, analyzer) == [("NGS", "염기서열 분석")]
    again = f"{once}\n- 차세대 염기서열 분석의 값이 떨어짐"
    assert learned(again, analyzer) == [("NGS", "차세대 염기서열 분석")]


def test_an_alias_says_where_it_was_seen_and_how_often(analyzer: KoreanAnalyzer) -> None:
    text = "시험 보고서\n\n- 앞으로 인공지능(AI)이 쓰임\n- 다시 인공지능 (AI)을 말함\n"
    report = document(text)
    (alias,) = learn_aliases([report], analyzer)
    assert (alias.count, alias.document_id) == (2, report.id)
    assert alias.quote == "인공지능(AI)"
    assert report.text[alias.start :].startswith(alias.quote)


def test_a_longer_reading_gives_way_to_a_shorter_one_that_is_seen_more(
    analyzer: KoreanAnalyzer,
) -> None:
    text = "인공지능(AI)을 봄\n- 인공지능(AI)을 또 봄\n- ‘인공지능 전환’(AI) 시대"
    assert learned(text, analyzer) == [("AI", "인공지능")]


def test_references_are_not_read(analyzer: KoreanAnalyzer) -> None:
    text = "시험 보고서\n\n- 본문임\n\n참고문헌\n\n1. 홍길동, 인공지능(AI)의 앞날, 2023.\n"
    assert learn_aliases([document(text)], analyzer) == ()


def test_initials() -> None:
    assert fits_initials("NGS", "Next Generation Sequencing")
    assert fits_initials("ADC", "Antibody-Drug Conjugate")
    assert fits_initials("CoE", "Center of Excellence")
    assert not fits_initials("NGS", "Large Language Model")
    assert not fits_initials("AI", "Intelligent Agent")


def test_a_country_is_part_of_a_name_where_its_letter_is() -> None:
    assert korean_name("미국 항공 자문위원회", "NACA", "") == "미국 항공 자문위원회"
    assert korean_name("미국 경제정책연구소", "EPI", "") == "경제정책연구소"


def test_names_are_found_in_questions_however_they_are_spaced() -> None:
    table = AliasTable([Alias("NGS", "차세대 염기서열 분석"), Alias("AI", "인공지능")])
    (found,) = table.find("차세대 염기서열분석이 뭐야?")
    assert found.others == ("NGS",)
    assert [m.others for m in table.find("ai와 ＮＧＳ")] == [
        ("인공지능",),
        ("차세대 염기서열 분석",),
    ]


def test_names_inside_other_words_are_not_found() -> None:
    table = AliasTable(
        [Alias("AI", "인공지능"), Alias("EG", "이지"), Alias("AIRC", "인공지능연구센터")]
    )
    assert table.find("AIDS와 OpenAI의 이미지") == []
    assert table.find("곱이지 않은가") == []
    assert [m.name for m in table.find("인공지능연구센터는?")] == ["인공지능연구센터"]


def test_of_several_names_the_most_seen_come_first() -> None:
    table = AliasTable([Alias("AR", "증강현실"), Alias("AR", "연차보고서", count=3)])
    assert table.find("AR은?")[0].others == ("연차보고서", "증강현실")
    listed = most_seen_first([Alias("ab", "에이비"), Alias("AR", "연차보고서", count=3)])
    assert [alias.short for alias in listed] == ["AR", "ab"]


def test_aliases_survive_a_file(tmp_path: Path) -> None:
    aliases = (Alias("AI", "인공지능", "doc_1", 7, "인공지능(AI)", 2), Alias("DX", "디지털 전환"))
    write_aliases(tmp_path / "aliases.json", aliases)
    assert read_aliases(tmp_path / "aliases.json") == aliases


def test_the_built_in_names_go_both_ways() -> None:
    table = AliasTable(common_aliases())
    assert "인공지능" in table.find("AI 투자")[0].others
    assert table.find("연구개발 예산")[0].others == ("R&D",)


def test_the_operators_list_is_read(tmp_path: Path) -> None:
    path = tmp_path / "aliases.tsv"
    assert read_operator_aliases(path) == ()
    path.write_text("\ufeff# 우리 회사\n\nKM3\t국민 매력 3대 과제\n", encoding="utf-8")
    assert read_operator_aliases(path) == (Alias("KM3", "국민 매력 3대 과제"),)


@pytest.mark.parametrize("line", ["KM3", "KM3\t", "KM3\t과제\t셋", "K\t국민 매력"])
def test_a_bad_line_of_the_operators_list_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "aliases.tsv"
    path.write_text(f"# 별칭\n{line}\n", encoding="utf-8")
    with pytest.raises(GeungeoError, match="2번째 줄") as caught:
        read_operator_aliases(path)
    assert caught.value.code == "bad_alias"


def test_an_operators_list_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "aliases.tsv"
    path.write_bytes("AI\t인공지능\n".encode("cp949"))
    with pytest.raises(GeungeoError) as caught:
        read_operator_aliases(path)
    assert caught.value.code == "operator_file_unreadable"


def test_a_quote_begins_with_the_name_where_one_stands_before_the_bracket(
    analyzer: KoreanAnalyzer,
) -> None:
    report = document("가. 현황\n\n그 가운데 인공지능(Artificial Intelligence: AI)이 널리 쓰임\n")
    found = learn_aliases([report], analyzer)
    quotes = {(alias.short, alias.long): alias.quote for alias in found}
    assert quotes["AI", "인공지능"] == "인공지능(Artificial Intelligence: AI)"
    for alias in found:
        assert alias.quote.endswith("(Artificial Intelligence: AI)")
        assert report.text[alias.start :].startswith(alias.quote)
