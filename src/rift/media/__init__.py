"""What is in a file, and renditions of it, made by processes that can be spared."""

from rift.media.failure import Busy, Unreadable
from rift.media.installed import can_play_video
from rift.media.kinds import HEAD_BYTES, Kind, is_a_lie, kind_of
from rift.media.tasks import Format, Limits, Made, Probe, Rendition
from rift.media.workshop import Workshop

__all__ = [
    "HEAD_BYTES",
    "Busy",
    "Format",
    "Kind",
    "Limits",
    "Made",
    "Probe",
    "Rendition",
    "Unreadable",
    "Workshop",
    "can_play_video",
    "is_a_lie",
    "kind_of",
]
