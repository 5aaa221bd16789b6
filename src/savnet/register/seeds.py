"""What every installation starts with: municipalities, police districts and UDI's units, read from packaged lists.

Called by the data migrations with the tables as they were at that point in time, so the models come as arguments.
Each list says where its facts come from; nothing here is confirmed by those it is about unless it says so.
"""

import csv
from collections.abc import Iterator
from datetime import date
from importlib import resources
from typing import Any

NEW_COUNTIES = frozenset({"31", "32", "33", "39", "40", "55", "56"})
"""Counties that came into being on 1 January 2024; every municipality in them got a new number that day."""
NEW_IN_2024 = frozenset({"1508", "1580"})  # Ålesund and Haram, when Ålesund was divided
_LIST_SOURCE = "SSB Klass 131 per 01.01.2026"


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a packaged list."""
    text = resources.files("savnet.register").joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


def seed_municipalities(county_model: Any, municipality_model: Any) -> None:
    """The 15 counties, the 357 municipalities in force, and the numbers that have ceased with what came after them."""
    current = list(rows("municipalities"))
    counties = {row["county_number"]: row["county"] for row in current}
    county_model.objects.bulk_create(county_model(number=n, name=name) for n, name in sorted(counties.items()))
    municipality_model.objects.bulk_create(_in_force(municipality_model, row) for row in current)
    ceased = list(rows("ceased_municipalities"))
    municipality_model.objects.bulk_create(_ceased(municipality_model, row) for row in ceased)
    succession = municipality_model.successors.through
    succession.objects.bulk_create(
        succession(from_municipality_id=row["number"], to_municipality_id=after)
        for row in ceased
        for after in row["successors"].split()
    )


def _in_force(model: Any, row: dict[str, str]) -> Any:
    new = row["county_number"] in NEW_COUNTIES or row["number"] in NEW_IN_2024
    return model(
        number=row["number"],
        name=row["name"],
        county_id=row["county_number"],
        valid_from=date(2024, 1, 1) if new else None,
        source=_LIST_SOURCE,
    )


def _ceased(model: Any, row: dict[str, str]) -> Any:
    return model(
        number=row["number"], name=row["name"], valid_to=date.fromisoformat(row["ceased"]), source=row["source"]
    )


def seed_police_districts(district_model: Any, route_model: Any) -> None:
    """The twelve districts, and the few municipalities whose district can be told; all of it unconfirmed routes."""
    district_model.objects.bulk_create(
        district_model(key=r["key"], name=r["name"], confirmed=r["confirmed"] == "yes", source=r["source"])
        for r in rows("police_districts")
    )
    route_model.objects.bulk_create(
        route_model(municipality_id=r["municipality"], district_id=r["district"], confirmed=False, source=r["source"])
        for r in rows("police_routes")
    )


def seed_recipients(recipient_model: Any, channel_model: Any) -> None:
    """UDI's units with the addresses that the circular of 2018 gives. They are real: the demo never uses these rows."""
    for row in rows("recipients"):
        recipient = recipient_model.objects.create(
            kind=row["kind"],
            name=row["name"],
            phone=row["phone"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            note=row["note"],
            source=row["source"],
        )
        if row["channel"]:
            channel_model.objects.create(
                recipient=recipient, channel=row["channel"], address=row["address"], source=row["source"]
            )
