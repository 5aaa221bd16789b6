"""A channel that takes a letter further, behind a line that can fail.

The peer stands behind a proxy; what it says afterwards is said late, twice, in the wrong order, or never.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from savnet.rules.words import Channel
from soak.far_ends import ChannelEnd, Running, forget, leading_to, memory_and_address, peer_by
from soak.house import House
from soak.proxy import Proxy


@contextmanager
def far_ends(house: House, proxies: Mapping[Channel, Proxy]) -> Iterator[dict[Channel, ChannelEnd]]:
    """The other end of each channel, behind its proxy, while they run; Savnet's channels lead there."""
    with ExitStack() as running:
        ends = {channel: running.enter_context(_far_end(channel, proxy, house)) for channel, proxy in proxies.items()}
        running.enter_context(leading_to(ends))
        yield ends


@contextmanager
def _far_end(channel: Channel, proxy: Proxy, house: House) -> Iterator[ChannelEnd]:
    memories: list[Any] = []
    with peer_by(channel, house, partial(_behind, proxy, memories)) as rig:
        yield ChannelEnd(rig, house, partial(forget, memories[0]))


def _behind(proxy: Proxy, memories: list[Any], real: Running) -> Running:
    """The peer as it runs, but for its address, which is the proxy's."""

    @contextmanager
    def running(*given: Any) -> Iterator[Any]:
        with real(*given) as what:
            memory, url = memory_and_address(what, given)
            proxy.lead(("127.0.0.1", urlsplit(url).port or 443))
            memories.append(memory)
            proxied = f"https://localhost:{proxy.port}"
            if isinstance(what, str):
                yield proxied
            else:
                what.url = proxied
                yield what

    return running
