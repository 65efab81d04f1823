### 守信：給投訴人看的文字（繁體中文）

## 重點領域
domain-procurement = 政府採購
domain-ppp = 政府和社會資本合作
domain-bidding = 招標投標
domain-investment = 招商引資
domain-debt = 政府債務與拖欠
domain-township = 街道鄉鎮與村居
domain-general = 其他政務失信
domain-private_wages = 企業拖欠工資
domain-out_of_scope = 不屬於政務失信
domain-spam = 疑似垃圾訊息

## 狀態
status-registered = 已登記
status-accepted = 已受理
status-awaiting_citizen = 待補正
status-answered = 已答覆
status-closed = 已辦結
status-declined = 不予受理
status-withdrawn = 已撤回
status-merged = 已併案
status-in_review = 複查中
status-in_final_review = 覆核中
status-registered-means = 責任單位已經收到，將在時限內告知是否受理。
status-accepted-means = 責任單位正在辦理。
status-awaiting_citizen-means = 責任單位請您補充材料，收到後繼續辦理。
status-answered-means = 責任單位已經作出書面答覆。您可以評價，也可以在30日內申請複查。
status-closed-means = 此件已經辦結。
status-declined-means = 責任單位決定不予受理。您可以在30日內申請複查。
status-withdrawn-means = 您已經撤回此件。
status-merged-means = 此件已併入另一件一起辦理。
status-in_review-means = 上級機關正在複查。
status-in_final_review-means = 上級機關正在覆核。

## 命令
command-start = 開始
command-new = 寫一件新的投訴舉報
command-status = 查詢進度
command-add = 補充材料
command-withdraw = 撤回
command-rate = 評價
command-review = 申請複查
command-language = 語言 / Language
command-privacy = 隱私說明
command-help = 幫助
command-unknown = 沒有這個命令。發送 /help 可以查看全部命令；要投訴舉報，直接寫下事情經過就可以。

## 開始與幫助
start =
    您好，這裡是<b>守信</b>，受理對政務失信的投訴舉報：承諾的政策不兌現、拖欠工程款和帳款、招商合約毀約、政府採購和招標投標不守規矩、新官不理舊帳等。

    直接把事情寫給我就可以：什麼單位、什麼時候、答應了什麼、後來怎樣、涉及多少錢。預設匿名。

    提交後您會得到編號和回執碼，憑它們隨時查詢進度。請不要寫與此事無關的他人隱私。
help =
    <b>怎麼用</b>
    直接寫下事情，我會整理出領域、地區和被投訴單位，請您核對後提交。

    /new 寫一件新的投訴舉報
    /status 查詢進度（也可以直接發編號或回執碼）
    /add 給已提交的件補充材料
    /withdraw 撤回
    /rate 評價辦理結果
    /review 對答覆不服，申請複查
    /language 切換語言
    /privacy 隱私說明
    /cancel 放棄正在填寫的內容

    這裡不收取任何費用，也不會向您索要密碼、驗證碼。遇到緊急危險請撥打110。
tell-first = 請寫下您要反映的事情：什麼單位，什麼時候，答應了什麼，後來怎樣，涉及多少錢。可以分幾條發，也可以發照片和檔案。
draft-exists = 您有一件還沒有提交的投訴。要接著寫，還是放棄它重新開始？
discarded = 已放棄，剛才填寫的內容不會提交。需要時直接發文字就可以重新開始。
nothing-to-cancel = 現在沒有正在填寫的內容。
long-received = 已收到 { $count } 個字。如果還沒有說完，請接著發；說完了請點下面的按鈕。
too-long = 一件投訴最多寫 { $limit } 個字，這一條沒有加入。請精簡，或者把詳細經過放在檔案裡作為材料發來。
forwarded = （以下為轉發的內容）
empty-message = 這條訊息裡沒有文字。請用文字寫下您要反映的事情。

## 理解
overview =
    <b>我是這樣理解的，請核對：</b>
    { $lines }

    不對的地方請點按鈕更正；還有要說的，直接接著發。
