"""What the operating system complains of, in Korean."""

from __future__ import annotations

import errno
import socket
import sqlite3

_REASONS = {
    errno.ENOENT: "없는 파일이나 폴더",
    errno.EEXIST: "이미 있는 파일이나 폴더",
    errno.ENOTDIR: "폴더가 아님",
    errno.EISDIR: "파일이 아니라 폴더",
    errno.EACCES: "권한 없음",
    errno.EPERM: "권한 없음",
    errno.EROFS: "읽기 전용 디스크",
    errno.ENOSPC: "디스크에 빈 공간 없음",
    errno.EDQUOT: "디스크 할당량을 다 씀",
    errno.EFBIG: "파일이 너무 큼",
    errno.ENAMETOOLONG: "이름이 너무 긺",
    errno.ELOOP: "링크가 서로 돌고 돎",
    errno.EMFILE: "열린 파일이 너무 많음",
    errno.ENFILE: "열린 파일이 너무 많음",
    errno.ENOMEM: "메모리 부족",
    errno.EIO: "디스크 입출력 오류",
    errno.EADDRINUSE: "이미 쓰는 주소",
    errno.EADDRNOTAVAIL: "이 컴퓨터에 없는 주소",
    errno.EAFNOSUPPORT: "이 컴퓨터가 쓰지 않는 주소 종류",
}


def korean_os_reason(error: OSError | sqlite3.Error) -> str:
    """Say why a call to the system failed, as a phrase without a full stop."""
    if isinstance(error, sqlite3.Error):
        return f"데이터베이스 오류 {getattr(error, 'sqlite_errorname', type(error).__name__)}"
    if isinstance(error, socket.gaierror):
        return "찾을 수 없는 주소"
    number = error.errno
    if number is None:
        return "시스템 오류"
    return _REASONS.get(number) or f"시스템 오류 {errno.errorcode.get(number, number)}"
