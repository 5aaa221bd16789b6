"""One child's case: the sealed, append-only ledger of what happened, and the rows of what is owed that follow from it.

Use it through `savnet.cases.ledger` (open, record, read) and `savnet.cases.owed` (what is due, per office).
"""
