import dataclasses
import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, reject
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tsd.errors import ReadError, SettingsError
from tsd.settings import Finding, Learning, Measuring, Output, Reading, Settings, SettingsFile

OPTIONS = [option for _, group in Settings.groups() for option in group.options()]
COUNTS = ("seed", "resamples", "permutations", "workers", "folds", "penalty", "type_penalty")
COUNTS += ("min_df", "fewest", "audit_size")


def by_name(option):
    return option.name


def test_the_defaults_are_those_of_the_design():
    assert (Finding().longest_unit, Learning().natural_rate) == (12, 0.02)
    measuring = Measuring()
    assert (measuring.focus_window, measuring.focus_minimum) == (100, 20)
    assert (measuring.words_per_minute, measuring.slowest, measuring.fastest) == (150, 60, 300)
    assert Output() == Output(tables="csv", no_text=False, workers=1)


def test_no_two_options_have_one_name():
    assert len({option.name for option in OPTIONS}) == len(OPTIONS)


@pytest.mark.parametrize("option", OPTIONS, ids=by_name)
def test_every_option_has_a_help_text_that_is_a_sentence(option):
    assert option.help[0].isupper()
    assert option.help.endswith(".")


@pytest.mark.parametrize("option", OPTIONS, ids=by_name)
def test_every_number_has_a_lower_bound_and_a_unit_or_is_a_share_or_a_count(option):
    if option.kind in (int, float):
        assert option.minimum is not None
        assert option.unit or option.maximum is not None or option.name in COUNTS


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"threshold": 1.5}, "threshold must be between 0 and 1; got 1.5."),
        (
            {"threshold": "high"},
            "threshold must be a number or one of recall, balanced, precision; got 'high'.",
        ),
        ({"threshold": -0.1}, "threshold must be between 0 and 1; got -0.1."),
        ({"threshold": float("nan")}, "threshold must be between 0 and 1; got nan."),
        (
            {"threshold": 0.5, "review_budget": 3},
            "review_budget must be left out if threshold is set, because only one of them can "
            "decide; got 3.",
        ),
        (
            {"use_labels": True, "review_budget": 3},
            "review_budget must be left out with use_labels, because all labeled disclosures "
            "count; got 3.",
        ),
        ({"natural_rate": 0}, "natural_rate must be between 0.001 and 0.5; got 0."),
        ({"focus_window": 0}, "focus_window must be at least 1; got 0."),
        ({"focus_minimum": -1}, "focus_minimum must be at least 1; got -1."),
        ({"longest_unit": 7}, "longest_unit must be at least 8; got 7."),
        ({"lag": -1}, "lag must be at least 0; got -1."),
        (
            {"dose": ["count", "turns"]},
            "dose must be one of count, words, seconds, any; got 'turns'.",
        ),
        ({"dose": []}, "dose must be one or more of count, words, seconds, any; got ()."),
        ({"workers": 0}, "workers must be at least 1; got 0."),
        ({"tables": "xls"}, "tables must be one of csv, parquet; got 'xls'."),
        ({"slowest": 301}, "slowest must be at most fastest (300); got 301."),
        (
            {"therapist": ("A", "B"), "client": ("B",)},
            "client must be none of the therapist's names; got ['B'].",
        ),
    ],
)
def test_a_value_out_of_bounds_is_named_with_what_is_expected(options, message):
    with pytest.raises(SettingsError) as caught:
        Settings.of(**options)
    assert str(caught.value) == message


@pytest.mark.parametrize("threshold", [0, 1, 0.5, "recall"])
def test_bounds_themselves_are_allowed(threshold):
    assert Finding(threshold=threshold).threshold == threshold


def test_slowest_may_equal_fastest():
    assert Measuring(slowest=120, fastest=120).slowest == 120


def test_options_are_named_not_positional():
    with pytest.raises(TypeError):
        Reading(("Dr. Weiss",))


def test_options_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Output().workers = 2


def test_an_unknown_option_is_refused():
    with pytest.raises(TypeError, match="treshold"):
        Finding(treshold=0.5)
    with pytest.raises(SettingsError, match=r"^option must be one of format, .*'treshold'"):
        Settings.of(treshold=0.5)


def test_options_go_to_their_groups():
    made = Settings.of(threshold=0.5, seed=1, therapist=["Anna"])
    assert made.finding == Finding(threshold=0.5)
    assert made.measuring == Measuring(seed=1)
    assert made.reading == Reading(therapist=("Anna",))


def test_a_group_can_key_a_cache():
    assert hash(Reading(therapist=["A"])) == hash(Reading(therapist=("A",)))


def test_settings_go_to_json_and_back(tmp_path):
    settings = Settings.of(therapist=("Dr. Weiss",), model=tmp_path, threshold=0.25)
    back = json.loads(json.dumps(settings.as_dict()))
    groups = dict(Settings.groups())
    assert Settings(**{name: groups[name](**values) for name, values in back.items()}) == settings


