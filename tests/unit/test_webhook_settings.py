"""The addresses of field units' systems in the environment: what is wrong is named, and no secret is printed."""

import pytest

from bot.settings import SettingsError, load_settings

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def put(monkeypatch: pytest.MonkeyPatch, url: str | None, secret: str | None) -> None:
    for name, value in (("URL", url), ("SECRET", secret)):
        if value is not None:
            monkeypatch.setenv(f"GASDESK_WEBHOOKS__REPAIR__{name}", value)


def test_a_unit_with_a_system(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, "https://repair.example/orders", SECRET)
    settings = load_settings()
    assert settings.webhooks.repair is not None
    assert str(settings.webhooks.repair.url) == "https://repair.example/orders"
    assert settings.webhooks.operations is None
    assert SECRET not in repr(settings)


@pytest.mark.parametrize(
    ("url", "secret", "named"),
    [
        ("https://repair.example", "whsec_tooshort", "GASDESK_WEBHOOKS__REPAIR__SECRET：密钥"),
        ("https://repair.example", None, "GASDESK_WEBHOOKS__REPAIR__SECRET：必须填写"),
        ("repair.example", SECRET, "GASDESK_WEBHOOKS__REPAIR__URL"),
    ],
)
def test_what_is_wrong_is_named_without_the_secret(
    monkeypatch: pytest.MonkeyPatch, url: str, secret: str | None, named: str
) -> None:
    put(monkeypatch, url, secret)
    with pytest.raises(SettingsError) as problem:
        load_settings()
    assert named in str(problem.value)
    assert secret is None or secret not in str(problem.value)


@pytest.mark.parametrize(
    ("given", "own"), [({}, "http://127.0.0.1:8000"), ({"public_url": "https://gas.example/"}, "https://gas.example")]
)
def test_where_links_lead(given: dict[str, str], own: str) -> None:
    assert load_settings(**given).own_url == own
