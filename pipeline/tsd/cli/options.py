"""Settings as command-line options: names, defaults, units and help come from `tsd.settings`."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from tsd.errors import SettingsError
from tsd.settings import Settings, describe


def takes_settings(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command an option for each of some settings.

    The command is called with ``settings=`` instead of the single options.

    Parameters
    ----------
    *names : str
        Fields of `tsd.settings.Settings`.

    Returns
    -------
    callable
        A decorator for a command.
    """
    types: dict[str, Any] = {
        "therapist": list[str],
        "client": list[str],
        "model": Path | None,
        "threshold": float | None,
        "review_budget": int | None,
        "tables": str,
        "metadata": Path | None,
        "error_rates": Path | None,
        "audit": Path | None,
    }
    known = describe()

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def wrapper(**arguments: Any) -> None:  # noqa: ANN401
            chosen = {name: arguments.pop(name) for name in names}
            for name, value in chosen.items():
                if isinstance(value, list):
                    chosen[name] = tuple(value)
            try:
                settings = Settings(**chosen)
            except SettingsError as error:
                raise typer.BadParameter(
                    str(error), param_hint=f"--{error.name.replace('_', '-')}"
                ) from error
            command(**arguments, settings=settings)

        signature = inspect.signature(command, eval_str=True)
        kept = [p for p in signature.parameters.values() if p.name != "settings"]
        added = [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=list(known[name]["default"])
                if isinstance(known[name]["default"], tuple)
                else known[name]["default"],
                annotation=Annotated[
                    types.get(name, type(known[name]["default"])), _option(name, known[name])
                ],
            )
            for name in names
        ]
        new = signature.replace(parameters=[*kept, *added])
        wrapper.__signature__ = new  # type: ignore[attr-defined]
        wrapper.__annotations__ = {p.name: p.annotation for p in new.parameters.values()}
        return wrapper

    return decorate


def _option(name: str, known: dict[str, Any]) -> Any:  # noqa: ANN401 - typer's own
    flag = f"--{name.replace('_', '-')}"
    about = known["help"]
    if known["choices"]:
        about += f" One of: {', '.join(known['choices'])}."
    return typer.Option(
        flag,
        help=about,
        show_default=known["default"] is not False and known["default"] not in (None, ()),
        metavar=known["unit"].upper() or None,
    )
