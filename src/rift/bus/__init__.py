"""How releases travel between the processes that serve one instance."""

from rift.bus.interface import Bus, Receiver
from rift.bus.local import LocalBus
from rift.bus.nats import NatsBus

__all__ = ["Bus", "LocalBus", "NatsBus", "Receiver"]
