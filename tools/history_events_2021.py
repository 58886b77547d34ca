# SPDX-License-Identifier: Apache-2.0
"""The events of studies/history from 2021 on; see history_events.py."""

from history_facts import Figure, LossPath, assumed, day, later, months, parameter
from history_folder import Event
from history_shapes import ONE, licences, product, thrift


def austin() -> Event:
    event = Event("austin-2021", "Power back in days, fab back in weeks, 2021", "2021-01", "2021-09", "2021-02")
    event.region("fab")
    event.good("wafers", "Wafers of Samsung's foundry", storable=False)
    part = assumed(
        0.25,
        0.2,
        0.35,
        "Austin in Samsung's foundry: 5 % of the world's 300 mm wafers, of a firm with about a fifth of foundry sales",
    )
    event.maker("austin", "Samsung Austin", "wafers", "fab", part)
    event.maker("korea", "Samsung's other foundry fabs", "wafers", "fab", part.less_than_one("the firm's other fabs"))
    event.want("samsung", "Wafers of Samsung's foundry", "wafers", "fab")
    event.good("wafers-tsmc", "Wafers of TSMC", storable=False)
    event.maker("tsmc", "TSMC, full", "wafers-tsmc", "fab", ONE)
    event.want("tsmc-buyers", "Wafers of TSMC", "wafers-tsmc", "fab")
    world = event.fact("foundry/samsung-austin/US", "share_world")
    event.good("wafers-world", "Wafers of all foundries", storable=False)
    event.maker("austin-in-world", "Samsung Austin in the world", "wafers-world", "fab", world)
    event.maker("rest-of-world", "All other foundries, full", "wafers-world", "fab", world.less_than_one("all other foundries"))
    event.want("world", "Wafers of all foundries", "wafers-world", "fab")
    began = event.date("foundry/samsung-austin/US", "start")
    dark = assumed(4, 3, 7, "days without power: back in days", "days")
    up = later(began, Figure(dark.value / 7, "weeks", 0, 1, "assumed", (), dark.note))
    ramp = months("restart_time")
    path = LossPath(
        [(began, 0.0), (began, 1.0), (up, 1.0), (later(up, ramp), 0.0)],
        (event.dated("foundry/samsung-austin/US", "start"), dark, ramp),
    )
    event.cut("austin", path)
    event.cut("austin-in-world", path)
    return event


def naka() -> Event:
    event = Event("naka-2021", "Renesas Naka after the fire, 2021", "2021-03", "2021-12")
    event.region("fab", "out", "cars")
    event.good("starts", "Wafers in process", storable=False)
    event.maker("naka", "Renesas Naka", "starts", "fab", ONE)
    event.lane("line", "starts", "fab", "out", months("cycle_time"), ONE)
    event.good("parts", "Parts at Renesas")
    event.maker("parts-making", "Test and packaging", "parts", "out", ONE, ["starts"])
    event.stock("parts", "out", event.fact("auto-mcu/renesas", "inventory"))
    event.lane("shipping", "parts", "out", "cars")
    event.stock("parts", "cars", parameter("assembler_stock"))
    product(event, "cars-built", "Cars of the thinnest maker", "cars", ["parts"])
    subject = "auto-mcu/renesas-naka"
    began, room = event.date(subject, "start"), event.date(subject, "restart")
    half, most = event.fact(subject, "capacity_path", 0), event.fact(subject, "capacity_path", 1)
    full = assumed(0, 0, 0, "whole in mid June (note of the second capacity_path)")
    why = (event.dated(subject, "start"), event.dated(subject, "restart"), half, most, full)
    event.cut(
        "naka",
        LossPath(
            [
                (began, 0.0),
                (began, 1.0),
                (room, 1.0),
                (day("2021-04-30"), 1 - half.value),
                (day("2021-05-31"), 1 - most.value),
                (day("2021-06-15"), 0.0),
            ],
            why,
        ),
    )
    gone = assumed(1, 0.8, 1, "a fire in the clean room costs all wafers in it")
    known = later(began, parameter("cycle_time"))
    event.cut(
        "parts-making",
        LossPath([(began, 0.0), (began, 1.0), (known, 1.0), (known, 0.0)], (*why[:1], gone, parameter("cycle_time"))),
    )
    return event


