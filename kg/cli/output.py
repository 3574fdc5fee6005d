"""What commands share at their edges: arguments, safe printing, and how failures end."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from functools import wraps
from typing import IO, Annotated, Any, ParamSpec

import typer

from kg.lines import TURNING

__all__ = ["GraphFolder", "Inputs", "guarded", "note", "say", "say_data", "say_json", "terminal_width"]

Inputs = Annotated[
    list[str],
    typer.Argument(metavar="INPUT", help="Files or folders of papers; '-' is standard input."),
]
GraphFolder = Annotated[
    str, typer.Option("--graph", "-g", metavar="DIR", help="The folder that 'kg build' wrote.")
]

# Controls other than tab and newline, and marks that turn the direction of text round: names and sentences
# come from files nobody vouches for, and a terminal would obey them.
_CONTROLS = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{TURNING}]")

P = ParamSpec("P")


def say(text: str, file: IO[str] | None = None) -> None:
    """Print for people to read, to standard output or to a file."""
    print(_CONTROLS.sub("\ufffd", text), file=file)


def say_json(value: Any, indent: int | None = 2) -> None:
    """Print JSON to standard output; what a terminal would obey is escaped the way JSON does it."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    print(_CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


def say_data(text: str) -> None:
    """Print data to standard output: as they are into a file or pipe, safe to look at in a terminal."""
    if sys.stdout.isatty():
        text = _CONTROLS.sub("\ufffd", text.replace("\r\n", "\n"))
    print(text, end="" if text.endswith("\n") else "\n")


def terminal_width() -> int | None:
    """Columns of the terminal that standard output is; none when it is a file or pipe."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def note(text: str) -> None:
    """Print a message to standard error."""
    print(_CONTROLS.sub("\ufffd", text), file=sys.stderr)


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """A command whose failures end in one line and an exit code.

    With ``KG_DEBUG`` set in the environment they end in a traceback instead.
    """

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except BrokenPipeError:
            # The reader has what it wanted. Nothing may be flushed into the closed pipe at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except KeyboardInterrupt:
            note("stopped")
            raise typer.Exit(130) from None
        except (OSError, ValueError, LookupError, SyntaxError) as error:
            # A missing key or index is a fault of the program, not an answer.
            if isinstance(error, KeyError | IndexError) or os.environ.get("KG_DEBUG"):
                raise
            note(f"error: {_reason(error)}")
            raise typer.Exit(1) from None

    return run


def _reason(error: Exception) -> str:
    """What went wrong, without the number that the system has for it."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror if error.filename is None else f"{error.filename}: {error.strerror}"
    return str(error)
