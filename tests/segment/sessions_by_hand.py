"""Small sessions for the tests of this folder, and hypothesis strategies that make them."""

from hypothesis import strategies as st

from tsd.schema import Role, Session, Utterance

T, C, O, U = Role.THERAPIST, Role.CLIENT, Role.OTHER, Role.UNKNOWN  # noqa: E741


def session(*turns, session_id="demo"):
    """Make a session from (role, text) pairs."""
    return Session(session_id, tuple(Utterance(text, role.value, role) for role, text in turns))


def unit_texts(doc):
    return [unit.text for unit in doc.spans["units"]]


_PIECES = (
    *("I", "i", "was", "and", "then", "you", "what", "my dad", "Dr.", "e.g.", "I'm", "ten", "12"),
    *(".", "?", "!", "...", "…", "--", "-", "—", ",", "'", '"', "“", "”", ")", "(", ":)", "<b>"),
    *(" ", " ", " ", "  ", "\n", "\t", "\u00a0", "\u200b", "\u3000", "\r\n", "\u2028"),
    *("😀", "👨‍👩‍👧", "e\u0301", "我也是", "。", "؟", "أنا", "मैं", "ß", "İ", "\x00", "\ufeff"),
)
spoken = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=40).map("".join)
only_marks = st.text(alphabet=".?!…-—,'\" 😀\n", min_size=1, max_size=20)
texts = st.one_of(spoken, only_marks, st.text(max_size=60)).map(str.strip).filter(bool)
turns = st.tuples(st.sampled_from([T, C, O, U]), texts)
sessions = st.lists(turns, min_size=1, max_size=6).map(lambda some: session(*some))
