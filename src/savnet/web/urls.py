"""Every address of the screens. What stands in an address is random or hashed: no name, no number, no place."""

from django.urls import include, path

from savnet.web.absence import absence
from savnet.web.alarms import acknowledge, alarms, waiting
from savnet.web.appointment_edit import appointment_cancel, appointment_new
from savnet.web.astray import (
    astray,
    breach_assessed,
    breach_draft,
    error,
    recall_answer,
    recall_letter,
    recall_sent,
)
from savnet.web.belief import belief
from savnet.web.call import call
from savnet.web.carry_yourself import carry_yourself
from savnet.web.case import case
from savnet.web.case_print import case_print
from savnet.web.concern import concern
from savnet.web.confirm import confirm
from savnet.web.consent import consent
from savnet.web.contact_edit import contact_edit, contact_end, contact_new
from savnet.web.correction import correction
from savnet.web.description_edit import description_edit
from savnet.web.explained import explained
from savnet.web.front import front
from savnet.web.hand_over import hand_over
from savnet.web.health import awake, numbers, ready
from savnet.web.how_it_stands import how_it_stands
from savnet.web.import_residents import import_plan, import_residents
from savnet.web.information import information
from savnet.web.inquiry import inquiry
from savnet.web.language import choose_language
from savnet.web.letters import draft, letter, on_paper
from savnet.web.looked_at import looked_at
from savnet.web.looks import looks
from savnet.web.mark_done import mark_done
from savnet.web.moved_out import moved_out
from savnet.web.not_theirs import not_theirs
from savnet.web.owner import owner
from savnet.web.photo import photo_file, photo_new, photo_remove
from savnet.web.post_room import post_room, post_room_file, post_room_mail
from savnet.web.question import question
from savnet.web.receipt import new_code, receipt, receipt_without_letter, send_link
from savnet.web.report import report
from savnet.web.resident import resident
from savnet.web.resident_edit import resident_edit, resident_new
from savnet.web.residents import residents
from savnet.web.returned import returned
from savnet.web.review import review
from savnet.web.right_receiver import right_receiver
from savnet.web.roster import roster, shift_end, shift_new
from savnet.web.search import search
from savnet.web.sending import send_all, send_one
from savnet.web.sign_in import sign_in, sign_out
from savnet.web.system_task import system_task
from savnet.web.talk import talk
from savnet.web.trace_edit import (
    alias_edit,
    alias_new,
    network_edit,
    network_new,
    profile_edit,
    profile_new,
    telephone_edit,
    telephone_new,
)
from savnet.web.transport import transport_asked, transport_done

handler400 = "savnet.web.errors.bad_request"
handler403 = "savnet.web.errors.forbidden"
handler404 = "savnet.web.errors.not_found"
handler500 = "savnet.web.errors.broken"

