"""Traditional characters, made from our simplified words, so that every sentence is written once.

OpenCC with Taiwan's forms of characters; its own table of words is not used, as it makes 支持 支援 and 查看
檢視. For our words and names of places only: names of people and bodies stay as they are registered.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from cases.vocabulary import Language

_OTHER_WORDS = {
    "“": "「",
    "”": "」",
    "里": "裡",
    "复核": "覆核",
    "账": "帳",
    "合同": "合約",
    "消息": "訊息",
    "信息": "資訊",
    "个人信息": "個人資料",
    "实名信息": "實名資料",
    "位置信息": "位置資料",
    "垃圾信息": "垃圾訊息",
    "数据": "資料",
    "文件": "檔案",
    "这份文件": "這份文件",
    "文档": "文件",
    "文本": "純文字",
    "压缩包": "壓縮檔",
    "解压": "解壓縮",
    "宏": "巨集",
    "程序": "程式",
    "软件": "軟體",
    "视频": "影片",
    "设备": "裝置",
    "默认": "預設",
    "标识": "識別碼",
    "联系": "聯絡",
    "联网": "連網",
    "网络": "網路",
    "链接": "連結",
    "连接": "連線",
    "登录": "登入",
    "访问": "造訪",
    "刷新": "重新整理",
    "粘贴": "貼上",
    "生成": "產生",
    "反馈": "回饋",
    "通过这里": "透過這裡",
    "一条": "一則",
    "打印": "列印",
    "字符": "字元",
    "字体": "字型",
    "设置": "設定",
    "存储": "儲存",
    "服务器": "伺服器",
    "用户名": "使用者名稱",
    "这台": "這台",
    "只能": "只能",
    "会签": "會簽",
    "签的": "簽的",
}
"""What is said in other words, or would be taken for others; everything else only changes its characters."""
_SOUGHT = re.compile(f"({'|'.join(sorted(_OTHER_WORDS, key=len, reverse=True))})")


@cache
def _converter() -> Any:
    # A start need not wait for it.
    from opencc import OpenCC

    return OpenCC("s2tw")


def to_traditional(words: str) -> str:
    parts = _SOUGHT.split(words)
    return "".join(_OTHER_WORDS.get(part) or str(_converter().convert(part)) for part in parts)


def chinese_in(language: Language, words: str) -> str:
    """Our simplified words as they are, or in traditional characters for those who read these."""
    return to_traditional(words) if language is Language.ZH_HANT else words
