"""A certificate of somebody who acts for a child is taken into use by two: one kind of proposal more."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0008_other_emergencies_are_in_words")]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="proposal",
            name="kind",
            field=models.CharField(
                choices=[
                    ("closing", "Avslutte saken"),
                    ("found", "Barnet er funnet et annet sted"),
                    ("later", "Flytte starten på fristen senere"),
                    ("recipient", "Endre en mottaker"),
                    ("certificate", "Ta i bruk et sertifikat"),
                    ("reports_to", "Endre hvem mottaket melder til"),
                    ("role", "Gi eller endre en rolle"),
                    ("mandate", "Gi et mandat til tilsyn"),
                ],
                max_length=20,
                verbose_name="hva",
            ),
        ),
    ]
