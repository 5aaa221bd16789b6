"""Encrypted e-mail: S/MIME, signed and encrypted, over SMTP that is itself under TLS."""
