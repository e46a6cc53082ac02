"""Words that speak for a flag of the codebook. Edit freely; lower case.

`tsd.segment.phrases` says what the signs in a phrase mean; a blank also stands for a comma or a
hyphen.
"""

# fmt: off

# --- other_client ---------------------------------------------------------------------------

# One person in the therapist's care who might be recognized, or something said in confidence.
OTHER_CLIENT: tuple[str, ...] = (
    "a client of mine", "a patient of mine", "a student of mine", "one client of mine",
    "client of mine who", "another client", "another patient", "my last client", "my other client",
    "my client before you", "the client before you", "my next client", "the client after you",
    "i have a client who", "i've got a client who", "i've a client who", "i have a patient who",
    "i've got a patient who", "i'm seeing a client who", "i'm seeing a man who",
    "i'm seeing a woman who", "i see a man who", "i see a woman who", "i see a lady who",
    "i see a gentleman who", "there's a {person} who comes to me", "there's a {person} i see",
    "there's a {person} i work with", "a {person} who comes to me",
    "a {person} who comes to see me", "a {person} on my caseload", "a {person} in my caseload",
    "a {person} in my other group", "a {person} from your school",
    "a {person} from your street", "a {person} from your town", "a {person} you might know",
    "someone you might know", "somebody you might know", "someone you know", "somebody you know",
    "told me in confidence", "told me in private", "told me in session", "told me in her session",
    "told me in his session", "in strict confidence", "i shouldn't have said",
    "i probably shouldn't say", "i shouldn't be telling", "i shouldn't tell you",
    "i'm not supposed to say", "i'm not supposed to tell", "don't tell {person} i",
    "don't say i told you", "you didn't hear it from me", "you didn't hear that from me",
    "he'd kill me if", "she'd kill me if", "made me promise not to", "i also see your",
    "i see your {kin} too", "your {kin} is also my client", "your {kin} comes to me",
    "your {kin} told me", "i used to see your", "i treated your", "i worked with your {kin}",
)

# Before a name: "I worked with Linda on her drinking".
NAMED_CLIENT: tuple[str, ...] = (
    "i worked with", "i've worked with", "i counselled", "i counseled", "i treated", "i supported",
    "a client called", "a client named", "a patient called", "a patient named",
)

# In place of the name: nobody in particular.
NOT_NAMES: tuple[str, ...] = (
    "a", "an", "the", "my", "your", "our", "this", "that", "some", "one", "someone", "somebody",
    "him", "her", "them", "you", "people", "clients", "patients", "each", "every", "any", "many",
    "us",
)

# After a name: words that show that it is one person.
NAMED_CLIENT_AFTER: tuple[str, ...] = (
    "on her", "on his", "for her", "for his", "through her", "through his", "when she", "when he",
    "after her", "after his", "about her", "about his", "she told", "he told",
)

# --- therapist_need -------------------------------------------------------------------------

# Asking the client for sympathy, help or approval.
PLEAS: tuple[str, ...] = (
    "wish me luck", "pray for me", "keep me in your thoughts", "feel sorry for me",
    "what would you do in my", "what should i do", "what do you think i should", "do you think i'm",
    "do you think i was wrong", "do you think i did", "tell me i'm", "tell me i did", "am i a good",
    "am i a bad", "am i doing okay", "am i any good", "did i do the right thing",
    "did i do alright", "don't you think i", "you must think i'm", "please don't think badly",
    "don't think badly of me", "don't think less of me", "don't be angry with me",
    "don't be mad at me", "don't leave me", "i need you to like", "i need your help",
    "i need your support", "i need your advice", "could you help me", "can you help me with my",
    "maybe you can help me", "i could use some advice", "i could use some sympathy",
    "i could do with some", "any advice for me", "any tips for me", "got any tips",
    "it helps me to talk to you", "it helps me talking to you", "you've helped me", "you help me",
    "talking to you helps me", "i feel better talking to you",
    "i look forward to seeing you because", "i needed to tell someone", "i needed to tell somebody",
    "i had to tell someone", "i have nobody to talk to", "i've no one to talk to",
    "i have no one to talk to", "i've nobody to talk to", "nobody listens to me", "no one helps me",
    "i wish somebody would", "i wish someone would", "you're the only one who", "be gentle with me",
    "go easy on me", "bear with me today",
)

