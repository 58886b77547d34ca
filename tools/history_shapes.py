# SPDX-License-Identifier: Apache-2.0
"""Shapes that many events of studies/history share: a user with its demand, reuse, a fab that restarts, licences."""

import datetime

from history_facts import Figure, LossPath, assumed, later, months, parameter
from history_folder import Event

ONE = assumed(1.0, 0.9, 1.0, "the whole of its normal flow")


def restart(down, up, figures: tuple[Figure, ...], ramp: Figure, depth: float = 1.0) -> LossPath:
    """All of `depth` lost from `down` to `up`, then back in a straight line over `ramp`."""
    return LossPath([(down, 0.0), (down, depth), (up, depth), (later(up, ramp), 0.0)], (*figures, ramp))


def product(event: Event, name: str, title: str, region: str, inputs, share: Figure | float = 1.0, worth: float = 1.0):
    """An end product: a user with all the capacity it needs, and the demand for it."""
    event.good(name, title, storable=False)
    size = share if isinstance(share, Figure) else assumed(share, share, 1.0, "as large as what is asked for")
    event.maker(f"{name}-making", f"Making of {title.lower()}", name, region, size, inputs)
    event.want(name, title, name, region, share, worth)


def thrift(event: Event, good: str, region: str, began: datetime.date, share: Figure | float = 1.0):
    """Reuse and leaner recipes put in place after the event has begun: as if a little more of the good were there."""
    size = parameter("thrift").times(share, "1", "what reuse can stand in for")
    event.maker(f"thrift-{good}", f"Reuse of {good}", good, region, size, cost="need")
    event.grows(f"thrift-{good}", began, months("thrift_time"))


def fab(event: Event, name: str, title: str, up, down, figures: tuple[Figure, ...]):
    """A wafer fab that stops and comes back over the shared restart time; its chips come out a cycle time after the start."""
    event.good(f"{name}-starts", f"Wafers started at {title}", storable=False)
    event.maker(f"{name}-fab", title, f"{name}-starts", name, ONE)
    event.region(f"{name}-out")
    event.lane(f"{name}-line", f"{name}-starts", name, f"{name}-out", months("cycle_time"), ONE)
    product(event, f"{name}-shipments", f"Chips shipped by {title}", f"{name}-out", [f"{name}-starts"])
    event.cut(f"{name}-fab", restart(down, up, figures, months("restart_time")))


def licences(event: Event, lane: str, begins, first, figures: tuple[Figure, ...], share: Figure | float):
    """A licence rule on a lane: nothing until the first licences, then the shared first share, then the shared ramp."""
    kept, ramp = parameter("licence_first"), months("licence_ramp")
    path = LossPath(
        [(begins, 0.0), (begins, 1.0), (first, 1.0), (first, 1 - kept.value), (later(first, ramp), 0.0)], (*figures, kept, ramp)
    )
    event.close(lane, path, share)
