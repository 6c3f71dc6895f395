"""What a channel brings along when it joins: made by its file in bot/wiring/, put in and taken out by the house."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from bot.channel import Channel
from bot.channels.checking import Finding
from bot.ports import Timer
from bot.reactions import Table


@dataclass(frozen=True, kw_only=True)
class Joined:
    channel: Channel
    #: Where its platform calls.
    routes: APIRouter | None = None
    #: What it keeps going, by name.
    loops: Mapping[str, Callable[[], Coroutine[Any, Any, None]]] = field(default_factory=dict)
    reactions: Table = field(default_factory=dict)
    #: What is done when a timer of its own falls due, by kind.
    timers: Mapping[str, Callable[[Timer], Awaitable[None]]] = field(default_factory=dict)
    #: What it has under way, for tests to wait for.
    settling: Sequence[Callable[[], Awaitable[object]]] = ()
    closing: Sequence[Callable[[], Awaitable[object]]] = ()


#: Connects a channel with its settings: nothing is opened or asked yet.
Join = Callable[[Any], Joined]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A channel that can be set up: by GASDESK_* variables or on the page, from one description (`form.py`)."""

    #: As its contacts begin, and as it is called in addresses.
    name: str
    title: str
    #: The settings; titles and hints of its fields are what the page shows.
    model: type[BaseModel]
    #: What its variables begin with.
    prefix: str
    join: Join
    #: Asks the platform whether the settings are good; never raises for what it answers.
    check: Callable[[Any], Awaitable[list[Finding]]]
    #: What has to be pasted at the platform, if anything.
    address: str = ""
    #: Where that is done.
    guide: str = ""
