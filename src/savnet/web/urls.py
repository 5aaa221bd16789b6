"""Every address of the screens. What stands in an address is random or hashed: no name, no number, no place."""

from django.urls import include, path

from savnet.web.absence import absence
from savnet.web.belief import belief
from savnet.web.call import call
from savnet.web.case import case
from savnet.web.concern import concern
from savnet.web.consent import consent
from savnet.web.correction import correction
from savnet.web.explained import explained
from savnet.web.hand_over import hand_over
from savnet.web.information import information
from savnet.web.inquiry import inquiry
from savnet.web.letters import draft, letter, on_paper
from savnet.web.mark_done import mark_done
from savnet.web.post_room import post_room, post_room_file, post_room_mail
from savnet.web.receipt import receipt
from savnet.web.report import report
from savnet.web.resident import resident
from savnet.web.residents import residents
from savnet.web.returned import returned
from savnet.web.sending import send_all, send_one
from savnet.web.sign_in import sign_in, sign_out
from savnet.web.system_task import system_task
from savnet.web.talk import talk
from savnet.web.today import today
from savnet.web.transport import transport_asked, transport_done

handler400 = "savnet.web.errors.bad_request"
handler403 = "savnet.web.errors.forbidden"
handler404 = "savnet.web.errors.not_found"
handler500 = "savnet.web.errors.broken"

of_a_case = [
    path("", case, name="case"),
    path("undersokt/", inquiry, name="inquiry"),
    path("forklart/", explained, name="explained"),
    path("forsvunnet/", belief, name="belief"),
    path("meld/", report, name="report"),
    path("send/", send_all, name="send-all"),
    path("send/<slug:slug>/", send_one, name="send-one"),
    path("utkast/<slug:slug>/", draft, name="preview"),
    path("ring/<slug:slug>/", call, name="call"),
    path("registrer/<slug:slug>/", system_task, name="system-task"),
    path("gjort/<slug:slug>/", mark_done, name="mark-done"),
    path("paa-papir/", on_paper, name="on-paper"),
    path("brev/<uuid:message_id>/", letter, name="letter"),
    path("brev/<uuid:message_id>/levert/", hand_over, name="hand-over"),
    path("brev/<uuid:message_id>/mottatt/", receipt, name="receipt"),
    path("opplysning/", information, name="information"),
    path("tilbake/", returned, name="returned"),
    path("samtale/", talk, name="talk"),
    path("bekymring/", concern, name="concern"),
    path("samtykke/", consent, name="consent"),
    path("transport/", transport_asked, name="transport-asked"),
    path("transport/gjort/", transport_done, name="transport-done"),
    path("stryk/<int:number>/", correction, name="correction"),
]
urlpatterns = [
    path("", today, name="today"),
    path("logg-inn/", sign_in, name="sign-in"),
    path("logg-ut/", sign_out, name="sign-out"),
    path("beboere/", residents, name="residents"),
    path("beboere/<uuid:resident_id>/", resident, name="resident"),
    path("beboere/<uuid:resident_id>/ikke-her/", absence, name="absence"),
    path("saker/<uuid:case_id>/", include(of_a_case)),
    path("postrom/", post_room, name="post-room"),
    path("postrom/<slug:name>/", post_room_mail, name="post-room-mail"),
    path("postrom/<slug:name>/vedlegg/<int:number>/", post_room_file, name="post-room-file"),
]
