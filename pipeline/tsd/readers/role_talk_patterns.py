"""Words that show who leads a conversation and who tells about themselves. Edit freely.

English, in lower case, without punctuation apart from the apostrophe. How much each list counts
is in ``role_talk_weights.py``; after an edit, learn that again:
``python -m benchmarks.role_weights``.
"""

# fmt: off

# Counted per word.

FIRST_PERSON: frozenset[str] = frozenset(
    {"i", "i'm", "i've", "i'd", "i'll", "im", "ive", "me", "my", "mine", "myself"}
)

SECOND_PERSON: frozenset[str] = frozenset(
    {"you", "you're", "you've", "you'd", "you'll", "youre", "youve", "your", "yours", "yourself"}
)

WE: frozenset[str] = frozenset({"we", "we're", "we've", "we'll", "let's", "lets", "our", "us"})

PEOPLE_TALKED_ABOUT: frozenset[str] = frozenset(
    {
        "he", "he's", "he'd", "him", "his", "she", "she's", "she'd", "her", "they", "they're",
        "them", "mom", "mum", "dad", "husband", "wife", "boyfriend", "girlfriend", "boss",
        "friends", "kids", "sister", "brother",
    }
)

TELLING: frozenset[str] = frozenset(
    {
        "was", "were", "had", "went", "got", "said", "came", "didn't", "didnt", "wasn't",
        "couldn't", "then", "because", "just", "never", "always", "everything", "nothing",
        "anymore", "whatever",
    }
)

# Counted per turn: turns that begin with one of these (at most three words).

ANSWER_OPENERS: frozenset[str] = frozenset(
    {
        "yes", "yeah", "yep", "yup", "no", "nope", "nah", "not", "i don't", "i dont", "i didn't",
        "i guess", "i think", "i mean", "i just", "i was", "i had", "i have", "i'm", "im", "i've",
        "ive", "i know", "i want", "i feel", "my", "because", "cause", "maybe", "probably",
        "sometimes", "like", "it's", "its", "he", "she", "they", "just", "a couple", "about a",
    }
)

RECEIPT_OPENERS: frozenset[str] = frozenset(
    {
        "okay", "ok", "alright", "all right", "great", "good", "right", "sure", "mhm", "mm hmm",
        "mm-hmm", "mmhmm", "uh-huh", "uh huh", "hmm", "i see", "wow", "absolutely", "exactly",
        "of course", "fair enough", "perfect", "excellent", "wonderful", "thanks for",
        "thank you for",
    }
)

# Counted per turn: phrases anywhere in it.

QUESTIONS: frozenset[str] = frozenset(
    {
        "do you", "did you", "are you", "have you", "were you", "can you", "could you", "would you",
        "will you", "what do", "what did", "what does", "what are", "what is", "what was",
        "what would", "what kind", "what sort", "what else", "what about", "what time",
        "what brings", "what brought", "what's your", "what's been", "how do", "how did", "how are",
        "how is", "how was", "how would", "how long", "how many", "how much", "how often",
        "how old", "how about", "how have", "how has", "is there", "are there", "is that", "is it",
        "any other", "anything else", "any particular", "when did", "when was", "where do",
        "where is", "who do", "does that", "does it", "tell me", "don't you", "can i ask",
        "may i ask", "have there", "has there", "has anyone", "has it", "did it", "did that",
        "on a scale", "walk me through", "give me an example", "say more", "i wonder",
        "i'm wondering", "i'm curious", "wondering if", "curious about",
    }
)

OPEN_QUESTIONS: frozenset[str] = frozenset(
    {
        "how does that", "how did that", "how do you feel", "how did you feel",
        "how are you feeling", "how have you been", "how's it been", "how have things",
        "feel about", "what was that like", "what's that like", "what is that like",
        "what comes up", "what do you think", "what would it", "what makes you", "what made you",
        "what would you", "what are you", "what are some", "what happens when", "what happened",
        "tell me about", "tell me more", "tell me a", "say more", "say a bit",
        "a little bit more about", "bit more about", "what brings you", "what brought you",
        "what else", "how would you", "how important", "how confident", "how ready", "what do you",
        "what did you", "can you describe", "help me understand", "what's on your mind",
        "where do you", "what goes through", "what matters",
    }
)

