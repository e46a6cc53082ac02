"""Groups of settings as command-line options: everything about them comes from `tsd.settings`."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from tsd.errors import SettingsError, TsdError
from tsd.settings import Group, Option, Settings, SettingsFile


class GroupedCommand(TyperCommand):
    """A command whose help shows its options under the titles of their groups."""

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - of typer's click
        """Write the options to the help, group by group."""
        titles: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None:
                title = getattr(param, "rich_help_panel", None) or "Options"
                if param.param_type_name == "argument":
                    name, about = record
                    title, record = "Arguments", (name.partition(" <")[0], about)  # no type
                titles.setdefault(title, []).append(record)
        for title, records in titles.items():
            with formatter.section(title):
                formatter.write_dl(records)


def takes_settings(
    *chosen: type[Group] | str,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command options of the settings, and ``--config``.

    Parameters
    ----------
    *chosen : type of Group, or str
        Groups, with all their options, and names of single options. All options if none is chosen.

    Returns
    -------
    callable
        Decorates a command that has a keyword parameter ``settings: Settings``, and perhaps
        ``config: SettingsFile | None``. The file gives the defaults; options on the command line
        take precedence.
    """
    options = {
        option.name: _parameter(option, group.TITLE)
        for _, group in Settings.groups()
        for option in group.options()
        if not chosen or group in chosen or option.name in chosen
    }

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(command, eval_str=True)
        own = [p for name, p in signature.parameters.items() if name not in ("settings", "config")]
        parameters = [*own, *options.values(), _CONFIG]

        @functools.wraps(command)
        def wrapper(**arguments: Any) -> None:  # noqa: ANN401
            if "config" not in signature.parameters:
                del arguments["config"]
            try:
                settings = Settings.of(**{name: arguments.pop(name) for name in options})
            except SettingsError as error:
                hint = f"--{error.name.replace('_', '-')}"
                raise typer.BadParameter(str(error), param_hint=hint) from error
            command(**arguments, settings=settings)

        wrapper.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
        wrapper.__annotations__ = {each.name: each.annotation for each in parameters}
        return wrapper

    return decorate


def _parameter(option: Option, title: str) -> inspect.Parameter:
    several = option.kind is tuple
    kind: Any = list[str] if several else str if option.names else option.kind
    default = list(option.default) if several else option.default
    names = "|".join(["NUMBER", *option.names]) if option.names else None
    about = option.help
    if option.choices:
        about += f" One of: {', '.join(option.choices)}."
    made = typer.Option(
        f"--{option.name.replace('_', '-')}",
        help=about,
        show_default=option.default is not False and option.default not in (None, ()),
        metavar=option.unit.upper() or ("NAME" if several else names),
        parser=_number_or_name if option.names else None,
        rich_help_panel=title,
    )
    hint: Any = Annotated[kind | None if option.optional else kind, made]
    keyword = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(option.name, keyword, default=default, annotation=hint)


def _number_or_name(value: str) -> float | str:
    """Read a number; anything else is left for the settings to check."""
    try:
        return float(value)
    except ValueError:
        return value


def _settings_file(path: str) -> SettingsFile:
    try:
        return SettingsFile.read(Path(path))
    except TsdError as error:
        raise typer.BadParameter(str(error)) from error


def _as_defaults(ctx: typer.Context, file: SettingsFile | None) -> SettingsFile | None:
    """Take the options of a settings file as the defaults of the command."""
    if file is not None:
        ctx.default_map = {
            name: str(value) if isinstance(value, Path) else value
            for group, _ in Settings.groups()
            for name, value in vars(getattr(file.settings, group)).items()
            if value is not None
        }
    return file


_CONFIG = inspect.Parameter(
    "config",
    inspect.Parameter.KEYWORD_ONLY,
    default=None,
    annotation=Annotated[
        SettingsFile | None,
        typer.Option(
            "--config",
            metavar="<path>",
            parser=_settings_file,
            callback=_as_defaults,
            is_eager=True,
            help="Settings file, as `tsd config` prints it. Options on the command line take "
            "precedence.",
        ),
    ],
)
