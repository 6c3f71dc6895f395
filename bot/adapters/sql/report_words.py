"""What reports ask for in the words of each database: lengths of time, and what a customer talked about last."""

from typing import Any

from sqlalchemy import Float, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class seconds_between(FunctionElement[float]):
    """From the first moment to the second, to the millisecond; NULL if one of them is."""

    type = Float()
    inherit_cache = True


class last_intent(FunctionElement[str]):
    """Of a column of seen intents the last name that is one of the names which follow; NULL if none is."""

    type = String()
    inherit_cache = True


@compiles(seconds_between, "sqlite")
def _sqlite_seconds(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    first, second = (compiler.process(each, **options) for each in element.clauses)
    # A Julian day is exact to 0.04 ms only, and a reply after 15.000 s came in time.
    return f"round((julianday({second}) - julianday({first})) * 86400.0, 3)"


@compiles(seconds_between, "postgresql")
def _postgres_seconds(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    first, second = (compiler.process(each, **options) for each in element.clauses)
    return f"CAST(round(extract(epoch FROM {second} - {first}), 3) AS double precision)"


@compiles(last_intent, "sqlite")
def _sqlite_intent(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    column, *names = (compiler.process(each, **options) for each in element.clauses)
    name = "json_extract(seen.value, '$.name')"
    return (
        f"(SELECT {name} FROM json_each({column}) AS seen WHERE {name} IN ({', '.join(names)}) "
        "ORDER BY seen.key DESC LIMIT 1)"
    )


@compiles(last_intent, "postgresql")
def _postgres_intent(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    column, *names = (compiler.process(each, **options) for each in element.clauses)
    return (
        f"(SELECT seen.value ->> 'name' FROM json_array_elements({column}) WITH ORDINALITY AS seen(value, place) "
        f"WHERE seen.value ->> 'name' IN ({', '.join(names)}) ORDER BY seen.place DESC LIMIT 1)"
    )
