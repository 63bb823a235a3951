"""What is installed beside us and makes more possible."""

from importlib.util import find_spec


def can_play_video() -> bool:
    """Whether films and sounds can be decoded here; their headers are read in any case."""
    return find_spec("av") is not None
