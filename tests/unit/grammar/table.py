"""The grammar as a table: what is typed after `/prospect` on Friday 6 March 2026, and how it is read.

docs/grammar.md tells the same in words.
"""

from datetime import date
from decimal import Decimal

from bot.grammar.arguments import Key, MemberSaid
from bot.grammar.commands import (
    AddProspect,
    AdvanceProspect,
    AssignProspect,
    DecideProspect,
    ListProspects,
    LogContact,
    LoseProspect,
    NextSaid,
    PostponeProspect,
    SetNextAction,
    ShowDesk,
    ShowHelp,
    ShowProspect,
    UndoChange,
    Verb,
    WaitForProspect,
)
from bot.grammar.naming import ProspectReading
from bot.grammar.readings import Clear, Draft, Mistake, Question, Unclear, Wrong
from tests.unit.grammar.world import (
    ACME,
    ACME_MET,
    BAKKER,
    BOEK,
    FEEST,
    FRIDAY_SOFTWARE,
    JANSEN,
    LONG,
    LOST_BOYS,
    MET_OFFICE,
    METAAL,
    SHALOM,
    SOLAR_NOORD,
    SOLAR_ZUID,
    TODAY,
    TWIN_BV,
    TWIN_NV,
    ZURICH,
)

MONDAY, TUESDAY, NEXT_FRIDAY = date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 13)
FIRST_OF_MARCH, FIRST_OF_APRIL = date(2027, 3, 1), date(2026, 4, 1)
ANN, BEN = MemberSaid("U1", "ann"), MemberSaid("U2", "ben")
SOLARS = (SOLAR_NOORD, SOLAR_ZUID)


def unclear(question: Question, verb: Verb, **draft: object) -> Unclear:
    return Unclear(question, Draft(verb, **draft))


ALONE: list[tuple[str, ProspectReading]] = [
    ("", Clear(ShowDesk())),
    ("   ", Clear(ShowDesk())),
    ("help", Clear(ShowHelp())),
    ("Hulp", Clear(ShowHelp())),
    ("?", Clear(ShowHelp())),
    ("add", unclear(Question.NAME, Verb.ADD)),
    ("nieuw", unclear(Question.NAME, Verb.ADD)),
    ("log", unclear(Question.PROSPECT, Verb.LOG)),
    ("advance", unclear(Question.PROSPECT, Verb.ADVANCE)),
    ("verloren", unclear(Question.PROSPECT, Verb.LOST)),
    ("not-now", unclear(Question.PROSPECT, Verb.NOT_NOW)),
    ("niet nu", unclear(Question.PROSPECT, Verb.NOT_NOW)),
    ("undo", unclear(Question.PROSPECT, Verb.UNDO)),
    ("list", Clear(ListProspects())),
]