# 只有這些詞的話當作問候，不當作投訴內容。長的在前。
small-talk = 想問一下 問一下 有沒有進展 有沒有消息 有沒有結果 處理得怎麼樣 怎麼樣了 有人在嗎 有人嗎 在不在 在嗎 你們好 你好 您好 早上好 下午好 晚上好 我要投訴 我想投訴 我要舉報 我想舉報 我要反映 投訴 舉報 反映問題 諮詢 請問 進展 進度 消息 結果 處理了嗎 謝謝 好的 客服 人工 什麼時候 多久 怎麼 情況 有 了 嗎 呢 啊 呀 嗯 哦 hello hi
greeting = 您好。請寫下您要反映的事情：什麼單位，什麼時候，答應了什麼，後來怎樣，涉及多少錢。可以分幾條發，也可以發照片和文件。
greeting-own =
    您好。想問已經提交的件，請點它的編號，可以看進度、補充材料、給承辦單位留言。

    要反映新的事情，請接著寫：什麼單位，什麼時候，答應了什麼，後來怎樣。
overview-unsure =
    <b>收到。您反映的主要是哪方面的事？</b>
    { $lines }
outside-private_wages =
    您反映的像是<b>企業拖欠工資</b>。這類事情由勞動保障監察機構處理，最快的辦法是撥打<b>12333</b>，或者到用工所在地的勞動保障監察大隊投訴。政府投資工程拖欠工資的，可以在這裡提交。

    如果您認為這件事與政府部門不守信有關，仍然可以提交，由工作人員判斷。
outside-out_of_scope =
    您反映的像是<b>不屬於政務失信</b>的事情。一般的訴求請撥打<b>12345</b>政務服務便民熱線，那裡會轉給管這件事的部門。

    如果您認為這件事與政府部門說話不算數有關，仍然可以提交，由工作人員判斷。
outside-spam =
    這段文字看起來不像一件投訴舉報，可能是廣告或誤發。

    如果您確實要反映事情，仍然可以提交，由工作人員查看後再處理。
unknown = 未說明
line-domain = 領域：<b>{ $value }</b>
line-words = 依據您寫的：{ $words }
line-place = 地區：{ $value }
line-accused = 被投訴單位：{ $value }
line-amount = 涉及金額：{ $value }
line-period = 時間：{ $value }
line-wish = 您的訴求：{ $value }
line-files = 材料：{ $count } 份

## 提問
ask-domain = 請選擇最接近的方面：
ask-place = 事情發生在哪裡？請寫到省、市、縣（區），例如「青海省西寧市城東區」。
ask-place-choice = 這個地名不止一處，請選擇是哪一個，或者寫出完整的省、市、縣（區）。
ask-accused = 您要投訴的是哪個單位？請寫全稱，例如「某某縣住房和城鄉建設局」。
ask-wish = 您希望怎樣解決？例如「支付拖欠的工程款」「兌現獎勵政策」。
ask-amount = 涉及多少錢？例如「12萬元」或「120000」。
ask-period = 這件事發生在什麼時候？例如「2023年5月至今」。
ask-identity =
    您要匿名提交，還是留下姓名和聯絡方式？

    匿名：責任單位不知道您是誰，透過這裡與您溝通。
    實名：姓名和聯絡方式加密保存，須兩人批准才能查看，並留下記錄。
ask-name = 請寫下您的姓名或稱呼。
ask-contact = 請寫下聯絡方式，例如手機號碼。
ask-evidence = 如果有合約、檔案、照片、錄音等材料，請發到這裡（每份不超過20 MB，最多20份）。照片裡的拍攝地點等資訊會自動去除。
ask-more-evidence = 已收到 { $count } 份材料。還有就接著發，沒有就點按鈕繼續。
answer-too-long = 請寫得短一些，不超過 { $limit } 個字。
amount-not-understood = 沒有看懂這個金額。請寫成「12萬元」或「120000」這樣。

