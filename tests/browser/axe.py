"""Automatic accessibility rules (axe-core) on a page as it is now."""

from pathlib import Path
from typing import Any

from playwright.async_api import Page

VENDOR = Path(__file__).with_name("vendor")
_SOURCE = (VENDOR / "axe.min.js").read_text(encoding="utf-8")
_GRAVE = ("serious", "critical")
_RUN = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.map(({ id, impact, help, nodes }) =>
    ({ id, impact, help, nodes: nodes.map(({ html, failureSummary }) => `${html}\\n${failureSummary}`) }));
}"""


async def violations(page: Page) -> list[str]:
    """The serious and critical ones, with the elements they are about; in both colour schemes."""
    found: list[str] = []
    # Evaluated by the debugger, which the page's CSP does not bind.
    await page.evaluate(_SOURCE)
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        results: list[dict[str, Any]] = await page.evaluate(_RUN)
        found += [_words(scheme, result) for result in results if result["impact"] in _GRAVE]
    await page.emulate_media(color_scheme="light")
    return found


def _words(scheme: str, result: dict[str, Any]) -> str:
    return f"{scheme}: {result['impact']} {result['id']}: {result['help']}\n" + "\n".join(result["nodes"])
