"""How customers pay, get invoices, and which papers they bring to a hall."""

from typing import Annotated

from pydantic import Field

from bot.domain.company.base import Settings, Text

Papers = Annotated[tuple[Text, ...], Field(min_length=1)]


class PaymentWay(Settings):
    """One way to pay."""

    name: Text = Field(description="Short name, for a button")
    words: Papers = Field(description="Words of a customer who means this way")
    how: Text = Field(description="One or two sentences: what the customer does")
    card_meters: bool = Field(default=False, description="The way for IC-card meters")


class Payments(Settings):
    """缴费方式 (S1 第七条三 and 第十四条: hall, direct debit, bank transfer, IC card, coupons; S0: public account)."""

    ways: Annotated[tuple[PaymentWay, ...], Field(min_length=1)] = Field(
        default=(
            PaymentWay(
                name="营业厅缴费",
                words=("营业厅", "大厅", "柜台", "现金", "现场", "刷卡"),
                how="到任一营业厅报户号缴费，现金、扫码都可以，现场几分钟办好。",
            ),
            PaymentWay(
                name="微信公众号缴费",
                words=("微信", "公众号", "手机", "网上", "线上", "支付宝", "扫码", "app"),
                how="关注公司微信公众号，在“缴费”里输入户号，核对后付款。",
            ),
            PaymentWay(
                name="银行代扣",
                words=("代扣", "自动扣", "委托扣", "托收", "绑卡", "银行卡", "扣款"),
                how="到营业厅办理委托扣款手续，以后每月从银行卡自动扣气费。请保持卡里余额充足，扣款不成功会产生滞纳金。",
            ),
            PaymentWay(
                name="IC卡充值",
                words=("ic卡", "燃气卡", "气卡", "卡表", "插卡", "充值"),
                how="IC卡表先买气后用气：带燃气卡到营业厅充值，再把卡插进燃气表，屏幕显示新的气量就好了。",
                card_meters=True,
            ),
            PaymentWay(
                name="单位转账",
                words=("单位", "公司", "对公", "转账", "汇款", "饭店", "餐饮", "商铺"),
                how="单位用户以银行托收或转账为主，开户时一同办理；用IC卡表的，可以先把钱存入公司银行账户，凭缴款单到营业厅充值。",
            ),
        ),
        description="The ways to pay",
    )


class Invoices(Settings):
    """发票. The sources say only that coupons get no invoice (S1 第十三条五); the rest is common practice."""

    electronic: Text = Field(
        default="关注公司微信公众号，在“电子发票”里输入户号，选择已缴费的月份，填写抬头后自动开具。",
        description="How a customer gets an electronic invoice",
    )
    papers: Papers = Field(default=("户号", "缴费凭证"), description="What a person brings to a hall")
    papers_business: Papers = Field(
        default=("户号", "缴费凭证", "单位名称", "纳税人识别号"), description="What a business brings to a hall"
    )


class AccountPapers(Settings):
    """Papers for opening and transferring accounts (S1 第七条, 第十条一)."""

    fee_paid: Papers = Field(
        default=("报装费发票（原件）", "本人身份证（复印件）"), description="Opening, the fee is paid (S1 第十条一1)"
    )
    fee_unpaid: Papers = Field(
        default=("本人身份证或驾驶证等有效证件（复印件）",), description="Opening, the fee is not paid (S1 第十条一2)"
    )
    sale: Papers = Field(
        default=("报装费发票（原件）", "房屋产权证或买卖合同（原件和复印件）", "现户主身份证（复印件）"),
        description="Transfer after a sale (S1 第十条一3)",
    )
    other_change: Papers = Field(
        default=("产权变更的证明（公证书、离婚协议或判决书等）",),
        description="Besides, for inheritance, gift or divorce (the sources name no papers)",
    )
    proxy: Papers = Field(
        default=("委托人身份证（复印件）", "受托人身份证（复印件）"),
        description="Besides, when somebody else comes (S1 第十条一1)",
    )
    direct_debit: Papers = Field(
        default=("扣款银行卡", "卡主身份证（复印件）"), description="Besides, for direct debit (S1 第十条一1)"
    )
    business: Papers = Field(
        default=("工商营业执照", "法人代表身份证（复印件）", "用气申请书"),
        description="Opening, a business (S1 第七条二)",
    )
    business_renamed: Papers = Field(
        default=("新的营业执照（复印件）", "新的法人代表身份证（复印件）"),
        description="A business has another name or owner (S1 第七条七)",
    )
