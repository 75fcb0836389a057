"""`nextstep demo`: a Slack of one's own, the bot in it, and a team with history, from one command."""

from bot.demo.run import DemoOptions, run_demo

__all__ = ["DemoOptions", "run_demo"]
