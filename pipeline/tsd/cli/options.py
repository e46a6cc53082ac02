"""Groups of settings as command-line options: everything about them comes from `tsd.settings`."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import typer
from typer.core import TyperCommand

from tsd.errors import SettingsError, TsdError
from tsd.settings import Group, Option, Settings


class GroupedCommand(TyperCommand):
    """A command whose help shows its options under the titles of their groups."""

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - of typer's click
        """Write the options to the help, group by group."""
        titles: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None:
                arguments = "Arguments" if param.param_type_name == "argument" else "Options"
                title = getattr(param, "rich_help_panel", None) or arguments
                titles.setdefault(title, []).append(record)
        for title, records in titles.items():
            with formatter.section(title):
                formatter.write_dl(records)


def only(*names: str) -> Callable[[], tuple[str, ...]]:
    """Name the options of a group that a command uses, in ``Annotated[Group, only(...)]``."""
    return lambda: names


def takes_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of the groups that its type hints name, and ``--config``.

    Parameters
    ----------
    command : callable
        With a keyword parameter for each group it uses: ``finding: Finding``, or
        ``measuring: Annotated[Measuring, only("seed")]`` for some of the options.

    Returns
    -------
    callable
        For typer. A settings file gives the defaults; the command line goes before it.
    """
    signature = inspect.signature(command, eval_str=True)
    groups: dict[str, tuple[type[Group], tuple[Option, ...]]] = {}
    parameters = []
    for each in signature.parameters.values():
        group, options = _group(each.annotation)
        if group is None:
            parameters.append(each)
            continue
        groups[each.name] = group, options
        parameters += [_parameter(option, group.TITLE) for option in options]
    parameters.append(_CONFIG)

    @functools.wraps(command)
    def wrapper(**arguments: Any) -> None:  # noqa: ANN401
        arguments.pop("config")
        chosen = {
            name: {option.name: arguments.pop(option.name) for option in options}
            for name, (_, options) in groups.items()
        }
        try:
            made: Any = {name: groups[name][0](**values) for name, values in chosen.items()}
            Settings(**made)
        except SettingsError as error:
            hint = f"--{error.name.replace('_', '-')}"
            raise typer.BadParameter(str(error), param_hint=hint) from error
        command(**arguments, **made)

    wrapper.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    wrapper.__annotations__ = {each.name: each.annotation for each in parameters}
    return wrapper


def _group(hint: Any) -> tuple[type[Group] | None, tuple[Option, ...]]:  # noqa: ANN401
    names = None
    if get_origin(hint) is Annotated and isinstance(get_args(hint)[0], type):
        hint, names = get_args(hint)[:2]
    if not (isinstance(hint, type) and issubclass(hint, Group)):
        return None, ()
    chosen = None if names is None else names()
    return hint, tuple(o for o in hint.options() if chosen is None or o.name in chosen)


def _parameter(option: Option, title: str) -> inspect.Parameter:
    several = option.kind is tuple
    kind: Any = list[str] if several else option.kind
    default = list(option.default) if several else option.default
    about = option.help
    if option.choices:
        about += f" One of: {', '.join(option.choices)}."
    made = typer.Option(
        f"--{option.name.replace('_', '-')}",
        help=about,
        show_default=option.default is not False and option.default not in (None, ()),
        metavar=option.unit.upper() or ("NAME" if several else None),
        rich_help_panel=title,
    )
    hint: Any = Annotated[kind | None if option.optional else kind, made]
    keyword = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(option.name, keyword, default=default, annotation=hint)


def _read_config(ctx: typer.Context, path: Path | None) -> Path | None:
    """Take the options of a settings file as the defaults of the command."""
    if path is not None:
        try:
            settings = Settings.from_toml(path)
        except TsdError as error:
            raise typer.BadParameter(str(error)) from error
        ctx.default_map = {
            name: str(value) if isinstance(value, Path) else value
            for group, _ in Settings.groups()
            for name, value in vars(getattr(settings, group)).items()
            if value is not None
        }
    return path


_CONFIG = inspect.Parameter(
    "config",
    inspect.Parameter.KEYWORD_ONLY,
    default=None,
    annotation=Annotated[
        Path | None,
        typer.Option(
            "--config",
            callback=_read_config,
            is_eager=True,
            help="Settings file, as `tsd config` prints it. Other options go before it.",
        ),
    ],
)
