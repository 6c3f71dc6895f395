"""Gas start-up (点火开通): what a dwelling needs before its gas is lit (S0 受理用户点火业务 1–8)."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Self

from actions.capability import Office
from actions.choices import EATERY
from actions.facts import amount
from actions.follow_ups import About, asked_about
from actions.places import corrected_dwelling, dwelling_in, find_places
from actions.records import consultation
from actions.turns import Signal, Slots
from actions.understanding import corrects, names_a_dwelling, normal, yes_or_no
from bot.domain.company import StartUp
from bot.domain.gas import Account, Community
from bot.domain.places import plain
from bot.ports import BackOffice


class Use(StrEnum):
    COOKING = "只做饭"
    CATERING = "餐饮经营"
    BOILER = "壁挂炉采暖"


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is known of the dwelling that wants gas."""

    #: Id of the community.
    community: str | None = None
    address: str | None = None
    water_heater: bool | None = None
    use: Use | None = None

    @classmethod
    def of(cls, slots: Slots) -> Self:
        use = slots.get("startup_use")
        return cls(
            community=slots.get("startup_community"),
            address=slots.get("startup_address"),
            water_heater=slots.get("startup_water_heater"),
            use=Use(use) if use else None,
        )

    def memory(self) -> Slots:
        """What other dialogues need not ask again."""
        known = {"community": self.community, "address": self.address}
        return {name: value for name, value in known.items() if value}

    def slots(self) -> Slots:
        return {
            "startup_community": self.community,
            "startup_address": self.address,
            "startup_water_heater": self.water_heater,
            "startup_use": str(self.use) if self.use else None,
        }


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """What a dwelling still needs before its gas is lit."""

    contract: bool
    #: Yuan to prepay; None when enough is prepaid.
    prepay: Decimal | None
    refit: bool


def water_heater_in(text: str, *, asked: bool) -> bool | None:
    """Whether the customer has a gas water heater: said in so many words, or a yes or no when asked."""
    words = normal(text)
    if re.search("(没|无|不用|未)[^,。]{0,4}热水器|热水器[^,。]{0,3}没", words):
        return False
    if re.search("(有|装了|用)[^,。没]{0,6}热水器", words):
        return True
    if not asked:
        return None
    if re.match("(刚才?|不是|我|都|已经)*说(过|了|过了)有", words):  # "刚才不是说了有吗"
        return True
    if re.search("(用|买|装|是)的?电的?$|电热水器|电的|太阳能|空气能", words):
        return False
    if re.match(
        "(是|就是|家里?)?(燃气|烧气|用气|天然气|煤气)的?(热水器)?|热水器是?(烧|用)?(燃气|烧气|天然气|煤气|气)", words
    ):
        return True
    if re.match("没|还没|不(?!对|是)", words):
        return False
    return (
        True
        if re.match("有|(已经|早就|刚|才|新)?[装安买](是[装安买])?(了|过|好)|(在|正)用", words)
        else yes_or_no(words)
    )


_BOILER = "(?:壁挂炉|采暖|取暖|地暖|暖气|锅炉)"
_NO_BOILER = re.compile(f"(没有?|不)(装|用|得|是)?[^,。 没不]{{0,3}}{_BOILER}|{_BOILER}[^,。 ]{{0,2}}[没不]")


def use_in(text: str) -> Use | None:
    words = normal(text)
    if asked_about(words) is About.APPLIANCE:  # "灶具有啥要求": no use of it yet
        return None
    if re.search(f"餐饮|{EATERY}|酒店|食堂|开[^,。]{{0,4}}店|店[里面]|门面|商用|营业", words):
        return Use.CATERING
    if re.search(_BOILER, _NO_BOILER.sub("", words)):
        return Use.BOILER
    cooking = (
        "[做烧煮弄]个?点?[饭菜面]|炒[个点几]*菜|下[个点碗]?面|开火|灶|厨房|家用|家里用?$|自己(家)?[用住]|住(家|人|宅|户|的)"
        "|自住|居民|民用|居家|家庭|日常"
    )
    return Use.COOKING if re.search(cooking, words) else None