NAMES: list[tuple[str, ProspectReading]] = [
    ("show Acme", Clear(ShowProspect(ACME))),
    ("toon acme b.v.", Clear(ShowProspect(ACME))),
    ("SHOW ACME NV", Clear(ShowProspect(ACME))),
    ("Acme", Clear(ShowProspect(ACME))),
    ("show cafe zurich", Clear(ShowProspect(ZURICH))),
    ("show Café Zurihc", Clear(ShowProspect(ZURICH))),
    ("show Cafe", Clear(ShowProspect(ZURICH))),
    ("show Bakker en Zonen", Clear(ShowProspect(BAKKER))),
    ("show bakker &amp; zonen", Clear(ShowProspect(BAKKER))),
    ("show bakker zonen", Clear(ShowProspect(BAKKER))),
    ("show jansen pieters en partners", Clear(ShowProspect(JANSEN))),
    ("show Jansen, Pieters en Partners", Clear(ShowProspect(JANSEN))),
    ('show "Jansen, Pieters en Partners"', Clear(ShowProspect(JANSEN))),
    ("show „Acme“", Clear(ShowProspect(ACME))),
    ("show “Acme BV”", Clear(ShowProspect(ACME))),
    ("show «acme»", Clear(ShowProspect(ACME))),
    ("show 'Acme'", Clear(ShowProspect(ACME))),
    ('show "Acme', Clear(ShowProspect(ACME))),
    ("show שלום", Clear(ShowProspect(SHALOM))),
    ("show 🎉", Clear(ShowProspect(FEEST))),
    ("show 🎉 feest", Clear(ShowProspect(FEEST))),
    (f"show {LONG.name}", Clear(ShowProspect(LONG))),
    (f'show "{LONG.name}"', Clear(ShowProspect(LONG))),
    ("show Solar", unclear(Question.WHICH_PROSPECT, Verb.SHOW, prospects=SOLARS, said="Solar")),
    ("show Solr", unclear(Question.WHICH_PROSPECT, Verb.SHOW, prospects=SOLARS, said="Solr")),
    ("show Solar Z", Clear(ShowProspect(SOLAR_ZUID))),
    ("show Twin", unclear(Question.WHICH_PROSPECT, Verb.SHOW, prospects=(TWIN_BV, TWIN_NV), said="Twin")),
    ("show Twin N.V.", Clear(ShowProspect(TWIN_NV))),
    ("show Twin bv", Clear(ShowProspect(TWIN_BV))),
    ("Solar", unclear(Question.WHICH_PROSPECT, Verb.SHOW, prospects=SOLARS, said="Solar")),
    ("lost boys", Clear(ShowProspect(LOST_BOYS))),
    ("lost lost boys price", Clear(LoseProspect(LOST_BOYS, "price"))),
    ('"Lost Boys"', Clear(ShowProspect(LOST_BOYS))),
    ("show Acme tomorrow", unclear(Question.WHICH_PROSPECT, Verb.SHOW, prospects=(ACME,), said="Acme tomorrow")),
    ('show Boek: "De Uitgever" BV', Clear(ShowProspect(BOEK))),
    ("show Xylofoon", Wrong(Mistake.UNKNOWN_PROSPECT, "Xylofoon", prospects=(TWIN_BV, TWIN_NV, LOST_BOYS))),
]

