"""Films and files are handed out in pieces, and not again to who has them: players and iPhones ask for them so."""

import httpx2
import pytest

from tests import sample_files as samples
from tests.flows.office import Office
from tests.flows.test_web_files import SESSION, send

FILM = samples.MP4 + bytes(range(256)) * 8


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The bytes are files on both."""
    return sqlite_url


@pytest.fixture
async def film(office: Office) -> str:
    """The address of one that Ann has sent."""
    assert (await send(office, FILM, name="表底.mp4")).status_code == 200
    return "/api/chat/files/1"


async def get(office: Office, address: str, **headers: str) -> httpx2.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await office.anybody.get(address, headers={"X-Chat-Session": SESSION, "Accept-Encoding": "gzip", **named})


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-1", 0, 1), ("bytes=100-", 100, len(FILM) - 1), ("bytes=-10", len(FILM) - 10, len(FILM) - 1)],
)
async def test_a_piece_is_given(office: Office, film: str, asked: str, start: int, end: int) -> None:
    piece = await get(office, film, Range=asked)
    assert (piece.status_code, piece.content) == (206, FILM[start : end + 1])
    assert piece.headers["content-range"] == f"bytes {start}-{end}/{len(FILM)}"
    assert piece.headers["content-length"] == str(end - start + 1)
    assert piece.headers["content-type"] == "video/mp4"
    assert "sandbox" in piece.headers["content-security-policy"]


async def test_the_whole_says_that_pieces_may_be_asked_for(office: Office, film: str) -> None:
    whole = await get(office, film)
    assert (whole.status_code, whole.content, whole.headers["accept-ranges"]) == (200, FILM, "bytes")


async def test_a_piece_behind_the_end_is_none(office: Office, film: str) -> None:
    answer = await get(office, film, Range=f"bytes={len(FILM)}-")
    assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{len(FILM)}")


async def test_several_pieces_come_together(office: Office, film: str) -> None:
    answer = await get(office, film, Range="bytes=0-3,100-103")
    assert answer.status_code == 206
    assert answer.headers["content-type"].startswith("multipart/byteranges")
    assert FILM[100:104] in answer.content


async def test_the_rest_is_given_only_of_the_same_file(office: Office, film: str) -> None:
    """If-Range: who has the beginning of another file gets this one whole."""
    tag = (await get(office, film)).headers["etag"]
    assert (await get(office, film, Range="bytes=5-", If_Range=tag)).status_code == 206
    other = await get(office, film, Range="bytes=5-", If_Range='"another"')
    assert (other.status_code, other.content) == (200, FILM)


async def test_who_has_it_is_not_given_it_again(office: Office, film: str) -> None:
    whole = await get(office, film)
    tag, at = whole.headers["etag"], whole.headers["last-modified"]
    for known in ({"If_None_Match": f'"x", W/{tag}'}, {"If_None_Match": "*"}, {"If_Modified_Since": at}):
        answer = await get(office, film, **known)
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
    for other in ({"If_None_Match": '"x"', "If_Modified_Since": at}, {"If_Modified_Since": "yesterday"}):
        assert (await get(office, film, **other)).status_code == 200


async def test_a_document_is_the_same_bytes_whole_and_in_pieces(office: Office) -> None:
    """Compressed on the way, the pieces of a broken download would not fit together."""
    content = samples.PDF + b"0" * 5000
    await send(office, content, name="合同.pdf")
    whole = await get(office, "/api/chat/files/1")
    assert "content-encoding" not in whole.headers
    assert whole.content == content


async def test_by_link_too(office: Office, film: str) -> None:
    link = await office.anybody.post(f"{film}/link", headers={"X-Chat-Session": SESSION})
    piece = await office.anybody.get(link.json()["url"], headers={"Range": "bytes=0-1"})
    assert (piece.status_code, piece.content) == (206, FILM[:2])
