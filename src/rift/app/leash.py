"""Ties a child process to its parent: told by the system when the parent dies, also by kill -9."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def stop_with(parent: int) -> None:
    """Be sent SIGTERM when the parent is gone; it may be gone already."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit("the parent of this process is gone")
