"""Addresses of what rights lead to: emergencies and their review, what awaits a second person, staff and receivers."""

from django.urls import path

from savnet.web.break_glass import break_glass, break_glass_end
from savnet.web.break_glass_review import break_glass_review, break_glass_reviews
from savnet.web.certificates import certificate, certificate_new, certificates
from savnet.web.closing import closing
from savnet.web.proposals import proposal, proposals
from savnet.web.recipients import recipient_edit, recipients
from savnet.web.said_again import said_again
from savnet.web.staff import staff, staff_edit, staff_new, staff_withdraw

urlpatterns = [
    path("bekreft/", said_again, name="said-again"),
    path("nodapning/", break_glass, name="break-glass"),
    path("nodapning/<uuid:opened_id>/lukk/", break_glass_end, name="break-glass-end"),
    path("nodapninger/", break_glass_reviews, name="break-glass-reviews"),
    path("nodapninger/<uuid:opened_id>/", break_glass_review, name="break-glass-review"),
    path("venter/", proposals, name="proposals"),
    path("venter/<uuid:proposal_id>/", proposal, name="proposal"),
    path("saker/<uuid:case_id>/avslutt/", closing, name="closing"),
    path("ansatte/", staff, name="staff"),
    path("ansatte/ny/", staff_new, name="staff-new"),
    path("ansatte/<uuid:person_id>/", staff_edit, name="staff-edit"),
    path("ansatte/<uuid:person_id>/fjern/", staff_withdraw, name="staff-withdraw"),
    path("mottakere/", recipients, name="recipients"),
    path("mottakere/sertifikater/", certificates, name="certificates"),
    path("mottakere/sertifikater/nytt/", certificate_new, name="certificate-new"),
    path("mottakere/sertifikater/<slug:fingerprint>/", certificate, name="certificate"),
    path("mottakere/<uuid:recipient_id>/", recipient_edit, name="recipient-edit"),
]
