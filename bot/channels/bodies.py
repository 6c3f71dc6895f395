"""Request bodies of limited size."""

from fastapi import Request

from bot.channels.errors import ApiError


async def body_of(request: Request, most: int, refusal: str) -> bytes:
    """Read no further than `most` bytes. Raises ApiError 413 with `refusal`, in Chinese."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise ApiError(413, "too_large", refusal)
    return bytes(body)