LOG: list[tuple[str, ProspectReading]] = [
    ("log Acme talked", Clear(LogContact(ACME, "talked"))),
    ("log acme bv Talked.", Clear(LogContact(ACME, "talked"))),
    ("log Acme gesproken", Clear(LogContact(ACME, "talked"))),
    ("log Acme, talked", Clear(LogContact(ACME, "talked"))),
    ("log Acme no answer", Clear(LogContact(ACME, "no_answer"))),
    ("log Acme geen gehoor", Clear(LogContact(ACME, "no_answer"))),
    ("log Acme no-show", Clear(LogContact(ACME, "no_show"))),
    ("log Acme no show again", Clear(LogContact(ACME, "no_show", note="again"))),
    ("log Acme niet verschenen", Clear(LogContact(ACME, "no_show"))),
    (
        "log Acme talked next:friday min:20 script:B",
        Clear(LogContact(ACME, "talked", NextSaid(NEXT_FRIDAY), 20, "B")),
    ),
    (
        "log Acme gesproken volgende:vrijdag minuten:20 script:B",
        Clear(LogContact(ACME, "talked", NextSaid(NEXT_FRIDAY), 20, "B")),
    ),
    (
        "log Acme talked next: next tuesday call back min: 1,5 uur",
        Clear(LogContact(ACME, "talked", NextSaid(TUESDAY, "call back"), 90)),
    ),
    ("log Acme talked next:ma", Clear(LogContact(ACME, "talked", NextSaid(MONDAY)))),
    ('log Acme talked next:"friday"', Clear(LogContact(ACME, "talked", NextSaid(NEXT_FRIDAY)))),
    (
        "log Acme talked friday call back",
        Clear(LogContact(ACME, "talked", NextSaid(NEXT_FRIDAY, "call back"))),
    ),
    (
        "log Acme talked he liked it next:friday",
        Clear(LogContact(ACME, "talked", NextSaid(NEXT_FRIDAY), note="he liked it")),
    ),
    ("log Acme talked note:liked it", Clear(LogContact(ACME, "talked", note="liked it"))),
    ("log Acme talked at 12:30", Clear(LogContact(ACME, "talked", note="at 12:30"))),
    (
        "log Acme talked see <https://acme.nl/a:b>",
        Clear(LogContact(ACME, "talked", note="see https://acme.nl/a:b")),
    ),
    (
        "log Acme sent http://acme.nl to <@U2|ben>",
        Clear(LogContact(ACME, "sent", note="http://acme.nl to @ben")),
    ),
    ("log Acme talked she said: yes", Clear(LogContact(ACME, "talked", note="she said: yes"))),
    ("log Acme talked a &lt; b &amp;amp; c", Clear(LogContact(ACME, "talked", note="a < b &amp; c"))),
    ("log Acme talked :tada: great", Clear(LogContact(ACME, "talked", note=":tada: great"))),
    ('log Acme talked "next: friday" he said', Clear(LogContact(ACME, "talked", note='"next: friday" he said'))),
    ("log Met Office met", Clear(LogContact(MET_OFFICE, "met"))),
    ("log Friday Software talked", Clear(LogContact(FRIDAY_SOFTWARE, "talked"))),
    (
        "log Friday Software BV talked friday demo",
        Clear(LogContact(FRIDAY_SOFTWARE, "talked", NextSaid(NEXT_FRIDAY, "demo"))),
    ),
    ("log Acme Met talked", Clear(LogContact(ACME_MET, "talked"))),
    ("log acme met", unclear(Question.WHICH_PROSPECT, Verb.LOG, prospects=(ACME_MET, ACME), said="acme met")),
    ("log groot met", Clear(LogContact(METAAL, "met"))),
    ("log groot metaal met", Clear(LogContact(METAAL, "met"))),
    ("log Acne talked", Clear(LogContact(ACME, "talked"))),
    ("log Bakkr en zonen met goed gesprek", Clear(LogContact(BAKKER, "met", note="goed gesprek"))),
    ('log "Acme" talked', Clear(LogContact(ACME, "talked"))),
    ("log „Acme”, talked", Clear(LogContact(ACME, "talked"))),
    ("log 🎉 Feest talked", Clear(LogContact(FEEST, "talked"))),
    ("log שלום בע״מ gesproken", Clear(LogContact(SHALOM, "talked"))),
    (
        "log Solar talked",
        unclear(Question.WHICH_PROSPECT, Verb.LOG, prospects=SOLARS, said="Solar", note="talked"),
    ),
    ("log Acme", unclear(Question.OUTCOME, Verb.LOG, prospect=ACME)),
    ("log Acme chatted a bit", unclear(Question.OUTCOME, Verb.LOG, prospect=ACME, note="chatted a bit")),
    (
        "log Acme next:friday",
        unclear(Question.OUTCOME, Verb.LOG, prospect=ACME, day=NEXT_FRIDAY, values={Key.NEXT: "friday"}),
    ),
    (
        "log acme met 3-4 people",
        unclear(
            Question.WHICH_PROSPECT,
            Verb.LOG,
            prospects=(ACME_MET, ACME),
            said="acme met",
            note="3-4 people",
        ),
    ),
    (
        "log Solar Zuid met 3-4 people there",
        unclear(
            Question.DATE,
            Verb.LOG,
            prospect=SOLAR_ZUID,
            outcome="met",
            day=date(2026, 4, 3),
            note="3-4 people there",
        ),
    ),
    (
        "log Acme talked yesterday he called",
        unclear(Question.DATE, Verb.LOG, prospect=ACME, outcome="talked", note="yesterday he called"),
    ),
    (
        "log Acme talked min:20 he liked it",
        unclear(
            Question.CHECK,
            Verb.LOG,
            prospect=ACME,
            outcome="talked",
            minutes=20,
            note="he liked it",
            values={Key.MINUTES: "20 he liked it"},
        ),
    ),
    ("Acme talked nice", unclear(Question.CHECK, Verb.LOG, prospect=ACME, outcome="talked", note="nice")),
    ("log Acme talked next:sometime", Wrong(Mistake.DATE_UNREADABLE, "sometime")),
    ("log Acme talked next:yesterday", Wrong(Mistake.DATE_PAST, "yesterday", day=date(2026, 3, 5))),
    ("log Acme talked next:31 februari", Wrong(Mistake.DATE_IMPOSSIBLE, "31 februari")),
    ("log Acme talked next:1 march 2062", Wrong(Mistake.DATE_TOO_FAR, "1 march 2062", day=date(2062, 3, 1))),
    ("log Acme talked next:monday 13 march", Wrong(Mistake.WEEKDAY_DIFFERS, "monday 13 march", day=NEXT_FRIDAY)),
    ("log Acme talked next:", Wrong(Mistake.KEY_EMPTY, "next")),
    ("log Acme talked next:friday next:monday", Wrong(Mistake.KEY_TWICE, "next")),
    ("log Acme talked min:many", Wrong(Mistake.MINUTES, "many")),
    ("log Acme talked min:9999", Wrong(Mistake.MINUTES, "9999")),
    ("log Acme talked nxt:friday", Wrong(Mistake.UNKNOWN_KEY, "nxt", ("next", "note", "min", "script"))),
    ("log Acme talked source:fair", Wrong(Mistake.UNKNOWN_KEY, "source", ("note", "script", "min", "next"))),
]