def auto_chips() -> Event:
    event = Event("auto-chips-2021", "Car chips, 2021", "2020-12", "2022-12")
    event.region("cars")
    short = assumed(0.25, 0.15, 0.35, "part of what is asked for that fabs filled with other work cannot make at first")
    began = event.date("chips/world", "start", default_day=1)
    start = later(began, months("expand_time"))
    path = LossPath(
        [(began, short.value), (start, short.value), (later(start, months("expand_ramp")), 0.0)],
        (event.dated("chips/world", "start"), short, months("expand_time"), months("expand_ramp")),
    )
    # A car needs all its chips: while Malaysian packaging is closed, what is packaged there sets the number of cars.
    backlog = event.fact("chip-backend/MY", "backlog")
    shut, told, opened = day("2021-06-01"), day("2021-09-15"), day("2021-10-01")
    closed = backlog.value * 7 / (told - shut).days
    dates = assumed(0, 0, 0, "closed from June (note of shock/backlog) to the report of mid September, open at its end")
    kit = LossPath(
        [
            (began, short.value),
            (shut, short.value),
            (shut, closed),
            (opened, closed),
            (opened, path.on(opened)),
            (later(start, months("expand_ramp")), 0.0),
        ],
        (*path.figures, backlog, dates),
    )
    makers = (
        (
            "toyota",
            "Toyota",
            event.fact("chips/toyota", "inventory"),
            assumed(0.12, 0.1, 0.13, "Toyota's part of world output, the largest"),
        ),
        (
            "jp-others",
            "other Japanese makers",
            event.fact("chips/car-makers", "inventory"),
            assumed(0.16, 0.14, 0.19, "seven other Japanese makers' part of world output"),
        ),
        (
            "ford-gm",
            "Ford and GM",
            parameter("assembler_stock"),
            assumed(0.13, 0.11, 0.15, "Ford's and GM's part of world output; less in store than the books say"),
        ),
        (
            "rest",
            "all others",
            event.fact("chips/car-makers", "inventory"),
            assumed(0.59, 0.5, 0.65, "what is left of world output"),
        ),
    )
    for name, title, stock, size in makers:
        event.good(f"chips-{name}", f"Chips for {title}")
        event.maker(f"fab-{name}", f"Chips for {title}", f"chips-{name}", "cars", size)
        event.stock(f"chips-{name}", "cars", stock, size)
        product(event, f"cars-{name}", f"Cars of {title}", "cars", [f"chips-{name}"], size)
        event.cut(f"fab-{name}", kit)
    event.good("orders", "Chips of all kinds", storable=False)
    event.maker("fabs", "Fabs of mature nodes", "orders", "cars", ONE, has_spare=True)
    event.want("order-book", "Orders for chips", "orders", "cars")
    event.queue("order-book", "orders", "cars")
    event.cut("fabs", path)
    return event


def drought() -> Event:
    event = Event("drought-2021", "Water to Taiwanese parks, 2021", "2021-04", "2021-08")
    lost = event.fact("water/taichung-parks/TW", "share_lost")
    worse = event.fact("water/hsinchu-park/TW", "share_lost")
    event.region("park")
    event.good("water", "Water of the parks", storable=False)
    event.maker("reservoirs", "Reservoirs", "water", "park", ONE)
    event.maker("reuse", "Reuse, which stands already", "water", "park", parameter("thrift", "1"), cost="need")
    product(event, "wafers", "Wafers of the parks", "park", ["water"])
    rain = assumed(0, 0, 0, "rain came in June")
    june, july = day("2021-06-01"), day("2021-07-01")
    event.cut(
        "reservoirs",
        LossPath(
            [
                (day("2021-04-06"), 0.0),
                (day("2021-04-06"), lost.value),
                (june, lost.value),
                (june, worse.value),
                (july, worse.value),
                (july, 0.0),
            ],
            (lost, worse, rain),
        ),
    )
    return event


def neon() -> Event:
    event = Event("neon-2022", "Neon of Ukraine, 2022", "2022-01", "2022-12", "2022-02")
    event.region("UA", "CN", "XX", "KR", "fabs")
    lost = event.fact("neon-semiconductor/UA", "share_lost")
    event.good("neon", "Neon of chip grade, the world")
    event.maker("neon-ua", "Ingas and Cryoin", "neon", "fabs", lost)
    event.maker("neon-else", "Other purifiers", "neon", "fabs", lost.less_than_one("other purifiers"), has_spare=True)
    event.maker("neon-new", "New purifiers", "neon", "fabs", lost, cost="dear")
    event.stock("neon", "fabs", event.fact("neon/KR-chipmakers", "inventory"))
    thrift(event, "neon", "fabs", event.date("neon-semiconductor/UA", "start"))
    product(event, "chips", "Chips by DUV light", "fabs", ["neon"])
    began = event.date("neon-semiconductor/UA", "start")
    why = (event.dated("neon-semiconductor/UA", "start"), lost)
    event.cut("neon-ua", LossPath([(began, 0.0), (began, 1.0)], why))
    event.grows("neon-new", began, months("bulk_time"), months("bulk_ramp"), why)

    cn = event.fact("neon/CN-KR", "import_share")
    ua = assumed(0.23, 0.2, 0.25, "Ukraine's part of Korea's imports (note of the same fact)")
    event.good("neon-kr", "Neon for Korea")
    event.maker("kr-ua", "Ukraine to Korea", "neon-kr", "ua", ua)
    event.maker(
        "kr-cn",
        "China to Korea",
        "neon-kr",
        "cn",
        assumed(
            cn.value + ua.value,
            cn.value,
            1.0,
            "China holds 0.3 of all neon, many times Korea's imports: it can also send what Ukraine sent",
        ),
        cost="dear",
    )
    event.maker("kr-xx", "Others to Korea", "neon-kr", "xx", assumed(1 - cn.value - ua.value, 0.1, 0.2, "what is left"))
    for origin in ("ua", "cn", "xx"):
        event.lane(f"{origin}-kr", "neon-kr", origin, "kr")
    event.want("korea", "Neon for Korea", "neon-kr", "kr")
    event.cut("kr-ua", LossPath([(began, 0.0), (began, 1.0)], why))
    return event


