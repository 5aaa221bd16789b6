"""The worker's task: publish a quarter once it has ended."""

from django.utils import timezone
from procrastinate.contrib.django import app

from savnet.statistics import editions


@app.periodic(cron="17 * * * *")
@app.task(name="savnet.statistics.tasks.publish", queue="statistics", queueing_lock="publish statistics")
def publish(timestamp: int) -> None:
    """Once an hour: make the edition of each quarter that has ended and has none."""
    editions.publish_what_has_ended(timezone.now())
