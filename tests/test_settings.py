import dataclasses
import inspect
import json
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from tsd.cli.options import takes_settings
from tsd.errors import SettingsError
from tsd.settings import Settings, describe


def test_the_defaults_are_those_of_the_design():
    settings = Settings()
    assert (settings.longest_unit, settings.natural_rate) == (12, 0.02)
    assert (settings.focus_window, settings.focus_minimum) == (100, 20)
    assert (settings.words_per_minute, settings.slowest, settings.fastest) == (150, 60, 300)
    assert (settings.tables, settings.no_text, settings.workers) == ("csv", False, 1)


MERE_COUNTS = ("seed", "resamples", "permutations", "workers")


@pytest.mark.parametrize("name", describe())
def test_every_setting_has_a_help_text_that_is_a_sentence(name):
    about = describe()[name]["help"]
    assert about[0].isupper()
    assert about.endswith(".")


@pytest.mark.parametrize(
    "name",
    [n for n, d in describe().items() if type(d["default"]) in (int, float)],
)
def test_every_number_has_a_unit_or_is_a_share_or_a_mere_count_and_has_a_lower_bound(name):
    about = describe()[name]
    assert about["minimum"] is not None
    assert about["unit"] or about["maximum"] is not None or name in MERE_COUNTS


@pytest.mark.parametrize("name", describe())
def test_a_description_holds_everything_the_command_line_needs(name):
    assert set(describe()[name]) == {"default", "help", "unit", "minimum", "maximum", "choices"}


@pytest.mark.parametrize(
    ("given_settings", "message"),
    [
        ({"threshold": 1.5}, "threshold must be between 0 and 1; got 1.5."),
        ({"threshold": -0.1}, "threshold must be between 0 and 1; got -0.1."),
        ({"threshold": float("nan")}, "threshold must be between 0 and 1; got nan."),
        (
            {"threshold": 0.5, "review_budget": 3},
            "review_budget must be left out where a threshold is set: one of them decides what is "
            "flagged; got 3.",
        ),
        (
            {"use_labels": True, "review_budget": 3},
            "review_budget must be left out where human labels are measured: they are all flagged; "
            "got 3.",
        ),
        ({"natural_rate": 0}, "natural_rate must be between 0.001 and 0.5; got 0."),
        ({"focus_window": 0}, "focus_window must be at least 1; got 0."),
        ({"focus_minimum": -1}, "focus_minimum must be at least 1; got -1."),
        ({"longest_unit": 7}, "longest_unit must be at least 8; got 7."),
        ({"workers": 0}, "workers must be at least 1; got 0."),
        ({"tables": "xls"}, "tables must be one of csv, parquet; got 'xls'."),
        ({"slowest": 301}, "slowest must be at most fastest (300); got 301."),
        (
            {"therapist": ("A", "B"), "client": ("B",)},
            "client must be none of the therapist's names; got ['B'].",
        ),
    ],
)
def test_a_value_out_of_bounds_is_named_with_what_is_expected(given_settings, message):
    with pytest.raises(SettingsError) as caught:
        Settings(**given_settings)
    assert str(caught.value) == message


@pytest.mark.parametrize("threshold", [0, 1, 0.5, None])
def test_bounds_themselves_are_allowed(threshold):
    assert Settings(threshold=threshold).threshold == threshold


def test_slowest_may_equal_fastest():
    assert Settings(slowest=120, fastest=120).slowest == 120


def test_settings_are_named_not_positional():
    with pytest.raises(TypeError):
        Settings(("Dr. Weiss",))


def test_settings_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().workers = 2


def test_an_unknown_setting_is_refused():
    with pytest.raises(TypeError, match="treshold"):
        Settings(treshold=0.5)


def test_settings_can_key_a_cache():
    assert hash(Settings(therapist=("A",))) == hash(Settings(therapist=("A",)))


def test_settings_go_to_json_and_back(tmp_path):
    settings = Settings(therapist=("Dr. Weiss",), model=tmp_path, threshold=0.25)
    back = json.loads(json.dumps(settings.as_dict()))
    again = Settings(
        **{
            **back,
            "therapist": tuple(back["therapist"]),
            "client": tuple(back["client"]),
            "model": Path(back["model"]),
        }
    )
    assert again == settings


def test_settings_without_a_model_say_so_in_json():
    assert Settings().as_dict()["model"] is None


