"""The access log, which only grows, and the weeks of it that leaders have gone through."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

REFUSE = """
CREATE FUNCTION access_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: a look stays in the log', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER look_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access_look
    FOR EACH STATEMENT EXECUTE FUNCTION access_refuse();
"""
ALLOW = """
DROP TRIGGER look_is_append_only ON access_look;
DROP FUNCTION access_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_regions_mandates_emergencies_and_proposals"),
        ("register", "0005_certificates_stand_with_delivery"),
    ]

    operations = [
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("person_id", models.UUIDField()),
                ("number", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField()),
                ("role", models.CharField(max_length=30)),
                ("person_centre", models.UUIDField(null=True)),
                ("screen", models.CharField(max_length=60)),
                ("action", models.CharField(max_length=40)),
                ("subject", models.CharField(blank=True, max_length=64)),
                ("subject_centre", models.UUIDField(null=True)),
                ("classes", models.CharField(blank=True, max_length=200)),
                ("why", models.CharField(max_length=200)),
                ("allowed", models.BooleanField()),
                ("previous", models.BinaryField()),
                ("hash", models.BinaryField()),
            ],
            options={
                "verbose_name": "oppslag",
                "verbose_name_plural": "oppslag",
                "indexes": [
                    models.Index(
                        condition=models.Q(("subject", ""), _negated=True),
                        fields=["subject", "at"],
                        name="look_by_subject",
                    ),
                    models.Index(fields=["subject_centre", "at"], name="look_by_centre"),
                    models.Index(
                        condition=models.Q(("allowed", False)), fields=["person_id", "at"], name="refused_look"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LooksReviewed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("week", models.DateField(verbose_name="uke")),
                ("at", models.DateTimeField()),
                ("note", models.TextField(blank=True, verbose_name="merknad")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.centre"
                    ),
                ),
            ],
            options={
                "verbose_name": "gjennomgått uke",
                "verbose_name_plural": "gjennomgåtte uker",
                "constraints": [models.UniqueConstraint(fields=("centre", "week"), name="week_of_looks_reviewed_once")],
            },
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
