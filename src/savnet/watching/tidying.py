"""A row every 20 seconds and several jobs a minute: somebody must take the old ones away."""

from datetime import datetime

from asgiref.sync import sync_to_async
from procrastinate import App

from savnet.watching.canary import forget_old as forget_canaries
from savnet.watching.heartbeat import forget_old as forget_heartbeats

KEPT_HOURS = 24
QUEUES = ("watching", "letters", "alarms", "presence")


async def forget_jobs(app: App) -> None:
    """Delete jobs that went well a day ago. What failed stays, for a person to see; letters have rows of their own."""
    for queue in QUEUES:
        await app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS, queue=queue)


async def forget_rows(now: datetime) -> None:
    """Delete old heartbeats and canaries."""
    await sync_to_async(forget_heartbeats)(now)
    await sync_to_async(forget_canaries)(now)
