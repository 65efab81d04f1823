### Shouxin: what citizens read (English)

## Domains
domain-procurement = Government purchasing
domain-ppp = Public-private partnership
domain-bidding = Tenders and bids
domain-investment = Promises made to investors
domain-debt = Government debts and unpaid bills
domain-township = Township, street or village matters
domain-general = Other promises broken by government
domain-private_wages-told = Wages owed by a company
domain-out_of_scope-told = Not about faith in government
domain-spam-told = Looks like spam

## Statuses
status-registered = registered
status-accepted = accepted
status-awaiting_citizen = waiting for your documents
status-answered = answered
status-closed = closed
status-declined = declined
status-withdrawn = withdrawn
status-merged = merged
status-in_review = under review
status-in_final_review = under final review
status-registered-means = The department has received it and will tell you within the time limit whether it accepts it.
status-accepted-means = The department is working on it.
status-awaiting_citizen-means = The department asks you for more documents and goes on when they arrive.
status-answered-means = The department has answered in writing. You can rate the answer, or ask for a review within { $review-days } days.
status-answered-means-final = A higher authority has given its review. You can rate it, or ask for a final review within { $review-days } days.
status-answered-means-last = The department has answered in writing. You can rate the answer.
status-closed-means = This case is finished. If there are new facts, you can file again.
status-declined-means = The department decided not to accept it. You can ask for a review within { $review-days } days.
status-declined-means-last = The department decided not to accept it. If there are new facts, you can file again.
case-merged = It is handled together with another complaint about the same matter, { $into }; answer, messages and review are as for a case of its own.
case-stalled = It belongs to { $department }, which has no account yet that could handle it, so nothing has begun. The supervisors know; you will be told when somebody takes it.
status-withdrawn-means = You withdrew this case. You can file again if you need to.
status-merged-means = It is being handled together with another case.
status-in_review-means = A higher authority is reviewing the answer.
status-in_final_review-means = A higher authority is making the final review.

## Commands
command-start = Start
command-new = Write a new complaint
command-status = See progress
command-add = Add documents
command-withdraw = Withdraw
command-rate = Rate
command-review = Ask for a review
command-language = 语言 / Language
command-privacy = Privacy
command-help = Help
command-cancel = Drop what is being filled in
command-unknown = There is no such command. Send /help for the list; to complain, simply write what happened.

## Start and help
start =
    Hello, this is <b>Shouxin</b>. It takes complaints about broken faith in government: promised policies not honoured, unpaid project money, broken investment contracts, unfair procurement and tendering, debts a new office-holder will not recognise.

    Simply write to me what happened: which body, when, what was promised, what came of it, how much money. You are anonymous unless you choose otherwise.

    You will get a case number and a receipt code with which you can see the progress at any time. Please leave out private matters of others that have nothing to do with it.
help =
    <b>How it works</b>
    Write what happened. I sort it by domain, place and body, you check it and file it.

    /new write a new complaint
    /status see progress (or just send the number or the receipt code)
    /add add documents to a case
    /withdraw withdraw a case
    /rate rate how it was handled
    /review ask for a review of the answer
    /language change language
    /privacy privacy
    /cancel drop what you are filling in

    This service is free and never asks for passwords or codes. In an emergency call 110.
help-web =
    <b>How it works</b>
    Write what happened. I sort it by domain, place and body, you check it and file it.

    Under “More” below the input box you can see progress, add documents to a case already filed and read about privacy. You can also just send a case number or a receipt code.
    To withdraw, rate or ask for a review: see progress, open the case, and use the buttons below it.
    “Exit now” at the top changes to another site at once; under “This device” you can clear what is kept here.

    This service is free. It never asks for passwords or verification codes. In an emergency call 110.
tell-first = Please write what happened: which body, when, what was promised, what came of it, how much money. You can use several messages, and send photos and files.
draft-exists = You have a complaint that is not filed yet. Go on with it, or drop it and start again?
discarded = Dropped. What you filled in will not be filed. If that was a slip, you can take it back now; otherwise write again whenever you like.
taken-back = Taken back. You can simply go on.
nothing-to-cancel = There is nothing being filled in.
will-be-anonymous = All right, your report will be anonymous; no name is kept.
will-be-named = All right, it will carry your name; I will ask for it and for a way to reach you.
can-say-identity = What you just wrote was not added to your report. You can say “anonymous” or “with my name”, or press a button.
can-say-evidence = What you just wrote was not added to your report. Send files if you have any; if not, say “none”.
can-say-summary = What you just wrote was not added to your report. To file it, say “file it”; if something is wrong, say so, for example “the amount is wrong, it is 350000 yuan”; to add something, write on.
body-moved = The place has changed, so the body is now “{ $body }”; please check.
place-moved = The authority was changed, so the place was changed to “{ $place }” too. Please check.
body-elsewhere = The place has changed, and “{ $body }” is not there; please correct the body.
told-so-far = Noted. Please go on: which body, what was promised, what came of it, how much money. When you have said everything, press “I have finished”.
long-received = { $count } characters received. If there is more, please go on; when you have finished, press the button below.
too-long = A complaint can have at most { $limit } characters; this message was not added. Please shorten it, or put the details into a file and send that.
forwarded = (forwarded:)
empty-message = There is no text in this message. Please write what happened.

## Understanding
overview =
    <b>This is how I understand it. Please check:</b>
    { $lines }

    If something is wrong, press “Something is wrong”; if there is more to say, just write on.
greeting = Hello. Please write what happened: which body, when, what was promised, what came of it, how much money. Several messages are fine, and so are pictures and files.
greeting-own =
    Hello. To ask about a case you filed, press its number: progress, more material, a message to the handler.

    To report something new, just go on writing: which body, when, what was promised, what came of it.
overview-unsure =
    <b>Received. What is it mainly about?</b>
    { $lines }
outside-private_wages =
    This looks like <b>wages owed by a company</b>. The labour inspection handles these; the quickest way is to call <b>12333</b> or to go to the labour inspection where the work was done. Unpaid wages on government-funded works can be filed here.

    If you think a government body broke its word in this matter, you can still file it and the staff will decide.
outside-out_of_scope =
    This looks like something that is <b>not about faith in government</b>. For general requests please call the government hotline <b>12345</b>, which passes them on to whoever is in charge.

    If you think a government body broke its word in this matter, you can still file it and the staff will decide.