of_a_case = [
    path("", case, name="case"),
    path("utskrift/", case_print, name="case-print"),
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
    path("gjort/<slug:slug>/mottatt/", receipt_without_letter, name="receipt-without-letter"),
    path("paa-papir/", on_paper, name="on-paper"),
    path("brev/<uuid:message_id>/", letter, name="letter"),
    path("brev/<uuid:message_id>/levert/", hand_over, name="hand-over"),
    path("brev/<uuid:message_id>/lever-selv/", carry_yourself, name="carry-yourself"),
    path("brev/<uuid:message_id>/mottatt/", receipt, name="receipt"),
    path("brev/<uuid:message_id>/mottatt/ny-kode/", new_code, name="new-code"),
    path("brev/<uuid:message_id>/mottatt/send-lenke/", send_link, name="send-link"),
    path("brev/<uuid:message_id>/ikke-deres/", not_theirs, name="not-theirs"),
    path("brev/<uuid:message_id>/feil/", astray, name="astray"),
    path("feil/<int:number>/", error, name="error"),
    path("feil/<int:number>/brev/", recall_letter, name="recall-letter"),
    path("feil/<int:number>/sendt/", recall_sent, name="recall-sent"),
    path("feil/<int:number>/svar/", recall_answer, name="recall-answer"),
    path("feil/<int:number>/utkast/", breach_draft, name="breach-draft"),
    path("feil/<int:number>/vurdert/", breach_assessed, name="breach-assessed"),
    path("ansvar/", owner, name="owner"),
    path("gjennomgang/", review, name="review"),
    path("sporsmal/<slug:name>/", question, name="question"),
    path("rett-mottaker/<int:number>/", right_receiver, name="right-receiver"),
    path("venter/", waiting, name="waiting"),
    path("venter/ta/", acknowledge, name="acknowledge"),
    path("opplysning/", information, name="information"),
    path("tilbake/", returned, name="returned"),
    path("samtale/", talk, name="talk"),
    path("bekymring/", concern, name="concern"),
    path("samtykke/", consent, name="consent"),
    path("transport/", transport_asked, name="transport-asked"),
    path("transport/gjort/", transport_done, name="transport-done"),
    path("stryk/<int:number>/", correction, name="correction"),
]
of_a_resident = [
    path("", resident, name="resident"),
    path("ikke-her/", absence, name="absence"),
    path("oppslag/", looked_at, name="looked-at"),
    path("rett/", resident_edit, name="resident-edit"),
    path("signalement/", description_edit, name="description"),
    path("bilde/", photo_new, name="photo"),
    path("bilde/slett/", photo_remove, name="photo-remove"),
    path("bilde/fil/", photo_file, name="photo-file"),
    path("kontakt/", contact_new, name="contact-new"),
    path("kontakt/<uuid:contact_id>/", contact_edit, name="contact-edit"),
    path("kontakt/<uuid:contact_id>/avslutt/", contact_end, name="contact-end"),
    path("innkalling/", appointment_new, name="appointment-new"),
    path("innkalling/<uuid:appointment_id>/avlys/", appointment_cancel, name="appointment-cancel"),
    path("telefon/", telephone_new, name="telephone-new"),
    path("telefon/<uuid:trace_id>/", telephone_edit, name="telephone-edit"),
    path("navn/", alias_new, name="alias-new"),
    path("navn/<uuid:trace_id>/", alias_edit, name="alias-edit"),
    path("profil/", profile_new, name="profile-new"),
    path("profil/<uuid:trace_id>/", profile_edit, name="profile-edit"),
    path("nettverk/", network_new, name="network-new"),
    path("nettverk/<uuid:trace_id>/", network_edit, name="network-edit"),
]
urlpatterns = [
    path("", front, name="today"),
    path("", include("savnet.web.office_urls")),
    path("logg-inn/", sign_in, name="sign-in"),
    path("logg-ut/", sign_out, name="sign-out"),
    path("", include("savnet.web.accounts.urls")),
    path("", include("savnet.web.rights_urls")),
    path("", include("savnet.web.urls_disclosed")),
    path("", include("savnet.web.urls_oversight")),
    path("spraak/", choose_language, name="language"),
    path("sok/", search, name="search"),
    path("beboere/", residents, name="residents"),
    path("beboere/ny/", resident_new, name="resident-new"),
    path("beboere/flyttet/", moved_out, name="moved-out"),
    path("beboere/import/", import_residents, name="import-residents"),
    path("beboere/import/<uuid:upload_id>/", import_plan, name="import-plan"),
    path("", include("savnet.web.urls_before")),
    path("beboere/<uuid:resident_id>/", include(of_a_resident)),
    path("saker/<uuid:case_id>/", include(of_a_case)),
    path("k/<slug:token>/", confirm, name="confirm"),
    path("", include("savnet.web.urls_outgoing")),
    path("", include("savnet.web.urls_told")),
    path("varsler/", alarms, name="alarms"),
    path("vakter/", roster, name="roster"),
    path("vakter/ny/", shift_new, name="shift-new"),
    path("vakter/<int:duty_id>/slutt/", shift_end, name="shift-end"),
    path("oppslag/", looks, name="looks"),
    path("vakt/", how_it_stands, name="how-it-stands"),
    path("helse/", awake, name="awake"),
    path("helse/klar/", ready, name="ready"),
    path("helse/tall/", numbers, name="numbers"),
    path("postrom/", post_room, name="post-room"),
    path("postrom/<slug:name>/", post_room_mail, name="post-room-mail"),
    path("postrom/<slug:name>/vedlegg/<int:number>/", post_room_file, name="post-room-file"),
]
