"""What pages cost, in processor time of their main thread: that is the same beside other work."""

from statistics import median
from typing import Any, Final, Self

from playwright.async_api import CDPSession, Page

from tests.api import Person
from tests.server import Server

EAR: Final = """
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    window.line = this;
    this.addEventListener('message', ({ data }) => {
      if (data.includes('"MESSAGE_CREATE"')) window.heard = data;
    });
  }
};
"""
"""The page's socket is at hand, and the last message that came by it."""

TOOLS: Final = """
const frame = () => new Promise((done) => requestAnimationFrame(done));
const log = document.querySelector('[role=log]');
const rows = () => [...log.querySelectorAll('article')];
"""


class Meter:
    """Asks the browser what a page has cost so far."""

    def __init__(self, page: Page, session: CDPSession) -> None:
        self._page = page
        self._session = session

    @classmethod
    async def of(cls, page: Page) -> Self:
        session = await page.context.new_cdp_session(page)
        await session.send("Performance.enable", {"timeDomain": "threadTicks"})
        return cls(page, session)

    async def run(self, script: str, given: Any = None) -> Any:
        return await self._page.evaluate(f"async (given) => {{ {TOOLS} {script} }}", given)

    async def spent(self) -> float:
        """The seconds its main thread has worked."""
        told = await self._session.send("Performance.getMetrics")
        return float(next(it["value"] for it in told["metrics"] if it["name"] == "TaskDuration"))

    async def cost(self, script: str, *given: Any) -> float:
        """The seconds a script takes, with all that is drawn, once for each thing given."""
        before = await self.spent()
        for one in given or (None,):
            await self.run(script, one)
        return await self.spent() - before

    async def ratio(self, script: str, floor: str, *given: Any, rounds: int = 3) -> float:
        """How many times as much a script costs as the least that could do the same."""
        pairs = [
            (await self.cost(script, *given), await self.cost(floor, *given)) for _ in range(rounds)
        ]
        return median(it for it, _ in pairs) / median(it for _, it in pairs)

    async def heap(self) -> int:
        """The bytes that are held after all else was thrown away."""
        await self._session.send("HeapProfiler.collectGarbage")
        return int((await self._session.send("Runtime.getHeapUsage"))["usedSize"])


async def pair(server: Server) -> tuple[Person, Person, str, str]:
    """Two people in a server, and the address and id of its channel."""
    noor, junia = await server.person(), await server.person()
    guild = await noor.guild("Longwave Club")
    channel = await noor.channel(guild["id"], "antennas")
    await noor.bring(junia, channel["id"])
    return noor, junia, f"/channels/{guild['id']}/{channel['id']}", channel["id"]
