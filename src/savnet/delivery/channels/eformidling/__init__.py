"""eFormidling: letters as archive messages through the sender's own integrasjonspunkt, followed until delivered."""