ADD: list[tuple[str, ProspectReading]] = [
    ("add Acme BV", Clear(AddProspect("Acme BV"))),
    ("add Acme BV source:fair", Clear(AddProspect("Acme BV", source="fair"))),
    ("voeg toe Acme BV bron:beurs Utrecht", Clear(AddProspect("Acme BV", source="beurs Utrecht"))),
    ("add Jansen, Pieters en Zn., source:fair", Clear(AddProspect("Jansen, Pieters en Zn.", source="fair"))),
    ('add "Foo: bar BV" source:fair', Clear(AddProspect("Foo: bar BV", source="fair"))),
    ("add “Acme BV” met on the fair", Clear(AddProspect("Acme BV", note="met on the fair"))),
    ("add Tom &amp; Jerry", Clear(AddProspect("Tom & Jerry"))),
    ("add 't Hoekje", Clear(AddProspect("'t Hoekje"))),
    ("add <http://Booking.com|Booking.com>", Clear(AddProspect("Booking.com"))),
    ("add 🚀🚀", Clear(AddProspect("🚀🚀"))),
    ("add شركة النور", Clear(AddProspect("شركة النور"))),
    ("add Friday", Clear(AddProspect("Friday"))),
    (f"add {'x' * 200}", Clear(AddProspect("x" * 200))),
    (f"add {'x' * 201}", Wrong(Mistake.NAME_TOO_LONG, "x" * 201)),
    (
        "add Acme person:Jan de Vries tel:+31 6 1234 email:<mailto:jan@acme.nl|jan@acme.nl> waarde:€ 5.000",
        Clear(
            AddProspect(
                "Acme", person="Jan de Vries", phone="+31 6 1234", email="jan@acme.nl", value=Decimal(5000)
            )
        ),
    ),
    (
        "add Acme rep:<@U1|ann> next:friday intro draaiboek:b2b-saas value:1.5k note:nice",
        Clear(
            AddProspect(
                "Acme",
                playbook="b2b-saas",
                value=Decimal(1500),
                rep=ANN,
                next=NextSaid(NEXT_FRIDAY, "intro"),
                note="nice",
            )
        ),
    ),
    ("add Acme @ann", Clear(AddProspect("Acme", rep=MemberSaid(name="ann")))),
    ("add source:fair", unclear(Question.NAME, Verb.ADD, values={Key.SOURCE: "fair"})),
    ("add Acme value:lots", Wrong(Mistake.AMOUNT, "lots")),
    ("add Acme email:jan", Wrong(Mistake.EMAIL, "jan")),
    ("add Acme rep:<@U1|ann> <@U2|ben>", Wrong(Mistake.TWO_MEMBERS, "@ann, @ben")),
]

