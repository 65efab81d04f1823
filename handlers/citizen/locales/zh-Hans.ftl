### 守信：给投诉人看的文字（简体中文）

## 状态、重点领域、处理结果、步骤等的名称在 cases/words.py；对投诉人另有说法的，名称以 -told 结尾
domain-private_wages-told = 企业拖欠工资
domain-out_of_scope-told = 不属于政务失信
domain-spam-told = 疑似垃圾信息
status-registered-means = 责任单位已经收到，将在时限内告知是否受理。
status-accepted-means = 责任单位正在办理。
status-awaiting_citizen-means = 责任单位请您补充材料，收到后继续办理。
status-answered-means = 责任单位已经作出书面答复。您可以评价，也可以在{ $review-days }日内申请复查。
status-answered-means-final = 上级机关已经作出复查意见。您可以评价，也可以在{ $review-days }日内申请复核。
status-answered-means-last = 责任单位已经作出书面答复。您可以评价。
status-closed-means = 此件已经办结。有新的事实，可以重新提交。
status-declined-means = 责任单位决定不予受理。您可以在{ $review-days }日内申请复查。
status-declined-means-last = 责任单位决定不予受理。有新的事实，可以重新提交。
case-merged = 此件与别人反映的同一件事并案办理，编号 { $into }；答复、留言和复查都和单独办理一样。
case-stalled = 应由{ $department }办理，但它还没有能够办理此件的账号，所以还没有开始。督办人员已经知道，有人办理时会告诉您。
status-withdrawn-means = 您已经撤回此件。需要时可以重新提交。
status-merged-means = 此件已并入另一件一起办理。
status-in_review-means = 上级机关正在复查。
status-in_final_review-means = 上级机关正在复核。

## 命令
command-start = 开始
command-new = 写一件新的投诉举报
command-status = 查询进度
command-language = 语言 / Language
command-privacy = 隐私说明
command-help = 帮助
command-cancel = 放弃正在填写的内容
command-unknown = 没有这个命令。发送 /help 可以查看全部命令；要投诉举报，直接写下事情经过就可以。

## 开始与帮助
start =
    您好，这里是<b>守信</b>，受理对政务失信的投诉举报：承诺的政策不兑现、拖欠工程款和账款、招商合同毁约、政府采购和招标投标不守规矩、新官不理旧账等。

    直接把事情写给我就可以：什么单位、什么时候、答应了什么、后来怎样、涉及多少钱。默认匿名。

    提交后您会得到编号和回执码，凭它们随时查询进度。请不要写与此事无关的他人隐私。
help =
    <b>怎么用</b>
    直接写下事情，我会整理出领域、地区和被投诉单位，请您核对后提交。

    /new 写一件新的投诉举报
    /status 查询进度（也可以直接发编号或回执码）
    /add 给已提交的件补充材料
    /withdraw 撤回
    /rate 评价办理结果
    /review 对答复不服，申请复查
    /language 切换语言
    /privacy 隐私说明
    /cancel 放弃正在填写的内容

    这里不收取任何费用，也不会向您索要密码、验证码。遇到紧急危险请拨打110。
help-web =
    <b>怎么用</b>
    直接写下事情，我会整理出领域、地区和被投诉单位，请您核对后提交。

    输入框下面的“更多”里可以查询进度、给已提交的件补充材料、看隐私说明。查询也可以直接发编号或回执码。
    撤回、评价、申请复查：先查询进度，点开那一件，下面有按钮。
    右上角的“快速离开”马上换到别的网站；“这台设备”里可以清除本机记录。

    这里不收取任何费用，也不会向您索要密码、验证码。遇到紧急危险请拨打110。
tell-first = 请写下您要反映的事情：什么单位，什么时候，答应了什么，后来怎样，涉及多少钱。可以分几条发，也可以发照片和文件。
draft-exists = 您有一件还没有提交的投诉。要接着写，还是放弃它重新开始？
discarded = 已放弃，刚才填写的内容不会提交。点错了可以现在撤销；需要时直接发文字就可以重新开始。
taken-back = 已撤销放弃，接着往下写就可以。
nothing-to-cancel = 现在没有正在填写的内容。
will-be-anonymous = 好的，匿名提交，不会留下您的姓名。
will-be-named = 好的，实名提交，稍后问您的姓名和联系方式。
can-say-identity = 刚才这句没有记入投诉。可以说“匿名”或者“实名”，也可以点按钮。
can-say-evidence = 刚才这句没有记入投诉。有材料就发过来；没有，说“没有”就可以。
can-say-summary = 刚才这句没有记入投诉。要提交，说“确认提交”；哪里不对，直接说，例如“金额不对，是35万”；要补充，接着写。
body-moved = 地区改了，被投诉单位也相应改为“{ $body }”，请核对。
place-moved = 单位改了，地区也相应改为“{ $place }”，请核对。
body-elsewhere = 地区改了，原来的“{ $body }”不在那里，请更正单位。
told-so-far = 已记下，请接着写：什么单位，答应了什么，后来怎样，涉及多少钱。说完了请点“说完了”。
long-received = 已收到 { $count } 个字。如果还没有说完，请接着发；说完了请点下面的按钮。
too-long = 一件投诉最多写 { $limit } 个字，这一条没有加入。请精简，或者把详细经过放在文件里作为材料发来。
forwarded = （以下为转发的内容）
empty-message = 这条消息里没有文字。请用文字写下您要反映的事情。

## 理解
overview =
    <b>我是这样理解的，请核对：</b>
    { $lines }

    有不对的请点“有不对的，更正”；还有要说的，直接接着写。
greeting = 您好。请写下您要反映的事情：什么单位，什么时候，答应了什么，后来怎样，涉及多少钱。可以分几条发，也可以发照片和文件。
greeting-own =
    您好。想问已经提交的件，请点它的编号，可以看进度、补充材料、给承办单位留言。

    要反映新的事情，请接着写：什么单位，什么时候，答应了什么，后来怎样。
overview-unsure =
    <b>收到。您反映的主要是哪方面的事？</b>
    { $lines }
outside-private_wages =
    您反映的像是<b>企业拖欠工资</b>。这类事情由劳动保障监察机构处理，最快的办法是拨打<b>12333</b>，或者到用工所在地的劳动保障监察大队投诉。政府投资工程拖欠工资的，可以在这里提交。

    如果您认为这件事与政府部门不守信有关，仍然可以提交，由工作人员判断。
