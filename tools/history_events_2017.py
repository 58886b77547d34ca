# SPDX-License-Identifier: Apache-2.0
"""The events of studies/history from 2017 to 2020; see history_events.py."""

from history_facts import Figure, LossPath, assumed, day, later, months, parameter
from history_folder import Event
from history_shapes import ONE, licences, product, thrift


def japan_korea() -> Event:
    event = Event("japan-korea-2019", "Three chemicals by licence, 2019", "2019-07", "2023-06")
    jp = event.fact("hydrogen-fluoride/JP-KR", "import_share")
    cn = assumed(0.5, 0.45, 0.52, "China's crude acid: half of imports before")
    event.region("JP", "CN", "XX", "KR")
    event.good("hf", "Hydrogen fluoride")
    event.maker("hf-jp", "Purifiers in Japan", "hf", "jp", jp)
    event.maker("hf-cn", "Acid of China", "hf", "cn", cn, has_spare=True)
    event.maker("hf-xx", "Other origins", "hf", "xx", assumed(1 - jp.value - cn.value, 0.02, 0.1, "what is left"))
    event.maker("hf-new", "Acid of China purified in new plants in Korea", "hf", "cn", jp, cost="dear")
    event.lane("hf-jp-kr", "hf", "jp", "kr", months("strait"), jp)
    event.lane("hf-cn-kr", "hf", "cn", "kr")
    event.lane("hf-xx-kr", "hf", "xx", "kr")
    home = assumed(0.2, 0.1, 0.3, "purifiers in Korea before the event, beside imports")
    used = assumed(1 + home.value, 1.1, 1.3, "imports and what Korea purifies itself")
    event.maker("hf-kr", "Purifiers in Korea", "hf", "kr", home, has_spare=True)
    event.stock("hf", "kr", event.fact("hydrogen-fluoride/KR-chipmakers", "inventory"), used)
    thrift(event, "hf", "kr", event.date("hydrogen-fluoride/JP-KR", "start"), used)
    resist = event.fact("photoresist/JP-KR", "import_share")
    event.good("resist", "Photoresist")
    event.maker("resist-jp", "Resist makers in Japan", "resist", "jp", resist)
    event.maker(
        "resist-xx",
        "Other resist makers",
        "resist",
        "xx",
        resist.less_than_one("Belgium, the United States and others"),
        has_spare=True,
    )
    event.maker("resist-new", "New resist, to be qualified", "resist", "xx", resist, cost="dear")
    event.lane("resist-jp-kr", "resist", "jp", "kr", months("strait"), resist)
    event.lane("resist-xx-kr", "resist", "xx", "kr")
    event.stock("resist", "kr", event.fact("hydrogen-fluoride/KR-chipmakers", "inventory"))
    product(event, "chips", "Chips in Korea", "kr", [("hf", used), "resist"])
    begins = event.date("hydrogen-fluoride/JP-KR", "start")
    liquid = assumed(0, 0, 0, "liquid HF licensed from mid November (note of shock/first_licence)")
    told = (event.dated("hydrogen-fluoride/JP-KR", "start"), event.dated("photoresist/JP-KR", "first_licence"))
    lift = assumed(0, 0, 0, "curbs lifted in March 2023: no row of the events says so")
    kept, ramp = parameter("licence_first"), months("licence_ramp")
    first = day("2019-11-15")
    licences(event, "hf-jp-kr", begins, first, (*told, liquid), jp)
    friction(event, "hf-jp", "2019-07", "2023-03", lift)
    listed = assumed(0.1, 0.05, 0.3, "part of resist that the rule lists: only that for the shortest wavelengths")
    permitted = event.date("photoresist/JP-KR", "first_licence")
    part, left = listed.value, listed.value * (1 - kept.value)
    event.close(
        "resist-jp-kr",
        LossPath(
            [(begins, 0.0), (begins, part), (permitted, part), (permitted, left), (later(permitted, ramp), 0.0)],
            (*told, listed, kept, ramp),
        ),
        resist,
    )
    event.grows("hf-new", begins, months("bulk_time"), months("bulk_ramp"))
    event.grows("resist-new", begins, months("fine_time"), months("bulk_ramp"))
    return event


