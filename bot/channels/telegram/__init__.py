"""Telegram (docs/telegram.md)."""

import os

# python-telegram-bot is changing its spans of time from seconds to timedelta; this asks for the new way.
os.environ.setdefault("PTB_TIMEDELTA", "true")
