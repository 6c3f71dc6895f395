"""What is kept encrypted."""


class CannotOpen(Exception):
    """It was sealed with another key, or changed since; the text says what to do, in Chinese."""

    def __init__(self) -> None:
        super().__init__(
            "已保存的设置无法解密：加密密钥换过了。请恢复原来的密钥（GASDESK_SETTINGS_KEY，"
            "或数据目录中的 settings.key）后重启，或在此重新填写并保存。"
        )