def conditions(case: Case, account: Account | None, start_up: StartUp) -> Conditions:
    """S0 点火业务 3–5. Before supply the account's balance is what was prepaid."""
    prepay = start_up.prepay_yuan if case.use is Use.COOKING else start_up.prepay_high_use_yuan
    signed = account is not None and account.contract_signed
    prepaid = signed and account is not None and account.balance_yuan >= prepay
    return Conditions(
        contract=not signed,
        prepay=None if prepaid else prepay,
        refit=bool(case.water_heater),
    )


async def take_in(case: Case, asked: str | None, text: str, *, back_office: BackOffice) -> Case | None:
    """The case with what `text` adds or corrects; None when it answers nothing."""
    if asked in (None, "startup_community") or corrects(text):
        places = await find_places(text, back_office)
        if len(places) == 1:
            case = replace(case, community=places[0].community.id, address=places[0].dwelling or None)
            if asked is not None:
                return with_besides(case, text)
    if asked is None:
        return with_besides(case, text)
    return await _corrected(case, text, back_office) or await _answered(case, asked, text, back_office)


def with_besides(case: Case, text: str) -> Case:
    """What is said of heater and use without being asked."""
    heater, use = water_heater_in(text, asked=False), use_in(text)
    return replace(case, water_heater=case.water_heater if heater is None else heater, use=_told_use(case, use))


def _told_use(case: Case, use: Use | None) -> Use | None:
    """ "就炒菜的灶" of a restaurant makes no household of it."""
    return case.use if case.use is Use.CATERING else use or case.use


async def _answered(case: Case, asked: str, text: str, back_office: BackOffice) -> Case | None:
    community = await back_office.community(case.community) if case.community else None
    if asked == "startup_address" and community and names_a_dwelling(text):
        return with_besides(replace(case, address=dwelling_in(text, community)), text)
    if asked == "startup_water_heater":
        heater, use = water_heater_in(text, asked=True), use_in(text)
        if heater is None and use is None:
            return None
        return replace(case, water_heater=heater, use=_told_use(case, use))
    if asked == "startup_use":
        use, heater = use_in(text), water_heater_in(text, asked=False)
        if use is None and heater is None:
            return None
        return replace(case, use=use, water_heater=case.water_heater if heater is None else heater)
    return None


async def _corrected(case: Case, text: str, back_office: BackOffice) -> Case | None:
    """ "不对，是5号楼", "不对，有热水器": an earlier answer taken back."""
    if not corrects(text):
        return None
    heater = water_heater_in(text, asked=False)
    if heater is not None and case.water_heater is not None:
        return replace(case, water_heater=heater)
    if not case.community or not case.address:
        return None
    community = await back_office.community(case.community)
    if community and (names_a_dwelling(text) or re.search(r"\d{3,4}", plain(text))):
        return replace(case, address=corrected_dwelling(case.address, dwelling_in(text, community) or normal(text)))
    return None


_SUBJECT = "start_up:"
NOT_SUPPLIED, GAS_ON = "小区未通气", "已通气"
_NOBODY_COMES = (f":{NOT_SUPPLIED}", f":{GAS_ON}")


async def start_up_told(office: Office, conversation_id: str) -> bool:
    """Whether this conversation was told what a start-up needs: who comes and when is then about that."""
    filed = [each.subject or "" for each in await office.casework.orders_of(conversation_id)]
    return any(each.startswith(_SUBJECT) and not each.endswith(_NOBODY_COMES) for each in filed)


def filed_consultation(case: Case, community: Community, account: Account | None, outcome: str) -> Signal:
    """S0 点火业务 8: 咨询 / 电话处理 / 已完成; another dwelling or outcome is another consultation."""
    address = f"{community.name}{case.address or ''}"
    return consultation(
        f"{_SUBJECT}{address}:{outcome}",
        f"咨询点火开通：{outcome}",
        address=address,
        account_number=account.number if account else None,
    )


def summary(needs: Conditions) -> str:
    """The outcome as it is filed."""
    contract = "未签供用气协议" if needs.contract else "已签供用气协议"
    prepay = "预存已足" if needs.prepay is None else f"需预存{amount(needs.prepay)}元"
    return "，".join([contract, prepay, "热水器需改装" if needs.refit else "无热水器"])
