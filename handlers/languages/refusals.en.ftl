### Why something is refused, in English: one message per code of a reason, with the same parameters.

## When nothing more particular is known, or may be told
check-waits = No check of this case is waiting.
checked-by-another = A supervisor who did not handle the case must check it.
domain-error = This did not work. Please try again later.
follow-up-was-asked = Some days after the answer the system asks for a rating; before that none is recorded here.
not-followed-up = The citizen was asked already to rate the newest answer.
not-found = It was not found, or you may not see it.
not-rated-by-citizen = The citizen has already rated the newest answer.
not-sampled-yet = This case was drawn for a check before.
rating-taken-by-another = Somebody who did not handle the case must ask for the rating.
stale-case = The case has just changed. Please look at it as it is now and try again.
illegal-move = This cannot be done in the present status of the case.
not-allowed = You cannot do this.
conflict-of-interest = You or your department are concerned in this case and must stand aside.
second-person-needed = Whoever proposed it cannot decide it. Another person must.
already-claimed = Somebody else has just claimed this case.
invalid-input = Something is missing or wrong. Please check and try again.
storage-unavailable = It cannot be saved at the moment. Please try again in a minute or two. Everything that was confirmed is kept.
evidence-damaged = The file is not as it was when it was registered and cannot be opened.

## What there is not
no-such-case = There is no case with this number.
no-case-for-you = There is no case with this number, or you may not see it.
no-such-file = There is no such file.
no-such-account = There is no account “{ $account }”.
no-such-department = There is no such department.
unknown-department = There is no department “{ $department }”.
unknown-jurisdiction = There is no jurisdiction “{ $jurisdiction }”.
no-time-limit = No time limit is laid down for “{ $kind }”.
no-such-webhook = This address is not registered.
no-such-move = There is no such operation.
no-such-page = There is no such page.
no-such-letter = There is no such letter.
no-such-warning = There is no such warning.
no-such-domain = There is no such domain.
no-such-list = There is no such list. Please come here by a link on the board.
no-such-period = There is no such period.
no-such-year = There are no figures for this year.
no-proofs-here = Proofs are not issued here.

## Clocks
clock-ended = This time limit is over; it can no longer be paused, resumed or extended.
before-last-step = The time is earlier than the step before.
extension-of-another-rule = The extension rests on another rule than this time limit.
no-extension = { $basis } does not allow an extension.
extended-already = It can be extended only once.
extension-length = An extension must be between 1 and { $most } days.
too-late-to-extend = The time limit has passed and cannot be extended any more.

## Filing
nothing-told = Please write what you want to report.
no-number-free = No case number can be given at the moment. Please try again later; what you wrote is not lost.
is-accused = The complaint is about { $department } or a body above it, so it cannot receive this case.

