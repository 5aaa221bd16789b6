"""Requests for information about a child, whose decisions are never changed and which nobody deletes."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

REFUSE = """
CREATE FUNCTION register_refuse_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: what was asked for and decided stays', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', HINT = 'Note a new request.';
END $$;
CREATE TRIGGER request_stays BEFORE DELETE OR TRUNCATE ON register_informationrequest
    FOR EACH STATEMENT EXECUTE FUNCTION register_refuse_request();
CREATE TRIGGER request_stays_as_it_was_asked BEFORE UPDATE ON register_informationrequest FOR EACH ROW
    WHEN ((OLD.id, OLD.resident_id, OLD.asked_by, OLD.office, OLD.person, OLD.reference, OLD.written, OLD.dated,
           OLD.purpose, OLD.noted_at, OLD.noted_by_id)
          IS DISTINCT FROM (NEW.id, NEW.resident_id, NEW.asked_by, NEW.office, NEW.person, NEW.reference, NEW.written,
           NEW.dated, NEW.purpose, NEW.noted_at, NEW.noted_by_id))
    EXECUTE FUNCTION register_refuse_request();
CREATE TRIGGER decision_stays BEFORE UPDATE ON register_informationrequest FOR EACH ROW
    WHEN (OLD.decision <> '' AND (OLD.decision, OLD.why, OLD.legal_basis, OLD.decided_at, OLD.decided_by_id,
           OLD.given::text, OLD.letter_sha256)
          IS DISTINCT FROM (NEW.decision, NEW.why, NEW.legal_basis, NEW.decided_at, NEW.decided_by_id,
           NEW.given::text, NEW.letter_sha256))
    EXECUTE FUNCTION register_refuse_request();
CREATE TRIGGER hand_over_stays BEFORE UPDATE ON register_informationrequest FOR EACH ROW
    WHEN (OLD.handed_over_at IS NOT NULL AND (OLD.handed_over_at, OLD.handed_over_how)
          IS DISTINCT FROM (NEW.handed_over_at, NEW.handed_over_how))
    EXECUTE FUNCTION register_refuse_request();
"""
ALLOW = """
DROP TRIGGER hand_over_stays ON register_informationrequest;
DROP TRIGGER decision_stays ON register_informationrequest;
DROP TRIGGER request_stays_as_it_was_asked ON register_informationrequest;
DROP TRIGGER request_stays ON register_informationrequest;
DROP FUNCTION register_refuse_request();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("register", "0009_svarut_and_altinn_as_channels"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="InformationRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "asked_by",
                    models.CharField(
                        choices=[
                            ("police", "Politiet"),
                            ("immigration", "Utlendingsmyndighetene (UDI, UNE eller en utenriksstasjon)"),
                            ("other", "Noen andre"),
                        ],
                        max_length=20,
                        verbose_name="hvem spør",
                    ),
                ),
                ("office", models.CharField(max_length=200, verbose_name="kontor")),
                ("person", models.CharField(max_length=200, verbose_name="navn på den som spør")),
                ("reference", models.CharField(blank=True, max_length=100, verbose_name="referanse")),
                ("written", models.BooleanField(verbose_name="skriftlig")),
                ("dated", models.DateField(blank=True, null=True, verbose_name="datert")),
                ("purpose", models.CharField(max_length=1000, verbose_name="formål")),
                ("noted_at", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("given", "Utlevert"), ("refused", "Ikke utlevert")],
                        max_length=20,
                        verbose_name="avgjørelse",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=1000, verbose_name="begrunnelse")),
                ("legal_basis", models.CharField(blank=True, max_length=200, verbose_name="hjemmel")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("given", models.JSONField(blank=True, null=True)),
                ("letter_sha256", models.CharField(blank=True, max_length=64)),
                ("handed_over_at", models.DateTimeField(blank=True, null=True)),
                ("handed_over_how", models.CharField(blank=True, max_length=20)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="information_requests",
                        to="register.resident",
                    ),
                ),
            ],
            options={
                "verbose_name": "begjæring om opplysninger",
                "verbose_name_plural": "begjæringer om opplysninger",
                "ordering": ["noted_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("decision", "")),
                            models.Q(
                                models.Q(("decision", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("legal_basis", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="what_was_decided_says_by_whom_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "given"), _negated=True),
                            models.Q(("asked_by", "police"), ("given__isnull", False), ("written", True)),
                            _connector="OR",
                        ),
                        name="only_the_police_are_given_and_only_in_writing",
                    ),
                ],
            },
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
