"""How much memory a process holds."""

from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 2**20


@dataclass(frozen=True)
class Memory:
    """In MB. `pss` counts a page that several processes share in parts, so a sum of it counts nothing twice."""

    rss: int
    pss: int


def memory_of(pid: int) -> Memory | None:
    """None where the system does not tell (it is Linux that does), or for a process that is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return None
    kilobytes = {name: int(value.split()[0]) for name, _, value in (line.partition(":") for line in lines[1:])}
    return Memory(rss=round(kilobytes["Rss"] * 1024 / MEGABYTE), pss=round(kilobytes["Pss"] * 1024 / MEGABYTE))
