"""Canned replies: everybody has his own, leads keep the team's, the company's are in its file."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from bot.clock import Clock
from bot.desk.permission import refuse_if
from bot.domain.canned import LONGEST_TEXT, LONGEST_TITLE, CannedReply, Scope
from bot.domain.drafts import Concern, DraftStopped, Finding
from bot.domain.staff import Role, Staff
from bot.domain.text import BadText, clean, tidy
from bot.domain.wording import ReadyReply


class NoSuchReply(LookupError):
    """No canned reply of this person's has this id."""


class CannedStore(Protocol):
    async def of(self, staff_id: str) -> list[CannedReply]:
        """This person's and the team's, by title."""
        ...

    async def get(self, reply_id: str) -> CannedReply | None: ...

    async def put(self, reply: CannedReply) -> None: ...

    async def remove(self, reply_id: str) -> None: ...


class CannedReplies:
    def __init__(
        self,
        store: CannedStore,
        company: Sequence[ReadyReply],
        *,
        wording: Callable[[str], Sequence[Finding]],
        clock: Clock,
        new_id: Callable[[], str],
    ) -> None:
        """`wording` finds what must not be said."""
        self._store = store
        self._company = [
            CannedReply(id=f"company-{number}", scope=Scope.COMPANY, title=each.title, text=each.text)
            for number, each in enumerate(company, 1)
        ]
        self._wording = wording
        self._clock = clock
        self._new_id = new_id

    async def of(self, who: Staff) -> list[CannedReply]:
        """What this person can use: his own first, then the team's, then the company's."""
        kept = await self._store.of(who.staff_id)
        return [*sorted(kept, key=lambda each: each.scope is Scope.TEAM), *self._company]

    async def add(self, who: Staff, scope: Scope, title: str, text: str) -> CannedReply:
        """Raises NotAllowed, BadText, DraftStopped."""
        _may_keep(who, scope)
        return await self._put(CannedReply(id=self._new_id(), scope=scope, title=title, text=text), who)

    async def change(self, who: Staff, reply_id: str, title: str, text: str) -> CannedReply:
        """Raises NoSuchReply, NotAllowed, BadText, DraftStopped."""
        known = await self._own(who, reply_id)
        return await self._put(replace(known, title=title, text=text), who)

    async def remove(self, who: Staff, reply_id: str) -> None:
        """Raises NoSuchReply, NotAllowed."""
        await self._store.remove((await self._own(who, reply_id)).id)

    async def _own(self, who: Staff, reply_id: str) -> CannedReply:
        known = await self._store.get(reply_id)
        if known is None or (known.scope is Scope.PERSONAL and known.staff_id != who.staff_id):
            raise NoSuchReply(reply_id)
        _may_keep(who, known.scope)
        return known

    async def _put(self, reply: CannedReply, who: Staff) -> CannedReply:
        checked = replace(
            reply,
            title=_within(tidy(reply.title), LONGEST_TITLE, "标题"),
            text=_within(clean(reply.text), LONGEST_TEXT, "内容"),
            staff_id=who.staff_id,
            changed_at=self._clock.now(),
        )
        phrases = [each for each in self._wording(checked.text) if each.concern is Concern.FORBIDDEN_PHRASE]
        if phrases:
            raise DraftStopped(phrases)
        await self._store.put(checked)
        return checked


def editable(who: Staff, reply: CannedReply) -> bool:
    return reply.scope is Scope.PERSONAL or (reply.scope is Scope.TEAM and who.role is Role.LEAD)


def _may_keep(who: Staff, scope: Scope) -> None:
    refuse_if(scope is Scope.COMPANY, "公司常用语由管理员在话术资料（wording.yml）里维护。")
    refuse_if(scope is Scope.TEAM and who.role is not Role.LEAD, "团队常用语由班长维护，您可以添加个人常用语。")


def _within(text: str, longest: int, what: str) -> str:
    if not text:
        raise BadText(f"请填写{what}。")
    if len(text) > longest:
        raise BadText(f"{what}太长（{len(text)}字），请控制在{longest}字以内。")
    return text