def gage() -> Event:
    event = Event("gage-2023", "Gallium and germanium, 2023", "2023-07", "2025-12")
    event.region("CN", "XX", "west", "US")
    begins = event.date("gallium/CN", "start")
    review = event.fact("gallium/CN", "policy_review_time")
    first = later(begins, review)
    told = (event.dated("gallium/CN", "announced"), event.dated("gallium/CN", "start"), review)
    for good, title in (("gallium", "Gallium"), ("germanium", "Germanium")):
        share = event.fact(f"{good}/CN", "share_world")
        event.good(good, title)
        event.maker(f"{good}-cn", f"{title} of China", good, "cn", share, has_spare=True)
        event.maker(f"{good}-xx", f"{title} of others", good, "west", share.less_than_one("other origins"))
        event.lane(f"{good}-cn-west", good, "cn", "west")
        event.stock(good, "cn", parameter("maker_stock"), share)
        event.stock(good, "west", parameter("maker_stock"))
        product(event, f"{good}-use", f"Use of {title.lower()}", "west", [good])
        licences(event, f"{good}-cn-west", begins, first, told, share)
    ban, lifted = event.date("gallium-germanium/CN-US", "ban_start"), event.date("gallium-germanium/CN-US", "ban_suspended")
    event.good("metal-us", "Gallium and germanium for the United States")
    event.maker("metal-cn", "China, for the United States", "metal-us", "cn", ONE)
    event.lane("metal-cn-us", "metal-us", "cn", "us")
    event.lane("metal-cn-xx", "metal-us", "cn", "xx")
    event.lane("metal-xx-us", "metal-us", "xx", "us")
    detour = parameter("dear")
    event.row("lane_parameters", {"lane": "metal-xx-us", "parameter": "cost", "value": f"{detour.value:g}"}, detour)
    event.want("us-buyers", "Gallium and germanium for the United States", "metal-us", "us")
    event.close(
        "metal-cn-us",
        LossPath(
            [(ban, 0.0), (ban, 1.0), (lifted, 1.0), (lifted, 0.0)],
            (event.dated("gallium-germanium/CN-US", "ban_start"), event.dated("gallium-germanium/CN-US", "ban_suspended")),
        ),
        ONE,
    )
    return event


def micron() -> Event:
    event = Event("micron-2023", "A ban by the buyers, 2023", "2023-05", "2023-12")
    share = event.fact("memory/micron-CN", "revenue_share")
    event.region("micron", "others", "CII", "CN", "XX")
    event.good("memory", "Memory", storable=False)
    firm = assumed(0.22, 0.18, 0.26, "Micron's part of world memory")
    event.maker("micron", "Micron", "memory", "micron", firm)
    event.maker("other-makers", "Other makers", "memory", "others", firm.less_than_one("other makers"))
    part = assumed(0.5, 0.3, 0.7, "part of Micron's Chinese sales that goes to critical infrastructure")
    bound, free = share.times(firm, "1").times(part, "1"), share.times(firm, "1").times(
        part.less_than_one("the rest of its Chinese sales"), "1"
    )
    china = assumed(0.3, 0.25, 0.35, "China's part of world memory use")
    event.want("china-bound", "Chinese critical infrastructure that bought of Micron", "memory", "cii", bound)
    event.want(
        "china-free",
        "Other Chinese buyers",
        "memory",
        "cn",
        assumed(china.value - bound.value, 0.2, 0.35, "China less critical infrastructure"),
    )
    event.want("elsewhere", "Buyers elsewhere", "memory", "xx", china.less_than_one("buyers elsewhere"))
    for to in ("cii", "cn", "xx"):
        event.lane(f"micron-{to}", "memory", "micron", to)
        event.lane(f"others-{to}", "memory", "others", to)
    event.cap("micron-cn", free)
    event.toll("others-cii")
    event.toll("others-cn")
    ban, begins = event.dated("memory/micron-CN", "start"), event.date("memory/micron-CN", "start")
    event.close("micron-cii", LossPath([(begins, 0.0), (begins, 1.0)], (ban,)), bound)
    return event


