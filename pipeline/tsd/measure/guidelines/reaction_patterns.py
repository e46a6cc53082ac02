"""Words by which a client asks about the therapist or reacts to a disclosure. Edit freely.

Lower case. `tsd.segment.phrases` says what the signs in a phrase mean; any marks and blanks may
come between its words: "oh i'm sorry" also finds "Oh. Im sorry".
"""

# fmt: off

# May come before a question or a short answer and do not change what it is.
FILLERS: tuple[str, ...] = (
    "so", "and", "but", "well", "um", "uh", "er", "erm", "hm", "hmm", "mm", "oh", "ah", "okay",
    "ok", "right", "yeah", "yes", "no", "like", "i mean", "wow", "huh", "sorry", "wait", "hey",
    "really", "then", "because", "cause", "just", "actually", "maybe", "miss", "sir", "doc", "haha",
)

# Openings of a question to the therapist where speech recognition wrote no question mark; in
# addition to those of `return_patterns.QUESTIONS`.
QUESTIONS_TO_YOU: tuple[str, ...] = (
    "how old are you", "how old were you", "how far", "how much do you", "how much did you",
    "how've you", "how'd you", "what'd you", "where'd you", "why'd you", "when'd you", "who'd you",
    "you ever", "you got kids", "you got any", "you got a", "you married", "you have kids",
    "you have any", "you been", "you still", "had you", "which did you", "which do you",
    "was yours", "is yours", "what's yours", "what was yours",
)

# A short question back that is a whole clause, with or without a question mark.
SHORT_QUESTIONS: tuple[str, ...] = (
    "and you", "what about you", "how about you", "and yourself", "what about yourself",
    "how about yourself", "and yours", "what about yours", "and for you", "you too then",
)

# ... and those that are one only with a question mark.
SHORT_QUESTIONS_MARKED: tuple[str, ...] = (
    "you", "yourself", "you too", "yours", "do you", "did you", "have you", "are you", "were you",
    "you did", "you do", "you have", "you were", "you are", "you had",
)

# Questions to the therapist about the work, not about the therapist: removed before the
# search for a "you" in a question.
NOT_ABOUT_THERAPIST: tuple[str, ...] = (
    "do you think", "did you think", "would you think", "you think", "do you mean",
    "did you mean", "you mean", "do you want", "did you want", "you want me", "you want to know",
    "would you like", "would you say", "would you mind", "would you recommend",
    "would you suggest", "do you recommend", "do you suggest", "can you", "could you", "will you",
    "are you going to", "are you gonna", "you gonna", "you going to", "do you need",
    "do you know what", "do you know if", "do you know how", "did you say", "you said",
    "you say", "are you saying", "you saying", "you asking", "are you asking", "do you remember",
    "you know", "you see", "do you see", "do you understand", "do you believe me", "you telling",
    "thank you", "can i ask you", "could i ask you", "may i ask you", "should i tell you",
    "did i tell you", "have i told you", "do you take", "do you accept", "do you have time",
    "you okay with", "you ok with", "you all right with", "you okay if", "your form", "your list",
    "your notes", "do you hear me", "can't you",
)

THANKS: tuple[str, ...] = (
    "thank you", "thank u", "thanks", "i appreciate", "i really appreciate", "much appreciated",
    "glad you told me", "glad you shared", "glad you said", "good of you to", "kind of you to",
    "helps to hear", "helps hearing", "helpful to hear", "good to hear", "nice to hear",
    "nice to know", "good to know", "a relief to hear",
)

# Words of thanks that thank nobody: removed before the search.
NOT_THANKS: tuple[str, ...] = (
    "thank you god", "thank god", "thanks to", "no thanks", "no thank you", "thanks for nothing",
    "thanks but", "thank you but no",
)

