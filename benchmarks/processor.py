"""How much of a processor a process has used; unlike time, it does not depend on who else is at work."""

import os
from pathlib import Path


def processor_seconds(pid: int) -> float:
    """Since its start, in its own code and in the system's for it. Raises OSError where the system does not tell."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