def friction(event: Event, maker: str, begins: str, ends: str, why: Figure):
    """While a rule can stop a supplier any day, buyers prefer a qualified one: its goods count as dearer than those of a new source."""
    for month, scale in ((begins, 2.0), (ends, 0.0)):
        figure = (
            parameter("dear").times(
                scale, "USD/piece", f"twice the extra cost of a new source while each shipment needs a licence; {why.note}"
            )
            if scale
            else parameter("cost")
        )
        event.row(
            "technology_parameters",
            {"technology": maker, "parameter": "variable_cost", "from": month, "value": f"{figure.value:g}"},
            figure,
            True,
        )


def yokkaichi() -> Event:
    event = Event("yokkaichi-2019", "Thirteen minutes at Yokkaichi, 2019", "2019-06", "2020-03")
    event.region("fab", "out")
    event.good("starts", "Wafers in process", storable=False)
    event.maker("yokkaichi", "Yokkaichi", "starts", "fab", ONE)
    time = event.fact("nand/yokkaichi/JP", "cycle_time")
    in_months = time.times(months("cycle_time").value / parameter("cycle_time").value, "months")
    event.lane("line", "starts", "fab", "out", in_months, ONE)
    product(event, "nand", "NAND of Yokkaichi", "out", ["starts"])
    began, back = event.date("nand/yokkaichi/JP", "start"), event.date("nand/yokkaichi/JP", "full_recovery")
    why = (event.dated("nand/yokkaichi/JP", "start"), event.dated("nand/yokkaichi/JP", "full_recovery"))
    event.cut("yokkaichi", LossPath([(began, 0.0), (began, 1.0), (back, 0.0)], why))
    scrap = parameter("scrap")
    known = later(began, parameter("cycle_time"))
    event.cut("nand-making", LossPath([(began, 0.0), (began, scrap.value), (known, scrap.value), (known, 0.0)], (*why, scrap)))
    return event


def huawei() -> Event:
    event = Event("huawei-2020", "Phone chips denied with notice, 2020", "2020-10", "2022-12")
    world = event.fact("soc/hisilicon", "share_world")
    event.region("foundry", "huawei", "rivals")
    event.good("soc", "Kirin chips")
    event.maker("tsmc", "Foundry for HiSilicon", "soc", "foundry", world)
    event.lane("soc-lane", "soc", "foundry", "huawei")
    event.stock("soc", "huawei", event.fact("soc-kirin-9000/huawei", "inventory"), world)
    stretch = assumed(18, 12, 24, "months over which the firm means to stretch its chips: two product seasons", "months")
    over = later(day("2020-10-01"), stretch)
    classes = (
        ("dear", assumed(0.3, 0.15, 0.4, "dear models, served first"), 4.0),
        ("middle", assumed(0.3, 0.2, 0.4, "middle models"), 2.0),
        ("cheap", assumed(0.4, 0.3, 0.6, "cheap models, given up first"), 1.0),
    )
    for name, part, worth in classes:
        event.want(f"huawei-{name}", f"Huawei phones, {name}", "soc", "huawei", world.times(part, "1"), worth)
        nothing = Figure(0, "piece/month", 0, event.amount(world).value, "assumed", (), stretch.note, "2026")
        event.row(
            "programme_parameters",
            {"programme": f"huawei-{name}", "parameter": "demand", "from": f"{over:%Y-%m}", "path": "step", "value": "0"},
            nothing,
            True,
        )
    event.cut("tsmc", LossPath([(event.date("soc/tsmc-huawei", "start"), 1.0)], (event.dated("soc/tsmc-huawei", "start"),)))
    return event


