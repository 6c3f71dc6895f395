"""How far a customer has shown that an account is theirs; kept in the slot `account_proof`."""

from enum import StrEnum

from actions.turns import Slots


class Proof(StrEnum):
    """How far the customer has shown that the account is theirs."""

    NUMBER = "number"
    ADDRESS = "address"
    BOTH = "both"
    #: Wrong twice: not asked again in this conversation, a person has to check.
    REFUSED = "refused"


def prove(slots: Slots, number: str, proof: Proof) -> dict[str, str]:
    """The slots after the customer has named account `number`: what was refused or shown before stays so."""
    before = slots.get("account_proof")
    if before == Proof.REFUSED or (before == Proof.BOTH and slots.get("account_number") == number):
        proof = Proof(before)
    return {"account_number": number, "account_proof": proof}
