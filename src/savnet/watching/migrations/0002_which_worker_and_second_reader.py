"""Which worker gave a heartbeat, and when the second reader last said that it had read all and reached whom it should."""

from django.db import migrations, models

REPORTED = """
CREATE OR REPLACE FUNCTION savnet_reader_reported() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    INSERT INTO watching_readerreport (id, at) VALUES (1, now()) ON CONFLICT (id) DO UPDATE SET at = excluded.at
$$;
REVOKE ALL ON FUNCTION savnet_reader_reported() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("watching", "0001_heartbeats_and_canaries")]

    operations = [
        migrations.AddField(
            model_name="heartbeat",
            name="worker",
            field=models.BigIntegerField(null=True),
        ),
        migrations.CreateModel(
            name="ReaderReport",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "melding fra den uavhengige leseren",
                "verbose_name_plural": "meldinger fra den uavhengige leseren",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_second_reader"),
                ],
            },
        ),
        migrations.RunSQL(REPORTED, "DROP FUNCTION savnet_reader_reported()"),
    ]
