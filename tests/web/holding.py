"""A slow line: what a page asks for waits until the test lets it go."""

import re
from typing import Self

from playwright.async_api import Page, Route

from tests.patience import until


class Held:
    """Requests that wait, in the order in which they came."""

    def __init__(self, method: str | None) -> None:
        self.routes: list[Route] = []
        self._method = method
        self._is_free = False

    @classmethod
    async def on(cls, page: Page, url: str | re.Pattern[str], *, method: str | None = None) -> Self:
        held = cls(method)
        await page.route(url, held._take)
        return held

    async def came(self, count: int = 1) -> None:
        await until(lambda: len(self.routes) >= count)

    async def let_go(self) -> None:
        """These and all that come later."""
        self._is_free = True
        for route in self.routes:
            await route.continue_()

    async def _take(self, route: Route) -> None:
        if self._is_free or self._method not in {None, route.request.method}:
            await route.fallback()
        else:
            self.routes.append(route)
