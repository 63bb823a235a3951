"""Schedules: what somebody has written already, and wants to have sent later."""
