"""Frozen data and rules of the service; no IO."""
