"""Departures: accounts that rest, accounts that go, and what becomes of what was theirs."""
