"""Which settings a run had, in sentences: what is not the default, and what is not as planned."""

from __future__ import annotations

from typing import Any

from tsd.batch.folder import CorpusResult
from tsd.report.run_facts import listed
from tsd.settings import DECISIVE, Settings


def changed_settings(result: CorpusResult) -> str:
    """Name the settings that are not the default; a file or a name is only counted."""
    defaults, used = Settings().as_dict(), result.run["settings"]
    changed = [
        f"{option.name} = {_value(option.public(used[name][option.name]))}"
        for name, group in Settings.groups()
        if name in DECISIVE
        for option in group.options()
        if used[name][option.name] != defaults[name][option.name]
    ]
    if not changed:
        return "All settings had their defaults."
    return f"Settings other than the defaults: {listed(changed)}."


def settings_file_sentence(result: CorpusResult) -> str:
    """Say whether the settings are those of a settings file, which can be a registered plan."""
    file = result.run["settings_file"]
    if file is None:
        return ""
    which = f"a settings file (sha256 {file['sha256']})"
    if not file["departures"]:
        return f"The settings are those of {which}; no option on the command line changed one."
    changed = [
        f"{each['option']} = {_value(each['used'])} in place of {_value(each['planned'])}"
        for each in file["departures"]
    ]
    return (
        f"The settings are those of {which} except for what options on the command line changed: "
        f"{listed(changed)}."
    )


def _value(value: Any) -> str:  # noqa: ANN401 - a value of a setting
    return "none" if value is None else str(value)
