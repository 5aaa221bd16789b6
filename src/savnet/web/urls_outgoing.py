"""Addresses of what leaves the house, and of what comes back."""

from django.urls import path

from savnet.web.delivery_hint import delivery_hint
from savnet.web.outbox import outbox, outbox_print, returned_seen

urlpatterns = [
    path("utsending/", outbox, name="outbox"),
    path("utsending/utskrift/", outbox_print, name="outbox-print"),
    path("utsending/retur/<uuid:mail_id>/lest/", returned_seen, name="returned-seen"),
    path("hint/eformidling/", delivery_hint, name="delivery-hint"),
]