def akm() -> Event:
    event = Event("akm-2020", "Audio chips after the fire of Nobeoka, 2020", "2020-10", "2022-06")
    event.region("fab", "out")
    event.good("starts", "Wafers in process", storable=False)
    event.maker("nobeoka", "AKM Nobeoka", "starts", "fab", event.fact("audio-lsi/akm-nobeoka/JP", "share_of_firm"))
    event.maker(
        "helper", "Another firm's fab", "starts", "fab", event.fact("audio-lsi/akm-nobeoka/JP", "share_of_firm"), cost="dear"
    )
    event.lane("line", "starts", "fab", "out", months("cycle_time"))
    product(event, "audio", "Audio chips shipped after the fire", "out", ["starts"])
    began = event.date("audio-lsi/akm-nobeoka/JP", "start")
    out = event.fact("audio-lsi/akm-nobeoka/JP", "duration")
    up = later(began, out)
    event.cut(
        "nobeoka",
        LossPath([(began, 0.0), (began, 1.0), (up, 1.0), (up, 0.0)], (event.dated("audio-lsi/akm-nobeoka/JP", "start"), out)),
    )
    event.grows("helper", began, months("port_time"), months("restart_time"))
    return event


def abf() -> Event:
    event = Event("abf-2021", "Substrates, 2020 to 2024", "2020-10", "2024-09")
    event.region("world")
    event.good("substrates", "ABF substrates", storable=False)
    build = event.fact("abf-line-equipment/world", "build_time")
    in_months = build.times(months("cycle_time").value / parameter("cycle_time").value, "months")
    event.maker("lines", "Lines that stand", "substrates", "world", ONE)
    event.maker("new-lines", "Lines ordered when demand jumped", "substrates", "world", parameter("expand_size"), cost="dear")
    event.want("buyers", "ABF substrates asked for", "substrates", "world")
    began = event.date("abf-substrate/world", "start")
    event.grows("new-lines", began, in_months, months("expand_ramp"), (event.dated("abf-substrate/world", "start"),))
    jump = event.amount(assumed(1.2, 1.1, 1.3, "servers, networks and computers at home with larger substrates"))
    event.row(
        "programme_parameters",
        {"programme": "buyers", "parameter": "demand", "from": "2020-10", "path": "step", "value": f"{jump.value:g}"},
        jump,
        True,
    )
    return event


def dram_2017() -> Event:
    event = Event("dram-2017", "DRAM planned short, 2017", "2017-01", "2017-12")
    event.region("world")
    event.good("bits", "DRAM bits", storable=False)
    supply, demand = event.fact("dram/world", "supply_growth"), event.fact("dram/world", "demand_growth")
    grown = Figure(
        1 + supply.value, "1", 1 + supply.low, 1 + supply.high, supply.confidence, supply.sources, supply.note, supply.as_of
    )
    event.maker("makers", "All makers, at full load", "bits", "world", grown)
    began = day("2017-01-01")
    # A year's growth in a straight line that ends at twice the mean's distance from the start.
    event.cut("makers", LossPath([(began, supply.value / grown.value), (day("2018-01-01"), 0.0)], (supply,)), is_after=False)
    event.want("buyers", "DRAM bits asked for", "bits", "world")
    for date, rate in (
        ("2017-01", event.amount(1.0, "what is asked for at the start")),
        (
            "2018-01",
            event.amount(
                Figure(
                    1 + demand.value,
                    "1",
                    1 + demand.low,
                    1 + demand.high,
                    demand.confidence,
                    demand.sources,
                    demand.note,
                    demand.as_of,
                )
            ),
        ),
    ):
        event.row(
            "programme_parameters",
            {"programme": "buyers", "parameter": "demand", "from": date, "path": "linear", "value": f"{rate.value:g}"},
            rate,
            True,
        )
    return event


EVENTS = (dram_2017, japan_korea, yokkaichi, huawei, akm, abf)
