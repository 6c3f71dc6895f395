"""What concerns the ways to the customers."""

import asyncio
import sys

from rich.console import Console
from rich.markup import escape

from bot.channels.checking import Finding
from bot.channels.setup.form import BadSettings
from bot.commands.console import settings_or_fail
from bot.domain.sealed import CannotOpen
from bot.settings import Settings
from bot.wiring.channel_trials import TRIALS, saved_on_page

out = Console(highlight=False)


def check() -> None:
    found = asyncio.run(findings(settings_or_fail()))
    for channel, lines in found.items():
        out.print(f"[bold]{channel}[/bold]")
        for line in lines:
            mark = "[green]✓[/green]" if line.good else "[red]✗[/red]"
            out.print(
                f"  {mark} {escape(line.text)}{escape(f'。{line.advice}' if line.advice else '')}", soft_wrap=True
            )
    if not all(line.good for lines in found.values() for line in lines):
        sys.exit(1)


async def findings(settings: Settings) -> dict[str, list[Finding]]:
    """By channel; what the environment does not set up may be saved on the page."""
    found = {"网页": [Finding(f"总是开着：http://{settings.host}:{settings.port}/")]}
    for trial in TRIALS:
        given = getattr(settings, trial.name)
        try:
            given = given or await saved_on_page(settings, trial)
        except (CannotOpen, BadSettings) as problem:
            found[trial.title] = [Finding("管理页面中保存的设置不能使用", str(problem))]
            continue
        if given is None:
            text = f"没有设置（环境变量 {trial.prefix}…，或管理页面“渠道”），不使用"
            found[trial.title] = [Finding(text)]
        else:
            found[trial.title] = await trial.check(given, settings.public_url)
    return found
