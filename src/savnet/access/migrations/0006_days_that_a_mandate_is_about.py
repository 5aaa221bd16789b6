"""Which days a mandate is about, beside when it may be used; and that two give it."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("access", "0005_access_log"),
        ("register", "0010_requests_for_information"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="mandate",
            name="about_from",
            field=models.DateField(blank=True, null=True, verbose_name="gjelder fra"),
        ),
        migrations.AddField(
            model_name="mandate",
            name="about_until",
            field=models.DateField(blank=True, null=True, verbose_name="gjelder til og med"),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="kind",
            field=models.CharField(
                choices=[
                    ("closing", "Avslutte saken"),
                    ("found", "Barnet er funnet et annet sted"),
                    ("later", "Flytte starten på fristen senere"),
                    ("recipient", "Endre en mottaker"),
                    ("role", "Gi eller endre en rolle"),
                    ("mandate", "Gi et mandat til tilsyn"),
                ],
                max_length=20,
                verbose_name="hva",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("about_from", None),
                    ("about_until", None),
                    ("about_until__gte", models.F("about_from")),
                    _connector="OR",
                ),
                name="mandate_is_about_days_in_their_order",
            ),
        ),
    ]
