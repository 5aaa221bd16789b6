"""Certificates are delivery's, by address: kept in one place, so that a withdrawn one is withdrawn everywhere."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("register", "0004_contact_may_end_on_its_first_day")]

    operations: ClassVar = [
        migrations.RemoveField(model_name="contact", name="certificate"),
        migrations.RemoveField(model_name="recipientchannel", name="certificate"),
    ]
