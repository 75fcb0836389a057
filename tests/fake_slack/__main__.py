"""Runs the fake Slack as its own process: `python -m tests.fake_slack --port 4000`.

Prints one line of JSON (address, url, token, signing_secret, team_id, channel) and serves until it is stopped.
"""

import argparse
import json
import sys
import threading

from tests.fake_slack.fake import FakeSlack


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fake_slack")
    parser.add_argument("--port", type=int, default=0, help="0 (default): any free one, told in the first line")
    with FakeSlack(port=parser.parse_args().port) as slack:
        told = {
            "address": slack.address,
            "url": slack.url,
            "token": slack.token,
            "signing_secret": slack.signing_secret,
            "team_id": slack.workspace.id,
            "channel": slack.channel.id,
        }
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