## Cases and moves
actor-not-concerned = You or your department are concerned in this case and cannot handle it.
already-here = The case is with your department already.
answered-in-writing = There is no written answer yet, so a review cannot be asked for.
asked-on-reporter-page = Please look at it on the page about the reporter.
changed-meanwhile = This has just changed. Please look at it as it is now and try again.
date-in-the-past = The day cannot be before today.
decided-by-another = Whoever proposed it cannot decide it. Another person must.
decline-waits = No proposal to decline is waiting for a countersignature.
dispute-waits = No dispute is waiting for a decision.
due-days-change = There is no time limit to be counted anew.
extend-waits = No extension is waiting for approval.
first-notice-or-supervisor = The one notice of what is missing was given already. A second one needs a supervisor.
free-to-claim = { $holder } has claimed this case already.
handling-time-runs = No time limit for the answer is running.
held-by-another = You hold this case already.
held-by-somebody = Nobody holds this case; it can simply be claimed.
holder-away-or-idle = { $days ->
    [one] The holder is there and has not been idle for more than 1 working day, so the deputy cannot take over yet.
   *[other] The holder is there and has not been idle for more than { $days } working days, so the deputy cannot take over yet.
}
is-quarantined = This case is not in quarantine.
item-open = No accountability item is open.
level-left-to-tell = No time limit needs a warning.
look-was-granted = No look was approved, or it was taken already. Another look needs a new request.
may-be-extended = The time limit has passed, or the law allows no extension.
needs-words = “{ $move }” needs something to be filled in.
no-case-in-this-chat = There is no case with this number, or it was not filed in this chat.
no-decline-waits = Declining was proposed already; whoever countersigns decides first.
no-dispute-waits = A decision was asked for already; the authority above will decide.
no-extend-waits = An extension was asked for already and is waiting.
no-final-opinion = The final review is the last opinion. The same facts and reasons are not taken up again.
no-legal-hold = The case is kept by law.
no-such-emergency = There is no such emergency.
say-what-was-done = Please say what was done.
already-acknowledged = Somebody has acknowledged it already.
no-reporter-to-see = There is nothing about the reporter to see.
no-such-item = There is no such open accountability item.
no-such-order = There is no such order waiting for an answer.
no-such-person = There is no such person.
no-transfer-waits = A transfer was proposed already and waits for the other department.
no-unseal-waits = A request to see the reporter is waiting already.
not-holder = Please claim this case first, or ask whoever holds it.
accused-already = These bodies are complained about already.
not-into-itself = A case cannot be merged into itself.
not-of-this-department = It can be assigned only to people of your department.
not-reviewed-yet = This case was reviewed already. You can ask for a final review.
not-to-be-told = This time limit is not running, or the warning was given already.
accused-there-first = First add to the other case the bodies complained about here: { $bodies }. Otherwise they might get it later.
no-such-commitment = The register of promises has no such number, or it is not published. Please check the number.
commitment-linked = The case is not linked to any promise.
commitment-linked-already = This promise is linked already.
commitment-not-linked = This promise is not linked to the case.
not-to-merge-into = It can be merged only into an open case of your department.
nothing-to-add = Please write something or add a file.
order-waits = No order is waiting for an answer.
other-arguments = What was filled in does not belong to this. Please fill it in again.
other-needs-words = If you choose “other”, please write why.
person-concerned = { $person } is concerned in this case and cannot handle it.
person-may-not-hold = { $person } cannot handle cases.
proposed-days-allowed = { $days ->
    [one] At most 1 more day is possible now. Please refuse this and ask anew.
   *[other] At most { $days } more days are possible now. Please refuse this and ask anew.
}
reporter-is-named = This complaint is anonymous; there is nothing about the reporter to see.
retention-is-over = The time this case must be kept is not over yet.
reviewed-once = Please ask for a review first, and for a final review only after it.
reviewer-can-be-named = It is not clear at the moment who reviews this. Please call 12345, where people will help you.
same-domain = The domain is the same as before.
still-time-to-ask = The { $days } days after the written answer, in which a review can be asked for, are over.
still-time-to-return = The { $days } working days for returning it are over. Please accept the case, or ask for a decision who is responsible.
transfer-waits = No transfer is waiting to be accepted.
transfer-was-contested = There was no transfer and no return, so there is nothing to decide.
under-legal-hold = The case is not kept by law.
unseal-waits = No request to see the reporter is waiting.
waits-for-triage = A department is responsible for this case already, so it cannot be assigned again. Please use a transfer to give it to another.
words-of-case = Please write what the case was, in at most 2,000 characters.
wrong-role = You cannot “{ $move }” in your role.
wrong-status = “{ $move }” is not possible in the present status of the case.
others-wait = This case is handled together with those of others about the same matter and cannot be withdrawn. You will still be told the result and may ignore it.
away = You are registered as away and cannot take cases. If you are back, please say so first.
unknown-parameter = There is no parameter “{ $name }” here.
somebody-above = Reviews end here ({ $source }); there is no higher authority to ask.
not-its-own-review = The opinion of { $department } is under review; it cannot review itself.

## Files
file-too-large = “{ $name }” is larger than { $megabytes } MB and was not taken. Please reduce it or send it in parts.
file-infected = A virus was found in “{ $name }”, so it was not taken. Please send a clean file.
file-unchecked = “{ $name }” cannot be checked for viruses at the moment and was not taken. Please send it again a little later.
file-empty = “{ $name }” could not be fetched. Please send it again.
file-archive = “{ $name }” is an archive and was not taken. Please unpack it and send the files one by one.
file-macros = “{ $name }” contains macros and was not taken. Please save it without macros or as PDF.
file-picture-too-large = The picture “{ $name }” is too large in pixels and was not taken. Please make it smaller.
file-picture-damaged = The picture “{ $name }” is damaged and was not taken. Please take or save it again.
file-expands = “{ $name }” would become enormous when opened and was not taken. Please remove what is not needed or split it.
file-harmful = “{ $name }” could not be opened and was not taken. Please save a copy, or take a screenshot or photo.
file-unknown-type = “{ $name }” is of a kind that cannot be taken. Send pictures, PDF, Office documents, text, audio or video.
too-many-files = A complaint can have at most { $most } files; “{ $name }” was not taken.
too-many-uploads = At most { $most } files can be uploaded at once.
files-by-upload = evidence: please upload files through /evidence.

