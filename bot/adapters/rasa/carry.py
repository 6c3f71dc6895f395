"""Takes a conversation from one Rasa to another: its events, as Rasa's own interface gives and takes them."""

from http import HTTPStatus
from urllib.parse import quote

import aiohttp

from bot.adapters.rasa.assistant import RasaAssistant
from bot.ports import Assistant, AssistantDown

TIME_LIMIT_SECONDS = 3.0


async def carry_over(conversation_id: str, of: Assistant, to: Assistant) -> None:
    """`to` knows what the customer told `of`, and where the dialogue stands. Raises AssistantDown."""
    assert isinstance(of, RasaAssistant)
    assert isinstance(to, RasaAssistant)
    tracker = f"/conversations/{quote(conversation_id, safe='')}/tracker"
    limit = aiohttp.ClientTimeout(total=TIME_LIMIT_SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=limit, trust_env=False) as http:
            async with http.get(f"{of.base_url}{tracker}", params={"include_events": "AFTER_RESTART"}) as given:
                known = await given.json()
                if given.status != HTTPStatus.OK:
                    raise AssistantDown(f"a conversation was not given: status {given.status}")
            async with http.put(f"{to.base_url}{tracker}/events", json=known["events"]) as taken:
                if taken.status != HTTPStatus.OK:
                    raise AssistantDown(f"a conversation was not taken: status {taken.status}")
    except (aiohttp.ClientError, TimeoutError, ValueError, KeyError) as problem:
        raise AssistantDown(f"a conversation could not be carried over: {type(problem).__name__}") from problem
