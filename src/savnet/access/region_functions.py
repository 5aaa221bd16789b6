"""What a regional office may count of its centres' cases that it has been told nothing of: numbers, and no child.

Silence is a signal: a child who is missing at a centre that has sent the region nothing must show in a number. Row
security lets the region reach no such row, so these functions count with their owner's rights, for the asker's own
region and no other.
"""

TABLES = frozenset(
    {
        "register_centre",
        "register_resident",
        "register_rollcall",
        "register_rollmark",
        "cases_case",
        "cases_record",
        "cases_obligationrow",
    }
)
"""The tables that they read; before these are there, neither are the functions."""

MINE = """
    SELECT z.id FROM register_centre z
    WHERE z.region <> '' AND z.exercise_of_id IS NULL
      AND z.region = CASE WHEN savnet_setting('role') = 'regional_officer' THEN savnet_setting('region')
                          WHEN savnet_is_house() THEN asked END
"""

COUNTED = """
CREATE OR REPLACE FUNCTION savnet_region_counted(asked text, moment timestamptz)
RETURNS TABLE (centre_id uuid, residents bigint, missing bigint, absent bigint, uncopied bigint,
               recorded_at timestamptz, counted_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH mine AS (MINE),
    cases AS (
        SELECT c.centre_id,
               count(*) FILTER (WHERE c.state = 'missing') AS missing,
               count(*) FILTER (WHERE c.state = 'absent') AS absent,
               count(*) FILTER (WHERE c.state = 'missing' AND c.missing_since < moment - interval '24 hours'
                   AND NOT EXISTS (SELECT 1 FROM cases_obligationrow o WHERE o.case_id = c.id
                       AND o.recipient = 'region' AND o.sent_at >= c.missing_since)) AS uncopied,
               max(r.recorded_at) AS recorded_at
        FROM cases_case c JOIN mine ON mine.id = c.centre_id
        LEFT JOIN cases_record r ON r.case_id = c.id AND r.sequence = c.head_sequence
        GROUP BY c.centre_id),
    living AS (
        SELECT r.centre_id, count(*) AS residents FROM register_resident r JOIN mine ON mine.id = r.centre_id
        WHERE r."left" IS NULL GROUP BY r.centre_id),
    rolls AS (
        SELECT l.centre_id, max(l.due_at) AS counted_at FROM register_rollcall l JOIN mine ON mine.id = l.centre_id
        WHERE l.due_at <= moment AND EXISTS (SELECT 1 FROM register_rollmark k WHERE k.roll_call_id = l.id)
        GROUP BY l.centre_id)
    SELECT mine.id, coalesce(living.residents, 0), coalesce(cases.missing, 0), coalesce(cases.absent, 0),
           coalesce(cases.uncopied, 0), cases.recorded_at, rolls.counted_at
    FROM mine LEFT JOIN cases ON cases.centre_id = mine.id LEFT JOIN living ON living.centre_id = mine.id
              LEFT JOIN rolls ON rolls.centre_id = mine.id
$$;
"""
"""A line for each centre of the region, zeros included."""

LATE = """
CREATE OR REPLACE FUNCTION savnet_region_late(asked text, moment timestamptz)
RETURNS TABLE (centre_id uuid, obligation text, recipient text, copy_of text, times bigint, oldest timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT o.centre_id, o.obligation, o.recipient, o.copy_of, count(*), min(o.latest)
    FROM cases_obligationrow o JOIN (MINE) AS mine ON mine.id = o.centre_id
    WHERE o.state = 'open' AND o.actor = 'centre' AND o.latest < moment
    GROUP BY 1, 2, 3, 4
$$;
"""
"""What the centres are late with: which duty, how often, since when."""


def region_functions(tables: frozenset[str]) -> str:
    """Both, for a database that has these tables."""
    return (COUNTED + LATE).replace("(MINE)", f"({MINE})") if tables >= TABLES else ""
