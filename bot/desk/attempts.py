"""Slows down whoever tries passwords from one address, whichever accounts he tries."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta

#: Addresses remembered; the one longest without an attempt is forgotten first.
MOST_ADDRESSES = 10_000


class AttemptLimit:
    """Counts wrong attempts only, so an office behind one address can begin its shift. Kept in this process."""

    def __init__(self, most: int = 20, within: timedelta = timedelta(minutes=5)) -> None:
        self._most = most
        self._within = within
        self._attempts: OrderedDict[str, deque[datetime]] = OrderedDict()

    def wait(self, address: str, now: datetime) -> timedelta:
        """How long this address has to wait before it may try again; zero if it may now."""
        attempts = self._attempts.get(address, deque())
        while attempts and attempts[0] <= now - self._within:
            attempts.popleft()
        if len(attempts) < self._most:
            return timedelta()
        return attempts[-self._most] + self._within - now

    def note_wrong(self, address: str, now: datetime) -> None:
        attempts = self._attempts.setdefault(address, deque(maxlen=self._most))
        attempts.append(now)
        self._attempts.move_to_end(address)
        if len(self._attempts) > MOST_ADDRESSES:
            self._attempts.popitem(last=False)
