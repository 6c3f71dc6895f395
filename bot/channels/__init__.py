"""Frames in, calls out; events in, frames out. No decisions are taken here."""
