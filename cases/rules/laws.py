"""Laws and documents that rules, letters and pages cite: each name stands here once.

Articles are named where the rule that rests on them stands. Documents of a jurisdiction are in its pack.
"""

from __future__ import annotations

from typing import NamedTuple


class Law(NamedTuple):
    name: str
    """As it is cited, for readers of every language."""
    english: str
    """What it is, for those who do not read Chinese."""

    def cite(self, article: str) -> str:
        """《信访工作条例》第三十五条."""
        return f"{self.name}{article}"

    def explain(self, article: str) -> str:
        """Regulations on Petitions, art. 35."""
        return f"{self.english}, {article}" if article else self.english


PETITIONS = Law("《信访工作条例》", "Regulations on Petitions")
LICENSING = Law("《行政许可法》", "Administrative Licensing Law")
PROCUREMENT = Law("《政府采购法》", "Government Procurement Law")
PROCUREMENT_COMPLAINTS = Law(
    "《政府采购质疑和投诉办法》（财政部令第94号）", "Ministry of Finance Order No. 94"
)
BIDDING = Law("《招标投标法实施条例》", "Implementing Regulations of the Bidding Law")
SMALL_FIRMS = Law("《保障中小企业款项支付条例》", "Regulations on Payments to Small and Medium Enterprises")
GOVERNMENT_INVESTMENT = Law("《政府投资条例》", "Regulations on Government Investment")
SHANGHAI_CREDIT = Law("参照《上海市社会信用条例》", "after Shanghai's Social Credit Regulations")
CREDIT_REPAIR = Law("国办发〔2025〕22号", "General Office of the State Council, No. 22 of 2025")
NOT_TO_THE_ACCUSED = Law(
    "发改财金〔2023〕1103号", "National Development and Reform Commission, No. 1103 of 2023"
)
CREDIT_REPAIR_MEASURES = Law(
    "《信用修复管理办法》（国家发展改革委令第36号）", "Measures for Repairing Credit, NDRC Order No. 36"
)
PEOPLES_MEDIATION = Law("《人民调解法》", "People's Mediation Law")
PENALTIES = Law("《行政处罚法》", "Law on Administrative Penalties")
PRIVATE_ECONOMY = Law("《民营经济促进法》", "Law on Promoting the Private Economy")
BUSINESS_CLIMATE = Law("《优化营商环境条例》", "Regulations on Improving the Business Environment")
MIGRANT_WAGES = Law("《保障农民工工资支付条例》", "Regulations on Wages of Migrant Workers")
OPEN_INFORMATION = Law("《政府信息公开条例》", "Regulations on Open Government Information")
RECONSIDERATION = Law("《行政复议法》", "Administrative Reconsideration Law")
PERSONAL_DATA = Law("《个人信息保护法》", "Personal Information Protection Law")
HENAN_CREDIT = Law("参照《河南省社会信用条例》", "after Henan's Social Credit Regulations")
ZHEJIANG_CREDIT = Law("参照《浙江省公共信用信息管理条例》", "after Zhejiang's Public Credit Regulations")

LAWS: dict[str, Law] = {
    "petitions": PETITIONS,
    "licensing": LICENSING,
    "procurement": PROCUREMENT,
    "procurement_complaints": PROCUREMENT_COMPLAINTS,
    "bidding": BIDDING,
    "small_firms": SMALL_FIRMS,
    "shanghai_credit": SHANGHAI_CREDIT,
    "credit_repair": CREDIT_REPAIR,
    "credit_repair_measures": CREDIT_REPAIR_MEASURES,
    "penalties": PENALTIES,
    "henan_credit": HENAN_CREDIT,
    "not_to_the_accused": NOT_TO_THE_ACCUSED,
    "private_economy": PRIVATE_ECONOMY,
    "business_climate": BUSINESS_CLIMATE,
    "migrant_wages": MIGRANT_WAGES,
    "open_information": OPEN_INFORMATION,
    "reconsideration": RECONSIDERATION,
}
"""As `time_limits.toml` and the packs name them."""


def cite(words: str) -> str:
    """`petitions 第三十六条` as it is read: a law by its key and what of it; other words as they are."""
    key, _, article = words.partition(" ")
    return LAWS[key].cite(article) if key in LAWS else words