## Chats of staff
too-many-link-codes = Too many codes were made. Please try again in an hour.
too-many-link-tries = Too many tries. Please try again in an hour.

## Addresses of departments' own systems
webhook-known = Your department has registered this address already.
too-many-webhooks = A department can register at most { $most } addresses. Please remove one that is not used any more.
webhook-out-of-reach = This address cannot be reached from here, or is in a network that may not be called.
webhook-no-address = This is not a well-formed address.
webhook-not-https = Only addresses that begin with https:// can be registered.
webhook-with-user = The address may not hold a user name, a password or “#”.
webhook-form = An address may have at most { $most } characters, and only those of plain ASCII.
webhooks-of-managers = Only a head or an administrator of the department may register addresses.

## Lists and figures
page-mark-invalid = This page mark is no longer valid. Please start again from the first page.
choose-again = Please reload the page and choose again.
words-too-short = q: at least two letters, digits or characters must stand together.
conclusion-missing = Please write what you found.
date-form = A date is written like 2026-11-22.
ends-before-it-begins = The last day cannot be before the first.
grouping-form = by must be department, domain, jurisdiction or place.

## Storage
not-confirmed = The database did not confirm this ({ $fault }).
no-primary = The database has no primary at the moment.
record-refused = This record is too large or has the wrong form and cannot be saved.
account-contended = Too many are changing this account at once. Please try again later.
alerts-contended = The alerts of this person change faster than they can be counted.
no-space-left = Storage is nearly full, so nothing new can be taken at the moment.

## Pages and the API
sign-in-first = Please sign in first.
open-chat-first = Please open the chat page first.
no-chinese-font = This server has no font for Chinese, so it cannot make a PDF. Please use the page for printing, or ask an administrator to install fonts-noto-cjk or to name a font file in the setting LETTER_FONT.
tag-form = If-Match: expected an entity tag such as "3".
key-in-use = This key was already used for another request. Nothing of this one was kept; take another key, or reload the page and try again.
key-form = Idempotency-Key: expected 1 to 64 letters, digits or _.:-

## What was filled in
in-field = { $field }: { $problem }
in-item = Item { $place }: { $problem }
field-missing = Please fill this in.
field-unknown = There is no such field.
field-wrong = This is not right.
text-too-short = Too short: at least { $min_length } characters.
text-too-long = Too long: at most { $max_length } characters.
too-few-items = At least { $min_length } items are needed.
too-many-items = At most { $max_length } items are possible.
less-than = It cannot be less than { $ge }.
not-greater-than = It must be greater than { $gt }.
greater-than = It cannot be greater than { $le }.
not-less-than = It must be less than { $lt }.
no-text = Please give a text.
no-whole-number = Please give a whole number.
no-number = Please give a number.
not-offered = Please choose one of those that are offered.
neither-yes-nor-no = Please choose yes or no.
no-date = Please give a date, such as 2026-11-22.
no-time = Please give a date and a time.
no-list = Please give a list.
no-json = This is not valid JSON.
other-pattern = This has another form; it should match { $pattern }.

