"""Addresses of what is done before anything happens: roll call, leave, transfers, readiness, exercises."""

from django.urls import path

from savnet.web.centre_edit import centre_edit, daily_time_end, daily_times
from savnet.web.exercise import exercise, exercise_end, exercise_in, exercise_list, exercise_new, exercise_out
from savnet.web.leave import leave_change, leave_end, leave_new
from savnet.web.readiness import centre_test, contact_test, readiness, resident_readiness, there_is_none
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
    path("beredskap/", readiness, name="readiness"),
    path("beredskap/prov/<slug:item>/", centre_test, name="centre-test"),
    path("beboere/<uuid:resident_id>/beredskap/", resident_readiness, name="resident-readiness"),
    path("beboere/<uuid:resident_id>/beredskap/<slug:item>/", there_is_none, name="there-is-none"),
    path("beboere/<uuid:resident_id>/kontakt/<uuid:contact_id>/prov/", contact_test, name="contact-test"),
    path("ovelse/", exercise_list, name="exercises"),
    path("ovelse/ny/", exercise_new, name="exercise-new"),
    path("ovelse/ut/", exercise_out, name="exercise-out"),
    path("ovelse/<uuid:exercise_id>/", exercise, name="exercise"),
    path("ovelse/<uuid:exercise_id>/inn/", exercise_in, name="exercise-in"),
    path("ovelse/<uuid:exercise_id>/slutt/", exercise_end, name="exercise-end"),
    path("mottaket/", centre_edit, name="centre-edit"),
    path("mottaket/tider/", daily_times, name="daily-times"),
    path("mottaket/tider/<uuid:time_id>/slutt/", daily_time_end, name="daily-time-end"),
    path("flyttinger/", transfers, name="transfers"),
    path("flyttinger/<uuid:transfer_id>/", transfer, name="transfer"),
    path("flyttinger/<uuid:transfer_id>/reist/", transfer_left, name="transfer-left"),
    path("flyttinger/<uuid:transfer_id>/avlys/", transfer_cancelled, name="transfer-cancelled"),
    path("flyttinger/<uuid:transfer_id>/framme/", transfer_arrived, name="transfer-arrived"),
]
