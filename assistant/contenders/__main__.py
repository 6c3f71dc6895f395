"""Tries the contenders named, or all, one after the other, and prints a table."""

import json
import os
import subprocess
import sys
from typing import Any

from assistant.contenders.trial import CONTENDERS

HEAD = "contender | test | fresh | blind open | emergencies | false alarms | ECE | CPU ms | memory MB | training CPU s"


def main(names: list[str]) -> int:
    if unknown := sorted(set(names) - set(CONTENDERS)):
        print(f"no such contender: {', '.join(unknown)}; there are {', '.join(CONTENDERS)}", file=sys.stderr)
        return 2
    print(f"| {HEAD} |\n|{' --- |' * len(HEAD.split('|'))}", flush=True)
    for name in names or list(CONTENDERS):
        command = [sys.executable, "-m", "assistant.contenders.trial", name]
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=False)
        print(_row(json.loads(done.stdout)) if done.returncode == 0 else f"| {name} | failed |", flush=True)
    return 0


def _row(figures: dict[str, Any]) -> str:
    shares = [*figures["accuracy"].values(), figures["emergency recall"], figures["false alarms"]]
    cells = [
        figures["name"],
        *(f"{share:.1%}" for share in shares),
        f"{figures['calibration error']:.3f}",
        f"{figures['cpu ms']:.2f}",
        f"{figures['memory']:.0f}",
        f"{figures['training cpu seconds']:.0f}",
    ]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
