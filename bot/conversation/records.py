"""Files what the assistant has settled, in the transaction of its answer."""

from dataclasses import replace

from bot.domain.work_orders import ORDER_NUMBER, Record
from bot.ports import Bubble, Work


async def file_records(work: Work, records: tuple[Record, ...], bubbles: tuple[Bubble, ...]) -> tuple[Bubble, ...]:
    """File the records of one answer; the bubbles, with the number of the last of them filled in."""
    number = ""
    for record in records:
        order = await work.file(_known_account(work, record).within(work.conversation.id))
        number = order.number
    return tuple(replace(each, text=each.text.replace(ORDER_NUMBER, number)) if number else each for each in bubbles)


def _known_account(work: Work, record: Record) -> Record:
    """A record that names no account is about the one that this customer's statements have led to."""
    if record.account_number is None and work.conversation.account_state == "matched":
        return replace(record, account_number=work.conversation.account_number)
    return record
