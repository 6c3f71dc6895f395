"""Tables for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

from starlette.responses import Response


def csv_answer(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A file to be saved as `name`. Words of customers are made harmless before (bot.training.exchange.neutral)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows(rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    # With its mark, or a spreadsheet reads the Chinese of a UTF-8 file as something else.
    return Response(out.getvalue().encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)
