"""What every command needs: the settings, and a way to give up with one line."""

import sys
from typing import NoReturn

from rich.console import Console
from rich.markup import escape

from bot.settings import Settings, SettingsError, load_settings

err = Console(stderr=True, highlight=False)


def settings_or_fail() -> Settings:
    try:
        return load_settings()
    except SettingsError as problem:
        fail(str(problem))


def fail(message: str) -> NoReturn:
    err.print(f"[red]错误：[/red]{escape(message)}", soft_wrap=True)
    sys.exit(1)