# The client shows concern for the therapist.
CONCERN: tuple[str, ...] = (
    "are you okay", "are you ok", "are you all right", "are you alright", "you okay", "you ok",
    "you all right", "you alright", "are you doing okay", "are you sure you're okay",
    "sorry to hear that", "sorry to hear about", "sorry to hear you", "sorry to hear your",
    "i'm sorry that happened", "i'm so sorry that happened", "sorry you went through",
    "sorry you had to", "sorry that happened to you", "sorry for your loss", "sorry about your",
    "i'm sorry for you", "i feel sorry for you", "i feel bad for you", "oh i'm sorry",
    "oh i'm so sorry", "oh no i'm sorry", "oh no i'm so sorry", "god i'm sorry",
    "god i'm so sorry", "wow i'm sorry", "wow i'm so sorry", "yeah i'm sorry", "i'm so sorry",
    "i am so sorry", "i am sorry to hear",
    "must have been hard", "must have been so hard", "must have been really hard",
    "must have been tough", "must have been awful", "must have been difficult",
    "must have been terrible", "must have been horrible", "must have been scary",
    "must have been lonely", "must have been rough", "must be hard", "must be so hard",
    "must be tough", "must be difficult", "must be awful", "must be lonely", "must've been hard",
    "must've been tough", "must've been awful", "must've been rough", "that sounds hard",
    "that sounds so hard", "that sounds really hard", "that sounds awful", "that sounds tough",
    "that sounds terrible", "that sounds rough", "oh that's terrible", "oh that's awful",
    "oh that's horrible", "oh that's sad", "oh that's so sad", "oh that's rough",
    "that's really sad", "that's so sad", "poor you", "you poor thing", "bless you",
    "don't be so hard on yourself", "don't blame yourself", "it wasn't your fault",
    "take care of yourself", "look after yourself", "are you getting enough", "you should rest",
    "you need to rest", "you need a break", "don't worry about me", "don't mind me",
    "i don't want to burden you", "i don't want to bother you", "i shouldn't bother you",
    "enough on your plate", "you've got enough going on", "you have enough going on",
    "i hope you're okay", "i hope you're ok", "i hope you're all right", "do you have people",
    "is there somebody you can", "is there someone you can", "can i help you",
    "anything i can do for you", "i could help you", "if you need anything", "if you ever need",
    "you shouldn't be by yourself", "you shouldn't be alone",
)

# Such words that show no concern for the therapist: removed before the search.
NOT_CONCERN: tuple[str, ...] = (
    "sorry i", "sorry i'm", "sorry i've", "sorry that i", "sorry if i", "sorry for being",
    "sorry for my", "sorry for the", "sorry about that", "you okay with", "you ok with",
    "you all right with", "you alright with", "you okay if", "you ok if", "you all right if",
)

# Words without a topic, in addition to the stop words of spaCy.
NO_CONTENT: tuple[str, ...] = (
    "ah", "ai", "alright", "aw", "bit", "cause", "couldnt", "day", "did", "didnt", "doesnt",
    "dont", "dunno", "eh", "er", "erm", "feel", "feeling", "felt", "gee", "god", "going",
    "gonna", "good", "gosh", "got", "gotta", "guess", "ha", "hadnt", "haha", "havent", "hey",
    "hm", "hmm", "huh", "id", "ill", "im", "isnt", "ive", "kind", "kinda", "know", "laughing",
    "laughs", "laughter", "let", "lets", "like", "lol", "lot", "maybe", "mean", "mhm", "mm",
    "mmm", "oh", "ok", "okay", "pause", "people", "right", "said", "say", "sha", "shouldnt",
    "sigh", "sighs", "silence", "sort", "sorta", "stuff", "sure", "tell", "thank", "thanks",
    "thats", "theres", "theyre", "thing", "things", "think", "thought", "time", "times", "uh",
    "um", "wanna", "want", "wasnt", "werent", "weve", "whats", "wo", "wont", "wouldnt", "wow",
    "ya", "yeah", "yep", "yes", "youre", "youve",
)
