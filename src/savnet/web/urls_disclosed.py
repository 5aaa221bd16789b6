"""Addresses of what is given to others about a child: the list, and requests from outside."""

from django.urls import path

from savnet.web.disclosed import disclosed
from savnet.web.information_request import request, request_decide, request_delivered, request_letter, request_new

urlpatterns = [
    path("beboere/<uuid:resident_id>/utlevert/", disclosed, name="disclosed"),
    path("beboere/<uuid:resident_id>/begjaering/", request_new, name="request-new"),
    path("begjaeringer/<uuid:request_id>/", request, name="request"),
    path("begjaeringer/<uuid:request_id>/avgjor/", request_decide, name="request-decide"),
    path("begjaeringer/<uuid:request_id>/brev/", request_letter, name="request-letter"),
    path("begjaeringer/<uuid:request_id>/levert/", request_delivered, name="request-delivered"),
]
