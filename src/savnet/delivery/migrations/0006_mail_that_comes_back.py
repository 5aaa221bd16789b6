"""Mail that comes to our own address: letters in return, and what people or programs answer."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("delivery", "0005_messages_of_an_exercise")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ReturnedMail",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("kind", models.CharField(max_length=20)),
                ("believed", models.BooleanField(default=False)),
                ("sender", models.CharField(blank=True, max_length=254)),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField()),
                ("sealed_text", models.BinaryField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                ("seen_by", models.CharField(max_length=200, null=True)),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returned",
                        to="delivery.message",
                    ),
                ),
            ],
            options={"ordering": ["read_at", "id"], "verbose_name_plural": "returned mail"},
        ),
    ]
