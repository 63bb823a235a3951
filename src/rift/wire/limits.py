"""Numbers, texts and times in request bodies, with the limits Discord fixes."""

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta

Json = dict[str, Any]
"""An object that is kept and handed on as it came."""

Int32 = Annotated[int, Meta(ge=-(2**31), le=2**31 - 1)]
Count = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Flags = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Colour = Annotated[int, Meta(ge=0, le=0xFF_FF_FF)]
Time = Annotated[datetime, Meta(tz=True)]
Moment = Time | None
"""A time that may be absent in spirit: null."""

Image = Annotated[str, Meta(max_length=16 * 1024 * 1024)]
"""A data URI, or for images kept as they are, their hash."""

SoundData = Annotated[str, Meta(max_length=16 * 1024 * 1024)]
"""A data URI."""

WebUrl = Annotated[str, Meta(max_length=2048, pattern=r"^https?://")]
AssetUrl = Annotated[str, Meta(max_length=2048, pattern=r"^(https?|attachment)://")]
Seconds = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Slowmode = Annotated[int, Meta(ge=0, le=21_600)]
PurgeSeconds = Annotated[int, Meta(ge=0, le=604_800)]
