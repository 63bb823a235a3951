"""Takes from a worker what it does not need before it sees a file of anybody's."""

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from contextlib import suppress
from typing import Final

_NICENESS: Final = 10
_DESCRIPTORS: Final = 32
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_SECCOMP: Final = 22
_PR_SET_NO_NEW_PRIVS: Final = 38
_FILTER: Final = 2

_NEW_CALLS: Final = (424, 425, 438)
_CALLS: Final = {
    "x86_64": (0xC000003E, (41, 42, 57, 58, 59, 62, 101, 200, 234, 310, 311, 322, *_NEW_CALLS)),
    "aarch64": (0xC00000B7, (117, 129, 130, 131, 198, 203, 221, 270, 271, 281, *_NEW_CALLS)),
}
"""How a machine is called, and the calls that reach beyond a file: sockets and connections, other
programs, the memory of other processes and signals to them, and the queue that does it all."""

_LOAD: Final = 0x20
_JUMP_IF_EQUAL: Final = 0x15
_JUMP_IF_AT_LEAST: Final = 0x35
_RETURN: Final = 0x06
_ALLOWED: Final = 0x7FFF0000
_REFUSED: Final = 0x00050001
"""With EPERM: a library that asks goes on without."""

_OTHER_ABI: Final = 0x40000000
"""From here on, x86-64 counts its calls a second time."""


def confine(parent: int, memory_bytes: int) -> None:
    """Die with the parent, reach nothing beyond files, stay small and let others go first."""
    os.nice(_NICENESS)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        _forbid_calls(libc)
    if os.getppid() != parent:
        sys.exit("the parent of this process is gone")
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, _DESCRIPTORS)
    _limit(resource.RLIMIT_AS, memory_bytes)


def allow_cpu(seconds: int) -> None:
    """So much for the next task; whoever uses it up is ended by the system."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(
        resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + 1 + seconds, hard)
    )


def give_back_memory() -> None:
    """What the last file took, to the system: a worker that waits is to be small."""
    if sys.platform == "linux":
        with suppress(AttributeError):  # not of every C library
            ctypes.CDLL(None).malloc_trim(0)


def _limit(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError):  # macOS knows a limit of address space and sets none
        resource.setrlimit(what, (least, least))


def _forbid_calls(libc: ctypes.CDLL) -> None:
    """By a filter of system calls, where the kernel takes one; it cannot be taken back."""
    known = _CALLS.get(platform.machine())
    if known is None:
        return
    program = _program(*known)
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    libc.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.create_string_buffer(header, len(header)), 0, 0)


def _program(machine: int, calls: tuple[int, ...]) -> bytes:
    """In the machine language of packet filters: each line is a code, two jumps and a number.

    The number of the call stands at 0 of what it is given, the machine at 4.
    """
    refusal = len(calls) + 1
    lines = [
        (_LOAD, 0, 0, 4),
        (_JUMP_IF_EQUAL, 0, refusal + 2, machine),
        (_LOAD, 0, 0, 0),
        (_JUMP_IF_AT_LEAST, refusal, 0, _OTHER_ABI),
        *((_JUMP_IF_EQUAL, refusal - 1 - at, 0, call) for at, call in enumerate(calls)),
        (_RETURN, 0, 0, _ALLOWED),
        (_RETURN, 0, 0, _REFUSED),
    ]
    return b"".join(struct.pack("HBBI", *line) for line in lines)
