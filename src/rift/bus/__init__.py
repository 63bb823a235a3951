"""How releases travel between the processes that serve one instance."""

from rift.bus.failure import BusFailure
from rift.bus.interface import Bus, Receiver, deliver
from rift.bus.local import LocalBus
from rift.bus.unix import UnixBus

__all__ = ["Bus", "BusFailure", "LocalBus", "Receiver", "UnixBus", "deliver"]