DATED: list[tuple[str, ProspectReading]] = [
    ("not-now Acme 1 march", Clear(PostponeProspect(ACME, FIRST_OF_MARCH))),
    ("notnow Acme 1 maart", Clear(PostponeProspect(ACME, FIRST_OF_MARCH))),
    ("not now Acme in april", Clear(PostponeProspect(ACME, FIRST_OF_APRIL))),
    ("niet-nu Acme 1 maart nieuw budget", Clear(PostponeProspect(ACME, FIRST_OF_MARCH, "nieuw budget"))),
    ("later Acme april", Clear(PostponeProspect(ACME, FIRST_OF_APRIL))),
    ("not-now Acme 1/4", Clear(PostponeProspect(ACME, FIRST_OF_APRIL))),
    ("not-now Friday Software friday", Clear(PostponeProspect(FRIDAY_SOFTWARE, NEXT_FRIDAY))),
    ("not-now friday", unclear(Question.DATE, Verb.NOT_NOW, prospect=FRIDAY_SOFTWARE)),
    ("not-now Acme may come back", unclear(Question.DATE, Verb.NOT_NOW, prospect=ACME, note="may come back")),
    ("not-now Acme", unclear(Question.DATE, Verb.NOT_NOW, prospect=ACME)),
    ("not-now Acme gisteren", Wrong(Mistake.DATE_PAST, "gisteren", day=date(2026, 3, 5))),
    ("wait Acme 1 march budget round", Clear(WaitForProspect(ACME, FIRST_OF_MARCH, "budget round"))),
    ("wacht Acme over 2 weken directie", Clear(WaitForProspect(ACME, date(2026, 3, 20), "directie"))),
    ("wait Acme 2026-04-01, board", Clear(WaitForProspect(ACME, FIRST_OF_APRIL, "board"))),
    ("wacht Acme tot 1 maart begroting", Clear(WaitForProspect(ACME, FIRST_OF_MARCH, "begroting"))),
    ("not-now Acme until april", Clear(PostponeProspect(ACME, FIRST_OF_APRIL))),
    ("wait Acme 1 march reason:budget round", Clear(WaitForProspect(ACME, FIRST_OF_MARCH, "budget round"))),
    ("next Acme friday note:x", Wrong(Mistake.UNKNOWN_KEY, "note")),
    ("wait Acme until they know", unclear(Question.DATE, Verb.WAIT, prospect=ACME, note="until they know")),
    ("wait Acme", unclear(Question.DATE, Verb.WAIT, prospect=ACME)),
    ("wait Acme budget round", unclear(Question.DATE, Verb.WAIT, prospect=ACME, note="budget round")),
    ("next Acme friday call back", Clear(SetNextAction(ACME, NextSaid(NEXT_FRIDAY, "call back")))),
    ("volgende Acme morgen bellen", Clear(SetNextAction(ACME, NextSaid(date(2026, 3, 7), "bellen")))),
    ("next Acme today", Clear(SetNextAction(ACME, NextSaid(TODAY)))),
    ("next Acme call back", unclear(Question.DATE, Verb.NEXT, prospect=ACME, what="call back")),
    ("next Acme 30 februari", Wrong(Mistake.DATE_IMPOSSIBLE, "30 februari")),
    ("advance Acme", Clear(AdvanceProspect(ACME))),
    ("vooruit Acme", Clear(AdvanceProspect(ACME))),
    ("advance Acme next:friday demo", Clear(AdvanceProspect(ACME, NextSaid(NEXT_FRIDAY, "demo")))),
    ("advance Acme friday demo", Clear(AdvanceProspect(ACME, NextSaid(NEXT_FRIDAY, "demo")))),
    ("advance Acme step3", Clear(AdvanceProspect(ACME, to="step3"))),
    (
        "advance Acme step3 next:friday demo note:all said yes",
        Clear(AdvanceProspect(ACME, NextSaid(NEXT_FRIDAY, "demo"), "all said yes", "step3")),
    ),
    ("vooruit Acme naar stap 4", Clear(AdvanceProspect(ACME, to="step4"))),
    ("advance Acme they want it", Clear(AdvanceProspect(ACME, note="they want it"))),
    (
        "advance Acme next:friday 14 march",
        Wrong(Mistake.WEEKDAY_DIFFERS, "friday 14 march", day=date(2026, 3, 14)),
    ),
    ("advance Acme min:20", Wrong(Mistake.UNKNOWN_KEY, "min", ("next", "note"))),
]

