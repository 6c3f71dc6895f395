"""Finds conversations: by what was said, name, end of a telephone or account number, work order, tag.

Agents search their own, leads all (bot.channels.desk_api.may_read: what is found can be opened).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.customers.ports import AccountBook, Said, SearchStore
from bot.domain.conversations import Conversation, Message
from bot.domain.search_terms import holds, pairs, words_of
from bot.domain.staff import Role, Staff
from bot.domain.text import BadText

#: So many conversations are found by each key, and so many messages a page.
KEYED, PAGE = 10, 20
#: The store finds candidates by pairs of characters; so often more are fetched when few of them hold the words.
ROUNDS = 5
#: Fewer figures would be the end of too many numbers.
SHORTEST_END = 4
ACCOUNTS = 50


class Why(StrEnum):
    ACCOUNT = "account"
    ORDER = "order"
    TAG = "tag"
    MESSAGE = "message"


@dataclass(frozen=True)
class Hit:
    why: Why
    conversation_id: str
    #: Known when the conversation itself was found.
    conversation: Conversation | None = None
    #: What holds the words.
    message: Message | None = None


@dataclass(frozen=True)
class Found:
    hits: tuple[Hit, ...]
    words: tuple[str, ...]
    #: Where to go on among the messages; None: there are no more.
    before: int | None


class Search:
    def __init__(self, *, store: SearchStore, accounts: AccountBook) -> None:
        self._store = store
        self._accounts = accounts

    async def __call__(self, who: Staff, query: str, before: int | None = None) -> Found:
        """The first page has what the query is the key of, too. Raises BadText for a query with nothing to look for."""
        words = words_of(query)
        if not any(pairs(word) for word in words):
            raise BadText("请至少输入两个字或数字。")
        staff_id = None if who.role is Role.LEAD else who.staff_id
        keyed = await self._by_key(query.strip(), staff_id) if before is None else []
        said = await self._said(words, staff_id, before)
        hits = (*keyed, *(Hit(Why.MESSAGE, each.message.conversation_id, message=each.message) for each in said[:PAGE]))
        more = len(said) > PAGE
        return Found(hits, tuple(words), said[PAGE - 1].place if more else None)

    async def _by_key(self, query: str, staff_id: str | None) -> list[Hit]:
        end = query.replace(" ", "")
        is_number = end.replace("-", "").isdecimal() and len(end) >= SHORTEST_END
        found: dict[str, Hit] = {}

        def take(why: Why, conversations: Sequence[Conversation]) -> None:
            for c in conversations:
                found.setdefault(c.id, Hit(why, c.id, c))

        if is_number:
            take(Why.ORDER, await self._store.of_order(end, staff_id, KEYED))
        if is_number or not any(char.isdecimal() for char in query):
            numbers = await self._accounts.account_numbers(end if is_number else query, ACCOUNTS)
            take(Why.ACCOUNT, await self._store.of_accounts(numbers, staff_id, KEYED) if numbers else [])
        take(Why.TAG, await self._store.of_tag(query.removeprefix("#"), staff_id, KEYED))
        return list(found.values())

    async def _said(self, words: list[str], staff_id: str | None, before: int | None) -> list[Said]:
        """One more than a page, if there are."""
        found: list[Said] = []
        for _ in range(ROUNDS):
            candidates = await self._store.messages(words, staff_id, before, PAGE + 1)
            found += [each for each in candidates if holds(each.message.text, words)]
            if len(found) > PAGE or len(candidates) <= PAGE:
                break
            before = candidates[-1].place
        return found
