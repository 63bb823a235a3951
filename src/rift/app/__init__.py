"""The composition root: the only place where parts meet."""

from rift.app.administer import administer, visiting
from rift.app.backups import Inhabited, back_up, put_back
from rift.app.failure import CannotStart
from rift.app.serve import AGAIN, openapi, serve, simple_openapi, start_anew

__all__ = [
    "AGAIN",
    "CannotStart",
    "Inhabited",
    "administer",
    "back_up",
    "openapi",
    "put_back",
    "serve",
    "simple_openapi",
    "start_anew",
    "visiting",
]
