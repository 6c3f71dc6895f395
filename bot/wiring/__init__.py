"""Everything is built and connected here, and nowhere else: one file a room, `whole.py` puts them together."""

from bot.wiring.ids import new_id
from bot.wiring.whole import build

__all__ = ["build", "new_id"]