outside-out_of_scope =
    您反映的像是<b>不属于政务失信</b>的事情。一般的诉求请拨打<b>12345</b>政务服务便民热线，那里会转给管这件事的部门。

    如果您认为这件事与政府部门说话不算数有关，仍然可以提交，由工作人员判断。
outside-spam =
    这段文字看起来不像一件投诉举报，可能是广告或误发。

    如果您确实要反映事情，仍然可以提交，由工作人员查看后再处理。
elsewhere =
    您反映的事情发生在<b>{ $place }</b>，不在这里受理的范围。这里只受理{ $here }的事情，不能替您交办，也不能答应您期限。

    可以向这些渠道反映：
    { $lines }

    如果地方理解错了，请更正；已经写下的可以复制到那边用。
elsewhere-record = 也可以在{ $desk }登记备查：有编号，可以查询，登记台会告诉您可以向哪里反映；不会替当地办理。
record-note = 这一件只登记备查，不交给当地办理；日期是登记台告诉您去向的期限，不是当地办结的期限。
button-for-record = 登记备查
triage-note = 地点还不清楚，先由上面的单位分办，日期是暂定的；确定由谁办理以后，会再告诉您。
refer-graft = 里面说到收钱、好处这类事。这类事请同时向纪检监察机关（<b>12388</b>）或者检察机关（<b>12309</b>）反映。政府不守信的部分，这里照样受理，被写到名字的人打不开这一件。
refer-crime = 里面说到可能是犯罪的事。请先拨打<b>110</b>报警。政府不守信的部分，这里照样受理。
unknown = 未说明
line-domain = 领域：<b>{ $value }</b>
line-words = 依据您写的：{ $words }
line-place = 地区：{ $value }
line-accused = 被投诉单位：{ $value }
line-named-too = 还提到（没有算作被投诉单位）：{ $names }
line-amount = 涉及金额：{ $value }
line-period = 时间：{ $value }
line-wish = 您的诉求：{ $value }
line-files = 材料：{ $count } 份

## 提问
step-of = 第{ $step }步，共{ $steps }步
ask-correction = 要更正哪一项？也可以直接写，例如“不是城东区，是城西区”。
ask-domain = 请选择最接近的方面：
ask-place = 事情发生在哪里？请写到省、市、县（区），例如“青海省西宁市城东区”。
ask-place-list = 请选择地方：
ask-place-choice = 这个地名不止一处，请选择是哪一个，或者写出完整的省、市、县（区）。
ask-accused = 您要投诉的是哪个单位？请写全称，例如“某某县住房和城乡建设局”；有几个就写几个。不清楚的话，先交给统筹单位，由那里的人弄清楚。
ask-accused-which = 您要投诉的是哪个单位？请点选，或者写出全称，例如“某某县住房和城乡建设局”；有几个就写几个。不清楚的话，先交给统筹单位，由那里的人弄清楚。
ask-accused-too = 您要投诉的是哪个单位？现在记的是：{ $names }。对的话请点“就是这些”；还有别的单位请点选；不对的话，请写出全部单位的全称。
ask-wish = 您希望怎样解决？例如“支付拖欠的工程款”“兑现奖励政策”。
ask-amount = 涉及多少钱？例如“12万元”或“120000”。
ask-period = 这件事发生在什么时候？例如“2023年5月至今”。
ask-identity =
    您要匿名提交，还是留下姓名和联系方式？

    匿名：责任单位不知道您是谁，通过这里与您沟通。
    实名：姓名和联系方式加密保存，须两人批准才能查看，并留下记录。
ask-name = 请写下您的姓名或称呼。
ask-contact = 请写下联系方式，例如手机号码。
ask-evidence = 如果有合同、文件、照片、录音等材料，请发到这里（每份不超过{ $megabytes } MB，最多{ $most-files }份）。拍摄地点、设备、作者等附带信息会先去除；去不掉的，会先问您再保存。文件名不保存。
papers-awaited = 好的，有材料就在这里发给我。现在不方便，也可以先点按钮继续，提交以后再补充。
ask-more-evidence = 已收到 { $count } 份材料。还有就接着发，没有就点按钮继续。
answer-too-long = 请写得短一些，不超过 { $limit } 个字。
fact-noted = “{ $words }”已记为{ $kind }。
fact-who = “{ $words }”已记下，选择实名提交时才会用。
fact-known = “{ $words }”没有记进投诉。要改{ $kind }，请说“{ $kind }应该是{ $words }”。
fact-not-sure = “{ $words }”像是{ $kind }，这里问的不是{ $kind }，所以没有记下。
fact-not-who = “{ $words }”像是{ $kind }。您选的是匿名，所以没有记下。
fact-place = 地区
fact-accused = 单位
fact-wish = 诉求
fact-amount = 金额
fact-period = 时间
fact-name = 姓名
fact-contact = 联系方式
amount-not-understood = 没有看懂这个金额。请写成“12万元”或“120000”这样。

## 材料
file-under-way = 正在接收“{ $name }”，请稍等，可以接着写。收到了或者没收到，我都会告诉您。
files-under-way = 还有 { $count } 份材料正在接收。可以等收到了再提交，也可以不等，现在就提交；没收到的不会包含在内，以后可以补充。
files-waited-for = 好的。材料收到后我会告诉您，到时再提交。
filed-without = 有 { $count } 份材料在提交时还没有收到，不包含在 { $number } 里。请用 /add 补充。
file-cleaned = 已收到“{ $name }”，里面的{ $traces }已经去除。文件名不保存，存为“{ $kept }”。现有 { $count } 份材料。
file-nothing-found = 已收到“{ $name }”，没有发现附带信息。文件名不保存，存为“{ $kept }”。现有 { $count } 份材料。
file-plain = 已收到“{ $name }”。文件名不保存，存为“{ $kept }”。现有 { $count } 份材料。
file-as-is = 已按原样保存“{ $name }”，存为“{ $kept }”。现有 { $count } 份材料。
file-asks-clean =
    “{ $name }”等您决定，还没有算作材料。里面有：{ $removed }。
    去除后保存：这些都去掉，文字和画面不变；修改过的按最后的样子保留，夹带的文件不留，电子签名失效。
    按原样保存：承办单位能看到这些。
