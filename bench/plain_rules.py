"""The same rules written straight down, to measure `derive` against: one loop, plain dicts, nothing shared.

It follows what the benchmark's cases hold: the version of July 2018, no corrections, no transfers, every act after the
belief, recipients always named. Everything else of the contract is here, and the answers are compared before timing.
"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from savnet.rules import CaseFile

Row = dict[str, Any]
OSLO = ZoneInfo("Europe/Oslo")
DAY, IMMINENT = timedelta(hours=24), timedelta(hours=72)
TOLD_OF = {"a-1", "b-4", "b-8", "c-1", "d-1", "d-2", "d-5"}
WRITTEN = {"in_person", "agreed_channel", "post", "encrypted_email", "email", "eformidling", "fiks"}
NOTICES = TOLD_OF | {"2.2-7", "3-4", "3-6", "3-8", "3-11", "3-13", "4-3", "4-6", "4-8", "4-18", "4-19", "4-20", "b-9"}


def owed(case: CaseFile, at: datetime) -> list[Row]:  # noqa: C901 - straight down is the point
    """Every obligation of the case, as it stands at the instant."""
    rows: list[Row] = []
    absent = missing = found = False
    told: dict[int, dict[tuple[str, str | None], None]] = {}
    returns: dict[int, Any] = {}
    consents: dict[str, bool] = {}
    began, home = 0, case.centre.municipality

    def add(event: Any, id: str, to: str | None = None, standard: str = "none", **more: Any) -> Row:
        row: Row = {"id": id, "to": to, "where": None, "copy": None, "because": event.number, "standard": standard}
        row |= {"latest": None, "state": "open", "sent": None, "received": None, "reference": None, "of": began}
        row |= {"ahead": (), "consents": None, "tried": False} | more
        rows.append(row)
        return row

    def tell_all(event: Any) -> None:
        for to, where in told[began]:
            add(event, "2.2-7", to, "immediately", where=where)

    def tell(to: str, where: str | None, of: int) -> None:
        if (to, where) not in told[of]:
            told[of][(to, where)] = None
            if of in returns:
                add(returns[of], "2.2-7", to, "immediately", where=where)

    def counts(row: Row, event: Any) -> bool:
        id: str = row["id"]
        channel: str | None = event.channel
        if id == "a-1":
            return channel in {"in_person", "agreed_channel"}
        if id in {"b-4", "b-8", "2.2-7"}:
            return channel in WRITTEN
        if id in {"b-9", "3-8"}:
            return channel != "phone"
        if id == "c-1":
            return channel == "phone" and bool(event.knew)
        if id == "d-5":
            return channel in {"post", "encrypted_email"}
        return id != "4-15" and (id != "4-19" or any(row["consents"].values()))

    def follow_on(event: Any, row: Row) -> None:
        id = row["id"]
        if id in {"a-1", "b-4", "b-8"}:
            add(event, "d-5", "region", copy=id, of=row["of"])
        elif id == "d-5":
            register = "3-2" if row["copy"] == "a-1" else "3-3"
            add(event, register, "duf", of=row["of"])
            if not any(one["id"] == "3-4" and one["of"] == row["of"] for one in rows):
                add(event, "3-4", "decision_unit", of=row["of"])
        elif id == "4-3":
            add(event, "4-5", of=row["of"])
        elif id == "4-5" and event.more_information_needed:
            add(event, "4-6", "police_district", of=row["of"])
        elif id == "4-19":
            add(event, "4-20", "asa", of=row["of"])

    def act(event: Any, *, done: bool) -> None:
        meant = None
        for row in reversed(rows):
            same = row["id"] == event.obligation and row["to"] == event.recipient and row["state"] == "open"
            if same and event.copy_of in {None, row["copy"]} and event.because in {None, row["because"]}:
                meant = row
                break
        if meant is None:
            if event.obligation in TOLD_OF and (missing or found):
                tell(event.recipient, None, began)
            return
        if meant["id"] in TOLD_OF:
            tell(meant["to"], meant["where"], meant["of"])
        meant["tried"] = True
        if done and counts(meant, event):
            both = [meant]
            if meant["id"] in {"b-9", "4-18"}:
                pair = ({"b-9", "4-18"} - {meant["id"]}).pop()
                both += [
                    one
                    for one in rows
                    if (one["id"], one["to"], one["because"], one["state"])
                    == (pair, meant["to"], meant["because"], "open")
                ]
            for row in both:
                row["state"], row["reference"] = "discharged", row["reference"] or event.reference
                row["sent"] = event.at if row["id"] in NOTICES else None
                follow_on(event, row)

    def meet(ids: set[str], event: Any) -> None:
        for row in rows:
            if row["id"] in ids and row["state"] == "open":
                row["state"] = "discharged"

    def covered(event: Any) -> bool:
        born, day = case.resident.born, event.at.astimezone(OSLO).date()
        age = day.year - born.year - ((day.month, day.day) < (born.month, born.day)) if born else 16
        return (case.resident.unaccompanied or case.resident.accompanied_by is not None) and 15 <= age < 18

    happened: list[Any] = [one for one in case.events if one.at <= at]
    for event in sorted(happened, key=lambda one: (one.at, one.number)):
        kind = event.type
        if kind == "absence_noticed" and not absent and not missing:
            absent = True
            if covered(event):
                add(event, "2.2-1", standard="immediately")
        elif kind == "inquiry_made":
            meet({"2.2-1", "2.2-4"}, event)
        elif kind == "absence_explained":
            meet({"2.2-1"}, event)
            absent = False
        elif kind == "disappearance_believed" and not missing:
            absent, missing, found, began, consents = False, True, False, event.number, {}
            told[began] = {}
            if not covered(event):
                continue
            for row in rows:
                if row["id"] == "2.2-1" and row["state"] == "open":
                    row["state"] = "superseded"
            add(event, "a-1", "police_district", "at_once", latest=event.at + DAY)
            add(event, "2.2-4")
            add(event, "b-4", "child_welfare", "without_undue_delay", where=home)
            add(event, "c-1", "guardian" if case.resident.guardian else "representative")
            if case.resident.lawyer:
                add(event, "c-1", "lawyer")
            for id, to, kinds in (
                ("d-1", "kor", {"arrival_interview"}),
                ("d-2", "bfe", {"age_examination", "asylum_interview"}),
            ):
                ahead = [one.for_ for one in case.resident.appointments if one.kind in kinds and one.for_ > event.at]
                if ahead:
                    add(event, id, to, "immediately", ahead=ahead)
            add(event, "d-4", "sesam", "as_soon_as_possible", latest=event.at + DAY)
        elif kind in {"done", "attempted"}:
            act(event, done=kind == "done")
        elif kind == "received":
            waits = [
                one
                for one in reversed(rows)
                if (one["id"], one["to"], one["received"]) == (event.obligation, event.recipient, None)
                and one["state"] != "superseded"
            ]
            for row in [one for one in waits if one["sent"] or one["tried"]] or waits:
                row["received"], row["reference"] = event.by, event.reference or row["reference"]
                break
        elif kind == "information_received" and (missing or found):
            if missing and event.kind == "known_address" and event.municipality:
                mine = [one for one in rows if one["id"] in {"b-4", "b-8"} and one["of"] == began]
                if event.municipality not in {one["where"] for one in mine}:
                    unsent = [one for one in mine if one["state"] == "open"]
                    if unsent and unsent[0]["id"] == "b-4":
                        unsent[0]["where"] = event.municipality
                    else:
                        for row in unsent:
                            row["state"] = "superseded"
                        add(event, "b-8", "child_welfare", "without_undue_delay", where=event.municipality)
            if missing and event.about == "whereabouts":
                tell_all(event)
            add(event, "3-5", "duf")
            if event.relevant_to_asylum_case:
                add(event, "3-6", str(case.resident.asylum_case_at))
            if event.kind == "known_address":
                add(event, "3-7", "duf")
                add(event, "3-8", "child_welfare", where=event.municipality)
            elif event.kind in {"child_welfare_institution", "foster_home"}:
                add(event, "3-10", "duf")
                add(event, "3-11", "decision_unit")
            elif event.kind == "prison":
                add(event, "3-12", "duf")
                add(event, "3-13", "decision_unit")
        elif kind == "returned" and missing:
            missing, found = False, True
            returns[began] = event
            tell_all(event)
            add(event, "4-1")
            add(event, "4-2", "sesam")
            add(event, "4-3", "asa")
            if event.how == "found_by_other":
                add(event, "4-8", "police_district", where=event.municipality)
            add(event, "4-12")
            add(event, "4-15")
        elif kind == "talk_held" and found:
            if event.why_left and event.where_stayed and event.what_done and event.feels_safe:
                meet({"4-15"}, event)
            add(event, "4-17", "personal_file")
            if event.asylum_relevant:
                add(event, "4-19", "region", consents=consents)
        elif kind in {"consent_given", "consent_refused"}:
            consents[event.who] = kind == "consent_given"
        elif kind == "concern_raised" and found:
            if event.level:
                add(event, "b-9", "child_welfare", "without_undue_delay", where=home)
            if event.kind in {"trafficking", "violence"}:
                add(event, "4-16")
            if event.level == "justified_suspicion":
                add(event, "4-18", "child_welfare", where=home)
                add(event, "4-18", "region")
    for row in rows:
        row["urgent"] = any(one - (row["sent"] or at) <= IMMINENT for one in row["ahead"])
        if row["id"] == "4-19" and row["state"] == "open" and not any(row["consents"].values()):
            row["state"] = "withheld"
        row["overdue"] = row["state"] == "open" and row["latest"] is not None and at > row["latest"]
    return rows
