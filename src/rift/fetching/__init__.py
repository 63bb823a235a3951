"""Requests that the server makes to places other people named, and what keeps them harmless."""

from rift.fetching.failure import REFUSALS, NotFetched, Why
from rift.fetching.fetcher import FETCHED, Answer, Ask, Fetched, Fetcher, Portion
from rift.fetching.reach import Reach
from rift.fetching.resolver import Lookup

__all__ = [
    "FETCHED",
    "REFUSALS",
    "Answer",
    "Ask",
    "Fetched",
    "Fetcher",
    "Lookup",
    "NotFetched",
    "Portion",
    "Reach",
    "Why",
]
