### Answers to questions, danger, greetings and the like (English). Topics: classify/acts/questions.toml, kinds of danger: classify/acts/danger.toml.
### No numbers of days here: they differ from case to case and stand in the summary, the notices and “Published time limits”.

## Questions
faq-how-long =
    The time limits differ from matter to matter; each comes from a rule.
    Before you file I show how soon you are told whether it is accepted, and how soon you get an answer. After that, /status shows the latest day.
    All limits are on the web page under “Published time limits”.
faq-own-case =
    Send /status to see every case you filed here: how far it is, who is responsible, and by when there should be a result.
    If you filed from another account or on the web page, just send me the 16-digit receipt code.
    To ask or explain something while it is being handled, open the case and press “Write to the handler”.
faq-cost =
    It is free. Filing, handling and the answer cost nothing.
    I never ask for passwords, codes or transfers. If somebody asks you for money to handle a complaint, call 110.
faq-robot =
    I am Shouxin, a program, not a person. I help you put the matter in order and pass it to the department in charge; people there accept it, handle it and answer.
    To talk to a person, call 12345. To go on, just write.
faq-person =
    I am a program and cannot pass this chat to a person.
    To talk to somebody, call 12345; by rule people answer it around the clock.
    After filing, while the case is being handled, open it and press “Write to the handler”; the person in charge will see it.
faq-counter =
    You can write here at any hour, on weekends and holidays too.
    To speak to somebody or to come in person, call 12345: by rule the line is staffed day and night, and it knows the addresses and hours of the counters.
faq-anonymity =
    Yes. You are anonymous unless you choose otherwise; I ask you before filing.
    Anonymous: the handler sees the matter, not who filed it. Named: one person must ask and another approve before your name and contact are shown, and each time is recorded.
    The messenger itself knows who uses it; if you mind, use the chat on our web page. Details you write may also give you away, so please take care.
faq-reprisal =
    It is natural to worry. The law forbids retaliation against people who complain.
    The body complained about and those below it cannot see your complaint here, and staff named in it cannot open it. You can also stay anonymous.
    If somebody threatens you, call 110 first. To add it to a case you filed, send /add.
faq-who-reads =
    It goes to the department with the power to handle it; I name it before you file.
    Those who work on it there and in departments that help can see it, and the supervisors. The body complained about and those below it cannot.
    Those who work on it do not see who filed it; if you gave your name, it takes another person's approval.
faq-scope =
    This is for broken faith in government: promised policies not honoured, unpaid project money and debts, broken investment contracts, unfair procurement and tendering, debts a new office-holder will not recognise.
    For other requests call 12345; in danger, or for a crime, call 110.
    If you are not sure, just write it down and I will tell you.
faq-material =
    You can file without any documents. First write the matter clearly: which body, when, what was promised, what came of it, how much money.
    Contracts, documents, photos and recordings can be sent here. While the case is being handled you can add more with /add.
    If the department needs something else, you will be told here.
faq-how-to-check =
    Send /status to see the cases you filed here. I also tell you here when something happens.
    From another account or device, send me the 16-digit receipt code. It is shown only once, when you file: please keep it safe and do not show it to others.
faq-withdraw =
    Yes. Send /withdraw; once you confirm, the department stops working on it. You can file again later.
    A case that has been answered or closed can no longer be withdrawn.
    Something not filed yet is dropped with /cancel.
faq-erase =
    Send /privacy and press “Erase contact data”: your name and contact are erased from the cases you filed here.
    If you have not filed yet, /cancel deletes the draft.
    The words and files of a filed case are kept for the prescribed time; then personal data is removed, except what the law requires to be kept.
faq-language =
    Send /language for simplified Chinese, traditional Chinese or English.
    That changes what I say; answers of departments are shown as they were written and are not translated.
    Write as you would speak. If I get something wrong, you can correct it.
faq-cannot-write =
    That is all right. Somebody you trust can write a few sentences for you; if your phone's keyboard has a microphone sign, press it and your speech becomes text.
    You can also send a voice message, which I pass on as evidence. I cannot understand speech, though, so a few written words are needed to file.
    To tell it by phone or in person, call 12345; they can also be asked for the address and hours of a counter.
faq-relative =
    Yes. It need not be filed by the person concerned. Just write the matter clearly; it is anonymous by default and needs no names.
    News comes to you here. You can give that person the receipt code, to look it up on their own.
faq-minor =
    You can write; I do not ask for your age. It is best to have an adult you trust with you.
    If you are being bullied or feel very low, call 12355, the help line for young people. In danger, call 110 first.
faq-several =
    Yes. One person can write what you have in common and roughly how many you are; one case is enough. You can also file separately; the department can join cases about the same matter.
    Please do not give names or contacts of others without their consent. Whoever has the receipt code can open the case.
faq-lawyer =
    Yes, a lawyer can write here for you. You do not need one: you can do every step here yourself.
    For legal questions or legal aid, call 12348.
    The department may decline what has been or must be settled by a court, arbitration or administrative reconsideration.
faq-foreign =
    Yes. Foreigners, foreign-invested firms, and residents and firms of Hong Kong, Macao and Taiwan can file here. I ask for no nationality and you need no phone number.
    Send /language to change the language. Answers of departments are shown as written and not translated.
    Just write what happened; give places and bodies by their Chinese names where you can.
