"""What the site writes about itself, and what it never writes.

    LoggerConfig().setup_logger()                      once per process, however often called
    log_user_action("view", {"page": "trends"})        what a visitor does
    log_error(error, context="opening the data")       an error caught at the edge
    log_performance("page", 0.042, page="trends")      how long something took

The console shows DEBUG in colour, in PROD only warnings and plain. Three files:

    {env}_debug.log               everything, 10 MB, 7 days
    {env}_errors.log              ERROR and above with traceback, 5 MB, 7 days (PROD 30)
    {env}_user_interactions.log   visitors' actions only, one a day, 90 days (PROD 30)

No name is another's stem: Loguru's retention of `app.log` would delete `app.errors.log`.

Every text is redacted just before it is written, tracebacks included: values of variables
that are secret or named like one, credentials in URLs and assignments, e-mail addresses.
Control characters are escaped, so that a visitor's text cannot forge a line, and no text
is ever a format string. Local variables are shown in tracebacks outside PROD only.
"""

import json
import logging
import os
import re
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from loguru import logger

from mangetamain_analytics.exceptions import SettingError
from mangetamain_analytics.utils.environment import Environment, EnvironmentDetector
from mangetamain_analytics.utils.settings import SETTINGS, Settings

if TYPE_CHECKING:
    from loguru import Record, RecordException

MASK = "***"
SHORTEST_SECRET = 6  # characters: masking shorter values would blank ordinary words

# Third parties that log through the standard library. We listen from WARNING on: below it
# uvicorn writes the addresses of visitors.
LIBRARIES = ("streamlit", "uvicorn", "websockets")
LIBRARY_LEVEL = logging.WARNING

PACKAGE = Path(__file__).parents[1]
LONGEST_LOCAL = 200  # characters of a local variable: a frame prints a whole table

