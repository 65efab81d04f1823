"""What the workers themselves say to a citizen: when something failed, takes long, or cannot be taken now."""

from __future__ import annotations

from handlers.languages.spoken import Spoken

SORRY = Spoken(
    "抱歉，刚才那条消息没能处理，工作人员会查看。您之前填写的内容都还在，请换个说法再发一次。",
    "Sorry, that message could not be handled; the staff will look into it. "
    "What you entered before is still here. Please send it again in other words.",
)
TOO_FAST = Spoken(
    "您发得比较快，已经收到的会按顺序一条一条处理，请稍等。排队超过400条时，再发的收不到，请过一会儿再发。",
    "You are writing quickly. What has arrived is handled in order, one by one. "
    "When more than 400 are waiting, further ones do not arrive; please send those later.",
)
BUSY = Spoken(
    "现在写信的人比较多，回复会慢一些。您发的已经收到，请稍等，不用重发。",
    "Many people are writing at the moment, so answers take longer. "
    "Your messages have arrived; please wait, there is no need to send them again.",
)
NO_SPACE = Spoken(
    "抱歉，存储空间快满了，暂时不能接收新的内容，刚才这一条没有收下。"
    "已经填写和提交的都还在。请过几个小时再试，急事请拨打12345。",
    "Sorry, storage is nearly full, so nothing new can be taken for now; this one was not kept. "
    "What you entered and filed is still here. Please try again in a few hours; if urgent, call 12345.",
)
