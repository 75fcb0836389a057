"""`/playbook`: list, show, check and history."""

from __future__ import annotations

from typing import Final

from bot.grammar.commands import CheckPlaybook, PlaybookHistory, ShowHelp, ShowPlaybook
from bot.grammar.other_commands import read_playbook as read_text
from bot.grammar.readings import Clear
from bot.handlers.desk import Desk
from bot.handlers.forms import Click, Form
from bot.handlers.replies import Replaces, Reply
from bot.handlers.router import Router
from bot.usecases.named_playbooks import playbook_said
from bot.usecases.new_steps import steps_that_began
from bot.views import help_texts, playbook_history, playbook_pages
from bot.views.ids import Action, Block, Callback
from bot.views.message import Message
from bot.views.playbook_pages import PlaybookPage
from playbooks.loader import read_playbook
from playbooks.pipeline import PublishedPlaybook
from playbooks.ports import UnitOfWork
from playbooks.refusal import Refusal, Refused

NAME: Final = "playbook"


def register(router: Router) -> None:
    router.commands[NAME] = on_command
    router.clicks[Action.PLAYBOOK_SHOW] = on_show
    router.clicks[Action.PLAYBOOK_CHECK] = on_check
    router.clicks[Action.PLAYBOOK_HISTORY] = on_history
    router.clicks[Action.PLAYBOOK_TEXT] = on_text
    router.submissions[Callback.PLAYBOOK_TEXT] = on_text_submission
    for turn in (Action.PLAYBOOK_PAGE, Action.PLAYBOOK_BACK):
        router.clicks[turn] = on_turn
    for turn in (Action.HISTORY_PAGE, Action.HISTORY_BACK):
        router.clicks[turn] = on_history_turn


def on_command(desk: Desk, text: str) -> Reply:
    reading = read_text(text)
    match reading:
        case Clear(command=ShowPlaybook(name=name)):
            return _shown(desk, _page_of(desk, name))
        case Clear(command=CheckPlaybook(name=name)):
            return _checked(desk, _page_of(desk, name))
        case Clear(command=PlaybookHistory(name=name)):
            return _history(desk, _page_of(desk, name))
        case Clear(command=ShowHelp()):
            return help_texts.playbook(desk.reader)
        case _:
            return _listed(desk)


def on_show(desk: Desk, click: Click) -> Reply:
    return _shown(desk, _page(click))


def on_turn(desk: Desk, click: Click) -> Reply:
    return Replaces(_shown(desk, _page(click)))


def on_check(desk: Desk, click: Click) -> Reply:
    return _checked(desk, _page(click))


def on_history(desk: Desk, click: Click) -> Reply:
    return _history(desk, _page(click))


def on_history_turn(desk: Desk, click: Click) -> Reply:
    return Replaces(_history(desk, _page(click)))


def on_text(desk: Desk, _: Click) -> Reply:
    return playbook_pages.text_dialog(desk.reader)


def on_text_submission(desk: Desk, form: Form) -> Reply:
    """Nothing is kept: a pasted text is only checked."""
    loaded = read_playbook(form.text(Block.PLAYBOOK_TEXT) or "", "text")
    return playbook_pages.checked_text(loaded.playbook, loaded.faults, desk.reader)


def _page(click: Click) -> PlaybookPage:
    return PlaybookPage.model_validate_json(click.value)


def _page_of(desk: Desk, said: str) -> PlaybookPage:
    with desk.reading() as uow:
        return PlaybookPage(playbook=playbook_said(uow, said).id)


def _listed(desk: Desk) -> Message:
    with desk.reading() as uow:
        playbooks = [(published, uow.playbooks.get(published.id)) for published in uow.playbooks.current()]
    return playbook_pages.listed(playbooks, desk.reader)


def _shown(desk: Desk, page: PlaybookPage) -> Message:
    with desk.reading() as uow:
        published, playbook = _published(uow, page), uow.playbooks.get(page.playbook)
    return playbook_pages.shown(published, playbook, page.step, desk.member.name, desk.reader)


def _checked(desk: Desk, page: PlaybookPage) -> Message:
    """The text as it was published, read by the checker of today."""
    with desk.reading() as uow:
        published, playbook = _published(uow, page), uow.playbooks.get(page.playbook)
        source = uow.playbooks.source(page.playbook)
    faults = read_playbook(source, f"{published.key}.yaml").faults
    return playbook_pages.checked(published, playbook, faults, desk.reader)


def _history(desk: Desk, page: PlaybookPage) -> Message:
    with desk.reading() as uow:
        versions = uow.playbooks.versions(_published(uow, page).key)
        authors = {member.id: member.name for member in uow.members.all()}
        began = steps_that_began(uow, versions)
    return playbook_history.history(page, versions, authors, desk.reader, began)


def _published(uow: UnitOfWork, page: PlaybookPage) -> PublishedPlaybook:
    """The version of a page, also when a newer one is in force by now. Raises `Refused(PLAYBOOK_UNKNOWN)`."""
    key = uow.playbooks.get(page.playbook).key
    for version in uow.playbooks.versions(key):
        if version.published.id == page.playbook:
            return version.published
    raise Refused(Refusal.PLAYBOOK_UNKNOWN, said=key, playbooks=tuple(uow.playbooks.current()))
