"""The composition root: the only place where parts meet."""

from rift.app.administer import administer, visiting
from rift.app.failure import CannotStart
from rift.app.serve import openapi, serve, simple_openapi

__all__ = ["CannotStart", "administer", "openapi", "serve", "simple_openapi", "visiting"]
