"""The company of the demo: five members in two time zones, two channels, and the app among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playbooks.team import Role

WORKSPACE_ID = "T0DEMO"
WORKSPACE_NAME = "Noorderlicht"
ZONE = "Europe/Amsterdam"
BOT_USER_ID = "U0NEXTSTEP"
SALES_CHANNEL_ID = "C0SALES"
MARKETING_CHANNEL_ID = "C0MARKETING"

# Prospects with one contact left in their step, by the language of their seller: see `bot.demo.colleague`.
ONE_CONTACT_LEFT: Mapping[str, str] = {"en": "Ashdown Logistics Ltd", "nl": "Polderman Techniek"}

# Not secrets: this Slack accepts any token, the bot only needs to have one.
CREDENTIALS: Mapping[str, str] = {
    "SLACK_BOT_TOKEN": "xoxb-demo",
    "SLACK_APP_TOKEN": "xapp-demo",
    "SLACK_SIGNING_SECRET": "demo",
}


@dataclass(frozen=True, slots=True)
class DemoMember:
    """Somebody who works at the demo's company; `locale` as Slack writes it, `zone` an IANA name.

    The demo's Slack knows neither locales nor roles, so the seed reads them here.
    """

    slack_id: str
    handle: str
    name: str
    role: Role
    locale: str
    zone: str


# The first one is who the page acts as when it opens.
MEMBERS: tuple[DemoMember, ...] = (
    DemoMember("U0EMMA", "emma", "Emma Clarke", Role.REP, "en-GB", "Europe/London"),
    DemoMember("U0SANNE", "sanne", "Sanne de Vries", Role.REP, "nl-NL", "Europe/Amsterdam"),
    DemoMember("U0DAAN", "daan", "Daan Jansen", Role.REP, "nl-NL", "Europe/Amsterdam"),
    DemoMember("U0FATIMA", "fatima", "Fatima El Amrani", Role.MANAGER, "nl-NL", "Europe/Amsterdam"),
    DemoMember("U0JOOST", "joost", "Joost Bakker", Role.MARKETING, "nl-NL", "Europe/Amsterdam"),
)


def slack_config(time: str) -> dict[str, Any]:
    """The demo's workspace in the configuration format of local-slack 0.1.8, ready for YAML.

    `time` is what the demo's clock shows at the start. It stands beside the name, the only place that is always
    in view; the bot knows the company by the name alone.
    """
    everyone = [member.slack_id for member in MEMBERS]
    return {
        "workspace": {
            "name": f"{WORKSPACE_NAME}. Demo clock: {time} at the start",
            "domain": "noorderlicht",
            "teamId": WORKSPACE_ID,
        },
        "apps": [_app()],
        "users": [_user(member) for member in MEMBERS],
        "channels": [
            _channel(SALES_CHANNEL_ID, "sales", "Where the team sells", everyone),
            _channel(
                MARKETING_CHANNEL_ID,
                "marketing",
                "Where leads come from",
                everyone,
            ),
        ],
    }


def _app() -> dict[str, str]:
    return {
        "appId": "A0NEXTSTEP",
        "botUserId": BOT_USER_ID,
        "botName": "Nextstep",
        "botToken": CREDENTIALS["SLACK_BOT_TOKEN"],
        "appToken": CREDENTIALS["SLACK_APP_TOKEN"],
        "signingSecret": CREDENTIALS["SLACK_SIGNING_SECRET"],
        "mode": "socket",
    }


def _user(member: DemoMember) -> dict[str, str]:
    return {
        "id": member.slack_id,
        "name": member.handle,
        "real_name": member.name,
        "email": f"{member.handle}@noorderlicht.example",
        "tz": member.zone,
    }


def _channel(channel_id: str, name: str, topic: str, members: list[str]) -> dict[str, Any]:
    return {"id": channel_id, "name": name, "topic": topic, "members": [*members, BOT_USER_ID]}
