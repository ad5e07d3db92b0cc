"""Requests that no document answers: opinions, advice, pieces of writing."""

from __future__ import annotations

import re

_REQUEST = re.compile(
    r"추천해\s?(?:줘|주|줄)|(?:좋을|할|갈|나을|먹일|받을|오를|그럴)까|생각해\s?\?"
    r"|어떻게 생각(?!했|하였|됐|되)|별점"
    r"|(?:써|짜|작성해|번역해|만들어|지어)\s?(?:줘|주세요|줄래|달라)|해야 (?:돼|되나|할까)"
    r"|먹어야|가야 할|먹이면"
)


def is_request(question: str) -> bool:
    """Tell whether ``question`` asks for an opinion, for advice or for a piece of writing."""
    return bool(_REQUEST.search(question))