file-asks-both =
    “{ $name }”等您决定，还没有算作材料。里面有：{ $removed }，可以去除；另外有：{ $remains }，去不掉。
    去除后保存：承办单位只能看到去不掉的。按原样保存：都能看到。
file-asks-only =
    “{ $name }”等您决定，还没有算作材料。里面可能有：{ $remains }，去不掉。
    按原样保存的话，承办单位能看到这些。也可以另存为 PDF，或者截图、拍照再发。
file-not-kept = “{ $name }”没有保存。现有 { $count } 份材料。
file-taken-out = 已去掉“{ $name }”。现有 { $count } 份材料。
files-list = 现有 { $count } 份材料。要去掉哪一份，就点哪一份。
trace-place = 拍摄地点
trace-device = 设备和软件
trace-author = 作者和单位
trace-time = 制作时间
trace-commenters = 批注人和修改人的名字
trace-changes = 修改记录和以前的内容
trace-pictures = 文中图片的附带信息
trace-attached = 夹带的文件
trace-signature = 电子签名
trace-details = 其他附带信息
trace-unseen = 查不出来的附带信息（比如作者、单位、时间、地点、以前的内容）
album-received = 正在接收这一组材料。附带信息会先去除；去不掉的，会逐份问您。

## 确认与提交
summary =
    <b>请确认要提交的内容</b>
    { $words }

    { $lines }
    提交方式：{ $identity }

    将交由<b>{ $department }</b>办理：
    { $promises }
giveaways-masked = 里面有可能让人认出您的内容：{ $found }。给责任单位看的会用*遮住，原文另外密封保存，须两人批准才能查看。
giveaways-shown = 里面有可能让人认出您的内容：{ $found }。现在会原样给责任单位看；可以点“遮住这些内容”。
giveaways-in-note = 里面有可能让人认出您的内容：{ $found }。可以遮住后提交。
giveaway-name = 姓名
giveaway-number = 号码
giveaway-address = 住址
giveaway-plate = 车牌
giveaway-job = 职务
identity-anonymous = 匿名
identity-named = 实名（{ $who }）
identity-locked = 实名（姓名和联系方式已单独锁存）
days = { $amount }日
working-days = { $amount }个工作日
provisional = （暂定）
promise-accept = 告知是否受理：{ $length }内（{ $basis }）
promise-accept-by = 告知是否受理：不晚于{ $day }（{ $length }，{ $basis }）
promise-handle = 办理答复：受理后{ $length }内（{ $basis }）
promise-handle-by = 办理答复：不晚于{ $day }（{ $length }，{ $basis }）
promise-other = 办理：{ $length }内（{ $basis }）
promise-other-by = 办理：不晚于{ $day }（{ $length }，{ $basis }）
filed =
    <b>已提交。</b>
    编号：<code>{ $number }</code>
    回执码：<code>{ $receipt }</code>
    责任单位：{ $department }
    { $promises }

    回执码只显示这一次，请现在抄下。凭它可以在任何账号或网页上查询，请不要给别人看。抄好后点“我已记下”，它就从这里消失。
    有进展我会在这里告诉您，也可以随时用 /status 查询。
filed-noted =
    <b>已提交。</b>
    编号：<code>{ $number }</code>
    责任单位：{ $department }
    回执码已经收起，不再显示。
department-empty = { $department }。它还没有能够办理此件的账号，您的投诉已交督办人员安排；有人办理时会告诉您。
filed-notice = 已提交，编号 { $number }
too-many-filings = 24小时内最多提交 { $limit } 件，今天已经达到。填写的内容还在，请明天再确认；急事请拨打12345。
edit-taken = 已按您修改后的内容更新。
edit-too-late = 这条内容不在正在填写的投诉里，修改不会生效。已经提交的件请用 /add 补充说明。

## 按钮
button-continue = 没有问题，继续
button-correct = 有不对的，更正
button-no-correction = 没有要更正的
button-undo = 撤销放弃
button-noted = 我已记下
button-discard = 放弃
button-insist = 仍要提交
button-fix-domain = 更正领域
button-fix-place = 更正地区
button-fix-accused = 更正单位
button-accuse-body = 也投诉{ $name }
button-accuse-every = 这些也都投诉
button-all-accused = 就是这些
button-fix-amount = 更正金额
button-fix-period = 更正时间
button-fix-wish = 更正诉求
button-domains = 都不是，看全部
button-skip = 跳过
button-within = 从列表里选地方
button-only-here = 就选{ $place }
button-unknown = 不清楚
button-anonymous = 匿名（默认）
button-named = 留下姓名和联系方式
button-enough = 完成，下一步
button-nothing = 没有材料，下一步
button-keep-clean = 去除后保存
button-keep-as-is = 按原样保存
button-keep-not = 不保存
button-list-files = 去掉一份材料
button-drop-file = 去掉“{ $name }”
button-keep-all = 都留下，继续
button-told = 说完了
button-confirm = 确认提交
button-wait = 等材料收到
button-file-now = 不等了，现在提交
button-send-now = 不等了，现在提交
button-back = 返回修改
button-send-masked = 遮住后提交
button-mask = 遮住这些内容
button-unmask = 不用遮，原样提交
button-resume = 接着写
button-anew = 重新开始
button-open = 查看进度
button-write = 给承办人留言
button-answer = 查看答复
button-proof = 下载受理凭证
button-export = 下载办理记录
proof-caption = { $number } 的受理凭证。它证明您在什么时间提交了什么内容，任何人都可以在 /verify/proof 页面核验，改动一个字就不能通过。里面没有您的姓名和联系方式。
export-caption = { $number } 的办理记录，包含您写的内容和办理经过，请妥善保管。可以在 /verify/proof 页面核验。
button-send = 提交
button-stop = 放弃
button-accuse = 补充被投诉单位
button-withdraw-now = 确认撤回
button-yes = 是
button-no = 否
button-new = 写投诉举报
button-status = 查询进度
button-language = 语言 / Language
button-privacy = 隐私说明
button-stored = 查看存了什么
button-erase = 删除联系方式
button-erase-now = 确认删除
stale-button = 这个按钮已经失效，请以最新的消息为准。

## 查询
status =
    <b>您的投诉举报</b>
    { $lines }

    点编号查看详情。用别的账号提交的，请发送16位回执码。