# -- the integrity side: orders, records and what follows them
not-of-the-subject = Your body is the one this is about or stands below it, or you are concerned yourself: you may not act here.
no-such-dossier = There is no such number, or it is not yours to see.
own-body = Your body is the one this is about or stands below it. Please leave it to the superior body.
mechanism-absent = The document of this jurisdiction sets up no such mechanism.
no-such-step = There is no such step here.
not-yours-to-open = Your role may not begin “{ $kind }”.
opened-already = There is “{ $kind }” for this case already ({ $id }), which is still under way.
not-found-true = This case was not answered as true (supported, wholly or in part), so no order can rest on it.
copied-from-complaint = This repeats the words of the complaint (“{ $run }”). Please write what was found in other words.
bad-credit-code = The check digit of the unified social credit code does not fit. Please compare it and enter it again.
not-a-body = “{ $name }” is not the full name of a body. Officials belong into the sealed archive only, which is never public.
no-region = Please give the region code of the body: 6 to 12 digits.
no-home = Your account belongs to no jurisdiction, so you may not begin this.
order-not-yours = This order is not in the hands of your body.
issued-by-another = Who drafted it may not sign it. Please let somebody else do so.
proof-given = There is no proof yet that it was put right, so this cannot be confirmed.
proof-checked-by-another = Who handed in the proof may not confirm it. Please let somebody else do so.
over-or-no-excuse = The time for putting it right is not over, so refusal cannot be found yet, except where reorganisation or a change of staff is given as the reason.
deadline-over = The time for putting it right is not over yet.
not-ones-own = Another administrator changes your own roles or closes your account.
login-taken = The login { $login } is taken.
no-such-token = There is no such token; it may have been revoked.
no-such-change = There is no such change.
record-not-yours = This record is not in the hands of your body.
publication-not-yours = This publication is not in the hands of your body.
objection-not-yours = This objection is not in the hands of your body.
repair-not-yours = This application for repair is not in the hands of your body.
sanction-not-yours = This sanction is not in the hands of your body.
exposure-not-yours = This notice is not in the hands of your body.
not-recorded-yet = There is a record of this order already.
recorded-already = There is a record of the same document already: { $id }.
document-incomplete = A document it rests on lacks its number, date or file. Please complete it.
bases-complete = A document it rests on lacks its number, date or file. Please complete it before giving notice.
document-of-tomorrow = The date of the document is later than today. Please compare it.
breach-of-tomorrow = The date of the breach is later than today. Please compare it.
judgment-not-in-force = The judgment is not in force and cannot carry a record of broken faith.
hearing-over = No notice was given yet, or the time to answer it is not over, so it cannot be confirmed.
statement-unanswered = The other side has answered. Please say whether that is accepted, and why.
confirmed-by-another = Who prepared it may not confirm it. Please let somebody else do so.
decided-by-its-own = This is for a confirmer; in the archive of officials it is for another registrar.
spoken-for = This is for the representative of the body, or the person; where there is no account, the registrar enters it.
no-objection-runs = An objection is being dealt with already.
no-repair-runs = An application for repair is being dealt with already.
basis-stands = What it rests on was annulled. Please revoke or correct the record first.
no-other-record = There is no record “{ $id }” to merge into: only a standing record of the same body will do.
record-not-confirmed = The record is not confirmed yet.
record-stands = The record is not confirmed, or has ended, and cannot be published.
about-a-body = Records of officials lie in the archive only and are never published.
of-a-breach = A record of good performance is not published as a breach.
severity-is-set = Its class is not set, so it cannot be published.
in-a-catalogue = It is in no catalogue of public credit information, so it cannot be published.
not-published-yet = This record is published already, or waits to be released.
time-left-to-publish = The time of publication, which began with the finding, was over on { $until }. It cannot be published any more.
publication-too-long = The time of publication is above the limit: at most { $most } months in this class.
publication-too-short = The time of publication is below the limit: at least { $least } months in this class.
minor-unexplained = A minor breach is not published as a rule. If it must be, please give the reason.
released-by-another = Who proposed it may not release it. Please let somebody else do so.
tombstone-is-old = The note that publication has ended still has to stand.
objection-without-document = An objection needs at least one document.
corrected-how = To correct or supplement it, please give the facts as corrected.
record-disputable = This record has ended; objections to it are no longer dealt with.
not-with-experts = It is with experts; the time does not count meanwhile.
with-experts = It was not sent to experts.
review-not-used = The review was used already; it can be asked for once only.
still-time-for-review = The time to ask for a review is over.
reviewed-above = A review is for a body above, not for the one that decided.
time-for-review-over = The time to ask for a review is not over yet.
papers-lacking = Proof of performance or the pledge is missing. Please add it and apply again.
shortest-period-over = The shortest time of publication is not over: repair can be applied for from { $earliest }.
conditions-met = Not all conditions of repair are met yet. Missing: { $unmet }.
record-to-repair = This record has ended; there is nothing to repair.
papers-not-asked = What is missing was told once, in one notice; it cannot be asked for again.
sanction-term-wrong = A sanction must end after it begins, and not before today.
sanction-for-persons = This measure is for the archive of officials, not for a body.
sanction-for-bodies = This measure is for bodies, not for the archive of officials.
approved-by-another = Who proposed it may not approve it. Please let somebody else do so.
not-serious = This record is not classed as serious, so it cannot be exposed as that.
signed-by-another = Who drafted the notice may not sign it. Please let somebody else do so.
award-check-not-for-you = Checks of awards are made by those who work on credit, or by supervisors.
too-many-bodies = At most { $most } bodies can be checked at a time. Please divide them.

