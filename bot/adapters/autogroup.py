"""Giving way on Linux, where the scheduler weighs sessions against each other before it looks at their processes.

A child in a session of its own gets, however nice it is, as much of the processor as the service, unless the session as
a whole is nice too (sched(7), autogroups).
"""

from contextlib import suppress
from pathlib import Path


def give_way(pid: int, nice: int) -> None:
    """Let the session of process `pid` give way by `nice` steps (0 to 19), where there is such a thing."""
    with suppress(OSError):
        Path(f"/proc/{pid}/autogroup").write_text(f"{nice}\n", encoding="ascii")