status-line = <code>{ $number }</code> { $status }
status-line-due = <code>{ $number }</code> { $status }，{ $day }前应有结果
status-unfiled = 您写的这一件还没有提交，所以还没有人办理。接着往下走，提交以后才会交给责任单位。
status-none = 这里还没有您提交的件。如果是用别的账号或网页提交的，请发送16位回执码。
case =
    <b>{ $number }</b>
    状态：<b>{ $status }</b>。{ $meaning }
    提交日期：{ $filed }
    领域：{ $domain }
    责任单位：{ $department }
clock-accept = 告知是否受理：不晚于{ $day }
clock-handle = 办理答复：不晚于{ $day }
clock-review = 复查意见：不晚于{ $day }
clock-final_review = 复核意见：不晚于{ $day }
clock-other = 办理时限：不晚于{ $day }
clock-paused = 等待您补充材料，期限暂停计算。
course = <b>经过</b>
course-line = { $day }　{ $what }
past-accuse = 已补充被投诉单位
past-ask-supplement = 请您补充材料
past-supplement = 您补充了材料
past-accept-transfer = 已转由新的责任单位办理
past-decide-dispute = 上级已确定责任单位
past-route = 已分送责任单位
past-write-staff = 承办人留言：{ $words }
past-write-citizen = 您的留言：{ $words }
past-approve-extension = 办理期限经批准延长
past-answer = 已作出书面答复
past-withdraw = 您撤回了此件
past-merge = 已并入另一件
past-split = 已分送多个单位
past-ask-review = 您申请了复查
past-ask-final-review = 您申请了复核
past-link-commitment = 找到了登记的承诺
past-unlink-commitment = 那项承诺与此无关，不再关联
past-rate = 您作了评价
past-follow-up = 请您评价办理情况
past-countersign-decline = 决定不予受理
past-other = 有新的进展
letter =
    <b>处理意见书</b> { $serial }
    { $department }，{ $day }
    处理结果：<b>{ $outcome }</b>
    法律依据：{ $basis }
    核验码：<code>{ $verification }</code>（可在网页“核验”处查验真伪）
letter-request = 投诉请求
letter-facts = 查明的事实和理由
letter-opinion = 处理意见
number-not-yours = 没有找到 { $number }，或者它不是在这个账号提交的。请发送提交时得到的16位回执码。
receipt-unknown = 没有与这个回执码对应的件，请核对后再发。
too-many-receipts = 一小时内试错太多次了，请一小时后再试。
reference-not-understood = 没有看懂。编号类似 SX20261122-1234567-8，回执码是16位数字。要写投诉，请点下面的按钮。
which-case = 是哪一件？

## 对已提交的件
begin-supplement = 请发来要补充到 { $number } 的文字、照片或文件，发完后点“提交”。
begin-write = 请写下给 { $number } 承办人的话，写完后点“提交”。对方不会看到您的账号。
begin-accuse = { $number } 还投诉哪些单位？请写全称，有几个就写几个，写完后点“提交”。此件会立即离开这些单位和它们的下级，他们不再能看到它。
reason-accuse = 投诉人补充
begin-withdraw = 要撤回 { $number } 吗？撤回后责任单位不再办理。可以写一句理由，也可以直接点“确认撤回”。
begin-review = 请写下对 { $number } 的答复不服的理由，写完后点“提交”。上级机关会重新审查。
begin-review-final = 请写下对 { $number } 的复查意见不服的理由，写完后点“提交”，就是申请复核。
disagree-why = 对 { $number } 的答复，您不满意的是哪里？请直接写下来，写完点“提交”，就是申请复查，由上级机关重新审查。也可以评价这次办理，评价不影响复查。
note-received = 已记下，共 { $count } 个字。可以接着写，完成后请点按钮。
note-empty = 还没有内容，请先写一点文字。
addition =
    已记下，准备补充到 { $number }：{ $count } 个字{ $files ->
        [0] {""}
       *[other] ，{ $files } 份材料
    }。还有就接着写，也可以发文件；好了请说“提交”。
ask-adding = 已记下。这是补充您以前提交的，还是另一件事？
errand-stopped = 已放弃，没有提交。
errand-not-now = { $number } 现在的状态是“{ $status }”，不能办理这一项。
rate-responded = 关于 { $number }：责任单位回应您了吗？
rate-solved = 您的问题解决了吗？
rate-satisfied = 您对办理满意吗？
rate-why = 不满意的是什么？可以选几项，也可以直接写下来，最后点“提交”。不想说就不用管。
rate-why-noted = 已记下。可以再选、再写，最后点“提交”。
rate-by-button = 请点上面的按钮评价。要退出评价，请发送 /cancel。
satisfied-5 = 非常满意
satisfied-4 = 满意
satisfied-3 = 一般
satisfied-2 = 不满意
satisfied-1 = 非常不满意
done-supplement = 已补充到 { $number }，承办人会看到。
done-write = 留言已交给 { $number } 的承办人。
done-accuse = 已记入 { $number }。这些单位和它们的下级不再能看到此件。
done-withdraw = { $number } 已撤回。以后还可以重新提交。
done-rate = 谢谢您的评价，监督部门会看到。
done-review = 已为 { $number } 提出申请，上级机关受理后会告诉您。
none-accuse = 现在没有可以补充被投诉单位的件。
none-supplement = 现在没有可以补充材料的件。
none-write = 现在没有可以留言的件。
none-withdraw = 现在没有可以撤回的件。
none-rate = 现在没有可以评价的件，答复之后才能评价。
none-review = 现在没有可以申请复查的件。书面答复后{ $review-days }日内可以申请。

## 语言与隐私
ask-language = 请选择语言。
language-set = 已切换为简体中文。
privacy =
    <b>隐私说明</b>
    您用的聊天软件本身知道是谁在写信，这一点我们无法改变。不想让它知道的，可以用网页对话提交。

    <b>我们保存什么</b>
    · 您写的内容和材料，加密保存；材料的附带信息按您的选择去除，文件名不保存。
    · 您的聊天地址：一个无法反推的编码，和一份加密的地址，只用来把消息送给您。
    · 实名时的姓名和联系方式，加密，与件分开保存。

    <b>谁能看到</b>
    承办人看到件，看不到是谁提交的。查看实名信息须由一人申请、另一人批准，每次都留下记录。被投诉单位及其下级看不到此件。

    <b>保存多久</b>
    办结后按规定的期限保存，到期自动去除个人信息；依法需要保留的除外。

    <b>您的权利</b>
    可以查看、更正、补充、撤回，也可以删除联系方式。用回执码可以在别的账号或网页上继续，不必再用这个账号。
