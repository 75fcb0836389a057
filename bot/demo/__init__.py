"""`nextstep demo`: a Slack of one's own, the bot in it, and a team with history, from one command."""
