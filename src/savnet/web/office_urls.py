"""The addresses of the offices outside the centres, and of the leader's page and the personal file."""

from django.urls import include, path

from savnet.web.asylum_information import asylum_information
from savnet.web.delay import delay
from savnet.web.leading import leading
from savnet.web.office import office
from savnet.web.office_alarms import office_acknowledge, office_waiting
from savnet.web.office_case import office_case
from savnet.web.office_done import office_done
from savnet.web.office_enter import office_enter, office_police_duf
from savnet.web.office_letters import office_carry, office_letter
from savnet.web.office_news import (
    office_age,
    office_anew,
    office_information,
    office_measure,
    office_summons,
    office_transport,
)
from savnet.web.office_receipt import office_receipt
from savnet.web.office_sent import (
    office_new_code,
    office_not_theirs,
    office_question,
    office_right_receiver,
    office_send_link,
    office_sent,
)
from savnet.web.office_write import office_write
from savnet.web.personal_file import personal_file, personal_file_report
from savnet.web.region import region

of_a_told_case = [
    path("", office_case, name="office-case"),
    path("registrer/<slug:slug>/", office_enter, name="office-enter"),
    path("skriv/<slug:slug>/", office_write, name="office-write"),
    path("gjort/<slug:slug>/", office_done, name="office-done"),
    path("mottatt/<slug:slug>/", office_receipt, name="office-receipt"),
    path("sendt/<slug:slug>/", office_sent, name="office-sent"),
    path("sendt/<slug:slug>/ny-kode/", office_new_code, name="office-new-code"),
    path("sendt/<slug:slug>/send-lenke/", office_send_link, name="office-send-link"),
    path("sendt/<slug:slug>/ikke-deres/", office_not_theirs, name="office-not-theirs"),
    path("rett-mottaker/<int:number>/", office_right_receiver, name="office-right-receiver"),
    path("sporsmal/<slug:name>/", office_question, name="office-question"),
    path("brev/<uuid:message_id>/", office_letter, name="office-letter"),
    path("brev/<uuid:message_id>/levert/", office_carry, name="office-carry"),
    path("venter/", office_waiting, name="office-waiting"),
    path("venter/ta/", office_acknowledge, name="office-acknowledge"),
    path("opplysning/", office_information, name="office-information"),
    path("tilbake/", office_anew, name="office-anew"),
    path("tiltak/", office_measure, name="office-measure"),
    path("politiet-duf/", office_police_duf, name="office-police-duf"),
    path("alder/", office_age, name="office-age"),
    path("transport/", office_transport, name="office-transport"),
    path("innkalling/", office_summons, name="office-summons"),
]
urlpatterns = [
    path("region/", region, name="region"),
    path("kontor/", office, name="office"),
    path("kontor/<uuid:case_id>/", include(of_a_told_case)),
    path("ledelse/", leading, name="leading"),
    path("saker/<uuid:case_id>/hvorfor-sent/<slug:slug>/", delay, name="delay"),
    path("saker/<uuid:case_id>/asylsaken/<slug:slug>/", asylum_information, name="asylum-information"),
    path("beboere/<uuid:resident_id>/personmappe/", personal_file, name="personal-file"),
    path("beboere/<uuid:resident_id>/personmappe/<slug:slug>/", personal_file_report, name="personal-file-report"),
]
