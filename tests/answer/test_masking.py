import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.answer.masking import mask_personal


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("주민번호는 900101-1234567입니다", "주민번호는 900101-*******입니다"),
        ("9001011234567", "900101*******"),
        ("외국인등록번호 850315-5123456", "외국인등록번호 850315-*******"),
        ("제 번호는 010-1234-5678이에요", "제 번호는 010-****-5678이에요"),
        ("01012345678로 연락", "010****5678로 연락"),
        ("010 123 4567", "010 *** 4567"),
        ("전화 02-123-4567, (042) 869-1234", "전화 02-***-4567, (042) ***-1234"),
        ("+82-10-1234-5678 / +821012345678", "+82-10-****-5678 / +8210****5678"),
        ("gildong.hong@example.co.kr로", "g******.****@example.co.kr로"),
        ("4111-1111-1111-1111", "4111-****-****-1111"),
        ("4111111111111111", "4111********1111"),
        ("계좌번호: 110-123-456789", "계좌번호: 11*-***-******"),
        ("여권번호 M12345678, 여권 M123A4567", "여권번호 M1*******, 여권 M1*******"),
    ],
)
def test_what_names_a_person_is_starred(text: str, masked: str) -> None:
    assert mask_personal(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "2023. 10. 10. 발행",
        "4,300억 원을 들여",
        "1조 5,290억 원, 2021~2030년, 2021-2023",
        "ISBN 978-89-1234-567-8",
        "20230101",
        "991331-1234567",  # 13월은 없음
        "900132-1234567",  # 32일은 없음
        "900101-9234567",  # 뒷자리는 1에서 8로 시작
        "4111-1111-1111-1112",  # 검증 숫자가 틀림
        "모델 M12345678",
        "10.1038/s41586-021-03819-2",
        "2019년 12월 010 번째",
        "1588-1234",
        "a9001011234567f00",
        "user@localhost",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask_personal(text) == text


@given(st.text(st.characters(categories=("L", "N", "P", "Z")) | st.sampled_from("0123456789-@. +")))
def test_nothing_but_letters_and_digits_is_starred_in_place(text: str) -> None:
    masked = mask_personal(text)
    assert len(masked) == len(text)
    assert all(a == b or (b == "*" and a.isalnum()) for a, b in zip(text, masked, strict=True))


@given(st.from_regex(r"01[016789]-[0-9]{4}-[0-9]{4}", fullmatch=True), st.sampled_from("가 \n(,"))
def test_no_mobile_number_goes_through(number: str, edge: str) -> None:
    masked = mask_personal(f"{edge}{number}{edge}")
    assert number not in masked
    assert re.search(r"01\d-\*{4}-\d{4}", masked)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000,
        "-1" * 50_000,
        "a@" * 50_000,
        "a." * 50_000 + "@b",
        "계좌 " + "1-" * 50_000,
        "010-" * 30_000,
        "여권 " * 30_000,
    ],
    ids=lambda text: text[:6],
)
def test_long_texts_of_no_number_are_read_through(text: str) -> None:
    """Backtracking would take minutes here, and the test would never end."""
    assert mask_personal(text) == text
