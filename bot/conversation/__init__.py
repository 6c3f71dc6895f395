"""Receive, screen for emergencies, take a turn, hand off, close."""
