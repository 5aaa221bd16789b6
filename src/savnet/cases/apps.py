"""The Django application `cases`: one child's case, its sealed ledger, and what it says is owed."""

from django.apps import AppConfig


class Cases(AppConfig):
    name = "savnet.cases"
    verbose_name = "Saker"