# A problem of the therapist that goes on; these words are enough by themselves.
UNRESOLVED: tuple[str, ...] = (
    "still struggle", "still struggling", "still fighting", "still battling", "still haven't",
    "still can't cope", "still can't sleep", "still can't face", "still can't talk about",
    "still can't get over", "still can't bring myself", "still can't forgive", "still can't stop",
    "still paying it off", "still paying off my debt*", "i don't sleep much", "i don't sleep well",
    "i don't sleep that well", "hardly sleep at the moment", "still have not", "still don't know",
    "still not over", "still not sure", "still cry", "still crying", "still grieving",
    "still in debt", "still looking for work", "still looking for a job", "still waiting",
    "still working through", "still in the middle of", "still stuck", "still raw",
    "still find it hard", "still find it difficult", "still have trouble", "still suffer",
    "i'm going through", "we're going through", "going through it myself",
    "going through the same thing", "i'm in the middle of", "i'm struggling", "we're struggling",
    "i struggle with that too", "haven't cracked",
    "haven't figured", "haven't worked out", "haven't solved", "haven't got over",
    "haven't gotten over", "haven't come to terms", "not over it", "not over him", "not over her",
    "not out of it", "i'm not cured", "can't say i'm cured", "don't know how i'm going to",
    "don't know how to cope", "don't know what to do about", "don't know what to do with",
    "i haven't slept", "i haven't been sleeping", "i can't cope", "i can't sleep",
    "i'm not sleeping", "i can't get over", "i can't afford",
    "i'm at my wits end", "i'm falling apart", "i'm not coping", "i'm having a hard time",
    "i'm having a rough time", "having a hard time myself", "been a terrible week",
    "been an awful week", "been a hard week", "been a rough week", "marriage is ending",
    "marriage is falling apart", "getting divorced at the moment", "we're waiting on a",
    "waiting for results", "waiting on results", "i'm out of work", "i've been out of work",
    "been out of work since", "i'm unemployed", "looking for a job myself",
    "looking for work myself", "looking for work as well", "looking for work too", "hate myself",
    "i feel like a fraud", "can't think about anything else", "no idea how i'm going to",
    "no idea how i'm gonna", "been a rotten week", "i'm not working at the moment",
    "not working either",
)

# Words of the present, and words of trouble: both together are a problem that goes on.
NOW: tuple[str, ...] = (
    "right now", "just now", "at the moment", "currently", "at present", "presently", "these days",
    "nowadays", "lately", "this week", "this month", "as we speak", "even now", "most nights",
    "every night", "today",
)
TROUBLE: tuple[str, ...] = (
    "struggl*", "hard", "difficult", "lonely", "alone", "stress*", "worr*", "nervous", "anxious",
    "anxiety", "scared", "afraid", "terrified", "exhaust*", "awake", "insomnia", "frustrat*",
    "overwhelm*", "sad", "cry", "crying", "depress*", "broke", "debt*", "out of work", "unemployed",
    "ending", "sick", "ill", "pain", "panic*", "angry", "guilt*", "asham*", "stuck", "lost",
    "worse", "awful", "rotten", "rough", "tough", "miserable", "hopeless", "drinking", "fight",
    "fighting", "argu*", "grief", "grieving", "jealous", "dread", "hate", "bad", "burnt out",
    "burned out", "homesick", "hurts",
)

# The present, with the trouble in the same words.
TROUBLE_NOW: tuple[str, ...] = (
    "i struggle", "i worry", "i get nervous", "i get anxious", "i get jealous", "i get scared",
    "i get stressed", "i get lonely", "i get overwhelmed", "i get angry", "i get depressed",
    "i feel guilty", "i feel lonely", "i feel alone", "i feel like a failure", "i feel stuck",
    "i'm worried", "i'm nervous", "i'm anxious", "i'm scared", "i'm afraid of", "i'm terrified",
    "i'm stressed", "i'm exhausted", "i'm depressed", "i'm stuck", "i'm behind on", "i'm in debt",
    "i'm hopeless at", "i hate", "i can't", "i cannot", "i don't know how", "i find it hard",
    "i find it difficult", "i have trouble", "i have a hard time", "i suffer from", "i have panic",
    "i have depression", "i have anxiety", "i dread", "i avoid",
)

# A problem that is over.
RESOLVED: tuple[str, ...] = (
    "used to", "ago", "in the past", "in the end", "eventually", "got better", "got easier",
    "gets better", "got through", "got over", "came through", "no longer", "not any more",
    "not anymore", "anymore", "recovered", "healed", "passed in the end", "been there",
    "when i was", "when i had", "back then", "at the time", "at that time", "in my twenties",
    "in my thirties", "years later", "looking back", "went away", "behind me", "i overcame",
    "i learned to", "i learnt to", "went through", "until i", "long time now", "over time",
)

# Verbs of the past.
PAST: tuple[str, ...] = (
    "was", "were", "had", "did", "didn't", "went", "got", "felt", "lost", "left", "took", "thought",
    "found", "came", "made", "told", "couldn't", "wasn't", "hadn't", "said", "kept", "knew",
    "began", "quit", "stood", "sat", "drank", "cried", "struggled", "stopped", "started", "worried",
    "hated", "lived", "moved", "tried", "hid", "failed", "dropped", "broke", "gave", "spent",
    "ended", "learned", "learnt", "grew", "wanted", "needed", "worked", "suffered", "dreaded",
    "walked", "dealt",
)