@hypothesis_settings(deadline=None)
@given(st.floats(allow_nan=True, allow_infinity=True))
def test_a_threshold_is_a_probability_or_refused(value):
    try:
        settings = Settings(threshold=value)
    except SettingsError:
        assert not 0 <= value <= 1
    else:
        assert 0 <= settings.threshold <= 1


# the same settings as options of a command


def command_with(*names):
    seen = []

    @takes_settings(*names)
    def command(path: str, *, settings: Settings) -> None:
        seen.append((path, settings))

    return command, seen


def test_a_command_gets_an_option_per_setting_in_place_of_settings():
    command, _ = command_with("threshold", "no_text", "longest_session")
    assert list(inspect.signature(command).parameters) == [
        "path",
        "threshold",
        "no_text",
        "longest_session",
    ]


@pytest.mark.parametrize("name", [n for n in describe() if n not in ("therapist", "client")])
def test_an_option_has_the_default_of_its_setting(name):
    command, _ = command_with(name)
    assert inspect.signature(command).parameters[name].default == describe()[name]["default"]


@pytest.fixture
def run():
    """Run a command with options for some settings; return what it printed and received."""

    def _run(names, *words):
        command, seen = command_with(*names)
        app = typer.Typer(rich_markup_mode=None)
        app.command()(command)
        result = CliRunner().invoke(app, list(words), env={"COLUMNS": "200"})
        return result.exit_code, " ".join(result.output.split()), seen

    return _run


def test_the_help_of_an_option_is_that_of_its_setting_with_unit_and_default(run):
    _, output, _ = run(["longest_session"], "--help")
    about = describe()["longest_session"]["help"]
    assert f"--longest-session CHARACTERS {about} [default: 2000000]" in output


def test_an_option_with_choices_lists_them(run):
    assert "Format of the tables. One of: csv, parquet." in run(["tables"], "--help")[1]


@pytest.mark.parametrize("name", describe())
def test_every_setting_can_be_an_option(run, name):
    status, _, seen = run([name], "p")
    assert status == 0
    assert seen == [("p", Settings())]


def test_a_name_may_be_given_several_times(run):
    _, _, seen = run(["therapist"], "p", "--therapist", "Dr. Weiss", "--therapist", "Kim")
    assert seen == [("p", Settings(therapist=("Dr. Weiss", "Kim")))]


def test_a_bad_option_ends_with_status_2_and_its_flag(run):
    status, output, seen = run(["threshold"], "p", "--threshold", "2")
    assert (status, seen) == (2, [])
    assert "--threshold: threshold must be between 0 and 1; got 2.0." in output


def test_a_command_receives_its_options_as_settings():
    command, seen = command_with("therapist", "client", "threshold")
    command(path="p", therapist=["Dr. Weiss"], client=[], threshold=0.5)
    assert seen == [("p", Settings(therapist=("Dr. Weiss",), threshold=0.5))]


def test_a_bad_option_is_told_under_its_flag():
    command, _ = command_with("longest_session")
    with pytest.raises(typer.BadParameter) as caught:
        command(path="p", longest_session=0)
    assert caught.value.message == "longest_session must be at least 1; got 0."
    assert caught.value.param_hint == "--longest-session"


# defects


def test_one_name_as_text_is_one_name_or_refused():
    try:
        settings = Settings(therapist="Dr. Weiss")
    except SettingsError:
        return
    assert settings.therapist == ("Dr. Weiss",)


def test_names_as_a_list_are_taken_or_refused():
    try:
        settings = Settings(therapist=["Dr. Weiss"])
    except SettingsError:
        return
    assert hash(settings)


def test_a_name_on_both_sides_is_refused_whatever_its_case():
    with pytest.raises(SettingsError):
        Settings(therapist=("Anna",), client=("anna",))


def test_a_focus_minimum_above_the_window_is_refused():
    with pytest.raises(SettingsError):
        Settings(focus_window=50, focus_minimum=60)


@pytest.mark.parametrize("value", ["100", 1.5, float("inf")])
def test_a_count_that_is_no_whole_number_is_refused(value):
    with pytest.raises(SettingsError):
        Settings(focus_window=value)


@pytest.mark.parametrize("name", ["model", "metadata", "error_rates", "audit"])
def test_a_file_may_be_named_by_text(name):
    made = Settings(**{name: "some/file.csv"})
    assert getattr(made, name) == Path("some/file.csv")
    assert made.as_dict()[name] == str(Path("some/file.csv"))
    with pytest.raises(SettingsError, match=f"{name} must be a path; got 3"):
        Settings(**{name: 3})
