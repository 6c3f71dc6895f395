"""Files what the assistant has settled, in the transaction of its answer."""

from dataclasses import replace

from bot.domain.work_orders import ORDER_NUMBER, Record
from bot.ports import AssistantAnswer, Bubble, Work


async def file_records(work: Work, answer: AssistantAnswer) -> tuple[Bubble, ...]:
    """File what one answer asks for; its bubbles, with the number of the last record filled in."""
    number = ""
    for record in answer.records:
        order = await work.file(_known_account(work, record).within(work.conversation.id))
        number = order.number
    for note in answer.order_notes:
        await work.note_order(note)
        work.note("order_note", f"工单 {note.number}：{note.text}")
    if not number:
        return answer.bubbles
    return tuple(replace(each, text=each.text.replace(ORDER_NUMBER, number)) for each in answer.bubbles)


def _known_account(work: Work, record: Record) -> Record:
    """A record that names no account is about the one that this customer's statements have led to."""
    if record.account_number is None and work.conversation.account_state == "matched":
        return replace(record, account_number=work.conversation.account_number)
    return record
