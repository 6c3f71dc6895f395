"""What a browser has to fetch again: the page itself, and nothing that lies under its version."""

import re

from tests.flows.office import Office


async def script_of(office: Office) -> str:
    page = (await office.anybody.get("/")).text
    found = re.search(r'src="(/static/v-[0-9a-f]{12}/chat/main\.js)"', page)
    assert found is not None, page[-500:]
    return found[1]


async def test_the_page_is_asked_for_again_and_not_sent_again(office: Office) -> None:
    first = await office.anybody.get("/")
    assert first.headers["cache-control"] == "no-cache"
    assert first.headers["content-encoding"] == "gzip"
    again = await office.anybody.get("/", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "frame-ancestors" in again.headers["content-security-policy"]


async def test_its_files_are_compressed_and_kept_for_ever(office: Office) -> None:
    script = await office.anybody.get(await script_of(office))
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert script.headers["content-encoding"] == "gzip"
    assert script.headers["vary"] == "Accept-Encoding"
    assert script.headers["x-content-type-options"] == "nosniff"
    assert script.headers["content-type"].startswith("text/javascript")
    plain = await office.anybody.get(await script_of(office), headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == script.text


async def test_a_page_of_another_version_is_served_but_not_kept(office: Office) -> None:
    """While replicas are brought up to date one after the other."""
    other = re.sub("v-[0-9a-f]{12}", "v-000000000000", await script_of(office))
    script = await office.anybody.get(other)
    assert (script.status_code, script.headers["cache-control"]) == (200, "no-cache")


async def test_what_is_not_there_or_is_a_test_is_not_found(office: Office) -> None:
    address = await script_of(office)
    for name in ("nothing.js", "page.test.js", "..%2f..%2fpyproject.toml"):
        assert (await office.anybody.get(address.replace("main.js", name))).status_code == 404