privacy-web =
    <b>隐私说明</b>
    这个网页不需要账号。浏览器里存有一个随机标识（cookie），只用来认出这段对话；关闭浏览器就忘记，您可以在“这台设备”里选择记得更久或者马上清除，之后请用回执码查询。网络服务商可能知道您访问过本站。

    <b>我们保存什么</b>
    · 您写的内容和材料，加密保存；材料的附带信息按您的选择去除，文件名不保存。
    · 对话的标识：一个无法反推的编码，和一份加密的地址。
    · 实名时的姓名和联系方式，加密，与件分开保存。

    <b>谁能看到</b>
    承办人看到件，看不到是谁提交的。查看实名信息须由一人申请、另一人批准，每次都留下记录。被投诉单位及其下级看不到此件。

    <b>保存多久</b>
    办结后按规定的期限保存，到期自动去除个人信息；依法需要保留的除外。

    <b>您的权利</b>
    可以查看、更正、补充、撤回，也可以删除联系方式。用回执码可以在别的设备上继续。
stored =
    <b>与这个账号有关的内容</b>
    { $lines }
stored-nothing = 没有与这个账号有关的件，也没有草稿。
stored-case = <code>{ $number }</code>：{ $who }，材料 { $files } 份
stored-draft = 未提交的草稿：{ $length } 个字，材料 { $files } 份
erase-ask = 将删除您在这里提交的各件的姓名和联系方式。件本身和回执码不受影响，承办人仍可以通过这里给您留言。确定吗？
erased = 姓名和联系方式已删除。

## 其他消息
groups-not-here = 为了保护您，投诉举报请私下写给我，不要发在群里。
kind-not-understood = 这类消息我看不懂。请用文字写下事情，或者发照片、文件、录音、视频作为材料。
location-not-kept = 位置信息没有保存。请用文字写出地点，例如“青海省西宁市城东区”。
contact-not-kept = 联系人信息没有保存。只有选择实名时才需要联系方式，我会另外问您。
never-pay = 守信不收取任何费用。

## 出错时
error-not-found = 没有找到，或者它不是在这个账号提交的。
error-stale-case = 此件刚刚有变化，请用 /status 查看后再办理。

## 通知
told-registered = 您的投诉举报 <code>{ $number }</code> 已登记。
told-claimed = <code>{ $number }</code> 已有承办人开始查看。
told-accepted = <code>{ $number }</code> 已由<b>{ $department }</b>受理，将在{ $due }前答复您。
told-accepted-anew = <code>{ $number }</code> 已由<b>{ $department }</b>重新受理，将在{ $due }前答复您。
told-declined =
    很抱歉，<b>{ $department }</b>决定对 <code>{ $number }</code> 不予受理。
    理由：{ $reason }
    依据：{ $basis }
    不服的，可以在{ $review-days }日内申请复查。以下是说明：
told-declined-last =
    很抱歉，<b>{ $department }</b>决定对 <code>{ $number }</code> 不予受理。
    理由：{ $reason }
    依据：{ $basis }
    不再有上一级可以申请复查。以下是说明：
told-supplement-asked = <b>{ $department }</b>请您为 <code>{ $number }</code> 补充下面的材料。等待期间办理期限暂停。
told-supplement-asked-until = <b>{ $department }</b>请您在{ $until }前为 <code>{ $number }</code> 补充下面的材料。等待期间办理期限暂停。
told-supplement-received = <code>{ $number }</code> 的补充材料已收到，继续办理。
told-transferred = <code>{ $number }</code> 已转由<b>{ $department }</b>办理，您不需要重新提交。
told-message = <b>{ $department }</b>就 <code>{ $number }</code> 给您留言：
told-extended =
    <code>{ $number }</code> 的办理期限经<b>{ $department }</b>负责人批准，延长到{ $until }。
    理由：
told-answered =
    <b>{ $department }</b>已就 <code>{ $number }</code> 作出书面答复。
    处理结果：<b>{ $outcome }</b>
    文号：{ $serial }，核验码：<code>{ $verification }</code>
    对答复不服的，可以在{ $review-days }日内申请复查。处理意见：
told-answered-last =
    <b>{ $department }</b>已就 <code>{ $number }</code> 作出书面答复。
    处理结果：<b>{ $outcome }</b>
    文号：{ $serial }，核验码：<code>{ $verification }</code>
    不再有上一级可以申请复查。处理意见：
told-review-answered =
    <b>{ $department }</b>已就 <code>{ $number }</code> 作出复查意见。
    处理结果：<b>{ $outcome }</b>
    文号：{ $serial }，核验码：<code>{ $verification }</code>
    对复查意见不服的，可以在{ $review-days }日内申请复核。处理意见：
told-review-answered-last =
    <b>{ $department }</b>已就 <code>{ $number }</code> 作出复查意见。
    处理结果：<b>{ $outcome }</b>
    文号：{ $serial }，核验码：<code>{ $verification }</code>
    按规定，复查复核到此为止。处理意见：
told-review-answered-final =
    <b>{ $department }</b>已就 <code>{ $number }</code> 作出复核意见，这是最后的意见。
    处理结果：<b>{ $outcome }</b>
    文号：{ $serial }，核验码：<code>{ $verification }</code>
    处理意见：
