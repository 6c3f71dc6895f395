"""What staff are shown of a customer: masked data, and tags."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.gas import Account, Community

LONGEST_TAG = 12


class PersonalField(StrEnum):
    """Data of an account that is masked until somebody who serves the customer asks for it."""

    ACCOUNT_NUMBER = "account_number"
    HOLDER = "holder"
    PHONE = "phone"
    ADDRESS = "address"


FIELD_NAMES = {
    PersonalField.ACCOUNT_NUMBER: "户号",
    PersonalField.HOLDER: "户主姓名",
    PersonalField.PHONE: "联系电话",
    PersonalField.ADDRESS: "地址",
}


@dataclass(frozen=True, kw_only=True)
class Tag:
    """A word on a customer, for all who serve him."""

    contact_id: str
    text: str
    staff_id: str
    at: datetime


def plain_value(field: PersonalField, account: Account, community: Community | None) -> str:
    match field:
        case PersonalField.ACCOUNT_NUMBER:
            return account.number
        case PersonalField.HOLDER:
            return account.holder
        case PersonalField.PHONE:
            return account.phone
        case PersonalField.ADDRESS:
            return f"{community.name if community else ''}{account.address}"


def masked_value(field: PersonalField, account: Account, community: Community | None) -> str:
    """Enough to compare with what the customer says, and not enough to tell him: S0 信息安全."""
    plain = plain_value(field, account, community)
    match field:
        case PersonalField.HOLDER:
            return plain[:1] + "*" * max(len(plain) - 1, 1)
        case PersonalField.ADDRESS:
            return f"{community.name if community else ''}{masked_dwelling(account.address)}"
        case PersonalField.PHONE if len(plain) == 11 and plain.startswith("1"):
            return f"{plain[:3]}****{plain[-4:]}"
        case _:
            return masked_end(plain)


def masked_end(number: str) -> str:
    """Its last four characters; of a short one fewer, so that something stays hidden."""
    return "****" + number[-min(4, len(number) // 2) :] if len(number) > 1 else "****"


def masked_dwelling(address: str) -> str:
    """ "3号楼2单元501室" → "*号楼*单元*室"."""
    return re.sub(r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ零一二三四五六七八九十百]+", "*", address)
