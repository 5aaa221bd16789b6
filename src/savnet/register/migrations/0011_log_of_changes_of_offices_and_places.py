"""A log of every change of offices, ways to reach them, centres and places, which the database itself writes."""

from typing import ClassVar

from django.db import migrations, models

LOGGED = (
    "register_centre",
    "register_county",
    "register_municipality",
    "register_municipalitypolicedistrict",
    "register_policedistrict",
    "register_recipient",
    "register_recipientchannel",
)
FUNCTIONS = """
CREATE FUNCTION register_log_change() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    old_row jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}'::jsonb ELSE to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}'::jsonb ELSE to_jsonb(NEW) END;
    was jsonb;
    is_now jsonb;
BEGIN
    IF coalesce(new_row->>'exercise_of_id', old_row->>'exercise_of_id') IS NOT NULL THEN
        RETURN NULL;  -- the place of an exercise is invented, and goes away with it
    END IF;
    SELECT jsonb_object_agg(key, value) INTO was FROM jsonb_each(old_row)
        WHERE value IS DISTINCT FROM new_row->key AND value NOT IN ('null'::jsonb, '""'::jsonb);
    SELECT jsonb_object_agg(key, value) INTO is_now FROM jsonb_each(new_row)
        WHERE value IS DISTINCT FROM old_row->key AND value NOT IN ('null'::jsonb, '""'::jsonb);
    IF was IS NULL AND is_now IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO register_registerchange (at, by_id, with_id, why, kind, row_id, before, after) VALUES (
        now(),
        coalesce(nullif(current_setting('savnet.change_by', true), ''),
                 nullif(current_setting('savnet.person', true), ''))::uuid,
        nullif(current_setting('savnet.change_with', true), '')::uuid,
        coalesce(current_setting('savnet.change_why', true), ''),
        TG_TABLE_NAME,
        left(coalesce(new_row->>'id', old_row->>'id', new_row->>'number', old_row->>'number',
                      new_row->>'key', old_row->>'key', ''), 40),
        CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE coalesce(was, '{}') END,
        CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE coalesce(is_now, '{}') END);
    RETURN NULL;
END $$;
CREATE FUNCTION register_refuse_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: what was changed stays in the log', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER register_change_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON register_registerchange
    FOR EACH STATEMENT EXECUTE FUNCTION register_refuse_log();
"""
TRIGGERS = "".join(
    f"CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON {table}\n"
    "    FOR EACH ROW EXECUTE FUNCTION register_log_change();\n"
    for table in LOGGED
)
FORGET = (
    "".join(f"DROP TRIGGER log_change ON {table};\n" for table in LOGGED)
    + """
DROP TRIGGER register_change_stays ON register_registerchange;
DROP FUNCTION register_refuse_log();
DROP FUNCTION register_log_change();
"""
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("register", "0010_requests_for_information")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="RegisterChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True)),
                ("by_id", models.UUIDField(null=True)),
                ("with_id", models.UUIDField(null=True)),
                ("why", models.CharField(blank=True, max_length=1000)),
                ("kind", models.CharField(max_length=40)),
                ("row_id", models.CharField(max_length=40)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
            ],
            options={
                "verbose_name": "registerendring",
                "verbose_name_plural": "registerendringer",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.RunSQL([FUNCTIONS, TRIGGERS], FORGET),
    ]
