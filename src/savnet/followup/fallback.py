"""What each centre has to go by when Savnet is down: when it was last looked to, and whether it reached the centre."""

from django.db import models


class FallbackPacket(models.Model):
    """The packet of one centre outside Savnet. `made_from` tells whether anything has happened since it was made.

    `why_not` says why what is owed in its open cases (`cases` of them) does not lie sealed at the centre.
    """

    centre = models.OneToOneField("register.Centre", on_delete=models.CASCADE, primary_key=True, related_name="+")
    looked_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_from = models.CharField(max_length=64)
    cases = models.PositiveIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)
    why_not = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "varslingspakke utenfor Savnet"
        verbose_name_plural = "varslingspakker utenfor Savnet"

    def __str__(self) -> str:
        return f"the packet of {self.centre_id} outside Savnet"
