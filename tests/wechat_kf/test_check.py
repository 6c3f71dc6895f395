"""`gasdesk channels check`: what is wrong with WeChat's settings, and what to do."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels.checking import Finding
from bot.commands.channels import findings
from bot.settings import Settings
from bot.settings_wechat import WeChatSettings
from bot.settings_wechat_kf import WeChatKfSettings
from bot.testing import ManualClock
from tests.wechat.fake_wechat import APP_ID, APP_SECRET, FakeWeChat
from tests.wechat_kf.customer import AES_KEY
from tests.wechat_kf.fake_kf import CORP_ID, KF, SECRET, FakeKf


@pytest.fixture
async def wechat(clock: ManualClock) -> AsyncIterator[FakeWeChat]:
    async with FakeWeChat(clock).served() as served:
        yield served


async def of_kf(tmp_path: Path, kf: FakeKf, **more: Any) -> list[Finding]:
    given = {"corp_id": CORP_ID, "secret": SECRET, "token": "t0ken", "aes_key": AES_KEY, "api_base_url": kf.url}
    settings = Settings(data=tmp_path, wechat_kf=WeChatKfSettings.model_validate({**given, **more}))
    return (await findings(settings))["微信客服"]


async def of_wechat(tmp_path: Path, wechat: FakeWeChat, **more: Any) -> list[Finding]:
    given = {"app_id": APP_ID, "app_secret": APP_SECRET, "token": "t0ken", "aes_key": AES_KEY}
    wechat_settings = WeChatSettings.model_validate({**given, "api_base_url": wechat.url, **more})
    settings = Settings(data=tmp_path, wechat=wechat_settings, public_url="https://gas.example/")
    return (await findings(settings))["微信公众号"]


def advice(found: list[Finding]) -> str:
    """Of what is wrong; no secret is ever told."""
    told = "\n".join(f"{each.text} {each.advice}" for each in found)
    assert not any(secret in told for secret in (SECRET, APP_SECRET, "t0ken", AES_KEY))
    return "\n".join(each.advice for each in found if not each.good)


async def test_good_settings_are_good(tmp_path: Path, kf: FakeKf, wechat: FakeWeChat) -> None:
    found = await of_kf(tmp_path, kf)
    assert not advice(found)
    assert any(KF in each.text and "燃气客服" in each.text for each in found)
    found = await of_wechat(tmp_path, wechat)
    assert not advice(found)
    assert any("https://gas.example/channels/wechat" in each.text for each in found)


async def test_what_is_not_set_is_not_used(tmp_path: Path) -> None:
    found = await findings(Settings(data=tmp_path))
    for name in ("微信公众号", "微信客服"):
        (finding,) = found[name]
        assert finding.good
        assert "不使用" in finding.text


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"app_secret": "wrong"}, "GASDESK_WECHAT__APP_SECRET"),
        ({"app_id": "wx0"}, "GASDESK_WECHAT__APP_ID"),
        ({"aes_key": None}, "安全模式"),
        ({"aes_key": "*" * 43}, "43 位"),
        ({"api_base_url": "http://127.0.0.1:9"}, "API_BASE_URL"),
    ],
)
async def test_what_is_wrong_with_the_account_is_told(
    tmp_path: Path, wechat: FakeWeChat, more: dict[str, Any], word: str
) -> None:
    assert word in advice(await of_wechat(tmp_path, wechat, **more))


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"secret": "wrong"}, "GASDESK_WECHAT_KF__SECRET"),
        ({"corp_id": "ww0"}, "GASDESK_WECHAT_KF__CORP_ID"),
        ({"open_kfid": f"{KF},wkOther"}, "GASDESK_WECHAT_KF__OPEN_KFID"),
        ({"previous_aes_key": "*" * 43}, "43 位"),
        ({"api_base_url": "http://127.0.0.1:9"}, "API_BASE_URL"),
    ],
)
async def test_what_is_wrong_with_wecom_is_told(tmp_path: Path, kf: FakeKf, more: dict[str, Any], word: str) -> None:
    assert word in advice(await of_kf(tmp_path, kf, **more))


@pytest.mark.parametrize(("code", "word"), [(60020, "可信IP"), (48002, "可调用接口的应用")])
async def test_what_the_application_may_not_do_is_told(tmp_path: Path, kf: FakeKf, code: int, word: str) -> None:
    kf.fail("kf/account/list", code)
    assert word in advice(await of_kf(tmp_path, kf))


async def test_an_application_without_accounts_is_told(tmp_path: Path, kf: FakeKf) -> None:
    kf.accounts = []
    assert "通过 API 管理" in advice(await of_kf(tmp_path, kf))
