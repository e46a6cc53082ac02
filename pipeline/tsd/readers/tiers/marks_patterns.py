"""Signs in the words of tiers that are no speech. Edit freely.

Each pattern is linear: no repetition within a repetition.
"""

# fmt: off

# An interval with one of these, and nothing else, is silence or noise.
SILENCE: frozenset[str] = frozenset(
    {
        "sil", "silence", "pause", "sp", "spn", "nsn", "noise", "p", "p:", "lp", "usb", "nib",
        "unk", "eps", "stille", "silencio", "breath",
    }
)
"""Compared in lower case, without the signs around them: "<p:>", "[sil]"."""

# Within words: pauses of one of the common conventions, and described sounds.
PAUSES: str = (
    r"\(\([^()]*\)\)"               # ((laughs)), of EXMARaLDA and GAT
    r"|\(\.{1,3}\)|\(-{1,3}\)"      # (.) (..) (-) (--)
    r"|\(\d+(?:[.,:]\d+)*\s*s?\)"   # (0.5) (2 s)
    r"|&=[^\s]+"                    # &=laughs
    r"|•"
)

# Breath: °hh hh° .hh hhh; what GAT writes about the voice: <<f> loud words>
BREATH: str = r"(?<!\S)(?:[°.∙]h{1,6}|h{1,6}°|h{2,6})(?!\S)"
VOICE: str = r"<<[^<>]{1,60}>"

# Signs around talk of several people at once.
OVERLAP: str = r"[<>⌈⌉⌊⌋]"
