"""What customers and agents said, to be searched: pairs of characters in FTS5 (SQLite) or a GIN index (PostgreSQL).

Not among the tables of the metadata: on SQLite it is a virtual table with shadow tables of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, event, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.tables_chat import messages
from bot.domain.conversations import Kind, Speaker
from bot.domain.search_terms import pairs

NAME = "message_pairs"
_PEOPLE = (Speaker.CUSTOMER.value, Speaker.AGENT.value)

# Pairs are looked for one by one and the text is compared afterwards, so no positions are kept (detail=none).
_SQLITE = (
    f"CREATE VIRTUAL TABLE {NAME} USING fts5(pairs, conversation_id UNINDEXED, seq UNINDEXED, "
    "detail='none', columnsize=0, tokenize='unicode61 remove_diacritics 0')",
)
_POSTGRES = (
    f"CREATE TABLE {NAME} (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, pairs TEXT[] NOT NULL, "
    "conversation_id VARCHAR(40) NOT NULL, seq INTEGER NOT NULL)",
    f"CREATE INDEX ix_{NAME} ON {NAME} USING GIN (pairs)",
)
_INSERT = text(f"INSERT INTO {NAME} (pairs, conversation_id, seq) VALUES (:pairs, :conversation_id, :seq)")


def create_index(connection: Connection) -> None:
    """The empty index, beside a new table of messages."""
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRES:
        connection.exec_driver_sql(statement)


def is_part_of_index(name: str | None) -> bool:
    """The index's own table, or one that SQLite keeps for it."""
    return name is not None and name.startswith(NAME)


def entries(dialect: str, message_rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What of these messages is to be found: people's words; prompts and the assistant would hide them."""
    said = (row for row in message_rows if row["speaker"] in _PEOPLE and row["kind"] != Kind.GREETING.value)
    found = [
        {"pairs": pairs(row["text"]), "conversation_id": row["conversation_id"], "seq": row["seq"]} for row in said
    ]
    kept = [entry for entry in found if entry["pairs"]]
    return [{**entry, "pairs": " ".join(entry["pairs"])} for entry in kept] if dialect == "sqlite" else kept


async def index_within(connection: AsyncConnection, message_rows: Sequence[Mapping[str, Any]]) -> None:
    """In the transaction that stores the messages: what is stored can be found."""
    values = entries(connection.dialect.name, message_rows)
    if values:
        await connection.execute(_INSERT, values)


def index_all(connection: Connection, message_rows: Iterable[Mapping[str, Any]]) -> None:
    """For a migration: messages that were there before the index."""
    values = entries(connection.dialect.name, message_rows)
    if values:
        connection.execute(_INSERT, values)


def matching(dialect: str, words: Sequence[str]) -> tuple[str, object]:
    """The condition on `pairs` (as SQL, with `:wanted`) that messages with these words fulfil, and what is wanted."""
    wanted = list(dict.fromkeys(pair for word in words for pair in pairs(word)))
    if dialect == "sqlite":
        return f"{NAME} MATCH :wanted", " ".join(f'"{pair}"' for pair in wanted)
    return "p.pairs @> :wanted", wanted


@event.listens_for(messages, "after_create")
def _with_the_table(_: Table, connection: Connection, **__: object) -> None:
    create_index(connection)
