"""Files and pictures over HTTP, in the shape of Discord's CDN."""

from rift.doors.site.cdn.door import Cdn

__all__ = ["Cdn"]