## 材料
file-stripped = 已收到「{ $name }」，拍攝地點、裝置等附帶資訊已經去除。現有 { $count } 份材料。
file-as-is = 已收到「{ $name }」，按原樣保存。檔案裡可能帶有作者、裝置等資訊，如不想透露，請點放棄後去除再發。現有 { $count } 份材料。
album-received = 正在接收這一組材料，照片裡的拍攝地點等資訊會自動去除，其他檔案按原樣保存。

## 確認與提交
summary =
    <b>請確認要提交的內容</b>
    { $words }

    { $lines }
    提交方式：{ $identity }

    將交由<b>{ $department }</b>辦理：
    { $promises }
identity-anonymous = 匿名
identity-named = 實名（{ $who }）
days = { $amount }日
working-days = { $amount }個工作日
provisional = （暫定）
promise-accept = 告知是否受理：{ $length }內（{ $basis }）
promise-accept-by = 告知是否受理：不晚於{ $day }（{ $length }，{ $basis }）
promise-handle = 辦理答覆：受理後{ $length }內（{ $basis }）
promise-handle-by = 辦理答覆：不晚於{ $day }（{ $length }，{ $basis }）
promise-other = 辦理：{ $length }內（{ $basis }）
promise-other-by = 辦理：不晚於{ $day }（{ $length }，{ $basis }）
filed =
    <b>已提交。</b>
    編號：<code>{ $number }</code>
    回執碼：<code>{ $receipt }</code>
    責任單位：{ $department }
    { $promises }

    回執碼只顯示這一次，請抄下或截圖保存。憑它可以在任何帳號或網頁上查詢，請不要給別人看。
    有進展我會在這裡告訴您，也可以隨時用 /status 查詢。
filed-notice = 已提交，編號 { $number }
too-many-filings = 24小時內最多提交 { $limit } 件，今天已經達到。填寫的內容還在，請明天再確認；急事請撥打12345。
edit-taken = 已按您修改後的內容更新。
edit-too-late = 這條內容不在正在填寫的投訴裡，修改不會生效。已經提交的件請用 /add 補充說明。

## 按鈕
button-continue = 沒有問題，繼續
button-discard = 放棄
button-insist = 仍要提交
button-fix-domain = 更正領域
button-fix-place = 更正地區
button-fix-accused = 更正單位
button-fix-amount = 更正金額
button-fix-period = 更正時間
button-fix-wish = 更正訴求
button-domains = 都不是，看全部
button-skip = 跳過
button-unknown = 不清楚
button-anonymous = 匿名（預設）
button-named = 留下姓名和聯絡方式
button-enough = 完成，下一步
button-nothing = 沒有材料，下一步
button-told = 說完了
button-confirm = 確認提交
button-back = 返回修改
button-resume = 接著寫
button-anew = 重新開始
button-open = 查看進度
button-supplement = 補充材料
button-write = 給承辦人留言
button-rate = 評價
button-review = 申請複查
button-withdraw = 撤回
button-answer = 查看答覆
button-proof = 下載受理憑證
button-export = 下載辦理記錄
proof-caption = { $number } 的受理憑證。它證明您在什麼時間提交了什麼內容，任何人都可以在 /verify/proof 頁面核驗，改動一個字就不能通過。裏面沒有您的姓名和聯繫方式。
export-caption = { $number } 的辦理記錄，包含您寫的內容和辦理經過，請妥善保管。可以在 /verify/proof 頁面核驗。
button-send = 提交
button-stop = 放棄
button-withdraw-now = 確認撤回
button-yes = 是
button-no = 否
button-new = 寫投訴舉報
button-status = 查詢進度
button-language = 語言 / Language
button-privacy = 隱私說明
button-stored = 查看存了什麼
button-erase = 刪除聯絡方式
button-erase-now = 確認刪除
stale-button = 這個按鈕已經失效，請以最新的訊息為準。

## 查詢
status =
    <b>您的投訴舉報</b>
    { $lines }

    點編號查看詳情。用別的帳號提交的，請發送16位回執碼。
status-line = <code>{ $number }</code> { $status }
status-line-due = <code>{ $number }</code> { $status }，{ $day }前應有結果
status-none = 這裡還沒有您提交的件。如果是用別的帳號或網頁提交的，請發送16位回執碼。
case =
    <b>{ $number }</b>
    狀態：<b>{ $status }</b>。{ $meaning }
    提交日期：{ $filed }
    領域：{ $domain }
    責任單位：{ $department }
