"""What guilds are about, as Discord counts it."""

from typing import Final

from rift.wire.discovery import DiscoveryCategory

_NAMES: Final = (
    ("General", True),
    ("Gaming", True),
    ("Music", True),
    ("Entertainment", True),
    ("Creative Arts", True),
    ("Science & Tech", True),
    ("Education", True),
    ("Sports", False),
    ("Fashion & Beauty", False),
    ("Relationships & Identity", False),
    ("Travel & Food", False),
    ("Fitness & Health", False),
    ("Finance", False),
    ("Other", False),
    ("General Chatting", False),
)

ALL: Final = tuple(
    DiscoveryCategory(id=id_, name=name, is_primary=is_primary)
    for id_, (name, is_primary) in enumerate(_NAMES)
)
