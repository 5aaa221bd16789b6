"""Editions of published counts, which nobody changes: another count of the same days would tell of single children."""

from typing import ClassVar

from django.db import migrations, models

REFUSE = """
CREATE FUNCTION statistics_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: what is published stays', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER edition_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON statistics_edition
    FOR EACH STATEMENT EXECUTE FUNCTION statistics_refuse();
"""
ALLOW = """
DROP TRIGGER edition_stays ON statistics_edition;
DROP FUNCTION statistics_refuse();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("quarter", models.CharField(max_length=6, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                ("tables", models.JSONField()),
            ],
            options={"verbose_name": "utgave", "verbose_name_plural": "utgaver", "ordering": ["-quarter"]},
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