outside-spam =
    This text does not look like a complaint; perhaps it is an advertisement or was sent by mistake.

    If you do want to report something, you can still file it and the staff will look at it first.
elsewhere =
    What you describe happened in <b>{ $place }</b>, which this service does not cover. It takes matters of { $here } only; it cannot pass yours on, and can promise you no dates.

    You can turn to:
    { $lines }

    If the place was misunderstood, please correct it; what you wrote can be copied and used there.
elsewhere-record = You can also have it registered for the record at { $desk }: it gets a number, can be looked up, and the desk tells you where to turn. It is not handled in place of the authorities there.
record-note = This one is registered for the record only and not handed to the authorities there. The date says when the desk tells you where to turn, not when the matter is dealt with.
button-for-record = Register it for the record
triage-note = The place is not clear yet: the body above will find out who is responsible, and the dates are provisional. You will be told once that is settled.
refer-graft = You mention money or favours taken. Please also tell the discipline inspection (<b>12388</b>) or the procuratorate (<b>12309</b>). The broken promise of the government is taken here all the same, and whoever is named cannot open it.
refer-crime = You mention what may be a crime. Please call the police first, <b>110</b>. The broken promise of the government is taken here all the same.
unknown = not given
line-domain = Domain: <b>{ $value }</b>
line-words = Because you wrote: { $words }
line-place = Place: { $value }
line-accused = Body complained about: { $value }
line-named-too = Also mentioned, not as complained about: { $names }
line-amount = Amount: { $value }
line-period = Time: { $value }
line-wish = What you ask for: { $value }
line-files = Files: { $count }

## Questions
step-of = Step { $step } of { $steps }
ask-correction = What should be corrected? You can also just write it, for example “not Chengdong, Chengxi”.
ask-domain = Please choose what comes closest:
ask-place = Where did it happen? Please give province, city and county or district, for example “青海省西宁市城东区”.
ask-place-list = Please choose the place:
ask-place-choice = There is more than one place of this name. Please choose, or write the full province, city and county.
ask-accused = Which body do you complain about? Please write its full name; name all if there are several. If you cannot tell, the coordinating office finds out first.
ask-accused-which = Which body do you complain about? Tap it, or write its full name; name all if there are several. If you cannot tell, the coordinating office finds out first.
ask-accused-too = Which body do you complain about? So far: { $names }. If that is right, tap “These are all”; tap any other body you also complain about; if it is wrong, write the full names of all.
ask-wish = What would settle the matter for you? For example “pay the project money owed”.
ask-amount = How much money is it about? For example “120000”.
ask-period = When did it happen? For example “May 2023 until now”.
ask-identity =
    Do you want to stay anonymous, or leave your name and contact?

    Anonymous: the department does not learn who you are and writes to you through this chat.
    Named: your name and contact are kept encrypted; they can be seen only when two people approve, and that is recorded.
ask-name = Please write your name, or what you wish to be called.
ask-contact = Please write how to reach you, for example a phone number.
ask-evidence = If you have contracts, documents, photos or recordings, send them here (up to { $megabytes } MB each, at most { $most-files }). Place, device, author and the like are removed first; what cannot be removed, I ask you about before it is kept. File names are not kept.
papers-awaited = Good. Send them here. If it is not convenient now, go on with the button; you can add them after filing.
ask-more-evidence = { $count } files received. Send more, or press the button to go on.
answer-too-long = Please use no more than { $limit } characters.
fact-noted = “{ $words }” is noted as the { $kind }.
fact-who = “{ $words }” is noted; it is used only if you file with your name.
fact-known = “{ $words }” was not added to the complaint. To change the { $kind }, say “the { $kind } should be { $words }”.
fact-not-sure = “{ $words }” looks like a { $kind }. That is not what was asked, so it was not noted.
fact-not-who = “{ $words }” looks like a { $kind }. You chose to stay anonymous, so it was not noted.
fact-place = place
fact-accused = authority
fact-wish = request
fact-amount = amount
fact-period = time
fact-name = name
fact-contact = phone number or address
amount-not-understood = I could not read this amount. Please write it like “120000”.

## Files
file-under-way = “{ $name }” is being fetched; please go on writing. I will tell you whether it came.
files-under-way = { $count } of your files are still being fetched. You can wait for them, or file now without them and add them later.
files-waited-for = All right. I will tell you when the files are here; file it then.
filed-without = { $count } of your files had not come when you filed and are not part of { $number }. Please add them with /add.
file-cleaned = “{ $name }” received. Removed from it: { $traces }. Its name is not kept; it is stored as “{ $kept }”. { $count } files now.
file-nothing-found = “{ $name }” received. No added data was found in it. Its name is not kept; it is stored as “{ $kept }”. { $count } files now.
file-plain = “{ $name }” received. Its name is not kept; it is stored as “{ $kept }”. { $count } files now.
file-as-is = “{ $name }” is kept as it is, stored as “{ $kept }”. { $count } files now.
file-asks-clean =
    “{ $name }” waits for you and does not count yet. It contains: { $removed }.
    Remove, then keep: all of this goes; words and pictures stay. Changes are kept as they stand at the end, files inside it are dropped, an electronic signature no longer counts.
    Keep as it is: the department can see all of it.
file-asks-both =
    “{ $name }” waits for you and does not count yet. It contains: { $removed }, which can be removed, and { $remains }, which cannot.
    Remove, then keep: the department sees only what cannot be removed. Keep as it is: it sees all.
file-asks-only =
    “{ $name }” waits for you and does not count yet. It may contain: { $remains }. This cannot be removed.
    If it is kept as it is, the department can see it. You can also save it as PDF, or send a screenshot or photo.
file-not-kept = “{ $name }” was not kept. { $count } files now.
file-taken-out = “{ $name }” was taken out. { $count } files now.
files-list = { $count } files now. Press the one to take out.
trace-place = place
trace-device = device and software
trace-author = author and organisation
trace-time = time of making
trace-commenters = names of those who commented or changed it
trace-changes = tracked changes and earlier contents
trace-pictures = data in its pictures
trace-attached = files inside it
trace-signature = electronic signature
trace-details = other added data
trace-unseen = added data that cannot be looked into (such as author, organisation, time, place, earlier contents)
album-received = Receiving this set of files. Place, device, author and the like are removed first; about what cannot be removed I ask you, file by file.

