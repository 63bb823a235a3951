"""The flags that tell of publishing, and those a copy has from its source."""

from typing import Final

from rift.core.messages.drafts import SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS

CROSSPOSTED: Final = 1 << 0
"""The source was published."""
IS_CROSSPOST: Final = 1 << 1
SOURCE_MESSAGE_DELETED: Final = 1 << 3
INVOLVED: Final = CROSSPOSTED | IS_CROSSPOST
"""What there are copies of, and what is one."""
TAKEN_OVER: Final = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS
