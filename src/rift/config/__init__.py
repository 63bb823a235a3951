"""Every setting of Rift, and how a value is found or refused."""

from rift.config.loading import ConfigError, Fault, load
from rift.config.registry import Setting, all_settings, as_table, as_toml
from rift.config.settings import Settings

__all__ = [
    "ConfigError",
    "Fault",
    "Setting",
    "Settings",
    "all_settings",
    "as_table",
    "as_toml",
    "load",
]