## Confirming and filing
summary =
    <b>Please confirm what will be filed</b>
    { $words }

    { $lines }
    Filed: { $identity }

    It goes to <b>{ $department }</b>:
    { $promises }
giveaways-masked = Some of it could give you away: { $found }. The department will see stars instead; your words as written are sealed apart and opened only with the approval of two persons.
giveaways-shown = Some of it could give you away: { $found }. The department will see it as it is; you can press “Mask these”.
giveaways-in-note = Some of it could give you away: { $found }. You can send it with stars instead.
giveaway-name = name
giveaway-number = number
giveaway-address = address
giveaway-plate = number plate
giveaway-job = job
identity-anonymous = anonymously
identity-named = under your name ({ $who })
identity-locked = under your name (name and contact are locked away separately)
days = { $amount ->
    [one] 1 day
   *[other] { $amount } days
}
working-days = { $amount ->
    [one] 1 working day
   *[other] { $amount } working days
}
provisional = {" "}(provisional)
promise-accept = Whether it is accepted: within { $length } ({ $basis })
promise-accept-by = Whether it is accepted: by { $day } ({ $length }, { $basis })
promise-handle = Answer: within { $length } of acceptance ({ $basis })
promise-handle-by = Answer: by { $day } ({ $length }, { $basis })
promise-other = Handling: within { $length } ({ $basis })
promise-other-by = Handling: by { $day } ({ $length }, { $basis })
filed =
    <b>Filed.</b>
    Case number: <code>{ $number }</code>
    Receipt code: <code>{ $receipt }</code>
    Responsible: { $department }
    { $promises }

    The receipt code is shown only this once. Please write it down now. It opens the case from any account or on the web page; do not show it to others. When you have it, press “I have noted it” and it goes from here.
    I will tell you here when something happens; /status shows the progress at any time.
filed-noted =
    <b>Filed.</b>
    Case number: <code>{ $number }</code>
    Responsible: { $department }
    The receipt code has been put away and is not shown again.
department-empty = { $department }. It has no account yet that could handle this; your complaint was handed to the supervisors, and you will be told when somebody takes it.
filed-notice = Filed already, number { $number }
too-many-filings = At most { $limit } cases can be filed in 24 hours. What you filled in is kept; please confirm it tomorrow. For urgent matters call 12345.
edit-taken = Updated as you edited it.
edit-too-late = This message is not part of what you are filling in, so the edit changes nothing. Use /add to add to a case already filed.

## Buttons
button-continue = All correct, go on
button-correct = Something is wrong, correct it
button-no-correction = Nothing to correct
button-undo = Take it back
button-noted = I have noted it
button-discard = Drop it
button-insist = File it anyway
button-fix-domain = Correct domain
button-fix-place = Correct place
button-fix-accused = Correct body
button-accuse-body = Also { $name }
button-accuse-every = All of these too
button-all-accused = These are all
button-fix-amount = Correct amount
button-fix-period = Correct time
button-fix-wish = Correct request
button-domains = None of these, show all
button-skip = Skip
button-within = Choose the place from a list
button-only-here = Just { $place }
button-unknown = I do not know
button-anonymous = Anonymous (default)
button-named = Leave name and contact
button-enough = Done, next
button-nothing = No files, next
button-keep-clean = Remove, then keep
button-keep-as-is = Keep as it is
button-keep-not = Do not keep
button-list-files = Take out a file
button-drop-file = Take out “{ $name }”
button-keep-all = Keep all, go on
button-told = I have finished
button-confirm = File it
button-wait = Wait for the files
button-file-now = File now without them
button-send-now = Send now without them
button-back = Back to change
button-send-masked = Send with stars
button-mask = Mask these
button-unmask = Do not mask, file as it is
button-resume = Go on with it
button-anew = Start again
button-open = See progress
button-supplement = Add documents
button-write = Write to the handler
button-rate = Rate
button-review = Ask for a review
button-final-review = Ask for a final review
button-accuse = Another body complained about
button-withdraw = Withdraw
button-answer = Read the answer
button-proof = Download the receipt proof
button-export = Download the case record
proof-caption = The receipt proof of { $number }. It proves when you filed what; anyone can check it on the page /verify/proof, and it fails if a single character is changed. Your name and contact are not in it.
export-caption = The record of { $number }, with what you wrote and what was done. Keep it safe. It can be checked on the page /verify/proof.
button-send = Send
button-stop = Drop it
button-withdraw-now = Withdraw it
button-yes = Yes
button-no = No
button-new = Write a complaint
button-status = See progress
button-language = 语言 / Language
button-privacy = Privacy
button-stored = What is stored about me
button-erase = Erase contact data
button-erase-now = Erase it
stale-button = This button is no longer in use. Please go by the newest message.

## Progress
status =
    <b>Your complaints</b>
    { $lines }

    Press a number for details. For one filed from another account, send its 16-digit receipt code.
status-line = <code>{ $number }</code> { $status }
status-line-due = <code>{ $number }</code> { $status }, result due by { $day }
status-unfiled = What you wrote has not been filed yet, so nobody is working on it. Go on from here; once it is filed, it goes to the department in charge.
status-none = No case was filed from here. If you filed from another account or on the web page, send the 16-digit receipt code.
case =
    <b>{ $number }</b>
    Status: <b>{ $status }</b>. { $meaning }
    Filed: { $filed }
    Domain: { $domain }
    Responsible: { $department }
