"""What is wrong with an open page for some eyes: nothing serious for axe, nothing wider than the screen.

A page is asked for violations only: writing down all that passes takes axe as long again. In the dark only
the rules that know colours are asked; no other rule sees a difference there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

Scheme = Literal["light", "dark"]
Look = tuple[dict[str, int], Scheme]

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}
EVERY_LOOK: tuple[Look, ...] = ((DESK, "light"), (DESK, "dark"), (PHONE, "dark"), (PHONE, "light"))
RULES: dict[Scheme, dict[str, Any]] = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]},
}
AXE = Axe().axe_script
EVERYTHING_OPEN = "document.querySelectorAll('details:not(.menu)').forEach(fold => { fold.open = true })"


async def faults_of(page: Page, looks: Iterable[Look] = EVERY_LOOK) -> list[str]:
    """Look at the open page in these widths and schemes, with everything unfolded."""
    faults = []
    await page.evaluate(EVERYTHING_OPEN)
    await page.evaluate(AXE)
    for size, scheme in looks:
        await page.set_viewport_size({"width": size["width"], "height": size["height"]})
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = await page.evaluate("options => axe.run(document, options)", RULES[scheme])
        look = f"{page.url} {size['width']} {scheme}"
        faults += [
            f"{look} {fault['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
            for fault in found["violations"]
            if fault["impact"] in {"serious", "critical"}
            for node in fault["nodes"]
        ]
        over = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        faults += [f"{look} is {over} px too wide"] if over > 0 else []
    return faults
