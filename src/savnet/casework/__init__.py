"""What the offices do: note an absence, report a child missing, call, hand over, tell everyone of the return.

Every use case takes who does it and `now`, records what happened in the ledger, and leaves what is owed to the rules.
"""