clock-accept = Whether it is accepted: by { $day }
clock-handle = Answer: by { $day }
clock-review = Review: by { $day }
clock-final_review = Final review: by { $day }
clock-other = Time limit: { $day }
clock-paused = Waiting for your documents; the time limit is suspended.
course = <b>What happened</b>
course-line = { $day }: { $what }
past-register = registered
past-accept = accepted
past-accuse = Another body complained about was added
past-ask-supplement = you were asked for documents
past-supplement = you added documents
past-accept-transfer = passed on to another department
past-decide-dispute = a higher authority decided who is responsible
past-route = assigned to a department
past-write-staff = the handler wrote: { $words }
past-write-citizen = you wrote: { $words }
past-approve-extension = the time limit was extended with approval
past-answer = answered in writing
past-close = closed
past-reopen = reopened
past-withdraw = you withdrew it
past-merge = merged with another case
past-split = divided among departments
past-ask-review = you asked for a review
past-ask-final-review = you asked for a final review
past-link-commitment = a registered promise was found
past-unlink-commitment = a linked promise was removed
past-rate = you rated it
past-follow-up = you were asked to rate it
past-countersign-decline = declined
past-other = something new happened
letter =
    <b>Opinion letter</b> { $serial }
    { $department }, { $day }
    Result: <b>{ $outcome }</b>
    Legal basis: { $basis }
    Verification code: <code>{ $verification }</code> (check it on the web page “Verify”)
letter-request = Request
letter-facts = Facts and reasons
letter-opinion = Opinion
outcome-support = supported
outcome-partly = partly supported
outcome-explain = explained
outcome-reject = not supported
number-not-yours = { $number } was not found, or was not filed from this account. Please send the 16-digit receipt code you were given.
receipt-unknown = No case belongs to this receipt code. Please check it and send it again.
too-many-receipts = Too many wrong codes within an hour. Please try again in an hour.
reference-not-understood = I could not read this. A number looks like SX20261122-1234567-8, a receipt code has 16 digits. To write a complaint, press the button below.
which-case = Which case?

## On a case
begin-supplement = Send the text, photos or files to add to { $number }, then press “Send”.
begin-write = Write what you want to tell the handler of { $number }, then press “Send”. Your account is not shown.
begin-accuse = Which other bodies do you complain about in { $number }? Write their full names, then press “Send”. The case leaves them and whatever is below them at once; they can no longer see it.
reason-accuse = Added by the reporter
begin-withdraw = Withdraw { $number }? The department will stop working on it. You can write a reason first, or press the button now.
begin-review = Write why you do not accept the answer to { $number }, then press “Send”. A higher authority will look at it again.
begin-review-final = Write why you do not accept the review of { $number }, then press “Send”: that asks for the final review.
disagree-why = What about the answer to { $number } are you not satisfied with? Write it here and press “Send”: that asks a higher authority for a review. You can also rate how it was handled; rating does not affect the review.
note-received = Noted, { $count } characters. You can write on; press the button when you have finished.
note-empty = There is nothing yet. Please write something first.
addition =
    Noted, to be added to { $number }: { $count } characters{ $files ->
        [0] {""}
        [one] , 1 file
       *[other] , { $files } files
    }. Go on writing, or send files; when you have finished, say “send”.
ask-adding = Noted. Does this belong to what you filed before, or is it another matter?
errand-stopped = Dropped; nothing was sent.
errand-not-now = { $number } is now “{ $status }”, so this is not possible.
rate-responded = About { $number }: did the department respond to you?
rate-solved = Has your problem been solved?
rate-satisfied = How satisfied are you?
rate-why = What are you not satisfied with? Choose one or more, or write it, then press “Send”. You need not say.
rate-why-noted = Noted. You can choose or write more; then press “Send”.
unhappy-not_to_the_point = My question was not answered
unhappy-not_done = What was promised was not done
unhappy-slow = It took too long
unhappy-no_reasons = No reasons or legal basis were given
unhappy-wrong_facts = The findings are not the facts
unhappy-manner = I was treated badly
unhappy-pressed = I was pressed to withdraw or to rate well
unhappy-other = Something else
rate-by-button = Please rate with the buttons above. To leave, send /cancel.
satisfied-5 = Very satisfied
satisfied-4 = Satisfied
satisfied-3 = Neither
satisfied-2 = Dissatisfied
satisfied-1 = Very dissatisfied
done-supplement = Added to { $number }; the handler will see it.
done-write = Your message was passed to the handler of { $number }.
done-accuse = Noted in { $number }. These bodies and whatever is below them can no longer see the case.
done-withdraw = { $number } is withdrawn. You can file again later.
done-rate = Thank you. The supervisors will see your rating.
done-review = Your request for { $number } was made. You will be told when the higher authority has started.
none-accuse = There is no case now to which a body could be added.
none-supplement = No case can take documents now.
none-write = No case can take messages now.
none-withdraw = No case can be withdrawn now.
none-rate = No case can be rated now; rating comes after the answer.
none-review = No case can be reviewed now. You can ask within { $review-days } days of a written answer.

## Language and privacy
ask-language = Please choose a language.
language-set = The language is now English.
privacy =
    <b>Privacy</b>
    The messenger you use knows who writes; we cannot change that. If you do not want it to know, file through the chat on our web page.

    <b>What we keep</b>
    · What you write and send, encrypted; added data in files is removed as you chose, file names are not kept.
    · Your chat address: a code that cannot be turned back, and an encrypted address, used only to bring messages to you.
    · Your name and contact if you give them, encrypted and apart from the case.

    <b>Who can see it</b>
    The handler sees the case, not who filed it. To see a name, one person must ask and another approve, and each time is recorded. The body complained about and those below it cannot see the case.

    <b>How long</b>
    For the prescribed time after closing; then personal data is removed, except what the law requires to be kept.

    <b>Your rights</b>
    You can see, correct, supplement and withdraw, and have your contact data erased. With the receipt code you can go on from another account or the web page and need not use this account again.
privacy-web =
    <b>Privacy</b>
    This page needs no account. Your browser keeps a random mark (a cookie) that is used only to recognise this conversation; it is forgotten when the browser closes. Under “This device” you can choose longer or clear it at once; after that, use the receipt code. Your network provider may know that you visited this site.

    <b>What we keep</b>
    · What you write and send, encrypted; added data in files is removed as you chose, file names are not kept.
    · The mark of the conversation: a code that cannot be turned back, and an encrypted address.
    · Your name and contact if you give them, encrypted and apart from the case.

    <b>Who can see it</b>
    The handler sees the case, not who filed it. To see a name, one person must ask and another approve, and each time is recorded. The body complained about and those below it cannot see the case.

    <b>How long</b>
    For the prescribed time after closing; then personal data is removed, except what the law requires to be kept.

    <b>Your rights</b>
    You can see, correct, supplement and withdraw, and have your contact data erased. With the receipt code you can go on from another device.
