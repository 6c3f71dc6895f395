"""Connects what links the channels of one customer."""

import secrets

from bot.adapters.sql.customers import SqlCustomers
from bot.adapters.sql.linking import SqlLinks
from bot.clock import Clock
from bot.customers.linking import LinkChannels
from bot.domain.company import CompanyProfile
from bot.parts import Stores
from bot.wiring.ids import new_id


def linking_of(stores: Stores, company: CompanyProfile, clock: Clock) -> LinkChannels:
    return LinkChannels(
        links=SqlLinks(stores.database, new_id),
        customers=SqlCustomers(stores.database),
        conversations=stores.conversations,
        company=company,
        clock=clock,
        new_code=lambda: f"{secrets.randbelow(1_000_000):06}",
        new_id=new_id,
    )
