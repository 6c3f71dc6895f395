"""One folder per technology; each implements ports of the core."""