faq-disagree =
    I am sorry the answer did not satisfy you. You can do two things; rating first does not stand in the way of a review:
    /rate rate it; the supervisors will see your rating.
    /review ask for a review: write why you disagree, and a higher authority looks at it again. There is a time limit, given in the notice of the answer, so please ask early.
faq-review =
    If you do not accept a written answer, or a decision not to take your case, a higher authority can look at it again: that is a review. If you do not accept the review either, you can ask for a final review; that opinion is the last one.
    Send /review and write your reasons. There is a time limit, given in the notice you got, so please ask early.
faq-nothing-happens =
    Every case has a department in charge and time limits. When one is missed, the system reports it to the supervisors by itself and tells you too.
    /status always shows how far it is; while it is being handled, open the case and press “Write to the handler”.
    If there is still no sign of life, call 12345.
faq-operator =
    This is Shouxin, a program that takes complaints about broken faith in government. The body that set it up runs it; its name is not given to me, so I will not guess.
    To check, call 12345 and ask. Which department handles your complaint is shown before you file.
faq-government =
    I am a program that takes complaints, not an official; your complaint goes to the department with the power to handle it.
    You are right to be careful. To check, call 12345 and ask. This service takes no money and asks for no passwords or codes.
    Opinion letters carry a verification code that you can check on the web page under “Verify a document”.
faq-use =
    To be honest, I cannot promise the result you hope for.
    Every case has a number, a department in charge and time limits; when one is missed, the supervisors are told; a written answer must give facts, reasons and its legal basis; if you disagree, you can ask for a review.
    Whether to write is up to you. If you want to, just start.
faq-how =
    Write to me what happened: which body, when, what was promised, what came of it, how much money. Several messages are fine.
    I put it in order for you to check and ask for what is missing. Nothing is filed until you confirm; then you get a case number and a receipt code.
    /help shows all commands.
faq-why-asked =
    Place and body decide who handles it, and keep it out of the hands of the body you complain about. Amount, time and request help the handler find out what happened.
    Name and contact are asked for only if you choose to give your name.
    If you do not know, press “I do not know”; if you would rather not say, press “Skip”. You can still file.
faq-privacy =
    What you write, your files and your contact are kept encrypted, the contact apart from the case.
    They are kept for the prescribed time after closing; then personal data is removed, except what the law requires to be kept. A draft you never file is deleted by itself after a while.
    /privacy tells you everything and shows what is stored about you.
faq-files =
    Yes. Send photos, documents, recordings and videos right here; I tell you when something is too large or too much. Please also write a few words about what happened.
    Place, device, author and the like are removed first; what cannot be removed, I tell you about, and you decide whether it is kept. File names are not kept, and a file sent by mistake can be taken out.
    After filing, add more with /add while the case is being handled.
faq-edit =
    Not filed yet: write one more sentence, or press a button to correct. If your messenger lets you edit a message, I take the change over.
    Already filed: the words cannot be changed, but while the case is being handled you can add to it with /add, and the handler will see it.
faq-corruption =
    For bribery and embezzlement, please turn to the discipline inspection and supervision bodies, 12388; the procuratorate's number is 12309.
    The part of the matter in which a government body broke its word can be filed here.
    Staff named in a complaint cannot open it here.

## Danger: first that it was heard, then the numbers
danger-goes-on = Your report goes on as before. What you have written is kept and will not be lost.
danger-self-harm =
    I have read what you wrote; you must have carried this for a long time. The matter will go on; that you are safe comes first.
    I am a program and cannot be with you, but somebody on the phone will listen. Please also ask a person you trust to stay with you:
    { $lines }

    { danger-goes-on }
danger-attack =
    You or people near you may be in danger. Please get to a safe place first and call as soon as you can:
    { $lines }

    { danger-goes-on }
danger-minor =
    The child's safety comes first; please call now. If it is you who is being hurt, it is not your fault:
    { $lines }

    { danger-goes-on }
danger-violence =
    I can hear how much pain and anger there is. Please stop for a moment and hurt nobody, nor yourself; there are still ways to settle this. You can call now:
    { $lines }

    { danger-goes-on }
danger-reprisal =
    Anybody would be afraid when treated like this, and the law does not allow it. If you are in danger, call the police at once, and keep messages, recordings and photos:
    { $lines }

    { danger-goes-on }

## Greetings, and what is no answer
act-greeting = Hello, I am here. Please write what happened: which body, what was promised, what came of it. For a case you filed, send /status.
act-thanks = You are welcome. If there is more to say, write at any time; /status shows the progress.
act-insult = You are angry, and it is all right to say so. To go on, just write about the matter; to talk to a person, call 12345.
act-small-talk = All right, I am here. If there is something to report, just write it.
act-question-unknown = I do not know the answer to this and would rather not guess; please call 12345 and ask. To go on with your report, just write; /help shows what I can do.
act-not-a-place = I found no place in this, so I did not note it. Please give province, city and county or district, for example “青海省西宁市城东区”; if you do not know, press “I do not know”.
act-not-a-contact = This does not look like a way to reach you, so I did not note it. Please write a phone number or an e-mail address, or press “Skip”.
act-not-an-answer = This does not look like an answer, so I did not note it.
act-question-follows = Back to the question.