clock-accept = 告知是否受理：不晚於{ $day }
clock-handle = 辦理答覆：不晚於{ $day }
clock-review = 複查意見：不晚於{ $day }
clock-final_review = 覆核意見：不晚於{ $day }
clock-other = 辦理時限：不晚於{ $day }
clock-paused = 等待您補充材料，期限暫停計算。
course = <b>經過</b>
course-line = { $day }　{ $what }
past-register = 已登記
past-accept = 已受理
past-ask-supplement = 請您補充材料
past-supplement = 您補充了材料
past-accept-transfer = 已轉由新的責任單位辦理
past-decide-dispute = 上級已確定責任單位
past-route = 已分送責任單位
past-write-staff = 承辦人留言：{ $words }
past-write-citizen = 您的留言：{ $words }
past-approve-extension = 辦理期限經批准延長
past-answer = 已作出書面答覆
past-close = 已辦結
past-reopen = 已重新辦理
past-withdraw = 您撤回了此件
past-merge = 已併入另一件
past-split = 已分送多個單位
past-ask-review = 您申請了複查
past-ask-final-review = 您申請了覆核
past-rate = 您作了評價
past-countersign-decline = 決定不予受理
past-other = 有新的進展
letter =
    <b>處理意見書</b> { $serial }
    { $department }，{ $day }
    處理結果：<b>{ $outcome }</b>
    法律依據：{ $basis }
    核驗碼：<code>{ $verification }</code>（可在網頁「核驗」處查驗真偽）
letter-request = 投訴請求
letter-facts = 查明的事實和理由
letter-opinion = 處理意見
outcome-support = 支持
outcome-partly = 部分支持
outcome-explain = 解釋說明
outcome-reject = 不予支持
number-not-yours = 沒有找到 { $number }，或者它不是在這個帳號提交的。請發送提交時得到的16位回執碼。
receipt-unknown = 沒有與這個回執碼對應的件，請核對後再發。
too-many-receipts = 一小時內試錯太多次了，請一小時後再試。
reference-not-understood = 沒有看懂。編號類似 SX20261122-1234567-8，回執碼是16位數字。要寫投訴，請點下面的按鈕。
which-case = 是哪一件？

## 對已提交的件
begin-supplement = 請發來要補充到 { $number } 的文字、照片或檔案，發完後點「提交」。
begin-write = 請寫下給 { $number } 承辦人的話，寫完後點「提交」。對方不會看到您的帳號。
begin-withdraw = 要撤回 { $number } 嗎？撤回後責任單位不再辦理。可以寫一句理由，也可以直接點「確認撤回」。
begin-review = 請寫下對 { $number } 的答覆不服的理由，寫完後點「提交」。上級機關會重新審查。
note-received = 已記下，共 { $count } 個字。可以接著寫，完成後請點按鈕。
note-empty = 還沒有內容，請先寫一點文字。
errand-stopped = 已放棄，沒有提交。
errand-not-now = { $number } 現在的狀態是「{ $status }」，不能辦理這一項。
rate-responded = 關於 { $number }：責任單位回應您了嗎？
rate-solved = 您的問題解決了嗎？
rate-satisfied = 您對辦理滿意嗎？
rate-by-button = 請點上面的按鈕評價。要退出評價，請發送 /cancel。
satisfied-5 = 非常滿意
satisfied-4 = 滿意
satisfied-3 = 一般
satisfied-2 = 不滿意
satisfied-1 = 非常不滿意
done-supplement = 已補充到 { $number }，承辦人會看到。
done-write = 留言已交給 { $number } 的承辦人。
done-withdraw = { $number } 已撤回。以後還可以重新提交。
done-rate = 謝謝您的評價，監督部門會看到。
done-review = 已為 { $number } 提出申請，上級機關受理後會告訴您。
none-supplement = 現在沒有可以補充材料的件。
none-write = 現在沒有可以留言的件。
none-withdraw = 現在沒有可以撤回的件。
none-rate = 現在沒有可以評價的件，答覆之後才能評價。
none-review = 現在沒有可以申請複查的件。書面答覆後30日內可以申請。