stored =
    <b>What is tied to this account</b>
    { $lines }
stored-nothing = No case and no draft is tied to this account.
stored-case = <code>{ $number }</code>: { $who }, files: { $files }
stored-draft = Draft not filed: { $length } characters, files: { $files }
erase-ask = Your name and contact will be erased from the cases you filed here. The cases and receipt codes stay, and the handler can still write to you here. Are you sure?
erased = Name and contact are erased.

## Other messages
groups-not-here = To protect you, please write complaints to me in private, not in a group.
kind-not-understood = I cannot read this kind of message. Please write what happened, or send photos, documents, recordings or videos.
location-not-kept = The location was not kept. Please write the place in words.
contact-not-kept = The contact was not kept. Contact details are needed only if you choose to give your name; I will ask for them then.
never-pay = Shouxin never takes money.

## When something goes wrong
error-not-found = It was not found, or was not filed from this account.
error-stale-case = The case has just changed. Please look at it with /status first.

## Notices
told-registered = Your complaint <code>{ $number }</code> is registered.
told-claimed = A handler has begun to look at <code>{ $number }</code>.
told-accepted = <b>{ $department }</b> has accepted <code>{ $number }</code> and will answer by { $due }.
told-accepted-anew = <b>{ $department }</b> has accepted <code>{ $number }</code> anew and will answer by { $due }.
told-declined =
    We are sorry: <b>{ $department }</b> has decided not to accept <code>{ $number }</code>.
    Reason: { $reason }
    Basis: { $basis }
    If you disagree, you can ask for a review within { $review-days } days. The explanation:
told-declined-last =
    We are sorry: <b>{ $department }</b> has decided not to accept <code>{ $number }</code>.
    Reason: { $reason }
    Basis: { $basis }
    There is no higher authority to ask for a review. The explanation:
told-supplement-asked = <b>{ $department }</b> asks you to add the following to <code>{ $number }</code>. The time limit is suspended meanwhile.
told-supplement-asked-until = <b>{ $department }</b> asks you to add the following to <code>{ $number }</code> by { $until }. The time limit is suspended meanwhile.
told-supplement-received = What you added to <code>{ $number }</code> has arrived; the work goes on.
told-transferred = <code>{ $number }</code> is now with <b>{ $department }</b>. You need not file again.
told-message = <b>{ $department }</b> writes to you about <code>{ $number }</code>:
told-extended =
    The time limit of <code>{ $number }</code> was extended to { $until } with the approval of the head of <b>{ $department }</b>.
    Reason:
told-answered =
    <b>{ $department }</b> has answered <code>{ $number }</code> in writing.
    Result: <b>{ $outcome }</b>
    Letter { $serial }, verification code <code>{ $verification }</code>
    If you disagree, you can ask for a review within { $review-days } days. The opinion:
told-answered-last =
    <b>{ $department }</b> has answered <code>{ $number }</code> in writing.
    Result: <b>{ $outcome }</b>
    Letter { $serial }, verification code <code>{ $verification }</code>
    There is no higher authority to ask for a review. The opinion:
told-review-answered =
    <b>{ $department }</b> has given its review of <code>{ $number }</code>.
    Result: <b>{ $outcome }</b>
    Letter { $serial }, verification code <code>{ $verification }</code>
    If you disagree, you can ask for a final review within { $review-days } days. The opinion:
told-review-answered-last =
    <b>{ $department }</b> has given its review of <code>{ $number }</code>.
    Result: <b>{ $outcome }</b>
    Letter { $serial }, verification code <code>{ $verification }</code>
    By the rules in force here, reviews end with this one. The opinion:
told-review-answered-final =
    <b>{ $department }</b> has given its final review of <code>{ $number }</code>. This is the last opinion.
    Result: <b>{ $outcome }</b>
    Letter { $serial }, verification code <code>{ $verification }</code>
    The opinion:
told-closed = <b>{ $department }</b> has closed <code>{ $number }</code>. Please rate how it was handled.
told-follow-up = <b>{ $department }</b> has answered <code>{ $number }</code>. How do things stand now? Please rate how it was handled: press “Rate”, or reply “rate”. Whether you do is up to you and changes none of your rights.
told-reopened = <b>{ $department }</b> is working on <code>{ $number }</code> again and will answer by { $due }.
told-order-issued = What <code>{ $number }</code> reports was found true. <b>{ $department }</b> has been ordered to put it right by { $until }.
told-order-extended = <code>{ $number }</code>: the time for <b>{ $department }</b> to put it right was extended to { $until }.
told-order-cancelled = <code>{ $number }</code>: the order to <b>{ $department }</b> was cancelled. We go on dealing with it.
told-order-fulfilled = <code>{ $number }</code>: <b>{ $department }</b> has put it right, as was confirmed.
told-order-refused = <code>{ $number }</code>: <b>{ $department }</b> has not put it right, and was found to refuse.
told-order-overdue = <code>{ $number }</code>: the time for <b>{ $department }</b> to put it right is over, and it is not done. We are dealing with it.
told-record-made = <code>{ $number }</code>: that <b>{ $department }</b> broke faith was confirmed and is on its credit record.
told-record-revoked = <code>{ $number }</code>: the record of <b>{ $department }</b> was revoked as the law demands.
told-record-repaired = <code>{ $number }</code>: <b>{ $department }</b> has put it right and done its duty; its record was repaired.
told-mediation-begun = <code>{ $number }</code>: you and <b>{ $department }</b> both agreed to mediation, which begins now. It is voluntary and you may leave it at any time; the time limits of your case run on.
told-mediation-settled = <code>{ $number }</code>: you and <b>{ $department }</b> have reached a settlement. We will follow whether it is kept.
told-mediation-failed = <code>{ $number }</code>: the mediation with <b>{ $department }</b> ended without a settlement. Your other rights are untouched and your case goes on.
told-mediation-court = <code>{ $number }</code>: until { $until } you and <b>{ $department }</b> may together ask a court to confirm the settlement, which can then be enforced.
told-mediation-kept = <code>{ $number }</code>: <b>{ $department }</b> has kept the settlement; we checked it.
told-mediation-broken = <code>{ $number }</code>: <b>{ $department }</b> has not kept the settlement in time. We are dealing with it.
told-merged = <code>{ $number }</code> and <code>{ $into }</code> are about the same matter and are handled together.
told-commitment-linked = What <code>{ $number }</code> is about is also a promise of <b>{ $department }</b> on the public register: { $matter }, due { $due }. Its number is <code>{ $commitment }</code>; the page of promises shows whether it is kept. It will be checked together with your complaint.
told-commitment-unlinked = <code>{ $number }</code>: the registered promise <code>{ $commitment }</code> turned out not to be what you wrote about and is no longer linked. Reason: { $reason }. Your complaint goes on as before.
told-split = <code>{ $number }</code> concerns several departments and was divided into: { $children }
told-review-started = <b>{ $department }</b> has begun the review of <code>{ $number }</code> and will give its opinion by { $due }.
told-review-started-final = <b>{ $department }</b> has begun the final review of <code>{ $number }</code> and will give its opinion by { $due }.
told-review-waits = Your request to review <code>{ $number }</code> has arrived. It belongs to <b>{ $department }</b>, which has no account yet that could handle it, so the review has not begun. Its time still runs from today to { $due }; the supervisors know, and you will be told when somebody takes it.
told-review-waits-final = Your request for the final review of <code>{ $number }</code> has arrived. It belongs to <b>{ $department }</b>, which has no account yet that could handle it, so the review has not begun. Its time still runs from today to { $due }; the supervisors know, and you will be told when somebody takes it.
told-department-waits = <code>{ $number }</code> belongs to <b>{ $department }</b>, which has no account yet that could handle it. The supervisors know, and you will be told when somebody takes it. You need not file again.
told-overdue = We are sorry: <b>{ $department }</b> has not finished <code>{ $number }</code> in time. The supervisors know and will press for it.
told-withdrawn = <code>{ $number }</code> was withdrawn as you asked.
told-changed = There is news about <code>{ $number }</code>. Press below to see it.
decline-not_competent-told = it is not within this department's powers
decline-in_court = it has been or must be settled by a court, arbitration or administrative reconsideration
decline-already_handled = the same matter is being handled and still within its time limit
decline-final = there is a final opinion on the same facts and reasons
decline-no_facts = there are no concrete facts even after you were asked
decline-out_of_scope = it is not about faith in government
decline-other-told = other, see the explanation

