"""Passwords: argon2id, computed off the event loop by a bounded number of threads."""

import asyncio
import os
import secrets
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from rift.errors import Overloaded

_THREADS: Final = 2
_WAITING: Final = 64
_NICENESS: Final = 19

R = TypeVar("R")


def _stand_back() -> None:
    """Let the loop go first where both want one core; on Linux a thread has its own niceness."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)


class Passwords:
    """Hashes and checks; who comes when too many wait is told to try again."""

    def __init__(self, *, memory_kib: int, time_cost: int, parallelism: int) -> None:
        self._hasher = PasswordHasher(
            memory_cost=memory_kib, time_cost=time_cost, parallelism=parallelism
        )
        self._threads = ThreadPoolExecutor(
            _THREADS, thread_name_prefix="argon2", initializer=_stand_back
        )
        self._waiting = 0
        self._decoy = self._hasher.hash(secrets.token_hex())

    async def hash(self, password: str) -> str:
        """The hash to keep, with its salt and parameters in it."""
        return await self._run(self._hasher.hash, password)

    async def verify(self, kept: str, password: str) -> bool:
        """Whether the password is the one; without a hash it takes as long and says no."""
        matches = await self._run(self._matches, kept or self._decoy, password)
        return matches and kept != ""

    def outdated(self, kept: str) -> bool:
        """Whether the parameters have been raised since."""
        return self._hasher.check_needs_rehash(kept)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _matches(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: Callable[..., R], *args: str) -> R:
        if self._waiting >= _WAITING:
            raise Overloaded
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work, *args)
        finally:
            self._waiting -= 1
