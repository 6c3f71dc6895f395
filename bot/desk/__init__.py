"""The people side: queue, assignment, presence, agent replies."""