## Web chat
web-title = Shouxin · Complaints
web-lead = Report broken promises, arrears and broken contracts of government bodies. Anonymous by default, no account needed.
web-log = Conversation
web-input = Write what happened
web-input-place = Province, city, county or district
web-input-accused = Full name of the body
web-input-wish = How should it be resolved
web-input-amount = An amount, such as 120,000 yuan
web-input-period = When, such as since May 2023
web-input-name = Your name, or what to call you
web-input-contact = A phone number or other contact
web-input-anonymous = Press a button, or write anonymous
web-input-nothing = Send files, or write none
web-input-enough = More files, or write done
web-input-confirm = All correct? Press the button
web-input-continue = Write on if there is more
web-send = Send
web-file = Files
web-upload = Send the file
web-file-hint = Up to { $megabytes } MB each
web-you = You
web-bot = Shouxin
web-language = Language
web-waiting = Answering…
web-reload = Refresh
web-offline = Connection lost, connecting again
web-online = Connected again
web-uploading = Uploading the file
web-too-large = This file is larger than { $megabytes } MB and was not sent. Please compress it or send it in parts.
web-your-file = Your file
web-slow-down = You are sending too fast. Please wait a moment.
web-new = New complaint
web-commands = Common tasks
web-sent-file = File: { $name }
web-pressed = Chosen: { $label }
web-elsewhere = Public registers, checks, login
web-staff = Staff login
web-promises = Published time limits
web-verify = Verify a document
web-not-sent = It was not sent. Please try again.
web-more = More
web-camera = Photo
web-record = Record
web-record-stop = Stop and send
web-record-cancel = Discard recording
web-recording = Recording
web-no-microphone = The browser does not allow the microphone, nothing was recorded. Allow it in the settings, or record with your phone and send the file.
web-recorded = recording
web-waiting-file = Not sent yet; it is sent again when the connection is back
web-retry = Send again
web-remove = Do not send
web-renewed = The browser lost what this chat is known by, so a new one has begun. What you just wrote is not lost. For cases already filed, send the receipt code.
web-receipt-gone = (put away, not shown again)
web-receipt-sent = (receipt code)
web-quoted = “{ $words }”
web-copy = Copy the receipt code
web-copied = Copied
web-save-image = Save as a picture
exit-now = Exit now
exit-hint = Pressing Esc or Shift three times also exits.
device-link = This device
device-title = What this device keeps
device-lead = Read this if others can use this computer or phone too. Cases already filed are not affected; the receipt code opens them on any device.
device-life = How long this browser remembers the chat
device-life-0 = Forget it when the browser closes
device-life-7 = 7 days
device-life-180 = 180 days
device-life-note = Counted anew with every visit. Some phone browsers restore pages after closing; on a shared device use the button below.
device-save = Save
device-saved = Saved as you chose.
device-forget-title = Clear this device
device-forget-note = This chat, a draft not yet filed and words half written go from this device, and you cannot go on with them here. If you have not noted a receipt code yet, do that first.
device-forget = Clear this device
device-history = The browser's history may still hold the address of this site. A page cannot delete that for you; please clear it in the browser.
device-exit-title = Exit now
device-exit-note = “Exit now” stands at the top of every page: the page goes blank at once and becomes an ordinary site, and the back button does not lead here again. It does not delete the chat.
forgotten-title = This device is cleared
forgotten-lead = This browser no longer knows the chat. Please clear addresses in the browser's history yourself.
web-first = Hello. Write below what happened; I will help you put it in order and file it with the department in charge.
web-skip = Skip to the input field