def cowos() -> Event:
    event = Event("cowos-2023", "Packaging as the neck, 2023", "2023-05", "2025-04")
    event.region("world")
    fill = event.fact("cowos/tsmc/TW", "fill_rate")
    event.good("packages", "Packages asked for", storable=False)
    event.maker("lines", "Lines that stand", "packages", "world", fill)
    ordered = fill.times(event.fact("cowos/tsmc/TW", "demand_growth"), "1", "lines ordered as demand grows: twice what stands")
    event.maker("new-lines", "Lines ordered when demand jumped", "packages", "world", ordered, cost="dear")
    event.want("orders", "Orders for packages", "packages", "world", fill)
    event.queue("orders", "packages", "world")
    jump = assumed(0, 0, 0, "demand jumped in May 2023")
    event.grows("new-lines", day("2023-05-01"), months("expand_time"), months("expand_ramp"), (jump,))
    rate = event.amount(assumed(1.0, 0.9, 1.1, "what is asked for once demand has jumped, of which the fill rate is met"))
    event.row(
        "programme_parameters",
        {"programme": "orders", "parameter": "demand", "from": "2023-05", "path": "step", "value": f"{rate.value:g}"},
        rate,
        True,
    )
    return event


def grid_gear() -> Event:
    event = Event("grid-gear-2021", "Transformers, 2019 to 2025", "2019-01", "2025-12")
    event.region("US")
    growth = event.fact("power-transformer/US", "demand_growth")
    slow, at_start = parameter("slow_growth"), 1 + parameter("spare").value
    event.good("transformers", "Power transformers", storable=False)
    top = assumed(
        at_start * (1 + slow.value) ** 7,
        1.3,
        2.0,
        "what the works reach at the end, at the shared slow growth from a tenth of spare",
    )
    event.maker("works", "Works at home and abroad", "transformers", "us", top)
    years = [(day(f"{year}-01-01"), 1 - (1 + slow.value) ** (year - 2026)) for year in range(2019, 2027)]
    event.cut("works", LossPath(years, (slow, parameter("spare"))), is_after=False)
    event.want("buyers", "Power transformers asked for", "transformers", "us")
    event.queue("buyers", "transformers", "us")
    for year in range(2019, 2027):
        more = event.amount(growth.times((year - 2019) / 6, "1", f"{growth.note}; in a straight line from 2019"))
        rate = Figure(
            more.value + 100, more.unit, more.low + 100, more.high + 100, "estimated", more.sources, more.note, more.as_of
        )
        event.row(
            "programme_parameters",
            {"programme": "buyers", "parameter": "demand", "from": f"{year}-01", "path": "linear", "value": f"{rate.value:.6g}"},
            rate,
            True,
        )
    return event


def t_glass() -> Event:
    event = Event("t-glass-2025", "Low-expansion glass cloth, 2025", "2025-05", "2026-12")
    event.region("world")
    share = event.fact("t-glass/nittobo/JP", "share_world")
    event.good("glass", "Low-expansion glass cloth")
    event.maker("nittobo", "Nittobo", "glass", "world", share)
    event.maker("glass-others", "Other makers", "glass", "world", share.less_than_one("other makers"), has_spare=True)
    grown = assumed(1.15, 1.1, 1.3, "demand over what stands: servers with larger substrates")
    abf = assumed(0.5, 0.3, 0.7, "part of the cloth that goes to ABF substrates, whose makers pay more")
    event.want("abf-buyers", "Cloth for ABF substrates", "glass", "world", abf, 2.0)
    event.want("bt-buyers", "Cloth for BT substrates", "glass", "world", abf.less_than_one("BT substrates"))
    for name, part in (("abf-buyers", abf), ("bt-buyers", abf.less_than_one("BT substrates"))):
        rate = event.amount(part.times(grown, "1"))
        event.row(
            "programme_parameters",
            {"programme": name, "parameter": "demand", "from": "2025-05", "path": "step", "value": f"{rate.value:.6g}"},
            rate,
            True,
        )
    return event


EVENTS = (austin, naka, auto_chips, drought, neon, gage, micron, cowos, grid_gear, t_glass)
