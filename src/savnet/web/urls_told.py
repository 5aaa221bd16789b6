"""Addresses of how a person is told outside the screens."""

from django.urls import path

from savnet.web.calendar import calendar
from savnet.web.notifications import (
    calendar_new,
    calendar_revoke,
    notifications,
    push_add,
    push_remove,
)
from savnet.web.push_worker import push_worker

urlpatterns = [
    path("varsler/oppsett/", notifications, name="notifications"),
    path("varsler/enhet/", push_add, name="push-add"),
    path("varsler/enhet/<uuid:device_id>/slutt/", push_remove, name="push-remove"),
    path("varsler/kalender/", calendar_new, name="calendar-new"),
    path("varsler/kalender/<uuid:link_id>/slutt/", calendar_revoke, name="calendar-revoke"),
    path("varselhjelper/<slug:language>.js", push_worker, name="push-worker"),
    path("kalender/<slug:token>.ics", calendar, name="calendar"),
]
