"""Looks through a reply before it is sent: forbidden expressions, blanks, personal data."""

import re
from collections.abc import Iterable

from bot.domain.company import CompanyProfile
from bot.domain.conversations import Speaker
from bot.domain.drafts import Concern, Finding
from bot.domain.gas import Account
from bot.domain.wording import Wording
from bot.ports import BackOffice, Transcripts
from bot.quality.personal_data import Known, find_personal_data
from bot.quality.phrases import PhraseRules

#: What a canned reply left to be filled in by hand: {服务名称}.
_BLANK = re.compile(r"\{[^{}\n]{1,20}\}|｛[^｛｝\n]{1,20}｝")


class DraftReview:
    def __init__(
        self, wording: Wording, company: CompanyProfile, *, transcripts: Transcripts, back_office: BackOffice
    ) -> None:
        self.rules = self.rules_of(wording, company)
        self._public = "\n".join(_public_texts(company))
        self._transcripts = transcripts
        self._back_office = back_office

    @staticmethod
    def rules_of(wording: Wording, company: CompanyProfile) -> PhraseRules:
        """The forbidden expressions, with what to say instead."""
        return PhraseRules((rule, company.fill(rule.better)) for rule in wording.forbidden)

    def wording(self, text: str) -> list[Finding]:
        """Forbidden expressions, and what was left blank."""
        return [*self.rules.find(text), *_blanks(text)]

    async def __call__(self, conversation_id: str, text: str) -> list[Finding]:
        """All there is to say about a reply in this conversation; what stops it comes first."""
        return [*self.wording(text), *find_personal_data(text, await self._known(conversation_id))]

    async def _known(self, conversation_id: str) -> Known:
        messages = await self._transcripts.messages(conversation_id)
        stated = tuple(m.text for m in messages if m.speaker is Speaker.CUSTOMER)
        return Known(stated, self._public, await self._account(conversation_id))

    async def _account(self, conversation_id: str) -> Account | None:
        c = await self._transcripts.get(conversation_id)
        return await self._back_office.account(c.account_number) if c and c.account_number else None


def _blanks(text: str) -> list[Finding]:
    return [
        Finding(concern=Concern.BLANK, found=match[0], start=match.start(), end=match.end(), why="还没有填写")
        for match in _BLANK.finditer(text)
    ]


def _public_texts(company: CompanyProfile) -> Iterable[str]:
    """Telephones of the field units are not among them: customers are not told (units in the profile)."""
    yield company.company.hotline
    for hall in company.halls:
        yield from (hall.phone, hall.address)