## 語言與隱私
ask-language = 請選擇語言。
language-set = 已切換為繁體中文。
privacy =
    <b>隱私說明</b>
    您用的聊天軟體本身知道是誰在寫信，這一點我們無法改變。不想讓它知道的，可以用網頁對話提交。

    <b>我們保存什麼</b>
    · 您寫的內容和材料，加密保存；照片的拍攝地點等資訊已去除。
    · 您的聊天地址：一個無法反推的編碼，和一份加密的地址，只用來把訊息送給您。
    · 實名時的姓名和聯絡方式，加密，與件分開保存。

    <b>誰能看到</b>
    承辦人看到件，看不到是誰提交的。查看實名資料須由一人申請、另一人批准，每次都留下記錄。被投訴單位及其下級看不到此件。

    <b>保存多久</b>
    辦結後按規定的期限保存，到期自動去除個人資料；依法需要保留的除外。

    <b>您的權利</b>
    可以查看、更正、補充、撤回，也可以刪除聯絡方式。用回執碼可以在別的帳號或網頁上繼續，不必再用這個帳號。
privacy-web =
    <b>隱私說明</b>
    這個網頁不需要帳號。瀏覽器裡存有一個隨機識別碼（cookie），只用來認出這段對話；清除後請用回執碼查詢。網路服務商可能知道您造訪過本站。

    <b>我們保存什麼</b>
    · 您寫的內容和材料，加密保存；照片的拍攝地點等資訊已去除。
    · 對話的識別碼：一個無法反推的編碼，和一份加密的地址。
    · 實名時的姓名和聯絡方式，加密，與件分開保存。

    <b>誰能看到</b>
    承辦人看到件，看不到是誰提交的。查看實名資料須由一人申請、另一人批准，每次都留下記錄。被投訴單位及其下級看不到此件。

    <b>保存多久</b>
    辦結後按規定的期限保存，到期自動去除個人資料；依法需要保留的除外。

    <b>您的權利</b>
    可以查看、更正、補充、撤回，也可以刪除聯絡方式。用回執碼可以在別的裝置上繼續。
stored =
    <b>與這個帳號有關的內容</b>
    { $lines }
stored-nothing = 沒有與這個帳號有關的件，也沒有草稿。
stored-case = <code>{ $number }</code>：{ $who }，材料 { $files } 份
stored-draft = 未提交的草稿：{ $length } 個字，材料 { $files } 份
erase-ask = 將刪除您在這裡提交的各件的姓名和聯絡方式。件本身和回執碼不受影響，承辦人仍可以透過這裡給您留言。確定嗎？
erased = 姓名和聯絡方式已刪除。

## 其他訊息
groups-not-here = 為了保護您，投訴舉報請私下寫給我，不要發在群裡。
kind-not-understood = 這類訊息我看不懂。請用文字寫下事情，或者發照片、檔案、錄音、影片作為材料。
location-not-kept = 位置資料沒有保存。請用文字寫出地點，例如「青海省西寧市城東區」。
contact-not-kept = 聯絡人資料沒有保存。只有選擇實名時才需要聯絡方式，我會另外問您。
never-pay = 守信不收取任何費用。

## 出錯時
error-not-found = 沒有找到，或者它不是在這個帳號提交的。
error-stale-case = 此件剛剛有變化，請用 /status 查看後再辦理。

## 通知
told-registered = 您的投訴舉報 <code>{ $number }</code> 已登記。
told-claimed = <code>{ $number }</code> 已有承辦人開始查看。
told-accepted = <code>{ $number }</code> 已由<b>{ $department }</b>受理，將在{ $due }前答覆您。
told-accepted-anew = <code>{ $number }</code> 已由<b>{ $department }</b>重新受理，將在{ $due }前答覆您。
told-declined =
    很抱歉，<b>{ $department }</b>決定對 <code>{ $number }</code> 不予受理。
    理由：{ $reason }
    依據：{ $basis }
    不服的，可以在30日內申請複查。以下是說明：