## Pages for everybody
public-back = Back to the chat
public-skip = Skip to the text
promises-title = How long each step may take
promises-lead = These are the time limits of every step after a complaint arrives, and the law behind them. The first day does not count; a last day on a holiday moves to the next working day. Filing, handling and answers are free.
promises-places = Area
promises-source = According to { $document }. Where the place or the domain is unclear, { $department } decides who is responsible.
promises-responsible = Responsible: { $department }
promises-responsible-by = Responsible: { $department } (section { $section })
promises-local-government = the local government (所在地政府)
promises-step = Step
promises-time = Time limit
promises-who = By whom
promises-basis = Law
promises-shared = Steps that are the same in every domain
promises-shared-note = Forwarding, return, review and final review
promises-records = Objections to records of broken faith, and their repair
length-extended = { $length } (at most { $more } more)
verify-title = Check an opinion letter
verify-code = Verification code
verify-code-help = 12 digits and letters, at the end of the opinion letter
verify-check = Check
verify-genuine = This opinion letter is genuine. Please compare the body, the serial number and the date with those on your letter.
verify-department = Body
verify-serial = Serial number
verify-date = Date
verify-private = To protect the complainant, neither the content nor anything about the complainant is shown here.
verify-unknown = This code was not found. Please check what you typed; if it is right, the letter was not issued here.
proof-link = Check a receipt proof or a case record
proof-title = Check a proof
proof-lead = Receipt proofs and case records are signed. If a single character is changed, the check fails. What you hand in here is not kept.
proof-genuine-receipt = This receipt proof was issued here and has not been changed.
proof-genuine-case = This case record was issued here and has not been changed.
proof-genuine-audit-anchor = This audit anchor was issued here and has not been changed.
proof-genuine-log-day = This line of the public log was issued here and has not been changed.
proof-included = It is in the public log of { $day }; nobody can take it away unseen.
proof-inclusion = Proof that it is included (keep it; it can be checked offline)
proof-not-yet = It is not in the public log yet. What was filed today is added tomorrow; what was filed before the log began is not in it.
log-title = Public log
log-lead = One signed line a day. Each continues the one before, so a missing or changed line shows. It holds numbers and digests only, and nobody's words.
log-cases = Digests of cases filed or moved that day
log-audit = Audit entries up to
log-root = Root of the log
log-download = Download all and check it yourself:
log-empty = There is no public log yet; the first line comes tomorrow.
proof-genuine-other = This proof was issued here and has not been changed.
proof-issuer = Issued by
proof-number = Case number
proof-filed-at = Filed at (Beijing time)
proof-digest = SHA-256 digest
proof-day = Date
proof-seq = Up to entry
proof-hash = Digest
proof-refused-empty = Please choose the file of the proof, or paste its content.
proof-refused-foreign = This is not a proof from here.
proof-refused-other-key = This proof was signed with another key and cannot be checked with ours.
proof-refused-changed = The content does not match the signature; it may have been changed.
proof-refused-not-included = This proof is not in the line of the public log that comes with it.
proof-refused-too-large = This file is too large to be a proof from here.
proof-file = File of the proof
proof-file-help = The .json file you downloaded in the chat
proof-text = Or paste the content of the file
proof-alone = Check it yourself
proof-key = Download the public key:
proof-offline = With the public key you can check a proof without a network:

# -- the same matter told again, and chats of staff
retold = This is very similar to { $number } ({ $status }), which you filed before. Added to it as a supplement, it is handled together with it; if it is another matter, file it as a new case.
retold-ended = { $number } takes no supplements any more. You can file this as a new case.
button-join = Add to { $number }
button-separate = File it as a new case
button-add-to = Add to { $number }
button-new-matter = It is another matter
button-divide = File them separately
button-one-matter = Keep them together
button-take-up = Go on with this one
button-leave = No, leave it
several-matters =
    This seems to be more than one matter:
    { $lines }
    Filed separately, each gets its own number and time limits: the weightier one goes first, the others are kept and taken up after it is filed. Shall I separate them? If not, say “together”.
matter = { $place }. “{ $words }” ({ $domain })
divided = All right, this one first. The rest is noted; I will ask about it once this is filed.
next-matter = You also told of another matter: “{ $words }”. Shall we go on with it now?
next-matter-left = All right, this one is left; it was not filed. You wrote: “{ $words }”. If that was a mistake, you can undo it now.
next-matter-waits = Please finish the one you are writing first. The other one is kept; I will ask again afterwards.
link-done = Linked. You will be alerted here when something happens on your cases. You can unlink on the page “我的账号” of the desk.
link-wrong = This code is wrong or has expired. Please make a new one on the page “我的账号” of the desk and send it within ten minutes.

### Records of broken faith
records-title = Public records of broken faith
records-lead = Confirmed breaches of government bodies that the law allows to be shown. Each is shown for a limited time; once it ends, is repaired or withdrawn, the facts are no longer shown. No persons are listed. Facts are in Chinese.
records-words = Name of the body, or number
records-domain = Field
records-all = All
records-region = Area (name or code)
records-year = Year
records-find = Search
records-none = No public record was found.
records-more = Next page
records-open-data = For programs:
records-until = shown until
records-severity = Severity
records-severity-minor = Minor
records-severity-general = General
records-severity-serious = Serious
records-disputed = Objection being examined
records-disputed-note = The body objects to this record. The objection is being examined.
records-facts = What happened
records-amount = Sum
records-breach-on = Date of the breach
records-found-by = Confirmed by, on
records-documents = Documents it rests on
records-catalogue = Entry of the credit information catalogue
records-code = Unified social credit code
records-period = Shown
records-of-body = All that is public about this body
records-gone = This record is no longer shown since { $date }.
records-objection-note = A body that finds its record wrong may object to the authority that confirmed it.
records-notice = Notice
records-published-on = Published
records-gone-undated = This is no longer shown.
records-ended = No longer shown
figures-title = Records and repairs in figures
figures-lead = How many breaches were recorded in a year, how many were repaired, how many objections were upheld, and how long it took. No body is named; officials' files are not counted.
figures-jurisdiction = Jurisdiction
figures-of = { $number } (of { $of } decisions)
figures-days = median { $median } days, nine in ten within { $p90 } days ({ $number } records)
figures-few = fewer than { $least }, not shown
figures-by-domain = Records by field
figures-no-domain = No field given
measure-credit_overdue = Orders overdue
measure-credit_records = Records of broken faith
measure-credit_repaired = Repairs
measure-credit_upheld = Objections upheld
measure-credit_to_record = From breach to record
measure-credit_to_repair = From record to repair
measure-credit_evaluated = Evaluations published
meaning-credit_evaluated = Evaluations published in the year; how often a body objected to one is counted apart.
meaning-credit_overdue = Orders to put a breach right whose time is over now, and of which neither performance nor refusal has been established.
meaning-credit_records = Records of bodies confirmed in the year, by the date of the finding; those repaired or expired since are counted, those revoked or merged are not. Officials' files and records of kept faith are not counted.
meaning-credit_repaired = Records whose repair was granted in the year.
meaning-credit_upheld = Decisions on objections in the year that upheld them; a review that changes a decision counts as another one.
meaning-credit_to_record = Days from the breach to its finding, of records confirmed in the year that give the date of the breach. Median: half took no longer; the second figure: nine in ten took no longer.
meaning-credit_to_repair = Days from the finding to the granted repair, of records repaired in the year. Median and second figure as above.
bodies-title = Look up a body
bodies-lead = Enter the name of a body, its unified social credit code or its area to read what is public about it: records of broken faith, promises, disclosures and honours.
bodies-words = Name of the body, or its unified social credit code
bodies-none = No such body was found. Please write its full Chinese name, such as 西宁市城东区财政局.
bodies-promises = Promises
bodies-honours = Honours for kept faith
bodies-more = Only the newest are shown here; older ones are found in each register.
counters-not-set = The address, hours and telephone of a counter have not been given to me, so I cannot tell you them.
counters-told = Where you can come or call:
    { $lines }

