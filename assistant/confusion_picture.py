"""Draws what is taken for what: `python -m assistant.confusion_picture --out matrix.png < counts.json`.

The counts are `{"right intent": {"guessed intent": 3}}`. matplotlib comes with Rasa.
"""

import argparse
import json
import sys
from pathlib import Path

INCHES_A_LABEL = 0.26
DOTS_AN_INCH = 110


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m assistant.confusion_picture")
    parser.add_argument("--out", type=Path, required=True)
    draw(json.load(sys.stdin), parser.parse_args(arguments).out)
    return 0


def draw(counts: dict[str, dict[str, int]], out: Path) -> None:
    """A row an intent, a column a guess; the colour is the share of the row, the number the messages."""
    import matplotlib

    matplotlib.use("agg")
    import numpy as np
    from matplotlib import pyplot

    labels = sorted(set(counts) | {guess for row in counts.values() for guess in row})
    matrix = np.array([[counts.get(meant, {}).get(guess, 0) for guess in labels] for meant in labels], dtype=float)
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    side = 4 + INCHES_A_LABEL * len(labels)
    figure, axes = pyplot.subplots(figsize=(side, side))
    axes.imshow(np.sqrt(shares), cmap="Blues", vmin=0, vmax=1)
    for row, column in zip(*np.nonzero(matrix), strict=True):
        colour = "white" if shares[row, column] > 0.4 else "firebrick" if row != column else "black"
        axes.text(column, row, f"{matrix[row, column]:.0f}", ha="center", va="center", size=7, color=colour)
    places = range(len(labels))
    axes.set_xticks(places, labels, rotation=90, size=7)
    axes.set_yticks(places, labels, size=7)
    axes.set_xlabel("taken for")
    axes.set_ylabel("is")
    figure.savefig(out, dpi=DOTS_AN_INCH, bbox_inches="tight")
    pyplot.close(figure)


if __name__ == "__main__":
    sys.exit(main())