@hypothesis_settings(deadline=None)
@given(st.floats(allow_nan=True, allow_infinity=True))
def test_a_threshold_is_a_probability_or_refused(value):
    try:
        made = Finding(threshold=value)
    except SettingsError:
        assert not 0 <= value <= 1
    else:
        assert 0 <= made.threshold <= 1


@pytest.mark.parametrize("value", ["Dr. Weiss", 3, [3], {"A": 1}, iter(["A"]), None])
def test_names_that_are_no_list_are_refused(value):
    with pytest.raises(SettingsError, match=r"^therapist must be a list of names; got "):
        Reading(therapist=value)


@pytest.mark.parametrize("name", ["words_per_minute", "share_window", "fastest"])
def test_an_endless_number_is_refused(name):
    with pytest.raises(SettingsError, match=f"^{name} must be a finite number; got inf"):
        Measuring(**{name: float("inf")})


def test_a_name_on_both_sides_is_refused_whatever_its_case():
    with pytest.raises(SettingsError):
        Reading(therapist=("Anna",), client=("anna",))


def test_a_focus_minimum_above_the_window_is_refused():
    with pytest.raises(SettingsError):
        Measuring(focus_window=50, focus_minimum=60)


@pytest.mark.parametrize("value", ["100", 1.5, float("inf"), True])
def test_a_count_that_is_not_a_whole_number_is_refused(value):
    with pytest.raises(SettingsError, match="focus_window must be a whole number"):
        Measuring(focus_window=value)


@pytest.mark.parametrize("name", ["model", "metadata", "error_rates", "audit"])
def test_a_file_may_be_named_by_text(name):
    made = Settings.of(**{name: "some/file.csv"})
    [group] = [g for g, kind in Settings.groups() if name in kind.__annotations__]
    assert getattr(getattr(made, group), name) == Path("some/file.csv")
    assert made.as_dict()[group][name] == str(Path("some/file.csv"))
    with pytest.raises(SettingsError, match=f"{name} must be a path; got 3"):
        Settings.of(**{name: 3})


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"error_rates": "e.json", "use_labels": True},
            "error_rates must be left out with use_labels",
        ),
        (
            {"error_rates": "e.json", "review_budget": 3},
            "error_rates must be left out with use_labels or review_budget",
        ),
        ({"audit": "sheet.csv", "use_labels": True}, "audit must be left out with use_labels"),
    ],
)
def test_options_of_different_groups_that_do_not_go_together(options, message):
    with pytest.raises(SettingsError, match=message):
        Settings.of(**options)


# --- the settings file


@pytest.fixture
def write(tmp_path):
    def _write(text):
        path = tmp_path / "tsd.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return _write


SOME = {
    "therapist": ("Anna", 'Dr. "Weiß"\t'),
    "threshold": 0.25,
    "use_labels": False,
    "permutations": 199,
    "share_window": 90,
    "share_unit": "words",
    "no_text": True,
}


@pytest.mark.parametrize("options", [{}, SOME])
def test_what_is_written_reads_back(write, options):
    settings = Settings.of(**options)
    assert Settings.from_toml(write(settings.to_toml())) == settings


names = st.text(st.characters(exclude_categories=["Cs"]))


@st.composite
def any_settings(draw):
    """Draw a value for some options, each within its bounds."""
    chosen = {}
    for option in draw(st.sets(st.sampled_from(OPTIONS))):
        low, high = option.minimum, option.maximum
        if option.kind is tuple:
            chosen[option.name] = tuple(draw(st.lists(names, max_size=3)))
        elif option.kind is Path:
            chosen[option.name] = Path("/", *draw(st.lists(names.filter(bool), max_size=2)))
        elif option.choices:
            chosen[option.name] = draw(st.sampled_from(option.choices))
        elif option.name == "model_hash":
            chosen[option.name] = draw(st.text("0123456789abcdef", min_size=64, max_size=64))
        elif option.kind is bool:
            chosen[option.name] = draw(st.booleans())
        elif option.kind is int:
            chosen[option.name] = draw(st.integers(low, None if high is None else int(high)))
        else:
            chosen[option.name] = draw(st.floats(low, high or 1e9))
    try:
        return Settings.of(**chosen)
    except SettingsError:  # options that do not go together
        reject()


@hypothesis_settings(suppress_health_check=list(HealthCheck))
@given(any_settings())
def test_any_settings_read_back(tmp_path_factory, settings):
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_text(settings.to_toml(), encoding="utf-8")
    assert Settings.from_toml(path) == settings
    assert Settings.from_toml(path).as_dict() == settings.as_dict()


