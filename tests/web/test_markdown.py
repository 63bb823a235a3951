"""Markdown in a real browser, under the site's own policy."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route

from tests.server import Server
from tests.web.conftest import WEB, Open, violations

PARTS: Final = ("parse", "render", "policy", "highlight", "testing")
BUILD: Final = """
import { build } from "vite";
const [out, ...parts] = process.argv.slice(1);
const entry = parts.map((part) => `src/markdown/${part}.ts`);
const lib = { entry, formats: ["es"] };
await build({ configFile: false, logLevel: "warn", build: { outDir: out, lib } });
"""

LOAD: Final = """async (parts) => {
    const loaded = await Promise.all(parts.map((part) => import(`/assets/markdown/${part}.js`)));
    window.markdown = Object.assign({}, ...loaded);
    window.show = (text) => {
        const place = document.createElement("div");
        place.className = "markdown";
        const html = markdown.render(markdown.parse(text), markdown.CONTEXT);
        markdown.fill(place, html);
        document.querySelector("main").append(place);
        return { place, html };
    };
}"""

DIFFERENCES: Final = """(texts) => {
    const letters = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "#39" };
    const escaped = (text) => text.replace(/[&<>"']/g, (letter) => `&${letters[letter]};`);
    const tree = (node) => {
        if (node.nodeType === Node.TEXT_NODE) return escaped(node.data);
        const tag = node.nodeName.toLowerCase();
        return tag === "br" || tag === "img" ? `<${tag}>` : `<${tag}>${inside(node)}</${tag}>`;
    };
    const inside = (node) => [...node.childNodes].map(tree).join("");
    return texts.filter((text) => {
        const { place, html } = show(text);
        return inside(place) !== html.replace(/<(\\w+)[^>]*>/g, "<$1>");
    });
}"""

SHOW: Final = "text => void show(text)"

REFUSED: Final = """() => {
    const outcome = (attempt) => { try { attempt(); } catch (error) { return error.name; } };
    const policy = () => trustedTypes.createPolicy("stranger", { createHTML: (html) => html });
    return [outcome(() => { document.body.innerHTML = "<b>"; }), outcome(policy)];
}"""

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("markdown")
    process = await asyncio.create_subprocess_exec(
        *("node", "--input-type=module", "-e", BUILD, str(folder), *PARTS), cwd=WEB
    )
    assert await process.wait() == 0
    shutil.copy(WEB / "src" / "markdown" / "markdown.css", folder)
    return folder


@pytest_asyncio.fixture(loop_scope="session")
async def page(open_page: Open, built: Path) -> AsyncIterator[Page]:
    page = await open_page()

    async def answer(route: Route) -> None:
        await route.fulfill(path=built / route.request.url.partition("/assets/markdown/")[2])

    await page.route("**/assets/markdown/**", answer)
    await page.route("**/cdn/emojis/**", lambda route: route.fulfill(path=WEB / "public/mark.svg"))
    await page.goto("/login")
    await page.wait_for_load_state("networkidle")
    await page.evaluate(LOAD, list(PARTS))
    await page.add_style_tag(url="/assets/markdown/markdown.css")
    yield page
    await page.unroute_all(behavior="wait")


def corpus() -> list[str]:
    groups: dict[str, list[dict[str, Any]]] = json.loads(
        (WEB / "src/markdown/corpus.json").read_text()
    )
    return [case["text"] for cases in groups.values() for case in cases]


async def test_a_browser_sees_the_tree_that_was_rendered(page: Page) -> None:
    texts = corpus()
    assert len(texts) > 300
    assert await page.evaluate(DIFFERENCES, texts) == []


async def test_html_comes_from_nowhere_else(browser: Browser, server: Server) -> None:
    page = await browser.new_page(base_url=server.url)
    await page.goto("/login")
    assert await page.evaluate(REFUSED) == ["TypeError", "TypeError"]
    await page.close()


async def test_what_is_in_a_spoiler_cannot_be_reached(page: Page) -> None:
    await page.evaluate(SHOW, "||[a link](https://a.example) <@1>||")
    session = await page.context.new_cdp_session(page)
    tree = await session.send("Accessibility.getFullAXTree")
    named = [node.get("name", {}).get("value") for node in tree["nodes"] if not node["ignored"]]
    assert "Spoiler" in named
    assert "a link" not in named
    assert "@Ada" not in named
    assert not await page.locator(".markdown a").evaluate(
        "link => { link.focus(); return document.activeElement === link; }"
    )


async def test_a_role_has_its_colour_without_a_style_in_the_html(page: Page) -> None:
    colour = "() => show('<@&2>').place.firstChild.style.getPropertyValue('--hue')"
    assert await page.evaluate(colour) == "145"


async def test_code_gets_its_colours_and_stays_where_it_is(page: Page) -> None:
    found = await page.evaluate(
        """async () => {
            const code = show("```py\\nprint('<b>')\\n```").place.querySelector("code");
            await document.fonts.load(getComputedStyle(code).font);
            const before = [code.textContent, code.offsetWidth, code.offsetHeight];
            await markdown.highlight(code);
            const after = [code.textContent, code.offsetWidth, code.offsetHeight];
            return { before, after, spans: code.querySelectorAll(".hljs-string").length };
        }"""
    )
    assert found["before"] == found["after"]
    assert found["spans"] == 1


async def test_every_case_is_accessible(page: Page) -> None:
    await page.evaluate("(texts) => texts.forEach(show)", corpus())
    # Which heading follows which is for the author of a message to say.
    assert [
        found for found in await violations(page) if not found.startswith("heading-order:")
    ] == []
