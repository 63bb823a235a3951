"""Reactions to durable events, each a closed room."""

from rift.outlets.outlet import Outlet, Runner

__all__ = ["Outlet", "Runner"]
