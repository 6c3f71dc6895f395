"""Channels that are switched on, changed and off while everybody works (docs/channels-settings.md)."""
