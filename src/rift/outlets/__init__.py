"""Reactions to durable events, each a closed room."""

from rift.outlets.outlet import Outlet, Runner
from rift.outlets.registry import OUTLETS, for_settings

__all__ = ["OUTLETS", "Outlet", "Runner", "for_settings"]
