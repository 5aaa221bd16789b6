"""Altinn 3 Correspondence: letters into an organisation's inbox in Altinn."""