def test_a_file_explains_its_options():
    text = Settings.of(model="m", permutations=199).to_toml()
    for _, group in Settings.groups():
        assert f"# {group.TITLE}\n[" in text
        for option in group.options():
            assert f"# {option.help}" in text
    assert '\nmodel = "m"\n' in text
    assert "\n# review_budget =\n" in text
    assert '\nthreshold = "balanced"\n' in text
    assert "\npermutations = 199\n" in text


def test_a_file_may_begin_with_a_mark_of_its_encoding(write):
    assert Settings.from_toml(write("\ufeff[measuring]\nseed = 7\n")) == Settings.of(seed=7)


@pytest.mark.parametrize("place", ["/abs/m.csv", "../m.csv"])
def test_paths_that_do_not_lie_below_the_file(write, tmp_path, place):
    made = Settings.from_toml(write(f'[reading]\nmetadata = "{place}"\n'))
    assert made.reading.metadata == (Path(place) if place[0] == "/" else tmp_path / place)


def test_a_file_may_leave_options_out(write):
    assert Settings.from_toml(write("[measuring]\nseed = 7\n")) == Settings.of(seed=7)


def test_paths_start_from_the_folder_of_the_file(write, tmp_path):
    made = Settings.from_toml(write('[reading]\nmetadata = "data/m.csv"\n'))
    assert made.reading.metadata == tmp_path / "data/m.csv"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[measurng]\n", "a table of the file must be one of reading, finding, measuring, "),
        ("seed = 1\n", "a table of the file must be one of reading, finding, measuring, "),
        ("[measuring]\nsed = 1\n", r"an option of \[measuring\] must be one of focus_window, "),
        ("[measuring]\nseed = -1\n", "seed must be at least 0; got -1"),
        ('[measuring]\nseed = "1"\n', "seed must be a whole number; got '1'"),
        ("[output]\nno_text = 1\n", "no_text must be true or false; got 1"),
        ("[output]\ntables = 1\n", "tables must be one of csv, parquet; got 1"),
        ("[reading]\ntherapist = 3\n", "therapist must be a list of names; got 3"),
        ('[reading]\ntherapist = "A"\n', "therapist must be a list of names; got 'A'"),
        ("[reading]\nmetadata = 3\n", "metadata must be a path; got 3"),
        ("[measuring]\nshare_step = inf\n", "share_step must be a finite number; got inf"),
        ("[[measuring]]\nseed = 1\n", "a table of the file must be one of reading, finding, "),
        (
            "[finding]\nthreshold = 0.5\nreview_budget = 3\n",
            "review_budget must be left out if threshold is set",
        ),
        (
            '[finding]\nuse_labels = true\n[measuring]\naudit = "sheet.csv"\n',
            "audit must be left out with use_labels, because an audit reviews the classifier",
        ),
        ("[measuring\n", "is not a valid TOML file"),
    ],
)
def test_what_is_wrong_with_a_file_is_named(write, text, message):
    path = write(text)
    with pytest.raises(ReadError, match=message) as caught:
        Settings.from_toml(path)
    assert str(caught.value).startswith(f"{path}: ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[finding]\n[measurng]\n",
            "a table of the file must be one of reading, finding, measuring, associating, "
            "learning, planning, output; got 'measurng'.",
        ),
        (
            "[output]\nno_txt = true\n",
            "an option of [output] must be one of tables, no_text, workers; got 'no_txt'.",
        ),
    ],
)
def test_a_name_that_is_not_known_is_shown_with_those_that_are(write, text, message):
    path = write(text)
    with pytest.raises(ReadError) as caught:
        Settings.from_toml(path)
    assert str(caught.value) == f"{path}: {message}"


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ReadError, match="cannot be opened"):
        Settings.from_toml(tmp_path / "none.toml")


# --- what is not as planned


def test_the_same_file_under_another_path_is_no_departure(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    plan = Settings.of(metadata=tmp_path / "plans" / ".." / "sessions.csv")
    assert Settings.of(metadata="sessions.csv").departures(plan) == []
    (found,) = Settings.of(metadata="other.csv").departures(plan)
    assert found == {"option": "metadata", "planned": "a file", "used": "another file"}
    assert Settings.of().departures(plan) == [
        {"option": "metadata", "planned": "a file", "used": None}
    ]


def test_options_that_numbers_do_not_depend_on_are_no_departure():
    assert Settings.of(workers=4, no_text=True, tables="parquet").departures(Settings()) == []


def test_a_settings_file_is_read_once(tmp_path):
    """It can be a pipe: `--config <(tsd config)`."""
    path = tmp_path / "tsd.toml"
    path.write_bytes(b"[measuring]\nseed = 4\n")
    file = SettingsFile.read(path)
    path.unlink()
    assert file.compared_with(Settings.of(seed=2)) == {
        "sha256": sha256(b"[measuring]\nseed = 4\n").hexdigest(),
        "departures": [{"option": "seed", "planned": 4, "used": 2}],
    }
