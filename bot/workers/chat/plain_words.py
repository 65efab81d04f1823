"""What the workers themselves say to a citizen: when something failed, takes long, or cannot be taken now."""

from __future__ import annotations

from cases.vocabulary import Language

SORRY: dict[Language, str] = {
    Language.ZH_HANS: "抱歉，刚才那条消息没能处理，工作人员会查看。"
    "您之前填写的内容都还在，请换个说法再发一次。",
    Language.ZH_HANT: "抱歉，剛才那則訊息沒能處理，工作人員會查看。"
    "您之前填寫的內容都還在，請換個說法再發一次。",
    Language.EN: "Sorry, that message could not be handled; the staff will look into it. "
    "What you entered before is still here. Please send it again in other words.",
}
TOO_FAST: dict[Language, str] = {
    Language.ZH_HANS: "您发得比较快，已经收到的会按顺序一条一条处理，请稍等。"
    "排队超过400条时，再发的收不到，请过一会儿再发。",
    Language.ZH_HANT: "您發得比較快，已經收到的會按順序一則一則處理，請稍等。"
    "排隊超過400則時，再發的收不到，請過一會兒再發。",
    Language.EN: "You are writing quickly. What has arrived is handled in order, one by one. "
    "When more than 400 are waiting, further ones do not arrive; please send those later.",
}
BUSY: dict[Language, str] = {
    Language.ZH_HANS: "现在写信的人比较多，回复会慢一些。您发的已经收到，请稍等，不用重发。",
    Language.ZH_HANT: "現在寫信的人比較多，回覆會慢一些。您發的已經收到，請稍等，不用重發。",
    Language.EN: "Many people are writing at the moment, so answers take longer. "
    "Your messages have arrived; please wait, there is no need to send them again.",
}
NO_SPACE: dict[Language, str] = {
    Language.ZH_HANS: "抱歉，存储空间快满了，暂时不能接收新的内容，刚才这一条没有收下。"
    "已经填写和提交的都还在。请过几个小时再试，急事请拨打12345。",
    Language.ZH_HANT: "抱歉，儲存空間快滿了，暫時不能接收新的內容，剛才這一則沒有收下。"
    "已經填寫和提交的都還在。請過幾個小時再試，急事請撥打12345。",
    Language.EN: "Sorry, storage is nearly full, so nothing new can be taken for now; this one was not kept. "
    "What you entered and filed is still here. Please try again in a few hours; if urgent, call 12345.",
}
