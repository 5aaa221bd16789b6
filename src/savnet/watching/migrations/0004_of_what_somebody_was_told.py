"""Of which overdue matters somebody was told: what the second reader may ask, and not whom it reached."""

from django.db import migrations

TOLD_OF = """
CREATE OR REPLACE FUNCTION savnet_told_of(since timestamptz, lately timestamptz)
RETURNS TABLE (case_id uuid, subject text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT a.case_id, a.subject::text FROM followup_alarm a LEFT JOIN followup_staffnotice n ON n.id = a.notice_id
    WHERE a.late AND a.fired_at > since
      AND (n.told OR (a.person_id IS NOT NULL AND n.told IS NULL AND n.ended_at IS NULL AND a.fired_at > lately
                      AND NOT EXISTS (SELECT FROM followup_staffnotice tried WHERE tried.person_id = a.person_id
                                      AND NOT tried.told AND tried.at >= a.fired_at)))
$$;
REVOKE ALL ON FUNCTION savnet_told_of(timestamptz, timestamptz) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("watching", "0003_clocks_and_ways_out"),
        ("followup", "0001_owners_reviews_duties_and_alarms"),
    ]

    operations = [
        migrations.RunSQL(TOLD_OF, "DROP FUNCTION savnet_told_of(timestamptz, timestamptz)"),
    ]
