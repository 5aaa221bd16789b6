"""The SQL functions that the conditions of `row_rules` are made of: who asks, and what that person reaches.

Conditions call them as `(SELECT f())`, so that PostgreSQL asks once for a statement and not for every row. Those that
must look into closed tables run with their owner's rights; what they give away is a yes or no, or ids that the
condition then compares with.
"""

from collections.abc import Mapping

from savnet.access.region_functions import region_functions
from savnet.access.rights import UNITS, Role

KINDS = " ".join(
    f"WHEN '{role.value}' THEN ARRAY[{', '.join(repr(kind) for kind in sorted(kinds))}]"
    for role, kinds in UNITS.items()
    if role is not Role.RECEIVING_OFFICER
)
OFFICE_ROLES = ", ".join(f"'{role.value}'" for role in UNITS)
AT_A_CENTRE = ", ".join(f"'{role.value}'" for role in (Role.SHIFT_STAFF, Role.CENTRE_LEADER))
BY_MANDATE = ", ".join(f"'{role.value}'" for role in (Role.INSPECTOR, Role.NATIONAL_OVERSEER))

WHO = f"""
CREATE OR REPLACE FUNCTION savnet_setting(name text) RETURNS text LANGUAGE sql STABLE AS
    $$ SELECT nullif(current_setting('savnet.' || name, true), '') $$;
CREATE OR REPLACE FUNCTION savnet_me() RETURNS uuid LANGUAGE sql STABLE AS
    $$ SELECT savnet_setting('person')::uuid $$;
CREATE OR REPLACE FUNCTION savnet_is_house() RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT coalesce(savnet_setting('role') = 'house', false) $$;
CREATE OR REPLACE FUNCTION savnet_sees_country() RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT coalesce(savnet_setting('role') = '{Role.NATIONAL_OVERSEER.value}', false) $$;
CREATE OR REPLACE FUNCTION savnet_is_office() RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT coalesce(savnet_setting('role') IN ({OFFICE_ROLES}), false) $$;
CREATE OR REPLACE FUNCTION savnet_kinds() RETURNS text[] LANGUAGE sql STABLE AS
    $$ SELECT CASE savnet_setting('role') {KINDS}
       WHEN '{Role.RECEIVING_OFFICER.value}' THEN ARRAY[savnet_setting('office')] ELSE '{{}}'::text[] END $$;
"""

OWN_CENTRE = f"SELECT savnet_setting('centre')::uuid WHERE savnet_setting('role') IN ({AT_A_CENTRE})"

MOVED = """
    SELECT r.id FROM register_resident r JOIN cases_case c ON c.resident_id = r.id
    WHERE r.centre_id = ANY (savnet_centres()) AND c.centre_id <> r.centre_id
    UNION ALL
    SELECT r.id FROM cases_case c JOIN register_resident r ON r.id = c.resident_id
    WHERE c.centre_id = ANY (savnet_centres()) AND c.centre_id <> r.centre_id
"""
"""A child who has moved: the case follows when something is next recorded, and until then each centre reaches both."""

DEAR = 2000
"""What a yes or no about one case costs, in PostgreSQL's own measure (40 microseconds). Where it assumes 100 it
asks about every case of the country, to spare itself asking about the twenty at hand."""

ADDRESSED = f"""
CREATE OR REPLACE FUNCTION savnet_is_addressed(asked uuid, its_centre uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER COST {DEAR} SET search_path = pg_catalog, public AS $$
    SELECT NOT EXISTS (SELECT 1 FROM register_centre e WHERE e.id = its_centre AND e.exercise_of_id IS NOT NULL)
       AND (savnet_setting('role') <> 'regional_officer'
            OR EXISTS (SELECT 1 FROM register_centre z
                       WHERE z.id = its_centre AND z.region = savnet_setting('region')))
       AND (EXISTS (SELECT 1 FROM cases_obligationrow o WHERE o.case_id = asked
                    AND (o.recipient = ANY (savnet_kinds()) OR o.actor = ANY (savnet_kinds())))
            OR EXISTS (SELECT 1 FROM delivery_message m WHERE m.case_id = asked
                       AND m.recipient = ANY (savnet_kinds())))
$$;
CREATE OR REPLACE FUNCTION savnet_child_is_addressed(child uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER COST {DEAR} SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT 1 FROM cases_case c WHERE c.resident_id = child AND savnet_is_addressed(c.id, c.centre_id))
$$;
"""

COUNTED = """
CREATE OR REPLACE FUNCTION savnet_counted(OUT ledger_position bigint, OUT open bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH exercises AS (SELECT id FROM register_centre WHERE exercise_of_id IS NOT NULL)
    SELECT (SELECT coalesce(sum(head_sequence), 0) FROM cases_case WHERE centre_id NOT IN (SELECT id FROM exercises)),
           (SELECT count(*) FROM cases_obligationrow
            WHERE state = 'open' AND centre_id NOT IN (SELECT id FROM exercises))
$$;
"""
"""What the banner on every page compares with the worker's heartbeat: two numbers of all but exercises."""


CENTRES_BY: Mapping[str, str] = {
    "access_mandate": f"""
        SELECT z.id FROM access_mandate m JOIN register_centre z ON m.centre_id IS NULL OR z.id = m.centre_id
        WHERE savnet_setting('role') IN ({BY_MANDATE})
          AND z.exercise_of_id IS NULL AND m.person_id = savnet_me()
          AND now() >= m.valid_from AND now() < m.valid_until""",
    "register_exercise": f"SELECT place_id FROM register_exercise WHERE centre_id = ({OWN_CENTRE})",
}
"""By which tables a person reaches whole centres beside her own."""

LENT_BY: Mapping[frozenset[str], str] = {
    frozenset({"register_transfer"}): f"""
        SELECT resident_id FROM register_transfer
        WHERE state IN ('planned', 'under_way') AND ({OWN_CENTRE}) IN (from_centre_id, to_centre_id)""",
    frozenset({"access_breakglass"}): f"""
        SELECT resident_id FROM access_breakglass
        WHERE savnet_setting('role') IN ({AT_A_CENTRE}) AND person_id = savnet_me()
            AND now() < until AND ended IS NULL""",
    # A centre's handling is looked into also where the child has moved on: it was there when it was handled.
    frozenset({"access_mandate", "register_transfer"}): f"""
        SELECT t.resident_id FROM access_mandate m
        JOIN register_centre z ON z.id = m.centre_id AND z.exercise_of_id IS NULL
        JOIN register_transfer t ON t.from_centre_id = z.id AND t.state = 'arrived'
        WHERE savnet_setting('role') = '{Role.INSPECTOR.value}' AND m.person_id = savnet_me()
            AND now() >= m.valid_from AND now() < m.valid_until""",
}
"""By which tables a person reaches single children of other centres."""


def functions(tables: frozenset[str]) -> str:
    """All of them, for a database that has these tables."""
    centres = "\n    UNION ALL ".join([OWN_CENTRE, *(sql for table, sql in CENTRES_BY.items() if table in tables)])
    lent = "\n    UNION ALL ".join([MOVED, *(sql for needed, sql in LENT_BY.items() if tables >= needed)])
    reach = (_ids("savnet_centres", centres), _ids("savnet_lent_children", lent), ADDRESSED, COUNTED)
    return "".join((WHO, *reach, region_functions(tables)))


def _ids(name: str, query: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION {name}() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT coalesce(array_agg(id), '{{}}') FROM ({query}) AS found (id)
$$;
"""
