import pytest

from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.tiers.chat_words import chat_words

CASES = [
    # nothing to do
    ("I went home .", "I went home."),
    ("really ? yes !", "really? yes!"),
    ("well , I know .", "well, I know."),
    # what is said again or corrected stays
    ("it was [/] was bad .", "it was was bad."),
    ("<I was> [//] I am here .", "I was I am here."),
    ("<I was> [///] no .", "I was no."),
    ("<I> [/-] so .", "I so."),
    # codes
    ("a [?] fly [= a toy] .", "a fly."),
    ("gonna [: going to] go .", "gonna go."),
    ("he goed [: went] [*] there .", "he goed there."),
    ("more [+ IMP] .", "more."),
    ("no [!] stop [!!] .", "no stop."),
    ("yes [>] <no> [<] <so> [>1] .", "yes no so."),
    ("hola [- spa] .", "hola."),
    ("go [x 3] !", "go!"),
    ("so [% leaves the room] .", "so."),
    ("hm [=? him] .", "hm."),
    ("tired [^ note] [# 2] .", "tired."),
    ("no:@i &-uh hhh .hh yes .", "no uh yes."),
    # other brackets are words of the transcript
    ("I saw [NAME] in [City] .", "I saw [NAME] in [City]."),
    ("I saw [#NAME] and [***N***] [-n-] .", "I saw [#NAME] and [***N***] [-n-]."),
    # sounds
    ("ah [=! laughs] no .", "ah no."),
    ("&=laughs I see .", "I see."),
    ("so &=imit:dog he went &{l=sings la la &}l=sings .", "so he went la la."),
    # pauses
    ("so (.) I (..) left (...) then (1.5) yes (0:02.4) .", "so I left then yes."),
    ("so # I #long left .", "so I left."),
    # fillers, fragments, sounds without meaning
    ("&-um I &-you_know left .", "um I you know left."),
    ("&um I left .", "um I left."),
    ("a &+w woman &~gaga .", "a w- woman gaga."),
    # what somebody else says within
    ("when I was &*INV:mhm young .", "when I was young."),
    # not understood
    ("xxx yes yyy no www .", "xxx yes yyy no www."),
    # not said
    ("you 0v more ?", "you more?"),
    ("0is it there .", "it there."),
    ("0 .", "."),
    ("in 2005 and 0.5 percent .", "in 2005 and 0.5 percent."),
    # special forms
    ("a gumma@c and c@l and hola@s:spa .", "a gumma and c and hola."),
    ("woof@o no wug@wp .", "woof no wug."),
    # shortened words
    ("(be)cause I wan(t) t(o) go .", "because I want to go."),
    ("goin(g) an(d) (a)bout", "going and about"),
    ("j(e) t' ai vu", "je t' ai vu"),
    ("(laughs) so .", "(laughs) so."),
    # long sounds, stress, blocking
    ("no:: it is s:o: good .", "no it is so good."),
    ("at 10:30 there .", "at 10:30 there."),
    ("^so ba^na^na ˈvery ≠this .", "so banana very this."),
    # compounds
    ("graham+cracker and New_York and how_about .", "graham cracker and New York and how about."),
    ("c'+est d'+accord", "c'est d'accord"),
    # how utterances end and go on
    ("I thought +...", "I thought..."),
    ("I thought +..?", "I thought...?"),
    ("I was +/.", "I was –"),
    ("I was +//.", "I was –"),
    ("did you +/?", "did you?"),
    ("what +!?", "what!?"),
    ('he said +"/.', "he said:"),
    ('+" come here .', "come here."),
    ("+^ yes .", "yes."),
    ("+< mhm .", "mhm."),
    ("+, and left .", "and left."),
    ("++ Smith .", "Smith."),
    # tags and vocatives
    ("Anna ‡ come here „ please .", "Anna, come here, please."),
    ("oh (.) ‡ I see .", "oh, I see."),
    # conversation analysis
    ("⌈oh⌉ ⌊2yes⌋ ↑no ∆fast∆ °soft° .", "oh yes no fast soft."),
    ("↫r-r↫rabbit .", "rabbit."),
    # control characters of CLAN for underlining
    ("\x02\x01very\x02\x02 good .", "very good."),
    # broken codes stay
    ("so [= open", "so [= open"),
    ("so ) ( ] .", "so ) ( ]."),
]


@pytest.mark.parametrize(("line", "words"), CASES)
def test_what_a_reader_sees_of_a_main_line(line, words):
    assert chat_words(line, ProblemLog("a.cha")) == words


@pytest.mark.parametrize(
    ("line", "kind", "words"),
    [
        ("a fly [= a toy thing] .", NotTalk.TIER, 3),
        ("0is it .", NotTalk.TIER, 1),
        ("I &*INV:mhm see .", NotTalk.TIER, 1),
        ("&=laughs so .", NotTalk.PAUSE, 1),
        ("so [=! laughs loudly] .", NotTalk.PAUSE, 2),
        ("so (1.5) .", NotTalk.PAUSE, 1),
    ],
)
def test_what_is_no_talk_is_left_out(line, kind, words):
    log = ProblemLog("a.cha")
    chat_words(line, log, 7)
    assert {each: (about.words, about.line) for each, about in log.left_out.items()} == {
        kind: (words, 7)
    }


@pytest.mark.parametrize("sign", [*"[]()<>&+@:^_0#‡↫x \x02", "[=", "&=", "+/", " 0", "a_"])
def test_long_rows_of_signs_do_not_hang(sign):
    assert chat_words(f"so {sign * 50_000} x", ProblemLog("a.cha")).startswith("so")