### The register of promises
commitments-title = Register of government promises
commitments-lead = Who promised what, to whom, by when, and what became of it. Promises are in Chinese.
commitments-status = State
commitments-none = No published promise was found.
commitments-body = Promised by
commitments-for = Promised to
commitments-result = What can be checked
commitments-due = Due
commitments-post = Responsible post
commitments-document = Source
commitments-kept-on = Confirmed as kept
commitments-explanation = Why it cannot be kept
commitments-change = Lawful change
commitments-compensation = Compensation
commitments-code = QR code of this page
commitments-tell = If you think that this promise was not kept, you can tell us.
lists-title = Published lists
lists-lead = Lists of good conduct, of serious breaches and of excluded bidders: why, who decided, when an entry goes, what each edition changed. Entries are in Chinese.
lists-none = No list is published.
lists-empty = This edition has no entries.
lists-edition = Edition { $number }
lists-entries = { $count } entries
lists-level-national = National
lists-level-province = Province
lists-level-prefecture = City
lists-level-county = County
lists-level-township = Township
lists-level-village = Village
lists-ground = Ground
lists-decider = Decided by
lists-term = Term
lists-from = from { $date }
lists-exit = How an entry goes
lists-changes = Edition { $number } beside edition { $since }
lists-no-change = Both have the same entries.
lists-since = Compare with
lists-compare = Compare
lists-added = was added
lists-removed = was removed
lists-editions = All editions
list-examples = Examples of good faith
list-breaches = Serious breaches and who is meant
list-incentives = Incentives for keeping faith
list-sanctions = Sanctions for breaking faith
list-bidding = Excluded from bidding
evaluations-title = Integrity evaluations
evaluations-lead = Published evaluations of bodies and places: which parts they are made from, what each weighs and what the figures were. Whoever was evaluated saw them before and could object.
evaluations-none = No published evaluation was found.
evaluation-band = Band { $band } of { $bands } (1 is best)
evaluation-one-band = All in one band: no difference beyond chance
evaluation-points = { $score } points (± { $margin })
evaluation-few = Too little was decided, or there is nobody to compare with: no score, no band
evaluation-result = Result
evaluation-places = Possible places
evaluation-places-of = { $best } to { $worst } of { $peers }
evaluation-place-of = { $best } of { $peers }
evaluation-heading = Integrity evaluation { $year }
evaluation-range = likely { $low } to { $high }%
evaluation-taken-on = Figures as of
evaluation-published-on = Published on
evaluation-by = Evaluated by, and basis
evaluation-parts = Parts of the score
evaluation-part = Part
evaluation-weight = Weight
evaluation-figure = Figure
evaluation-not-scored = not scored
evaluation-too-few = fewer than 5
evaluation-how = How it is worked out
evaluation-how-words = Each part is the share of what was done among what had to be done. The fewer there are, the closer a share is drawn to the average of all; whoever differs by less than the interval stands in the same band. No document fixes parts or weights: they are set by whoever evaluates.
evaluation-part-promise = Promises kept
evaluation-part-promise_in_time = Promises kept in time
evaluation-part-order = Orders to put right fulfilled
evaluation-part-answer = Complaints answered in time
evaluation-part-clean = Complaints without a confirmed breach
evaluation-part-repair = Breaches repaired
evaluation-part-disclosure = Disclosures in time
evaluation-part-motion = Motions answered in time
evaluation-part-mediation = Settlements kept
evaluation-part-objection = Objections upheld
disclosures-title = What had to be made public
disclosures-lead = Licences and penalties are due within seven days of the decision, what is overdue to small firms by the end of March. Here is which bodies did so in time. Entries are in Chinese.
disclosures-none = No entry was found.
disclosures-due = Due
disclosures-posted = Published
disclosures-days-late = { $days } days late
disclosure-late = Overdue
disclosure-posted = Published
disclosure-matter-licence = Licence
disclosure-matter-penalty = Penalty
disclosure-matter-arrears = Overdue payments to small firms
commitment-published = Running
commitment-due_soon = Due soon
commitment-late = Overdue
commitment-kept = Kept
commitment-not_kept = Not kept
commitment-changed = Lawfully changed
commitment-unlawful = Unlawful promise
motions-title = Suggestions and proposals
motions-lead = How many suggestions of delegates and proposals of the consultative conference came in, and how they were answered.
motions-period = Period
motions-kind = Kind
motions-body = Body
motions-none = Nothing is registered for this period.
motions-received = Received
motions-answered = Answered
motions-in-time = In time
motions-late = Late
motions-running = Under way
motions-done = Done (A)
motions-planned = Planned (B)
motions-noted = Noted (C)
motions-satisfied = Satisfied
motions-mostly = Mostly satisfied
motions-dissatisfied = Dissatisfied
motions-half = { $half ->
    [1] First half of { $year }
    [2] Second half of { $year }
   *[0] { $year }
 }