told-supplement-asked = <b>{ $department }</b>請您為 <code>{ $number }</code> 補充下面的材料。等待期間辦理期限暫停。
told-supplement-asked-until = <b>{ $department }</b>請您在{ $until }前為 <code>{ $number }</code> 補充下面的材料。等待期間辦理期限暫停。
told-supplement-received = <code>{ $number }</code> 的補充材料已收到，繼續辦理。
told-transferred = <code>{ $number }</code> 已轉由<b>{ $department }</b>辦理，您不需要重新提交。
told-message = <b>{ $department }</b>就 <code>{ $number }</code> 給您留言：
told-extended =
    <code>{ $number }</code> 的辦理期限經<b>{ $department }</b>負責人批准，延長到{ $until }。
    理由：
told-answered =
    <b>{ $department }</b>已就 <code>{ $number }</code> 作出書面答覆。
    處理結果：<b>{ $outcome }</b>
    文號：{ $serial }，核驗碼：<code>{ $verification }</code>
    對答覆不服的，可以在30日內申請複查。處理意見：
told-review-answered =
    <b>{ $department }</b>已就 <code>{ $number }</code> 作出複查意見。
    處理結果：<b>{ $outcome }</b>
    文號：{ $serial }，核驗碼：<code>{ $verification }</code>
    對複查意見不服的，可以在30日內申請覆核。處理意見：
told-review-answered-final =
    <b>{ $department }</b>已就 <code>{ $number }</code> 作出覆核意見，這是最後的意見。
    處理結果：<b>{ $outcome }</b>
    文號：{ $serial }，核驗碼：<code>{ $verification }</code>
    處理意見：
told-closed = <code>{ $number }</code> 已由<b>{ $department }</b>辦結。請您評價辦理情況。
told-reopened = <code>{ $number }</code> 已由<b>{ $department }</b>重新辦理，將在{ $due }前答覆您。
told-merged = <code>{ $number }</code> 與 <code>{ $into }</code> 反映的是同一件事，已併案辦理。
told-split = <code>{ $number }</code> 涉及幾個單位，已分成幾件分別辦理：{ $children }
told-review-started = 對 <code>{ $number }</code> 的複查已由<b>{ $department }</b>開始，將在{ $due }前給出意見。
told-review-started-final = 對 <code>{ $number }</code> 的覆核已由<b>{ $department }</b>開始，將在{ $due }前給出意見。
told-overdue = 很抱歉，<b>{ $department }</b>沒有在期限內辦完 <code>{ $number }</code>。監督部門已經知道，會督促辦理。
told-withdrawn = <code>{ $number }</code> 已按您的要求撤回。
told-changed = <code>{ $number }</code> 有新的進展，請點下面查看。
decline-not_competent = 不屬於該單位職權範圍
decline-in_court = 已經或者依法應當通過訴訟、仲裁、行政複議解決
decline-already_handled = 同一事項正在辦理，尚在辦理期限內
decline-final = 已有覆核意見，以同一事實和理由再次提出
decline-no_facts = 補正後仍沒有具體的事實
decline-out_of_scope = 不屬於政務失信事項
decline-other = 其他，見說明

## 網頁對話
web-title = 守信 · 投訴舉報
web-lead = 反映政府部門說話不算數、拖欠、毀約等政務失信問題。預設匿名，不需要帳號。
web-log = 對話記錄
web-input = 寫下您要反映的事情
web-send = 發送
web-file = 選擇檔案
web-upload = 發送檔案
web-file-hint = 每份不超過20 MB
web-you = 您
web-bot = 守信
web-language = 語言
web-waiting = 正在回覆…
web-reload = 重新整理
web-offline = 連線中斷，正在重新連線
web-online = 已重新連線
web-uploading = 正在上傳檔案
web-too-large = 這個檔案超過20 MB，沒有傳出。請壓縮或分成幾份再傳。
web-your-file = 您的檔案
web-slow-down = 發送得太快了，請稍等片刻再發。
web-new = 新的投訴
web-commands = 常用功能
web-sent-file = 檔案：{ $name }
web-pressed = 已選：{ $label }
web-staff = 工作人員登入
web-promises = 辦理時限公示
web-verify = 核驗文書
web-not-sent = 沒有發出，請再試一次。
web-first = 您好。請在下面寫下您要反映的事情，我會幫您整理後提交給責任單位。
web-skip = 跳到輸入框