told-closed = <code>{ $number }</code> 已由<b>{ $department }</b>办结。请您评价办理情况。
told-follow-up = 对 <code>{ $number }</code>，<b>{ $department }</b>已经作出答复。现在情况怎样？请您评价：点“评价”，或者回复“评价”。评不评价由您决定，不影响您的权利。
told-reopened = <code>{ $number }</code> 已由<b>{ $department }</b>重新办理，将在{ $due }前答复您。
told-order-issued = <code>{ $number }</code> 反映的情况已查实，<b>{ $department }</b>已收到限期整改通知，须在{ $until }前整改。
told-order-extended = <code>{ $number }</code>：<b>{ $department }</b>的整改期限延长到{ $until }。
told-order-cancelled = <code>{ $number }</code>：给<b>{ $department }</b>的整改通知已撤销，我们会继续处理。
told-order-fulfilled = <code>{ $number }</code>：经核实，<b>{ $department }</b>已经整改。
told-order-refused = <code>{ $number }</code>：<b>{ $department }</b>没有整改，已认定为拒不整改。
told-order-overdue = <code>{ $number }</code>：<b>{ $department }</b>的整改期限已过，还没有完成，我们正在处理。
told-record-made = <code>{ $number }</code>：<b>{ $department }</b>的失信行为已经认定，记入信用记录。
told-record-revoked = <code>{ $number }</code>：<b>{ $department }</b>的失信记录已依法撤销。
told-record-repaired = <code>{ $number }</code>：<b>{ $department }</b>已经纠正并履行义务，失信记录已修复。
told-mediation-begun = <code>{ $number }</code>：您和<b>{ $department }</b>都同意调处，现在开始。调处全凭自愿，您随时可以退出；此件的办理期限照常计算。
told-mediation-settled = <code>{ $number }</code>：您和<b>{ $department }</b>已达成调解协议，我们会跟进履行。
told-mediation-failed = <code>{ $number }</code>：与<b>{ $department }</b>的调处没有达成协议，已经终止。您的其他权利不受影响，此件照常办理。
told-mediation-court = <code>{ $number }</code>：您可以在{ $until }前和<b>{ $department }</b>一起向法院申请确认调解协议，确认后可以申请强制执行。
told-mediation-kept = <code>{ $number }</code>：经核实，<b>{ $department }</b>已经履行调解协议。
told-mediation-broken = <code>{ $number }</code>：<b>{ $department }</b>没有按期履行调解协议，我们正在处理。
told-merged = <code>{ $number }</code> 与 <code>{ $into }</code> 反映的是同一件事，已并案办理。
told-commitment-linked = <code>{ $number }</code> 反映的事情，<b>{ $department }</b>有一项公开登记的承诺：{ $matter }，完成日期{ $due }。承诺编号 <code>{ $commitment }</code>，在“政务承诺”页面可以看到它是否兑现。办理人员会一并核实。
told-commitment-unlinked = <code>{ $number }</code>：经核对，登记的承诺 <code>{ $commitment }</code> 不是您反映的这件事，已取消关联。理由：{ $reason }。您反映的事情照常办理。
told-split = <code>{ $number }</code> 涉及几个单位，已分成几件分别办理：{ $children }
told-review-started = 对 <code>{ $number }</code> 的复查已由<b>{ $department }</b>开始，将在{ $due }前给出意见。
told-review-started-final = 对 <code>{ $number }</code> 的复核已由<b>{ $department }</b>开始，将在{ $due }前给出意见。
told-review-waits = 对 <code>{ $number }</code> 的复查申请已经收到，应由<b>{ $department }</b>办理。它还没有能够办理此件的账号，所以复查还没有开始。期限仍从今天算起，到{ $due }；督办人员已经知道，有人办理时会告诉您。
told-review-waits-final = 对 <code>{ $number }</code> 的复核申请已经收到，应由<b>{ $department }</b>办理。它还没有能够办理此件的账号，所以复核还没有开始。期限仍从今天算起，到{ $due }；督办人员已经知道，有人办理时会告诉您。
told-department-waits = <code>{ $number }</code> 应由<b>{ $department }</b>办理。它还没有能够办理此件的账号；督办人员已经知道，有人办理时会告诉您。您不需要重新提交。
told-overdue = 很抱歉，<b>{ $department }</b>没有在期限内办完 <code>{ $number }</code>。监督部门已经知道，会督促办理。
told-withdrawn = <code>{ $number }</code> 已按您的要求撤回。
told-changed = <code>{ $number }</code> 有新的进展，请点下面查看。
decline-not_competent-told = 不属于该单位职权范围
decline-other-told = 其他，见说明

## 网页对话
web-title = 守信 · 投诉举报
web-lead = 反映政府部门说话不算数、拖欠、毁约等政务失信问题。默认匿名，不需要账号。
web-log = 对话记录
web-input = 写下您要反映的事情
web-input-place = 写省、市、县（区），如“西宁市城东区”
web-input-accused = 写单位全称
web-input-wish = 写您希望怎样解决
web-input-amount = 写金额，如“12万元”
web-input-period = 写时间，如“2023年5月至今”
web-input-name = 写姓名或称呼
web-input-contact = 写手机号码等联系方式
web-input-anonymous = 点上面的按钮，或写“匿名”“实名”
web-input-nothing = 发材料，没有就写“没有”
web-input-enough = 接着发材料，发完写“完成”
web-input-confirm = 核对无误就点“确认提交”
web-input-continue = 还有要说的，接着写
web-send = 发送
web-file = 选择文件
web-upload = 发送文件
web-file-hint = 每份不超过{ $megabytes } MB
web-you = 您
web-bot = 守信
web-language = 语言
web-waiting = 正在回复…
web-reload = 刷新
web-offline = 连接中断，正在重新连接
web-online = 已重新连接
web-uploading = 正在上传文件
web-too-large = 这个文件超过{ $megabytes } MB，没有发出。请压缩或分成几份再发。
web-your-file = 您的文件
web-slow-down = 发送得太快了，请稍等片刻再发。
web-new = 新的投诉
web-commands = 常用功能
web-sent-file = 文件：{ $name }
web-pressed = 已选：{ $label }
web-elsewhere = 公示、核验与登录
web-staff = 工作人员登录
web-promises = 办理时限公示
web-verify = 核验文书
web-not-sent = 没有发出，请再试一次。
web-more = 更多
web-camera = 拍照
web-record = 录音
web-record-stop = 停止录音，发出
web-record-cancel = 不要这段录音
web-recording = 正在录音
web-no-microphone = 没有使用麦克风的许可，没有录音。可以在浏览器设置里允许，或用手机录好后发文件。
web-recorded = 录音
web-waiting-file = 没有发出，网络恢复后自动再发
web-retry = 再发
web-remove = 不发这个文件
web-renewed = 浏览器里认出这段对话的标识没有了，已经开始一段新的对话。您刚写的文字没有丢。以前提交的件请发回执码查询。
web-receipt-gone = （已收起，不再显示）
web-receipt-sent = （回执码）
web-quoted = “{ $words }”
web-copy = 复制回执码
web-copied = 已复制
web-save-image = 存为图片
exit-now = 快速离开
exit-hint = 连按三次 Esc 或 Shift 也可以快速离开。
device-link = 这台设备
device-title = 这台设备上的记录
device-lead = 用的是别人也能用的电脑或手机时，请看这里。已经提交的件不受影响，凭回执码可以在任何设备上查询。
device-life = 这个浏览器记住对话多久
device-life-0 = 关闭浏览器就忘记
device-life-7 = 7天
device-life-180 = 180天
device-life-note = 每次打开从当天重新算起。有的手机浏览器关闭后会自己恢复网页，用公用的设备请点下面的清除。
device-save = 保存
device-saved = 已按您的选择保存。
device-forget-title = 清除本机记录
device-forget-note = 这段对话、没有提交的草稿、写了一半的文字都会从这台设备上消失，以后不能在这里接着写。还没有记下回执码的，请先记下。
device-forget = 清除本机记录
device-history = 浏览器的历史记录里可能还有本站的地址，网页不能替您删除，请在浏览器里清除。
device-exit-title = 快速离开
device-exit-note = 每一页右上角都有“快速离开”：页面马上变空白，换成一个普通网站，用返回键回不到这里。它不删除对话。
forgotten-title = 本机记录已清除
forgotten-lead = 这个浏览器已经不认得刚才的对话。浏览器历史记录里的地址请自己清除。
web-first = 您好。请在下面写下您要反映的事情，我会帮您整理后提交给责任单位。
web-skip = 跳到输入框