## Letters and errands
no-such-errand = There is no such instruction, consultation or task that waits for you.
errand-waits = No instruction, consultation or task waits for your reply.
no-legal-basis = A legal basis names the law and its article, such as the Regulations on Petitions and the article; a document by its number.
no-reason = “{ $field }” says nothing of this matter. State the facts and the reason here, not only “see attachment”.
letter-signed = In this department a second person signs such letters: draft it and send it to be checked; signing sends it.
letter-is-whole = Still missing: { $missing }.
letter-signed-by-another = Whoever wrote the letter or sent it to be checked cannot sign it: a second person has to.
signed-by-who-heads = The head of the department or a supervisor above it has to sign.
one-person-signs = In this department a second person signs such letters: send it to be checked first.
returned-by-writer-or-head = Its writer may take it back; the head or a supervisor may send it back.
case-still-there = The case is past the stage for this letter. It can be set aside.
case-lets = The case does not allow this step now.
letter-outsider = Claim the case first, or ask its holder to see to this letter.
code-taken = Another department numbers its letters by “{ $code }”. The numbers would be the same; choose another code.
letter-unreadable = Something in this letter is not in its form. Correct it on the editing page.
papers-on-the-page = Steps that need papers are taken on the page; the interface takes no files.
no-such-kind = Nothing of this kind can be begun by itself.
out-of-area = “{ $name }” does not lie in the jurisdiction of your body, so it is not for your body to handle.
higher-body = “{ $name }” stands higher than your body. Please leave it to its superior or competent authority.
no-table = No table could be read. Please upload a CSV or XLSX file whose first row holds the headings.
too-many-rows = At most { $most } rows can be imported at a time. Please divide them.
unknown-column = There is no column "{ $name }". Please use the headings of the template.
not-the-person = This is not the account of that official. Please compare it, or leave the account out.
commitment-unmeasured = A promise needs a date and a result that can be checked. Please say both.
change-incomplete = A lawful change needs its reason, authority, procedure and compensation. Please say each of them.
commitment-published-by-another = Who drafted it may not publish it. Please let somebody else do so.
disclosure-not-yours = This entry is not in the hands of your body.
no-double-publicity = The document of this jurisdiction has no rule on licences and penalties; only overdue payments can be entered.
decided-later = The decision cannot be later than today.
posted-wrong = The day of publication lies between the decision and today.
time-is-over = The time to publish is not over yet.
list-not-yours = This list is not kept by your department.
no-exit-rule = An entry of a list needs the day on which it ends, or the condition on which it goes.
list-ends-before = The last day can be neither before the first nor before today.
on-the-list = “{ $title }” is on the list already.
not-on-the-list = “{ $title }” is not on the list.
not-a-firm = The blacklist holds firms and agencies, no persons. Please write the full name of the firm.
no-decision = The blacklist rests on a decision of an authority. Please give its number.
list-term = A firm is on the blacklist for one to three years.
list-has-entries = The list has no entries yet.
list-changed = Nothing has changed, so there is nothing to publish.
list-published-by-another = Who changed the list may not publish it. Please let somebody else do so.
an-entry-has-ended = No entry has ended.
commitment-not-yours = This promise is not kept by your department.
due-day-near = It is not yet time for the reminder.
due-day-over = The date of the promise has not come yet.
failure-explained = Why it cannot be kept has not been explained in public yet.
fulfilment-proven = There is no proof yet that the promise was kept.
not-compensated-yet = What is done about compensation has been said already.

## The exchange between levels
exchange-no-letter = This is no file of the exchange between levels.
exchange-too-large = A file of the exchange holds at most 1 MB. Please report in parts.
exchange-unknown-sender = The sender “{ $sender }” is not among those that are trusted.
exchange-signature = The signature does not fit. Nothing was taken.
exchange-lines-changed = Number or digest of the lines is not what was signed. Nothing was taken.
exchange-sequence = The sequence is broken: batch { $expected } was expected, batch { $given } came.
exchange-no-upper = The public key of the level above or our own name is not set. Nothing can be reported.
exchange-not-our-answer = The answer does not fit the batch that waits. It was not used.
exchange-line-unreadable = This line is no record.
exchange-unknown-field = There is an unknown field “{ $field }”.
exchange-field-wrong = The field “{ $field }” is missing or not in its form.
exchange-foreign-region = Region { $region } is not one the sender may report.
exchange-overtaken = A newer version ({ $revision }) was received already.
exchange-same-revision = This version was received already, with other content.
exchange-not-in-format = Something in the record does not fit the format of the exchange. It was not reported.
