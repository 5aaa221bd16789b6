"""Messages, attempts and receipts: how a letter gets to its receiver, and how we know that it did.

`composing` fixes a letter as a message, `dispatch` tries to send it, `by_hand` records what people do themselves,
`receipts` takes receipts, `standing` says how far a message has come, `certificates` keeps the receivers' keys.
"""