## 公开的页面
public-back = 回到对话
public-skip = 跳到正文
promises-title = 服务承诺：每一步多少天
promises-lead = 下面是收到投诉以后每一步的时限和法律依据。起算当天不计入，最后一天遇节假日顺延。登记、办理和答复都不收取任何费用。
promises-places = 辖区
promises-source = 适用{ $document }。没有写明地点或者领域不明确的，由{ $department }分办。
promises-responsible = 责任单位：{ $department }
promises-responsible-by = 责任单位：{ $department }（{ $section }）
promises-local-government = 所在地政府
promises-step = 事项
promises-time = 时限
promises-who = 由谁
promises-basis = 依据
promises-shared = 各领域相同的步骤
promises-shared-note = 转送、退回、复查和复核
promises-records = 失信记录的异议和修复
length-extended = { $length }（最多延长{ $more }）
verify-title = 核验处理意见书
verify-code = 核验码
verify-code-help = 印在处理意见书的最后，由12位数字和字母组成
verify-check = 核验
verify-genuine = 这份处理意见书是真的。请核对下面的单位、文号和日期与手里的是否一致。
verify-department = 单位
verify-serial = 文号
verify-date = 日期
verify-private = 为了保护投诉人，这里不显示内容和投诉人的任何信息。
verify-unknown = 没有查到这个核验码。请核对是否输入正确；如果确认无误，这份文件不是从本系统发出的。
proof-link = 核验受理凭证和办理记录
proof-title = 核验凭证
proof-lead = 受理凭证和办理记录都带有签名。改动任何一个字，核验就不能通过。这里不保存您提交的文件。
proof-genuine-receipt = 这份受理凭证由本系统签发，没有被改动。
proof-genuine-case = 这份办理记录由本系统签发，没有被改动。
proof-genuine-audit-anchor = 这份审计锚点由本系统签发，没有被改动。
proof-genuine-log-day = 这一行公开日志由本系统签发，没有被改动。
proof-included = 它已列入 { $day } 的公开日志，谁也不能悄悄抹去。
proof-inclusion = 列入证明（可保存，离线核验）
proof-not-yet = 它还没有列入公开日志。当天提交的，次日列入；日志开始以前提交的，不在其中。
log-title = 公开日志
log-lead = 每天一行，带有签名。每一行都接着前一行，少一行、改一行都会被看出来。里面只有数目和摘要，没有任何人的内容。
log-cases = 当天登记和有进展的件，各项摘要数
log-audit = 审计记录截至第几条
log-root = 日志树根
log-download = 下载全部，自己核对：
log-empty = 还没有公开的日志，次日会有第一行。
proof-genuine-other = 这份凭证由本系统签发，没有被改动。
proof-issuer = 签发
proof-number = 编号
proof-filed-at = 提交时间（北京时间）
proof-digest = 内容摘要（SHA-256）
proof-day = 日期
proof-seq = 截至第几条
proof-hash = 摘要
proof-refused-empty = 请选择凭证文件，或者粘贴文件的内容。
proof-refused-foreign = 这不是本系统的凭证文件。
proof-refused-other-key = 这份凭证由另一把密钥签署，不能用本系统的公钥核验。
proof-refused-changed = 凭证内容与签名不符，可能被改动过。
proof-refused-not-included = 这份凭证不在所附的公开日志里。
proof-refused-too-large = 文件太大，不是本系统的凭证文件。
proof-file = 凭证文件
proof-file-help = 从对话里下载的 .json 文件
proof-text = 或者粘贴文件的内容
proof-alone = 自己核验
proof-key = 下载公钥：
proof-offline = 有了公钥，不联网也能核验：

# -- the same matter told again, and chats of staff
retold = 这件事与您之前提交的 { $number }（{ $status }）很相近。作为补充材料加入，承办人会一并办理；如果是另一件事，请仍作为新的一件提交。
retold-ended = { $number } 现在不能补充了。您可以把这件事作为新的一件提交。
button-join = 作为补充材料加入 { $number }
button-separate = 仍作为新的一件提交
button-add-to = 补充到 { $number }
button-new-matter = 是另一件事
button-divide = 分开反映
button-one-matter = 放在一起
button-take-up = 接着反映这一件
button-leave = 不用了
several-matters =
    这里面好像不止一件事：
    { $lines }
    分开反映，各有各的编号和期限：先办要紧的一件，别的先记下，提交以后接着办。要分开吗？不想分开，说“放在一起”。
matter = { $place }. “{ $words }”（{ $domain }）
divided = 好的，先办下面这一件。别的已经记下，提交以后我会接着问您。
next-matter = 您还说了另一件事：“{ $words }”。现在接着反映吗？
next-matter-left = 好的，这一件不反映了，没有提交。您写的是：“{ $words }”。点错了可以现在撤销。
next-matter-waits = 先把正在写的这一件写完，另一件还记着，之后会再问您。
link-done = 已绑定。您经办的件有新情况时，会在这里提醒您。可在网页“我的账号”里解除绑定。
link-wrong = 绑定码不对或已过期。请在网页“我的账号”里重新生成，十分钟内发送。