# --- permission -----------------------------------------------------------------------------

# Asking the client's permission ...
ASKING: tuple[str, ...] = (
    "can i", "could i", "may i", "might i", "can i just", "do you mind if i", "would you mind if i",
    "would it help if i", "would it help you if i", "would it be of any use if i",
    "would it be all right if i", "would it be useful if i", "it'd be useful if i",
    "it would be useful if i", "it'd help if i", "it would help if i", "would help if i",
    "is it ok if i", "is it okay if i", "is it all right if i", "is it alright if i",
    "is that ok if i", "ok if i", "okay if i", "all right if i", "alright if i",
    "if it's ok with you", "if it's okay with you", "if that's ok with you",
    "if that's okay with you", "if it's ok", "if it's okay", "if that's ok", "if that's okay",
    "if that's all right", "if that's alright", "if it's all right", "if it's alright",
    "if you don't mind", "if you wouldn't mind", "would you like me to", "do you want me to",
    "would you want me to", "shall i", "with your permission", "i wonder if i could",
    "i wonder if i might", "i was wondering if i could", "would you be ok with me",
    "would you be okay with me", "how would you feel if i", "how would it be if i",
    "would it be any help if i", "would it be any use if i", "would it be any use to you if i",
    "would it be ok if i", "would it be okay if i", "would it be alright if i",
    "would it be helpful if i", "would it be any good if i",
)

# ... to say something.
TELLING: tuple[str, ...] = (
    "share", "tell you", "told you", "say something", "said something", "say how", "said how",
    "said it", "shared", "mention something", "tell a story", "tell a bit", "offer something",
    "talk about myself", "talk a bit about myself", "talked about myself", "speak personally",
    "spoke personally", "be personal", "say a bit about", "say a little about", "speak from my own",
    "disclose",
)

# Permission asked in one phrase: "Do you want to hear how mine went?"
ASKING_TO_HEAR: tuple[str, ...] = (
    "do you want to hear", "would you like to hear", "would you want to hear",
    "would it help to hear", "would it help you to hear", "would it be helpful to hear",
    "would it be useful to hear", "do you want to know how i", "do you want to know what i",
    "would you like to know how i", "would you like to know what i", "would you want to know",
    "happy to share if", "glad to share if", "happy to say more", "glad to say more",
    "happy to tell you if", "glad to tell you if", "happy to answer if",
    "i could tell you from my own", "something i could tell you from my",
    "i could tell you about my own", "can i get personal", "can i be personal", "may i be personal",
    "can i be honest about myself", "do you really want me to answer",
    "you really want me to answer",
)

# What they want to say is about the therapist ...
SELF_MATTER: tuple[str, ...] = (
    "i", "me", "my", "mine", "myself", "own", "ours", "personal", "something", "a thought",
    "from my side", "a story", "we did", "disclose",
)

# ... and not about knowledge, papers or records: none of these words soon after TELLING.
NOT_ABOUT_SELF: tuple[str, ...] = (
    "information", "info", "facts", "fact sheet", "leaflet", "handout", "result", "results",
    "number", "numbers", "option", "options", "guideline", "guidelines", "research", "statistic",
    "statistics", "data", "resource", "resources", "link", "website", "app", "psychiatrist",
    "doctor", "records", "notes", "screen", "chart", "feedback", "concerns", "strategy",
    "strategies", "suggestion", "suggestions", "advice", "recommendation", "recommendations",
    "what we know", "what the", "about the program", "about how these", "your", "document",
    "worksheet", "page", "thinking", "i think", "plan",
)

# --- is_unresolved --------------------------------------------------------------------------

# It goes on, whatever else is said about the past.
STILL: tuple[str, ...] = (
    "i still", "i'm still", "we still", "we're still", "it still", "still do", "still can't",
    "still cannot", "still get",
)

# Removed before the search: about tastes and small things, not about problems.
TRIVIAL: tuple[str, ...] = (
    "i can't stand", "i can't wait", "i can't help it", "i can't say", "i can't tell you",
    "i can't cook", "i can't swim", "i can't dance", "i can't sing", "i can't draw",
    "i can't complain", "i can't remember", "i can't recall", "i can't recommend", "i can't abide",
    "i can't spell", "i can't play", "i can't imagine", "i can't believe", "i cannot stand",
    "i cannot wait", "i cannot abide", "i hate to say", "i hate to admit", "i'm afraid i",
    "i still remember", "i still have", "i still use", "i still keep", "i still think",
    "i still laugh", "i still love", "i still like", "i still go", "i still do it", "i still see",
    "i still work", "i still teach", "i still read", "still can't stand",
)