REFLECTIONS: frozenset[str] = frozenset(
    {
        "it sounds like", "that sounds", "sounds like", "sounds as", "so you", "so you're",
        "so you've", "so your", "so it's", "so that's", "you feel", "you're feeling", "you felt",
        "you're saying", "you said", "you mentioned", "you were saying", "you told me",
        "you've been", "you're not", "you want", "you'd like", "you're really", "you've got",
        "you've done", "what i'm hearing", "i hear you", "i'm hearing", "what i hear",
        "it seems like", "seems like you", "seems to me", "part of you", "a part of you",
        "i can hear", "i can see", "i can imagine", "i understand", "i notice", "i noticed",
        "that must", "must be", "must have been", "for you", "on the one hand", "in other words",
        "if i understand", "let me see if", "makes sense", "you look", "you seem",
    }
)

LEADING: frozenset[str] = frozenset(
    {
        "today", "let's", "let me", "our session", "this session", "last session", "last time we",
        "next time", "next week", "next session", "we talked", "we can", "we could", "we'll",
        "we have", "talk about", "talk a little", "talk a bit", "talk more", "talk with you",
        "talk to you", "go over", "go through", "work on", "check in", "follow up", "come back",
        "before we", "to start with", "i'd like to", "i'd like you", "i want you", "would it be",
        "would it be okay", "is it okay", "is that okay", "if it's okay", "is it alright",
        "would you like", "would you be willing", "would you mind", "i'm going to", "i'm gonna",
        "i'll just", "if you", "you can", "you could", "you might", "you may", "you should",
        "you need", "you'll", "recommend", "suggest", "some people", "a lot of people",
        "some information", "options", "a plan", "homework", "step", "goal", "goals", "appointment",
        "confidential", "questions", "feel free", "for example",
    }
)

HELPING: frozenset[str] = frozenset(
    {
        "my name is", "my name's", "this is dr", "i'm dr", "i'm doctor", "i'm one of the",
        "what brings you", "how can i help", "how may i help", "what can i do for you",
        "how can we help", "nice to meet you", "thanks for coming", "thank you for coming",
        "thank you for sharing", "thanks for sharing", "thanks for telling", "for sharing",
        "glad you", "good to see you", "i appreciate you", "that's great", "that's good",
        "that's really", "good for you", "good job", "well done", "that's a great", "that's a good",
        "i'm sorry to hear", "sorry to hear", "sorry to keep", "take care", "have a seat",
        "come on in", "come in",
    }
)

ABOUT_ONESELF: frozenset[str] = frozenset(
    {
        "i don't know", "i dont know", "i guess", "i just", "i can't", "i cant", "i feel like",
        "i feel", "i felt", "i was", "i had", "i've been", "ive been", "i've got", "i got",
        "i went", "i used to", "i don't want", "i don't think", "i don't really", "i didn't",
        "i couldn't", "i hate", "i need", "i tried", "i try", "i mean", "i want to", "i like",
        "i love", "i wish", "i thought", "i'm not", "i'm just", "i'm scared", "i'm tired",
        "i haven't", "makes me", "made me", "told me", "to me", "with me", "for me", "about me",
        "at me", "my mom", "my mum", "my dad", "my husband", "my wife", "my boyfriend",
        "my girlfriend", "my kids", "my son", "my daughter", "my boss", "my job", "my friends",
        "my friend", "my parents", "my life", "my mother", "my father",
    }
)

# Talk in which fewer than a sixth of the words are among these is not English: no guess is made.
# Words that other languages have, too ("in", "so", "he"), are left out.
COMMON_ENGLISH: frozenset[str] = frozenset(
    {
        "the", "and", "of", "that", "it", "you", "for", "but", "what", "with", "have", "not",
        "just", "know", "yeah", "okay", "it's", "they", "she", "your", "this", "are", "if", "about",
        "that's", "i'm", "don't", "yes", "how", "can", "there", "when", "think", "because", "get",
        "then", "would", "out", "really", "been", "did", "from", "feel", "which", "could", "should",
        "any", "were", "had", "has", "going", "something", "things", "time", "right", "much",
        "more", "them", "her", "his", "their", "you're", "i've", "didn't", "doing", "kind", "want",
        "say", "said", "go", "make",
    }
)