### 失信记录公示
records-title = 失信记录公示
records-lead = 这里是经认定、依法公示的政府机构失信记录。公示有期限，期满、修复或者撤回以后不再显示事实。不公示个人。
records-words = 单位名称或者编号
records-domain = 领域
records-all = 全部
records-region = 地区（名称或者代码）
records-year = 年份
records-find = 查找
records-none = 没有找到公示中的记录。
records-more = 下一页
records-open-data = 也可以用程序读取：
records-until = 公示至
records-severity = 失信等级
records-disputed = 异议处理中
records-disputed-note = 被记录单位对这条记录提出了异议，正在处理。
records-facts = 失信事实
records-amount = 涉及金额
records-breach-on = 失信日期
records-found-by = 认定单位和日期
records-documents = 依据文书
records-catalogue = 公共信用信息目录
records-code = 统一社会信用代码
records-period = 公示期
records-of-body = 这个单位的公开情况
records-gone = 这条记录在{ $date }终止公示。
records-objection-note = 被记录单位认为记录有误的，可以向认定单位提出异议。
records-notice = 通报
records-published-on = 公布
records-gone-undated = 这里不再公示。
records-ended = 已终止公示
figures-title = 失信与修复的数字
figures-lead = 一年里认定了多少失信记录，修复了多少，异议成立多少，用了多长时间。这里不列单位，公职人员档案不计。
figures-jurisdiction = 辖区
figures-of = { $number }次（作出决定{ $of }次）
figures-days = 中位数{ $median }天，九成线{ $p90 }天（{ $number }条）
figures-few = 不足{ $least }条，不显示
figures-by-domain = 按领域的失信记录
figures-no-domain = 未写领域
bodies-title = 查单位
bodies-lead = 写单位的名称、统一社会信用代码或者所在地区，可以看到它公开的失信记录、承诺、公开情况和守信表彰。
bodies-words = 单位名称或者统一社会信用代码
bodies-none = 没有找到这样的单位。请写全称，例如“西宁市城东区财政局”。
bodies-promises = 政务承诺
bodies-honours = 守信表彰
bodies-more = 这里只显示最近的一部分，更早的可以在各个登记簿里查找。
counters-not-set = 窗口的地址、时间和电话，设立这里的单位还没有写给我，我不能随口告诉您。
counters-told = 可以去的窗口和电话：
    { $lines }

### 政务承诺登记簿
commitments-title = 政务承诺登记簿
commitments-lead = 谁承诺了什么、对谁承诺、什么时候完成、后来怎么样，都可以在这里查到。
commitments-status = 情况
commitments-none = 没有找到公布的承诺。
commitments-body = 作出承诺的单位
commitments-for = 对谁承诺
commitments-result = 做到什么程度
commitments-due = 完成日期
commitments-post = 责任岗位
commitments-document = 来源
commitments-kept-on = 确认兑现
commitments-explanation = 不能兑现的说明
commitments-change = 依法变更
commitments-compensation = 补偿处理
commitments-code = 这一页的二维码
commitments-tell = 您认为这项承诺没有兑现的，可以投诉举报。
lists-title = 名单和清单
lists-lead = 已公布的诚信清单和黑名单：列入的理由、由谁决定、什么时候退出，每一版改了什么。
lists-none = 没有已公布的名单。
lists-empty = 这一版没有条目。
lists-edition = 第{ $number }版
lists-entries = { $count }条
lists-level-national = 全国
lists-level-province = 省级
lists-level-prefecture = 市州级
lists-level-county = 县区级
lists-level-township = 乡镇街道
lists-level-village = 村居
lists-ground = 理由
lists-decider = 决定机关
lists-term = 期限
lists-from = { $date }起
lists-exit = 退出条件
lists-changes = 第{ $number }版与第{ $since }版相比
lists-no-change = 两版条目相同。
lists-since = 与哪一版相比
lists-compare = 比较
lists-added = 列入
lists-removed = 移出
lists-editions = 各版
evaluations-title = 诚信评价
evaluations-lead = 已公布的政务诚信评价：用哪些指标、各占多少、数字是多少，都写在这里。被评价的单位事先看过，可以提出异议。
evaluations-none = 没有找到已公布的评价。
evaluation-band = 第{ $band }档（共{ $bands }档，第1档最好）
evaluation-one-band = 同在一档，看不出高低
evaluation-points = { $score }分（上下{ $margin }分）
evaluation-few = 已有结果的事项太少，或者没有可以比较的对象，不评分、不分档
evaluation-result = 评价结果
evaluation-places = 可能名次
evaluation-places-of = 第{ $best }至第{ $worst }名（共{ $peers }个）
evaluation-place-of = 第{ $best }名（共{ $peers }个）
evaluation-heading = { $year }年度诚信评价
evaluation-range = 可能{ $low }%至{ $high }%
evaluation-taken-on = 数字截至
evaluation-published-on = 公布日期
evaluation-by = 评价单位和依据
evaluation-parts = 各项指标
evaluation-part = 指标
evaluation-weight = 权重
evaluation-figure = 数字
evaluation-not-scored = 不计分
evaluation-too-few = 不足5件
evaluation-how = 怎么算的
evaluation-how-words = 每一项是做到的件数占应当做到的件数的比例。件数越少，越向总体平均收拢；相差在上下幅度以内的看不出好坏，列在同一档。指标和权重没有统一规定，由评价单位设置。
disclosures-title = 限期公开登记
disclosures-lead = 行政许可、行政处罚应当在作出决定后七天内公示，上一年逾期没有付给中小企业的款项应当在三月底前公开。各单位有没有按时公开，可以在这里查到。
disclosures-none = 没有找到登记的条目。
disclosures-due = 最迟公开
disclosures-posted = 公开于
disclosures-days-late = 晚了{ $days }天公开
motions-title = 建议提案办理情况
motions-lead = 人大代表建议、政协提案收到多少，答复得怎么样。
motions-period = 统计期
motions-kind = 类别
motions-body = 承办单位
motions-none = 这个统计期没有登记。
motions-received = 收到
motions-answered = 已经答复
motions-in-time = 按期答复
motions-late = 逾期未答复
motions-running = 办理中
motions-done = 已解决（A类）
motions-planned = 列入计划（B类）
motions-noted = 留作参考（C类）
motions-satisfied = 满意
motions-mostly = 基本满意
motions-dissatisfied = 不满意
motions-half = { $half ->
    [1] { $year }年上半年
    [2] { $year }年下半年
   *[0] { $year }年
 }