CLOSING: list[tuple[str, ProspectReading]] = [
    ("lost Acme price", Clear(LoseProspect(ACME, "price"))),
    ("verloren Acme prijs te hoog", Clear(LoseProspect(ACME, "price", "te hoog"))),
    ("lost Acme geen budget", Clear(LoseProspect(ACME, "no_budget"))),
    ("lost Acme other: went bankrupt", Clear(LoseProspect(ACME, "other", "went bankrupt"))),
    ("lost Acme anders:failliet", Clear(LoseProspect(ACME, "other", "failliet"))),
    ("lost Acme reason:price", Clear(LoseProspect(ACME, "price"))),
    ("lost Acme bv competitor, cheaper", Clear(LoseProspect(ACME, "competitor", "cheaper"))),
    ("lost Acne prijs", Clear(LoseProspect(ACME, "price"))),
    ("lost Acme", unclear(Question.REASON, Verb.LOST, prospect=ACME)),
    ("lost Acme went bankrupt", unclear(Question.REASON, Verb.LOST, prospect=ACME, note="went bankrupt")),
    ("decide Acme", Clear(DecideProspect(ACME))),
    ("besluit Acme nu", Clear(DecideProspect(ACME, "nu"))),
    ("undo Acme", Clear(UndoChange(ACME))),
    ("ongedaan maken Acme", Clear(UndoChange(ACME))),
    ("undo Acme Solar", unclear(Question.WHICH_PROSPECT, Verb.UNDO, prospects=(ACME,), said="Acme Solar")),
    ("won Acme", Wrong(Mistake.UNKNOWN_COMMAND, "won", ("advance",), (ACME, ACME_MET, TWIN_BV))),
]

TEAM: list[tuple[str, ProspectReading]] = [
    ("list step:3", Clear(ListProspects(step="step3"))),
    ("lijst stap:stap3 bron:beurs", Clear(ListProspects(step="step3", source="beurs"))),
    ("list <@U1|ann>", Clear(ListProspects(rep=ANN))),
    ("list rep:<@U1|ann> stalled", Clear(ListProspects(rep=ANN))),
    ("list stalled rep:<@U1|ann>", Clear(ListProspects(rep=ANN, stalled=True))),
    ("list stil", Clear(ListProspects(stalled=True))),
    ("list mine stalled step3", Clear(ListProspects(step="step3", rep=MemberSaid(name="me"), stalled=True))),
    ("list @ann", Clear(ListProspects(rep=MemberSaid(name="ann")))),
    ("list rep:ann", Clear(ListProspects(rep=MemberSaid(name="ann")))),
    ("list step:last", Wrong(Mistake.STEP, "last")),
    ("list green", Wrong(Mistake.FILTER, "green", ("step:", "rep:", "source:", "playbook:", "stalled"))),
    ("assign Acme <@U1|ann>", Clear(AssignProspect(ACME, ANN))),
    ("overdragen Acme aan <@U1|ann> vakantie", Clear(AssignProspect(ACME, ANN, "vakantie"))),
    ("assign <@U1|ann> Acme", Clear(AssignProspect(ACME, ANN))),
    ("assign Acme @ann", Clear(AssignProspect(ACME, MemberSaid(name="ann")))),
    ("assign Acme to ann", Clear(AssignProspect(ACME, MemberSaid(name="ann")))),
    ("assign Acme &lt;@U1|ann&gt;", Clear(AssignProspect(ACME, MemberSaid(name="<@U1|ann>")))),
    ("assign Acme", unclear(Question.MEMBER, Verb.ASSIGN, prospect=ACME)),
    ("assign Acme <@U1|ann> <@U2|ben>", Wrong(Mistake.TWO_MEMBERS, "@ann, @ben")),
]

HOSTILE: list[tuple[str, ProspectReading]] = [
    ("lgo Acme", Wrong(Mistake.UNKNOWN_COMMAND, "lgo", ("log",))),
    ("log \x00Nobody", Wrong(Mistake.UNKNOWN_PROSPECT, "Nobody")),
    ("log ' OR 1=1 --", Wrong(Mistake.UNKNOWN_PROSPECT, "' OR 1=1 --")),
    ("log &lt;!channel&gt; talked", Wrong(Mistake.UNKNOWN_PROSPECT, "<!channel>")),
    ("log <!channel> talked", Wrong(Mistake.UNKNOWN_PROSPECT, "@channel")),
    ("log \ue000U1|ann\ue001 talked", Wrong(Mistake.UNKNOWN_PROSPECT, "U1|ann")),
    ("log {{ 7*7 }} talked", Wrong(Mistake.UNKNOWN_PROSPECT, "{{ 7*7 }}")),
    ("show " + "x" * 4000, Wrong(Mistake.UNKNOWN_PROSPECT, "x" * 4000)),
]
