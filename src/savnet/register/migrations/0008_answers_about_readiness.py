"""A table for what staff have asked about and found that there is not."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("register", "0007_exercises_keep_apart_from_real_children"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ReadinessAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("item", models.CharField(max_length=20)),
                ("why", models.CharField(max_length=200, verbose_name="hva dere fikk vite")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readiness_answers",
                        to="register.resident",
                    ),
                ),
            ],
            options={
                "verbose_name": "svar om beredskap",
                "verbose_name_plural": "svar om beredskap",
                "ordering": ["-at"],
            },
        ),
    ]