## 公開的頁面
public-back = 回到對話
public-skip = 跳到正文
promises-title = 服務承諾：每一步多少天
promises-lead = 下面是收到投訴以後每一步的時限和法律依據。起算當天不計入，最後一天遇節假日順延。登記、辦理和答覆都不收取任何費用。
promises-places = 轄區
promises-source = 適用{ $document }。沒有寫明地點或者領域不明確的，由{ $department }分辦。
promises-responsible = 責任單位：{ $department }
promises-responsible-by = 責任單位：{ $department }（{ $section }）
promises-local-government = 所在地政府
promises-step = 事項
promises-time = 時限
promises-who = 由誰
promises-basis = 依據
promises-shared = 各領域相同的步驟
promises-shared-note = 轉送、退回、複查和覆核
promises-records = 失信記錄的異議和修復
length-extended = { $length }（最多延長{ $more }）
verify-title = 核驗處理意見書
verify-code = 核驗碼
verify-code-help = 印在處理意見書的最後，由12位數字和字母組成
verify-check = 核驗
verify-genuine = 這份處理意見書是真的。請核對下面的單位、文號和日期與手裏的是否一致。
verify-department = 單位
verify-serial = 文號
verify-date = 日期
verify-private = 為了保護投訴人，這裏不顯示內容和投訴人的任何資訊。
verify-unknown = 沒有查到這個核驗碼。請核對是否輸入正確；如果確認無誤，這份文件不是從本系統發出的。
proof-link = 核驗受理憑證和辦理記錄
proof-title = 核驗憑證
proof-lead = 受理憑證和辦理記錄都帶有簽名。改動任何一個字，核驗就不能通過。這裏不保存您提交的檔案。
proof-genuine-receipt = 這份受理憑證由本系統簽發，沒有被改動。
proof-genuine-case = 這份辦理記錄由本系統簽發，沒有被改動。
proof-genuine-audit-anchor = 這份審計錨點由本系統簽發，沒有被改動。
proof-genuine-other = 這份憑證由本系統簽發，沒有被改動。
proof-issuer = 簽發
proof-number = 編號
proof-filed-at = 提交時間（北京時間）
proof-digest = 內容摘要（SHA-256）
proof-day = 日期
proof-seq = 截至第幾條
proof-hash = 摘要
proof-refused-empty = 請選擇憑證檔案，或者貼上檔案的內容。
proof-refused-foreign = 這不是本系統的憑證檔案。
proof-refused-other-key = 這份憑證由另一把密鑰簽署，不能用本系統的公鑰核驗。
proof-refused-changed = 憑證內容與簽名不符，可能被改動過。
proof-refused-too-large = 檔案太大，不是本系統的憑證檔案。
proof-file = 憑證檔案
proof-file-help = 從對話裏下載的 .json 檔案
proof-text = 或者貼上檔案的內容
proof-alone = 自己核驗
proof-key = 下載公鑰：
proof-offline = 有了公鑰，不連網也能核驗：

# -- the same matter told again, and chats of staff
retold = 這件事與您之前提交的 { $number }（{ $status }）很相近。作為補充材料加入，承辦人會一併辦理；如果是另一件事，請仍作為新的一件提交。
retold-ended = { $number } 現在不能補充了。您可以把這件事作為新的一件提交。
button-join = 作為補充材料加入 { $number }
button-separate = 仍作為新的一件提交
link-done = 已綁定。您經辦的件有新情況時，會在這裡提醒您。可在網頁「我的賬號」裡解除綁定。
link-wrong = 綁定碼不對或已過期。請在網頁「我的賬號」裡重新產生，十分鐘內傳送。
