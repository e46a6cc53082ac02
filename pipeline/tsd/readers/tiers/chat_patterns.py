"""The codes of CHAT that stand in what somebody says. Edit freely.

They are described in B. MacWhinney, "The CHILDES Project: Tools for Analyzing Talk", part 1: The
CHAT Transcription Format (2000; its current edition is at talkbank.org). Each pattern is linear:
no repetition within a repetition.
"""

# fmt: off

# The time of a main line, in milliseconds: between two signs that text editors show as a box or
# not at all, as a bullet, or lost.
TIME: str = (
    r"[\x15•]\s*(?:%\w+:\s*\"[^\"\x15]*\"_)?(?P<start>\d{1,9})_(?P<end>\d{1,9})-?\s*[\x15•]"
)
LOST_TIME: str = r"(?:(?<=\s)|(?<=[.?!])|^)\.?(?P<start>\d{1,9})_(?P<end>\d{1,9})\.?\s*$"

# Codes in square brackets begin with a sign or are one of a few letters: [//], [= a toy], [x 3].
# Other brackets are words of the transcript: [NAME].
CODE: str = (
    r"\[(?:[/=+:?!>%][^\[\]]*"
    # Not [***] or [#NAME], which stand for what was taken out.
    r"|[*<#^$\"&~-](?![^\W\d_]|[*<#~-])[^\[\]]*"
    r"|x\s*\d+|[cegx]|ex|es|sc|lang?\s*[:=][^\[\]]*)\]"
)
SOUND_CODE: str = r"\[=!"  # of these, the ones that describe a sound or a gesture

# Pauses and sounds.
PAUSES: str = (
    r"(?<!\S)\(\.{1,3}\)"
    r"|(?<!\S)\(\d+(?:[.:]\d+)*\.?\)"     # (1.5)
    r"|(?<!\S)#(?:[\w.:]*)(?!\S)"         # # #long
    r"|&[={}][^\s]*"                      # &=laughs &{l=sings
)

# Words that somebody else says within an utterance: &*INV:mhm
INTERPOSED: str = r"&\*[^\s]+"

# Words that were not said: 0is, 0 alone.
OMITTED: str = r"(?<!\S)0[^\W\d_]*(?!\S)"

# Sounds that are said again, and signs of conversation analysis.
REPEATED_SOUND: str = r"↫[^↫\s]*↫"
SIGNS: str = "⌈⌉⌊⌋⌈⌉⌊⌋∆∇°▁▔☺♋⁎∬Ϋ∮≋≈↑↓⇗⇘↗→↘⇒∞≡≠‹›〈〉⟨⟩∙ˈˌ<>"

# What kind of word it is: hola@s:spa, woof@o.
SUFFIX: str = r"(?<=[\w:])@[a-z]{1,3}(?:[:$][\w:$+&-]*)?(?=$|[^\w@.])"

# How an utterance ends or goes on from another: [code, what a reader sees].
TERMINATORS: tuple[tuple[str, str], ...] = (
    ("+...", "..."), ("+..?", "...?"), ("+…", "..."), ("+!?", "!?"), ("+/.", "–"), ("+//.", "–"),
    ("+/?", "?"), ("+//?", "?"), ('+"/.', ":"), ('+".', "."), ("+.", "."),
)

# Signs in front of a phrase that a reader sees as a comma.
COMMAS: str = "‡„"
