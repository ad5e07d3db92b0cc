"""Ways to write a figure otherwise that keep its value."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from eval.grounding.material import Material

_MYRIAD = 10_000
_THOUSAND = 1_000


def number_plain(material: Material, _chooser: random.Random) -> Iterator[str]:
    """26,000 → 26000 and 2.6만."""
    found = re.search(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?=\s?[명개건원곳달])", material.text)
    if found:
        value = int(found[0].replace(",", ""))
        yield material.text.replace(found[0], str(value), 1)
        if value >= _MYRIAD and value % 100 == 0:
            yield material.text.replace(found[0], f"{value / _MYRIAD:g}만 ", 1)


def magnitude_written(material: Material, _chooser: random.Random) -> Iterator[str]:
    """881억 원 → 881억원, 5천억 → 5000억, 2.6만 명 → 26,000명."""
    for found in re.finditer(
        r"(?<![\d.,조억만])(\d+(?:\.\d+)?)(만|억|천억|조) ?(원|달러|명|유로|개|건)", material.text
    ):
        amount, scale, unit = float(found[1]), found[2], found[3]
        said = [f"{found[1]}{scale}{unit}"]
        if scale == "천억":
            said.append(f"{amount * 1000:,.0f}억 {unit}")
        if scale == "만":
            said.append(f"{amount * _MYRIAD:,.0f}{unit}")
        if scale == "조":
            said.append(f"{amount * _MYRIAD:,.0f}억 {unit}")
        if scale == "억" and amount >= _THOUSAND:
            said.append(f"{amount / _MYRIAD:g}조 {unit}")
        for new in said:
            if new != found[0]:
                yield material.text[: found.start()] + new + material.text[found.end() :]
        return


def year_short(material: Material, _chooser: random.Random) -> Iterator[str]:
    """2024년 becomes '24년."""
    found = re.search(r"(?<!\d)20(\d\d)년", material.text)
    if found:
        yield f"{material.text[: found.start()]}'{found[1]}년{material.text[found.end() :]}"


def per_cent_in_words(material: Material, _chooser: random.Random) -> Iterator[str]:
    """% becomes 퍼센트."""
    if re.search(r"\d%(?!p|포인트| ?포인트)", material.text):
        yield re.sub(r"(?<=\d)%(?!p|포인트| ?포인트)", "퍼센트", material.text)
    elif "퍼센트" in material.text:
        yield material.text.replace("퍼센트", "%")


def date_in_dots(material: Material, _chooser: random.Random) -> Iterator[str]:
    """2024년 3월 5일 becomes 2024.3.5."""
    found = re.search(r"(?<!\d)((?:19|20)\d\d)년 (\d{1,2})월 (\d{1,2})일", material.text)
    if found:
        new = f"{found[1]}.{found[2]}.{found[3]}."
        yield material.text[: found.start()] + new + material.text[found.end() :]


def count_in_words(material: Material, _chooser: random.Random) -> Iterator[str]:
    """3곳 becomes 세 곳, or the other way round."""
    words = {"2": "두", "3": "세", "4": "네", "5": "다섯"}
    found = re.search(
        r"(?<![\d.,])([2-5]) ?(가지|개|명|곳|배)(?=[가-힣 ,.])(?!월|국|년|사)", material.text
    )
    if found:
        new = f"{words[found[1]]} {found[2]}"
        yield material.text[: found.start()] + new + material.text[found.end() :]
    back = re.search(r"(?<![가-힣])(두|세|네|다섯) (가지|명|곳|배)(?=[가-힣 ,.])", material.text)
    if back:
        digit = next(d for d, w in words.items() if w == back[1])
        yield f"{material.text[: back.start()]}{digit}{back[2]}{material.text[back.end() :]}"


FIGURES_OTHERWISE: dict[str, Callable[[Material, random.Random], Iterator[str]]] = {
    "number_plain": number_plain,
    "magnitude_written": magnitude_written,
    "year_short": year_short,
    "per_cent_in_words": per_cent_in_words,
    "date_in_dots": date_in_dots,
    "count_in_words": count_in_words,
}
