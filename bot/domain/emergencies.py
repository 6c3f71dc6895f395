"""The kinds of emergency that come before everything else (S0 在线客服, leak reports)."""

from enum import StrEnum


class EmergencyKind(StrEnum):
    #: Gas leaking, or suspected, inside a dwelling or shop; also every leak whose place is unknown.
    INDOOR_LEAK = "indoor_leak"
    #: Stairwell, lift lobby, passage, shaft: the same instruction as indoors, another place to find.
    CORRIDOR_LEAK = "corridor_leak"
    #: Street, courtyard, building site, manhole, station: goes to operations, not to the repair station.
    OUTDOOR_LEAK = "outdoor_leak"
    #: Poisoning symptoms, or a carbon monoxide alarm, near a gas appliance.
    CARBON_MONOXIDE = "carbon_monoxide"
    #: Fire, explosion or flash, whatever feeds it.
    FIRE = "fire"