SECRET_NAME = re.compile(
    r"secret|passw|token|credential|private|(api|access|auth|session)_?key", re.IGNORECASE
)
# Every repetition is bounded: a visitor chooses the text, and must not choose the time it takes.
CREDENTIALS = [
    # name = value, "name": "value", name: value
    re.compile(
        r"""((?:secret|passw(?:or)?d|token|credential|api_?key|access_?key|authorization)"""
        r"""\w{0,40}["']?\s{0,4}[:=]\s{0,4}(?:(?:bearer|basic)\s{1,4})?)"""
        r"""(?:"[^"]{0,500}"?|'[^']{0,500}'?|[^\s"',;&)}\]]{1,500})""",
        re.IGNORECASE,
    ),
    re.compile(r"(\bbearer\s{1,4})[\w.~+/-]{1,2000}", re.IGNORECASE),
    re.compile(r"(://[^\s/:@]{0,100}:)[^\s/@]{1,200}(?=@)"),  # scheme://user:password@host
    re.compile(r"(X-Amz-(?:Signature|Credential|Security-Token)=)[^\s&\"']{1,2000}", re.IGNORECASE),
    re.compile(r"()\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),  # key ids of AWS
    re.compile(r"()\bGK[0-9a-f]{24,32}\b"),  # key ids of Garage
    re.compile(
        r"()(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    ),  # e-mail addresses
]
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


PLAIN_LINE = "{time:YYYY-MM-DD HH:mm:ss.SSS} | {level: <8} | {name}:{line} | {extra[line]}\n"
COLOURED_LINE = (
    "<green>{time:HH:mm:ss.SSS}</green> | <level>{level: <8}</level> | {name}:{line} | "
    "{extra[line]}\n"
)


@dataclass(frozen=True)
class FileRule:
    """One log file: what goes in, and how long it stays."""

    name: str
    level: str
    rotation: str
    retention_days: int
    only_actions: bool = False
    shows_callers: bool = False


class LoggerConfig:
    """Where and how this process logs."""

    def __init__(
        self, environment: Environment | None = None, log_dir: Path | str | None = None
    ) -> None:
        self.environment = environment or EnvironmentDetector.detect()
        configured = log_dir or Settings.from_environ().log_dir
        self.log_dir = Path(configured) if configured else _default_folder(self.environment)

    @property
    def files(self) -> tuple[FileRule, ...]:
        """The rules of the log files."""
        prefix = self.environment.value
        is_prod = self.environment is Environment.PROD
        return (
            FileRule(f"{prefix}_debug.log", "DEBUG", "10 MB", 7),
            FileRule(
                f"{prefix}_errors.log", "ERROR", "5 MB", 30 if is_prod else 7, shows_callers=True
            ),
            FileRule(
                f"{prefix}_user_interactions.log",
                "INFO",
                "00:00",
                30 if is_prod else 90,
                only_actions=True,
            ),
        )

    def setup_logger(self) -> None:
        """Add the console and the files, and listen to the standard library.

        Only the first call of a process does something; a lock lets one thread be the first.

        Raises:
            SettingError: the log folder cannot be written; nothing has been added then.
        """
        with _setup_lock:
            if _Setup.is_done:
                return
            _check_folder(self.log_dir)
            logger.remove()
            self._add_console()
            for rule in self.files:
                self._add_file(rule)
            _intercept_standard_logging()
            _Setup.is_done = True

    def _add_console(self) -> None:
        is_prod = self.environment is Environment.PROD
        logger.add(
            sys.stderr,
            level="WARNING" if is_prod else "DEBUG",
            format=self._line(is_coloured=not is_prod),
            colorize=not is_prod,
        )

    def _add_file(self, rule: FileRule) -> None:
        logger.add(
            self.log_dir / rule.name,
            level=rule.level,
            format=self._line(shows_callers=rule.shows_callers),
            filter=_is_action if rule.only_actions else None,
            rotation=rule.rotation,
            retention=f"{rule.retention_days} days",
            compression="zip",
            enqueue=True,
            encoding="utf-8",
        )

    def _line(
        self, is_coloured: bool = False, shows_callers: bool = False
    ) -> Callable[["Record"], str]:
        """Give the function that makes a redacted line of a record.

        Loguru would add the traceback itself, after everything else and unredacted, with
        `backtrace` and `diagnose` deciding what it shows; so it is made here.
        """
        shows_locals = self.environment is not Environment.PROD
        redact = _redactor(os.environ)
        form = COLOURED_LINE if is_coloured else PLAIN_LINE

        def line(record: "Record") -> str:
            text = _single_line(redact(record["message"]))
            trace = _traceback(record["exception"], redact, shows_locals, shows_callers)
            record["extra"]["line"] = "\n    ".join([text, *map(_single_line, trace.splitlines())])
            return form

        return line


def log_user_action(
    action: str, details: Mapping[str, object] | None = None, user_id: str = "anonymous"
) -> None:
    """Log what a visitor did, on one line of JSON; details hold choices, never personal data."""
    facts = {"action": action, "user": user_id, "details": dict(details or {})}
    logger.bind(is_action=True).opt(depth=1).info(
        "{}", json.dumps(facts, ensure_ascii=False, default=str)
    )


def log_error(exception: BaseException, context: str = "") -> None:
    """Log an exception caught at the edge, with its traceback."""
    logger.opt(depth=1, exception=exception).error(
        "{}: {}: {}", context or "unexpected", type(exception).__name__, exception
    )


def log_performance(name: str, seconds: float, **figures: object) -> None:
    """Log how long something took, in milliseconds, with figures that explain it."""
    facts = "".join(f" {key}={value}" for key, value in figures.items())
    logger.opt(depth=1).debug("{} took {:.1f} ms{}", name, 1000 * seconds, facts)


def shutdown_logger() -> None:
    """Write what is waiting and close the files; a later setup starts again."""
    with _setup_lock:
        logger.complete()
        logger.remove()
        logging.setLoggerClass(logging.Logger)
        logging.root.removeHandler(_intercept)
        _Setup.is_done = False


class _Setup:
    is_done = False


_setup_lock = threading.Lock()


class _InterceptHandler(logging.Handler):
    """Passes records of the standard library on to Loguru, at the caller's own place."""

    def emit(self, record: logging.LogRecord) -> None:
        def rename(ours: "Record") -> None:
            ours["name"], ours["line"] = record.name, record.lineno

        known = record.levelname in ("WARNING", "ERROR", "CRITICAL")
        level = record.levelname if known else record.levelno
        logger.patch(rename).opt(exception=record.exc_info).log(level, "{}", record.getMessage())


_intercept = _InterceptHandler(LIBRARY_LEVEL)


class _LibraryLogger(logging.Logger):
    """Streamlit gives each of its loggers a console, whenever it likes: records go to ours."""

    def callHandlers(self, record: logging.LogRecord) -> None:
        if self.name.split(".")[0] in LIBRARIES:
            logging.root.callHandlers(record)
        else:
            super().callHandlers(record)


def _intercept_standard_logging() -> None:
    logging.root.addHandler(_intercept)
    logging.setLoggerClass(_LibraryLogger)
    for name in [*LIBRARIES, *logging.root.manager.loggerDict]:
        library = logging.getLogger(name)
        if type(library) is logging.Logger:
            library.__class__ = _LibraryLogger


def _is_action(record: "Record") -> bool:
    return bool(record["extra"].get("is_action"))


def _default_folder(environment: Environment) -> Path:
    """Give `20_prod/logs` in PROD, else `10_preprod/logs`, of the tree that holds this module."""
    sources = next((p for p in Path(__file__).parents if p.name == "10_preprod"), None)
    if sources is None:
        raise SettingError("LOG_DIR", "must be set where the code is not run from its repository")
    return (
        sources.parent / ("20_prod" if environment is Environment.PROD else "10_preprod") / "logs"
    )


def _check_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError("LOG_DIR", error.strerror or str(error), str(folder)) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise SettingError("LOG_DIR", "is not writable", str(folder))


def _redactor(environ: Mapping[str, str]) -> Callable[[str], str]:
    secrets = sorted(_secret_values(environ), key=len, reverse=True)
    values = re.compile("|".join(map(re.escape, secrets))) if secrets else None

    def redact(text: str) -> str:
        if values:
            text = values.sub(MASK, text)
        for pattern in CREDENTIALS:
            text = pattern.sub(rf"\1{MASK}", text)
        return text

    return redact


def _secret_values(environ: Mapping[str, str]) -> Iterable[str]:
    declared = {setting.name for setting in SETTINGS if setting.secret}
    return {
        value
        for name, value in environ.items()
        if (name in declared or SECRET_NAME.search(name)) and len(value) >= SHORTEST_SECRET
    }


def _single_line(text: str) -> str:
    return CONTROL_CHARACTERS.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    """Escape as JSON does, so that the line of an action stays readable by a program."""
    return json.dumps(match[0])[1:-1] if match[0] < "\x7f" else f"\\u{ord(match[0]):04x}"


def _traceback(
    error: "RecordException | None",
    redact: Callable[[str], str],
    shows_locals: bool,
    shows_callers: bool,
) -> str:
    """Give the traceback, with the calls that led to the place where it was caught, or nothing.

    Local variables are those of our own functions: other people's hold visitors' addresses.
    """
    if error is None or error.type is None or error.value is None:
        return ""
    trace = traceback.TracebackException(
        error.type, error.value, error.traceback, capture_locals=shows_locals
    )
    for summary in _chain(trace):
        for frame in summary.stack:
            frame.locals = _own_locals(frame, redact)
    callers = _callers(error) if shows_callers else []
    return redact("".join([*callers, *trace.format()]))


def _chain(trace: traceback.TracebackException) -> Iterator[traceback.TracebackException]:
    yield trace
    for earlier in (trace.__cause__, trace.__context__):
        if earlier is not None:
            yield from _chain(earlier)


def _own_locals(
    frame: traceback.FrameSummary, redact: Callable[[str], str]
) -> dict[str, str] | None:
    is_ours = Path(frame.filename).is_relative_to(PACKAGE) and frame.name != "<module>"
    if not is_ours or not frame.locals:
        return None
    # Redacted before it is cut: half a secret would not be recognised.
    return {name: redact(value)[:LONGEST_LOCAL] for name, value in frame.locals.items()}


def _callers(error: "RecordException") -> list[str]:
    if error.traceback is None or error.traceback.tb_frame.f_back is None:
        return []
    stack = traceback.extract_stack(error.traceback.tb_frame.f_back)
    return ["Called from (most recent call last):\n", *stack.format()]
