"""Traditional characters, made from our simplified words, so that every sentence is written once.

OpenCC with Taiwan's forms of characters; its own table of words is not used, as it makes 支持 支援 and 查看
檢視. For our words only: names of people and bodies stay as they are registered.
"""

from __future__ import annotations

from functools import cache

from opencc import OpenCC

_OTHER_WORDS = (
    ("“", "「"),
    ("”", "」"),
    ("里", "裡"),
    ("复核", "覆核"),
    ("合同", "合約"),
    ("个人信息", "個人資料"),
    ("实名信息", "實名資料"),
    ("信息", "資訊"),
    ("文件", "檔案"),
    ("账", "帳"),
    ("数据", "資料"),
    ("设备", "裝置"),
    ("联系", "聯絡"),
    ("网络", "網路"),
    ("链接", "連結"),
    ("登录", "登入"),
    ("软件", "軟體"),
    ("程序", "程式"),
    ("视频", "影片"),
    ("默认", "預設"),
    ("反馈", "回饋"),
)
"""What is said in other words, longest first; everything else only changes its characters."""


@cache
def _converter() -> OpenCC:
    return OpenCC("s2tw")


def to_traditional(words: str) -> str:
    for simplified, traditional in _OTHER_WORDS:
        words = words.replace(simplified, traditional)
    return str(_converter().convert(words))
