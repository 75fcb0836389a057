"""The demo as a person meets it: its page in Chromium, driven by Playwright."""
