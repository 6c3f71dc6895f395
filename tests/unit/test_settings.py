"""The environment's variables: what is missing or wrong is named, and no secret is repeated."""

import pytest

from bot.settings import Settings, SettingsError, load_settings

WECHAT = {"APP_ID": "wx1", "APP_SECRET": "geheim", "TOKEN": "AAAAA", "AES_KEY": "A" * 43}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in WECHAT.items():
        monkeypatch.setenv(f"GASDESK_WECHAT__{name}", value)
    return monkeypatch


def test_without_a_word_of_it_there_is_no_wechat() -> None:
    assert load_settings().wechat is None


def test_wechat_is_read_from_the_environment(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("GASDESK_WECHAT__PREVIOUS_AES_KEY", "B" * 43)
    wechat = load_settings().wechat
    assert wechat is not None
    assert (wechat.app_id, wechat.aes_keys) == ("wx1", ("A" * 43, "B" * 43))
    assert wechat.api_base_url == "https://api.weixin.qq.com"


def test_no_secret_is_shown(environment: pytest.MonkeyPatch) -> None:
    shown = repr(load_settings())
    assert "wx1" in shown
    for secret in ("geheim", "AAAAA"):
        assert secret not in shown


@pytest.mark.parametrize("missing", ["APP_ID", "APP_SECRET", "TOKEN"])
def test_what_is_missing_is_named(environment: pytest.MonkeyPatch, missing: str) -> None:
    environment.delenv(f"GASDESK_WECHAT__{missing}")
    with pytest.raises(SettingsError) as problem:
        load_settings()
    assert str(problem.value) == f"环境变量 GASDESK_WECHAT__{missing}：必须填写"


def test_wecom_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name begins like the Official Account's."""
    for name, value in {"CORP_ID": "ww1", "SECRET": "geheim", "TOKEN": "BBBBB", "AES_KEY": "A" * 43}.items():
        monkeypatch.setenv(f"GASDESK_WECHAT_KF__{name}", value)
    monkeypatch.setenv("GASDESK_WECHAT_KF__OPEN_KFID", "wk1, wk2,")
    settings = load_settings()
    assert settings.wechat is None
    assert settings.wechat_kf is not None
    assert (settings.wechat_kf.corp_id, settings.wechat_kf.accounts) == ("ww1", ("wk1", "wk2"))
    assert "geheim" not in repr(settings)
    monkeypatch.setenv("GASDESK_WECHAT_KF__POLL_SECONDS", "1")
    with pytest.raises(SettingsError, match="POLL_SECONDS：不得小于 10"):
        load_settings()


@pytest.mark.parametrize("length", [42, 44])
def test_a_key_of_another_length_is_refused_and_not_repeated(environment: pytest.MonkeyPatch, length: int) -> None:
    environment.setenv("GASDESK_WECHAT__AES_KEY", "Z" * length)
    with pytest.raises(SettingsError) as problem:
        load_settings()
    assert str(problem.value) == "环境变量 GASDESK_WECHAT__AES_KEY：应为 43 个字符"


def test_other_values_are_repeated() -> None:
    with pytest.raises(SettingsError, match=r"GASDESK_PORT：应为 1 到 65535 之间的整数，现在是 'x'"):
        load_settings(port="x")
    assert Settings().port == 8000
