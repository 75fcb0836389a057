"""Logs: lines for people, or JSON for machines; secrets and what reps typed stay out of them."""

from __future__ import annotations

import logging
import sys

import structlog

_QUIET = ("slack_bolt", "slack_sdk", "gunicorn", "alembic")


def configure(log_format: str) -> None:
    """Sets up structlog and brings the libraries' own logs down to warnings. `log_format` is text or json."""
    renderer = (
        structlog.processors.JSONRenderer()
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    # It warns whenever a tick is still at work when the next one is due, as is usual under load.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
