"""Why the desk, its API and Open311 refuse something before the core is asked."""

from __future__ import annotations

from cases.errors import Reason

NO_SUCH_MOVE = Reason("no-such-move", "没有这个操作。")
NO_SUCH_TEXT = Reason("no-such-text", "没有这条常用语，可能已经删除。")
TOO_MANY_TEXTS = Reason("too-many-texts", "常用语太多了，请先删除不用的。")
NOT_YOUR_TEXTS = Reason("not-your-texts", "本单位的常用语由负责人维护，所有单位共用的由管理员维护。")
NOT_YOUR_VIEW = Reason("not-your-view", "这个视图不对您的岗位开放。")
NO_SUCH_PAGE = Reason("no-such-page", "没有这一页。")
CHOOSE_AGAIN = Reason("choose-again", "请刷新后再选。")
WORDS_TOO_SHORT = Reason("words-too-short", "q：至少要有两个相连的字或数字。")
FILES_BY_UPLOAD = Reason("files-by-upload", "evidence：文件请经 /evidence 上传。")
