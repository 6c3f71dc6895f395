"""Connects the channels that can be set up, by the environment or on the page."""

from collections.abc import MutableMapping

from fastapi import FastAPI

from bot.adapters.sql.channel_figures import SqlChannelFigures
from bot.channel import Channel
from bot.channels.auth import Auth
from bot.channels.setup.api import ChannelSetup, setup_routes
from bot.channels.setup.doors import ChannelDoors
from bot.channels.setup.house import ChannelHouse
from bot.domain.company import CompanyProfile
from bot.domain.staff import Role
from bot.gasdesk import Gasdesk
from bot.settings import Settings
from bot.wiring.channel_kinds import channel_kinds
from bot.wiring.channel_trials import saved_settings


def build_channel_house(
    settings: Settings,
    gasdesk: Gasdesk,
    company: CompanyProfile,
    channels: MutableMapping[str, Channel],
    doors: ChannelDoors,
) -> ChannelHouse:
    """With the channels that the environment sets up; those of the page come when it starts."""
    kinds = channel_kinds(gasdesk, company, settings.public_url)
    house = ChannelHouse(
        kinds,
        channels=channels,
        doors=doors,
        reactions=gasdesk.reactions,
        timers=gasdesk.core.timers,
        saved=saved_settings(settings, gasdesk.stores.database),
        clock=gasdesk.clock,
        send_what_waits=gasdesk.core.outbox.deliver_left_over,
    )
    for kind in kinds:
        if given := getattr(settings, kind.name):
            house.by_environment(kind.name, given)
    gasdesk.settling.append(house.settle)
    gasdesk.closing.append(house.close)
    gasdesk.loops["channel settings"] = house.run
    return house


def add_setup_routes(api: FastAPI, gasdesk: Gasdesk, auth: Auth, settings: Settings) -> None:
    api.include_router(
        setup_routes(
            managing=auth.requires(Role.ADMIN),
            setup=ChannelSetup(
                house=gasdesk.house,
                figures=SqlChannelFigures(gasdesk.stores.database),
                log=gasdesk.stores.desk_log,
                clock=gasdesk.clock,
                public_url=settings.public_url,
                own_url=settings.own_url,
            ),
        )
    )
