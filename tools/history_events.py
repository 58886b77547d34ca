#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The events of studies/history as model folders: what was cut, from facts, and what could step in, from shared parameters.

  history_events.py               writes all folders anew
  history_events.py EVENT ...     only these
  history_events.py --into DIR    into another folder

A new event is a function here: makers with shares of the normal flow, lanes with transit, stocks, users, demand; then the cut.
"""

import argparse
import sys
from pathlib import Path

import history_events_2017
import history_events_2021
from history_facts import STUDY, Figure, LossPath, assumed, day, later, months, parameter
from history_folder import Event, write_base
from history_shapes import fab, product, restart


def epoxy() -> Event:
    event = Event("epoxy-1993", "Encapsulation resin, 1993", "1993-07", "1994-06")
    lost = event.fact("epoxy-resin/sumitomo-chemical/JP", "share_lost")
    event.region("world")
    event.good("resin", "Encapsulation resin")
    event.maker("sumitomo", "Sumitomo Niihama", "resin", "world", lost)
    event.maker("other-resin", "Other makers", "resin", "world", lost.less_than_one("the other makers"), has_spare=True)
    event.stock("resin", "world", event.fact("epoxy-resin/world", "inventory"))
    product(event, "chips", "Chips in plastic packages", "world", ["resin"])
    began = event.date("epoxy-resin/sumitomo-chemical/JP", "start")
    out = event.fact("epoxy-resin/sumitomo-chemical/JP", "duration")
    event.cut(
        "sumitomo",
        LossPath(
            [(began, 0.0), (began, 1.0), (later(began, out), 1.0), (later(began, out), 0.0)],
            (event.dated("epoxy-resin/sumitomo-chemical/JP", "start"), out),
        ),
    )
    return event


def rare_earths() -> Event:
    event = Event("re-japan-2010", "Rare earths to Japan, 2010", "2010-09", "2011-06")
    share = assumed(
        0.9,
        0.8,
        0.97,
        "direct share of China in Japan's imports: below its 97 % of mines, since some comes as goods of third countries",
    )
    event.region("CN", "XX", "JP")
    event.good("rare-earths", "Rare earths")
    event.maker("mines-cn", "Mines and separation in China for Japan", "rare-earths", "cn", share)
    event.maker("mines-xx", "Other origins", "rare-earths", "xx", share.less_than_one("other origins"), has_spare=True)
    event.lane("cn-jp", "rare-earths", "cn", "jp", months("near_sea"), share)
    event.lane("xx-jp", "rare-earths", "xx", "jp")
    event.stock("rare-earths", "jp", parameter("maker_stock"), refill="2010-12")
    product(event, "magnets", "Magnets, polish, catalysts", "jp", ["rare-earths"])
    leak = parameter("informal_leak")
    begins, ends = event.date("rare-earths/CN-JP", "start"), event.date("rare-earths/CN-JP", "end")
    held = 1 - leak.value
    path = LossPath(
        [(begins, 0.0), (begins, held), (ends, held), (ends, 0.0)],
        (event.dated("rare-earths/CN-JP", "start"), event.dated("rare-earths/CN-JP", "end"), leak),
    )
    event.close("cn-jp", path, share)
    return event


def tohoku() -> Event:
    event = Event("tohoku-2011", "Wafers, resin and microcontrollers, 2011", "2011-01", "2012-02", "2011-03")
    quake = event.date("tohoku/JP", "start")
    told = event.dated("tohoku/JP", "start")
    event.region("world", "naka")
    lost = event.fact("silicon-wafer/JP", "share_lost")
    event.good("silicon", "Silicon wafers at the makers")
    event.maker("silicon-north", "Wafer plants in the north-east", "silicon", "world", lost)
    event.maker("silicon-others", "Other wafer plants", "silicon", "world", lost.less_than_one("the other plants"), has_spare=True)
    event.stock("silicon", "world", parameter("maker_stock"))
    product(event, "wafers-shipped", "Silicon wafers shipped", "world", ["silicon"])
    back = event.date("silicon-wafer-300mm/shin-etsu-shirakawa", "full_recovery")
    event.cut(
        "silicon-north",
        LossPath(
            [(quake, 0.0), (quake, 1.0), (back, 1.0), (back, 0.0)],
            (told, event.dated("silicon-wafer-300mm/shin-etsu-shirakawa", "full_recovery")),
        ),
    )

    half = event.fact("bt-resin/mgc/JP", "share_lost")
    event.good("bt-resin", "BT resin")
    event.maker("mgc", "Mitsubishi Gas Chemical", "bt-resin", "world", half)
    event.maker(
        "bt-others", "Other makers of BT resin", "bt-resin", "world", half.less_than_one("the other makers"), has_spare=True
    )
    event.stock("bt-resin", "world", event.fact("bt-resin/world", "inventory"))
    product(event, "phones", "Phones with BT substrates", "world", ["bt-resin"])
    first, full = event.date("bt-resin/mgc/JP", "restart"), event.date("bt-resin/mgc/JP", "full_recovery")
    quarter = assumed(0.75, 0.6, 0.9, "still lost after the first step, a quarter of normal")
    event.cut(
        "mgc",
        LossPath(
            [(quake, 0.0), (quake, 1.0), (first, 1.0), (first, 0.75), (full, 0.75), (full, 0.0)],
            (told, event.dated("bt-resin/mgc/JP", "restart"), event.dated("bt-resin/mgc/JP", "full_recovery"), quarter),
        ),
    )

    fab(
        event,
        "naka",
        "Renesas Naka",
        event.date("auto-mcu/renesas-naka", "restart"),
        quake,
        (told, event.dated("auto-mcu/renesas-naka", "restart")),
    )
    return event


def thai_flood() -> Event:
    event = Event("thai-flood-2011", "Hard disks, 2011", "2011-10", "2013-03")
    event.region("world")
    wanted = event.fact("hdd/world", "demand")
    of = 1 / (wanted.value / 3)  # million a quarter as a share of demand
    thai = event.fact("hdd/western-digital/TH", "capacity")
    share = Figure(
        thai.value / 3 * of,
        "1",
        thai.low / 3 * of,
        thai.high / 3 * of,
        "estimated",
        thai.sources + wanted.sources,
        "Thai output over world demand",
        "2011-Q3",
    )
    malaysia = Figure(
        21.6 / 3 * of,
        "1",
        21.6 / 3 * of,
        21.6 / 3 * of,
        "estimated",
        thai.sources + wanted.sources,
        "Malaysian output (21.6 M a quarter, note of the same fact) over world demand",
        "2011-Q3",
    )
    hgst = assumed(0.17, 0.14, 0.2, "Hitachi's drives: third of five makers, about a sixth of the world")
    wet = assumed(
        0.6, 0.5, 0.75, "Hitachi's part in the water: as WD's part in Thailand, both made most drives in the same province"
    )
    event.good("drives", "Hard disk drives")
    event.maker("wd-th", "Western Digital, Thailand", "drives", "world", share)
    event.maker("wd-my", "Western Digital, Malaysia", "drives", "world", malaysia)
    event.maker("hgst-th", "Hitachi, Thailand", "drives", "world", hgst.times(wet, "1"))
    event.maker("hgst-dry", "Hitachi elsewhere", "drives", "world", hgst.times(1 - wet.value, "1", "the rest of Hitachi's drives"))
    seagate = assumed(0.3, 0.27, 0.32, "second maker before the flood, nearly as large as WD")
    event.maker("seagate", "Seagate", "drives", "world", seagate)
    rest = 1 - share.value - malaysia.value - hgst.value - seagate.value
    event.maker(
        "small", "Toshiba and Samsung", "drives", "world", assumed(rest, rest * 0.8, rest * 1.2, "what is left of world demand")
    )
    event.stock("drives", "world", parameter("assembler_stock"))
    product(event, "pcs", "Computers with a drive", "world", ["drives"])
    began = day("2011-10-15")
    up = event.date("hdd/western-digital/TH", "restart")
    middle = assumed(0, 0, 0, "the month of October is given; its middle is taken")
    path = restart(
        began, up, (event.dated("hdd/TH", "start"), event.dated("hdd/western-digital/TH", "restart"), middle), months("flood_ramp")
    )
    event.cut("wd-th", path)
    event.cut("hgst-th", path)
    return event


def hynix() -> Event:
    event = Event("hynix-wuxi-2013", "DRAM of Wuxi, 2013", "2013-07", "2014-06", "2013-09")
    world = event.fact("dram/sk-hynix-wuxi/CN", "share_world")
    of_firm = event.fact("dram/sk-hynix-wuxi/CN", "share_of_firm")
    high = Figure(
        world.high,
        "1",
        world.value,
        world.high,
        "estimated",
        world.sources,
        "Wuxi's share of the world, high end (Gartner)",
        "2013",
    )
    firm = Figure(
        high.value / of_firm.value,
        "1",
        high.low / of_firm.value,
        high.high / of_firm.low,
        "estimated",
        world.sources + of_firm.sources,
        "the firm: Wuxi's share of the world (high end) over its share of the firm",
        "2013",
    )
    burnt = assumed(0.77, 0.7, 1.0, "100 of 130 thousand wafers a month damaged, the rest smoke (note of shock/capacity)")
    lost = firm.times(of_firm, "1").times(burnt, "1")
    event.region("hynix", "world")
    event.good("dram", "DRAM of SK hynix")
    event.maker("wuxi", "Wuxi, the burnt part", "dram", "hynix", lost)
    event.maker(
        "m10-and-rest",
        "M10 and the rest of Wuxi",
        "dram",
        "hynix",
        assumed(firm.value - lost.value, 0.1, 0.3, "the firm less the burnt part"),
    )
    flexible = assumed(0.2, 0.1, 0.3, "NAND lines that can be turned to DRAM, relative to the firm's DRAM")
    event.maker("lent-lines", "NAND lines lent to DRAM", "dram", "hynix", firm.times(flexible, "1"), cost="dear")
    event.stock("dram", "hynix", parameter("maker_stock"), firm)
    tier1 = assumed(0.6, 0.4, 0.8, "first-tier buyers' part of demand; they are served first, as contracts have it")
    for name, part, worth in (("first-tier", tier1, 2.0), ("second-tier", tier1.less_than_one("second-tier and spot buyers"), 1.0)):
        event.want(name, f"DRAM for {name} buyers", "dram", "hynix", firm.times(part, "1"), worth)
    event.good("dram-else", "DRAM of other makers", storable=False)
    micron = assumed(0.27, 0.25, 0.28, "Micron with Elpida, a little smaller than SK hynix")
    event.maker("micron", "Micron", "dram-else", "world", micron)
    rest = 1 - firm.value - micron.value
    event.maker(
        "samsung-and-rest", "Samsung and small makers", "dram-else", "world", assumed(rest, rest * 0.9, rest * 1.1, "what is left")
    )
    event.want("others", "DRAM of others", "dram-else", "world", firm.less_than_one("all but the firm"))
    event.good("nand", "NAND of SK hynix", storable=False)
    event.maker("nand-fixed", "NAND lines that stay", "nand", "hynix", assumed(0.75, 0.6, 0.9, "three quarters of the NAND lines"))
    event.maker(
        "nand-flexible",
        "NAND lines that can be lent",
        "nand",
        "hynix",
        assumed(0.25, 0.1, 0.4, "a quarter of the NAND lines, a fifth of the firm's DRAM"),
    )
    event.want("nand-buyers", "NAND of SK hynix", "nand", "hynix")
    began, up = event.date("dram/sk-hynix-wuxi/CN", "start"), event.date("dram/sk-hynix-wuxi/CN", "restart")
    february = assumed(0, 0, 0, "supply normal in mid February, the high end of full_recovery")
    why = (*(event.dated("dram/sk-hynix-wuxi/CN", name) for name in ("start", "restart", "full_recovery")), february)
    out, normal = later(up, parameter("cycle_time")), day("2014-02-15")
    cycle = parameter("cycle_time")
    event.cut("wuxi", LossPath([(began, 0.0), (began, 1.0), (out, 1.0), (normal, 0.0)], (*why, cycle)))
    turned = later(began, cycle)
    event.cut(
        "nand-flexible",
        LossPath([(began, 0.0), (turned, 0.0), (turned, 1.0), (normal, 1.0), (normal, 0.0)], (*why, cycle, flexible)),
    )
    event.absent("lent-lines", flexible)
    event.cut(
        "lent-lines", LossPath([(began, 1.0), (turned, 1.0), (turned, 0.0), (normal, 0.0), (normal, 1.0)], (*why, cycle, flexible))
    )
    return event


def helium() -> Event:
    event = Event("helium-2017", "Helium of Qatar, 2017", "2017-06", "2017-12")
    lost = event.fact("helium/QA", "share_lost")
    event.region("buyers")
    event.good("helium", "Helium of buyers fed by Qatar")
    event.maker("qatar", "Qatar", "helium", "buyers", assumed(1.0, 1.0, 1.0, "buyers whose contracts are with Qatar"))
    event.stock("helium", "buyers", event.fact("helium/iwatani/JP", "inventory"))
    product(event, "chips-qatar", "Chips of buyers fed by Qatar", "buyers", ["helium"])
    event.good("helium-else", "Helium of other buyers")
    event.maker("elsewhere", "Other origins", "helium-else", "buyers", lost.less_than_one("buyers fed by others"))
    product(event, "chips-else", "Chips of other buyers", "buyers", ["helium-else"], lost.less_than_one("buyers fed by others"))
    began = event.date("helium/QA", "start")
    event.cut(
        "qatar",
        LossPath(
            [
                (began, 0.0),
                (began, 1.0),
                (later(began, event.fact("helium/QA", "duration")), 1.0),
                (later(began, event.fact("helium/QA", "duration")), 0.0),
            ],
            (event.dated("helium/QA", "start"), event.fact("helium/QA", "duration")),
        ),
    )
    # The same buyers once more, for whom Qatar does not come back: when would they have run dry?
    event.good("helium-long", "Helium, had the outage lasted")
    event.maker(
        "qatar-long",
        "Qatar, had the outage lasted",
        "helium-long",
        "buyers",
        assumed(1.0, 1.0, 1.0, "buyers whose contracts are with Qatar"),
    )
    event.stock("helium-long", "buyers", event.fact("helium/iwatani/JP", "inventory"))
    product(event, "chips-long", "Chips, had the outage lasted", "buyers", ["helium-long"])
    event.cut(
        "qatar-long",
        LossPath([(began, 0.0), (began, 1.0)], (event.dated("helium/QA", "start"), assumed(0, 0, 0, "does not come back"))),
    )
    return event


MAKERS = (epoxy, rare_earths, tohoku, thai_flood, hynix, helium, *history_events_2017.EVENTS, *history_events_2021.EVENTS)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("events", nargs="*", help="events; none = all")
    options.add_argument("--into", type=Path, default=STUDY, help="where the folders go (studies/history)")
    asked = options.parse_args()
    made = [make() for make in MAKERS]
    unknown = set(asked.events) - {event.id for event in made}
    if unknown:
        sys.exit(f"history_events: no event {', '.join(sorted(unknown))}; known: {', '.join(event.id for event in made)}")
    write_base(asked.into)
    for event in made:
        if not asked.events or event.id in asked.events:
            event.write(asked.into)
    return 0


if __name__ == "__main__":
    sys.exit(main())
