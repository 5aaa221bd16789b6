"""The parts of the second reader: own settings, own reading of the ledger, own way to reach a person. No Django."""
