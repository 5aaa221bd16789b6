"""Addresses that nobody visits, and why. Whatever is not named here must be visited in some role."""

POSTED = "only takes what is sent in; a link does nothing"
PROGRAM = "a program asks, and gets no page"

NO_PAGE = {
    "ask-first-passkey": PROGRAM,
    "ask-new-passkey": PROGRAM,
    "ask-passkey": PROGRAM,
    "awake": PROGRAM,
    "delivery-hint": PROGRAM,
    "enrol-picture": "a picture",
    "numbers": PROGRAM,
    "ready": PROGRAM,
    "still-here": PROGRAM,
    "break-glass-end": POSTED,
    "calendar-new": POSTED,
    "calendar-revoke": POSTED,
    "enrol-passkey": POSTED,
    "factor-remove": POSTED,
    "help-answer": POSTED,
    "language": POSTED,
    "new-code": POSTED,
    "office-new-code": POSTED,
    "office-send-link": POSTED,
    "push-add": POSTED,
    "push-remove": POSTED,
    "reserve-codes": POSTED,
    "returned-seen": POSTED,
    "send-link": POSTED,
    "sign-in-passkey": POSTED,
    "sign-out": POSTED,
    "sign-out-everywhere": POSTED,
    "outside": "leads to the issuer",
    "outside-back": "comes from the issuer, and leads on",
}
"""Nothing that anybody reads."""
