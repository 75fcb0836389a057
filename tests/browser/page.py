"""The page of the demo's Slack, in the verbs of somebody who sits in front of it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

_PATIENCE_MS = 10_000
_UNASKED_MS = 60_000


class SlackPage:
    """One browser tab on the demo's Slack (local-slack 0.1.8; its class names are used only here).

    Each verb waits until it can be done, and fails with what it looked for after ten seconds.
    """

    def __init__(self, tab: Page) -> None:
        self._tab = tab
        self._tab.set_default_timeout(_PATIENCE_MS)
        expect.set_options(timeout=_PATIENCE_MS)
        self._messages_before = 0

    # Going places

    def opens(self, address: str) -> None:
        """Opens the page and waits until the bot is connected."""
        self._tab.goto(address)
        expect(self._tab.locator(".app-dot.on")).to_be_visible()

    def acts_as(self, name: str) -> None:
        """Becomes another member, by full name."""
        self._tab.locator(".actas select").last.select_option(label=name)

    def opens_channel(self, name: str) -> None:
        self._tab.get_by_role("button", name=f"# {name}").or_(self._sidebar(name)).first.click()

    def opens_home(self) -> None:
        """Opens the app's Home and waits until it is drawn."""
        self._sidebar("🏠").click()
        expect(self._tab.locator(".home .blocks")).to_be_visible()

    def opens_direct_messages(self, name: str) -> None:
        """Opens what the bot wrote to the member of that name."""
        self._sidebar(name).click()

    # Doing things

    def types(self, text: str) -> None:
        """Types into the channel and sends."""
        self._messages_before = self._messages.count()
        self._tab.locator(".composer .composer-input").fill(text)
        # Not Enter: after an @name that would pick from the list of members.
        self._tab.locator(".composer .composer-send").click()

    def clicks(self, label: str) -> None:
        """Clicks a button on what is in front: the dialog, else Home, else the newest message with it."""
        self._messages_before = self._messages.count()
        button = self._front.get_by_role("button", name=label, exact=True).last
        button.scroll_into_view_if_needed()
        button.click()

    def picks(self, option: str) -> None:
        """Picks an option from the newest menu outside dialogs that offers it."""
        self._messages_before = self._messages.count()
        offered = self._front.locator("select", has=self._tab.locator("option", has_text=option))
        offered.last.select_option(label=option)

    def fills(self, label: str, value: str) -> None:
        """Fills in a field of the dialog: a text, a date (2026-03-01), or the label of an option."""
        field = self._field(label).locator("input, select").first
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)

    def ticks(self, option: str) -> None:
        """Ticks a box, or chooses a radio button, of the dialog."""
        self._dialog.locator(".bk-options label", has_text=option).locator("input").check()

    def ticks_evidence(self) -> None:
        """Ticks every box of the dialog's first list: the evidence."""
        for box in self._dialog.locator(".bk-options").first.locator("input[type=checkbox]").all():
            box.check()

    def submits(self) -> None:
        """Presses the dialog's main button."""
        self._messages_before = self._messages.count()
        self._dialog.locator(".modal-btn.primary").click()

    def closes(self) -> None:
        """Closes the dialog without submitting."""
        self._dialog.locator(".modal-x").click()
        self.has_no_dialog()

    def gets_taller(self, height: int) -> None:
        """Makes the window so many pixels high, for what is long."""
        self._tab.set_viewport_size({"width": 1200, "height": height})

    def screenshot(self, path: Path) -> None:
        self._tab.mouse.move(0, 0)  # no hover marks in the picture
        self._tab.screenshot(path=path)

    # Seeing things

    def sees(self, text: str) -> None:
        """Waits until what is in front shows the text: the dialog, Home, or the newest message with it."""
        expect(self._front.get_by_text(text).last).to_be_visible()

    def gets_answer(self, *texts: str) -> None:
        """Waits for a message that was not there before the last deed, with all of the texts."""
        answer = self._messages.nth(self._messages_before)
        expect(answer).to_be_visible()
        for text in texts:
            expect(answer).to_contain_text(text)

    def receives(self, *texts: str) -> None:
        """Waits for a message with all of the texts that comes by itself, or has come already."""
        message = self._messages
        for text in texts:
            message = message.filter(has_text=text)
        expect(message.first).to_be_visible(timeout=_UNASKED_MS)

    def gets_dialog(self, title: str | None = None) -> None:
        """Waits for a dialog, with that title when one is given."""
        expect(self._dialog).to_be_visible()
        if title is not None:
            expect(self._dialog.locator(".modal-title")).to_have_text(title)

    def gets_error(self, text: str) -> None:
        """Waits until the dialog shows an error with the text."""
        expect(self._dialog.locator(".modal-error", has_text=text)).to_be_visible()

    def has_no_dialog(self) -> None:
        expect(self._dialog).to_have_count(0)

    def draws_everything(self) -> None:
        """No block or element on the page is one that this Slack cannot draw (red text there)."""
        expect(self._tab.locator(".bk-unknown")).to_have_count(0)

    # Where things are

    @property
    def _dialog(self) -> Locator:
        return self._tab.locator(".modal")

    @property
    def _messages(self) -> Locator:
        return self._tab.locator(".messages .msg")

    @property
    def _front(self) -> Locator:
        if self._dialog.count():
            return self._dialog
        return self._tab.locator(".main")

    def _sidebar(self, name: str) -> Locator:
        return self._tab.locator(".sidebar-item", has_text=name)

    def _field(self, label: str) -> Locator:
        exact = self._tab.locator(".bk-label").get_by_text(label, exact=True)
        return self._dialog.locator(".bk-input", has=exact)
