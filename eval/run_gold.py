"""The gold questions that a stored run was asked."""

from __future__ import annotations

import hashlib
from pathlib import Path

from eval.gold_set import GoldQuestion, read_gold
from eval.run_record import RunRecord
from ingest.errors import InputError
from ingest.names import readable_path


def gold_of(record: RunRecord) -> dict[str, GoldQuestion]:
    """Return the gold questions of a run by id.

    Raises:
        NotFoundError: ``file_not_found`` where the gold file is gone.
        InputError: ``gold_changed`` where it no longer holds what the run was asked, or
            ``gold_unreadable``.
    """
    path = Path(record.gold["path"])
    questions = read_gold(path)
    if hashlib.sha256(path.read_bytes()).hexdigest() != record.gold["sha256"]:
        raise InputError(
            "gold_changed",
            f"실행 {record.name} 뒤에 질문 파일이 바뀌었습니다: {readable_path(path)}",
            "그때의 파일을 되돌리거나 `geungeo eval run`으로 다시 실행하세요.",
        )
    return {question.id: question for question in questions}
