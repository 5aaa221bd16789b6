"""The row of the front page that leads to what waits to be posted or has come back; nothing where there is nothing."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import template

from savnet.cases.models import Case
from savnet.casework import outbox, returned_mail
from savnet.web.outbox import certificates

register = template.Library()


@register.inclusion_tag("web/parts/outgoing.html")
def outgoing(centre_id: UUID, now: datetime) -> dict[str, Any]:
    """How much there is of each."""
    cases = list(Case.objects.filter(centre_id=centre_id).values_list("id", flat=True))
    return {
        "to_post": outbox.to_post(centre_id).count(),
        "came": returned_mail.to_look_at(cases).count(),
        "ask": outbox.soon_deleted(centre_id, now).count() + len(outbox.failed_after_all(centre_id, now)),
        "certificates": len(certificates(centre_id, now)),
    }
