"""Every address of the screens. What stands in an address is random or hashed: no name, no number, no place."""

from django.urls import path

from savnet.web.case import case
from savnet.web.resident import resident
from savnet.web.residents import residents
from savnet.web.sign_in import sign_in, sign_out
from savnet.web.today import today

handler400 = "savnet.web.errors.bad_request"
handler403 = "savnet.web.errors.forbidden"
handler404 = "savnet.web.errors.not_found"
handler500 = "savnet.web.errors.broken"

urlpatterns = [
    path("", today, name="today"),
    path("logg-inn/", sign_in, name="sign-in"),
    path("logg-ut/", sign_out, name="sign-out"),
    path("beboere/", residents, name="residents"),
    path("beboere/<uuid:resident_id>/", resident, name="resident"),
    path("saker/<uuid:case_id>/", case, name="case"),
]
