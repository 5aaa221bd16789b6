"""Addresses of what is done before anything happens: roll call, leave, transfers, readiness, exercises."""

from django.urls import path

from savnet.web.leave import leave_change, leave_end, leave_new
from savnet.web.roll_call import is_she_here, roll_call
from savnet.web.transfer import transfer, transfer_arrived, transfer_cancelled, transfer_left, transfer_new
from savnet.web.transfers import transfers

urlpatterns = [
    path("opptelling/", roll_call, name="roll-call"),
    path("er-her/<uuid:question_id>/", is_she_here, name="is-she-here"),
    path("beboere/<uuid:resident_id>/avtale/", leave_new, name="leave-new"),
    path("beboere/<uuid:resident_id>/avtale/<uuid:leave_id>/", leave_change, name="leave-change"),
    path("beboere/<uuid:resident_id>/avtale/<uuid:leave_id>/slutt/", leave_end, name="leave-end"),
    path("beboere/<uuid:resident_id>/flytt/", transfer_new, name="transfer-new"),
    path("flyttinger/", transfers, name="transfers"),
    path("flyttinger/<uuid:transfer_id>/", transfer, name="transfer"),
    path("flyttinger/<uuid:transfer_id>/reist/", transfer_left, name="transfer-left"),
    path("flyttinger/<uuid:transfer_id>/avlys/", transfer_cancelled, name="transfer-cancelled"),
    path("flyttinger/<uuid:transfer_id>/framme/", transfer_arrived, name="transfer-arrived"),
]
