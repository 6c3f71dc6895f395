"""Which sites may frame the customer's page, and the script that does it."""

import pytest

from bot.settings import Settings, SettingsError, load_settings
from tests.flows.office import Office

SITES = "https://www.gas.example https://*.gas.example:8443"


async def ancestors(office: Office, path: str) -> str:
    policy = (await office.anybody.get(path)).headers["content-security-policy"]
    return policy.partition("frame-ancestors ")[2]


async def test_no_other_site_may_frame_anything(office: Office) -> None:
    for path in ("/", "/desk", "/admin"):
        assert await ancestors(office, path) == "'self'"


async def test_the_script_may_be_used_by_any_page(office: Office) -> None:
    script = await office.anybody.get("/embed.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "etag" in script.headers
    assert len(script.content) < 12_000


class TestAllowed:
    @pytest.fixture
    def settings(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
        monkeypatch.setenv("GASDESK_EMBED_SITES", SITES)
        return settings.model_copy(update={"embed_sites": load_settings().embed_sites})

    async def test_the_chat_alone_may_be_framed_by_the_sites_named(self, office: Office) -> None:
        assert await ancestors(office, "/") == f"'self' {SITES}"
        for path in ("/desk", "/admin"):
            assert await ancestors(office, path) == "'self'"


@pytest.mark.parametrize(
    "site", ["*", "www.gas.example", "https://gas.example/path", "https://a; script-src *", "'none'"]
)
def test_what_is_no_site_is_named(monkeypatch: pytest.MonkeyPatch, site: str) -> None:
    monkeypatch.setenv("GASDESK_EMBED_SITES", site)
    with pytest.raises(SettingsError, match="EMBED_SITES"):
        load_settings()
