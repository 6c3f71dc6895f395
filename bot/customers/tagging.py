"""Tags on a customer: the company's own, and free ones."""

from bot.clock import Clock
from bot.customers.permission import must_serve
from bot.customers.ports import Customers, Tags
from bot.domain.conversations import Conversation
from bot.domain.customers import LONGEST_TAG, Tag
from bot.domain.staff import Staff
from bot.domain.text import BadText, clean
from bot.masking import mask_text

MOST_TAGS = 12


class Tagging:
    def __init__(self, *, customers: Customers, tags: Tags, clock: Clock) -> None:
        self._customers = customers
        self._tags = tags
        self._clock = clock

    async def add(self, c: Conversation, who: Staff, raw: object) -> list[Tag]:
        """All tags of the customer afterwards. Raises Refused, BadText."""
        await self._check(c, who)
        text = tag_text(raw)
        contact_ids = await self._customers.contacts(c.contact_id)
        known = await self._tags.of(contact_ids)
        if any(tag.text == text for tag in known):
            return known
        if len(known) >= MOST_TAGS:
            raise BadText(f"一位客户最多 {MOST_TAGS} 个标签，请先去掉不用的。")
        await self._tags.put(Tag(contact_id=c.contact_id, text=text, staff_id=who.staff_id, at=self._clock.now()))
        return await self._tags.of(contact_ids)

    async def remove(self, c: Conversation, who: Staff, text: str) -> list[Tag]:
        """All tags of the customer afterwards. Raises Refused."""
        await self._check(c, who)
        contact_ids = await self._customers.contacts(c.contact_id)
        await self._tags.remove(contact_ids, text)
        return await self._tags.of(contact_ids)

    async def _check(self, c: Conversation, who: Staff) -> None:
        must_serve(who, held=await self._customers.has_held(c.id, who.staff_id))


def tag_text(raw: object) -> str:
    """The words of a tag. Raises BadText: a tag is short and holds no personal data."""
    text = " ".join(clean(raw).split())
    if len(text) > LONGEST_TAG:
        raise BadText(f"标签最多 {LONGEST_TAG} 个字。")
    if mask_text(text) != text:
        raise BadText("标签里不能写电话、户号等个人信息。")
    return text
