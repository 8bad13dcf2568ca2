"""Logs: one JSON object a line on stderr, with the request's id and without personal data."""

from __future__ import annotations

import logging.config
import re

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

PERSONAL_NUMBER = re.compile(
    r"""(?<![0-9A-Za-z.])(?:
        \d{17}[\dXx]                                        # identity card
        | \+\d[\d\ -]{6,14}\d                               # with a country code
        | (?:86[\ -]?)?1[3-9]\d[\ -]?\d{4}[\ -]?\d{4}        # mobile
        | 0\d{2,3}-?\d{7,8}                                 # landline
    )(?![0-9A-Za-z]|\.\d)""",
    re.VERBOSE,
)
ADDRESSES = ("ip", "user_agent")
# A citizen's link is a key to the survey; django-axes would name people and their addresses.
TOKENS = re.compile(r"(?<=/r/)[^/\s]+")
LOUD = {"axes": {"level": "ERROR"}}


def mask(text: str) -> str:
    """Keep the first three and the last two characters of whatever looks like a person's number; no link's token."""
    return PERSONAL_NUMBER.sub(lambda found: f"{found[0][:3]}****{found[0][-2:]}", TOKENS.sub("…", text))


def without_personal_data(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Mask numbers in every value, leave out query strings (they hold what people searched for) and links' tokens."""
    for key in ADDRESSES:
        event.pop(key, None)
    if isinstance(request := event.get("request"), str):
        event["request"] = request.partition("?")[0]
    return {key: _masked(value) for key, value in event.items()}


def _masked(value: object) -> object:
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, dict):
        return {key: _masked(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(inner) for inner in value]
    text = str(value)
    masked = mask(text)
    return value if masked == text and isinstance(value, int) else masked


def logging_config(level: str) -> None:
    """Send structlog's and the standard library's records through the same processors."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    final: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        without_personal_data,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = {"()": structlog.stdlib.ProcessorFormatter, "processors": final, "foreign_pre_chain": shared}
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": formatter},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "loggers": LOUD,
            "root": {"handlers": ["stderr"], "level": level},
        }
    )
