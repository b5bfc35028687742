"""What a reader does and sees, named once for the tests."""

from playwright.sync_api import expect

from scripts.browser import wait_until_drawn

ENGLAND = "Special educational needs and disabilities in England"
IN_TIME = "EHC plans issued within 20 weeks"

# Each page in each of its states: the address, and the heading that tells it from the others.
VIEWS = {
    "england": ("", ENGLAND),
    "england with an area": ("?area=E10000016&metric=plans_issued_in_20_weeks", ENGLAND),
    "neighbours": ("neighbours?area=E10000016", "Neighbours"),
    "neighbours, none chosen": ("neighbours", "Neighbours"),
    "need and provision": ("need-and-provision?area=E10000016", "Need and provision"),
    "outcomes and spending": ("outcomes-and-spending?area=E10000016", "Outcomes and spending"),
    "local area, none chosen": ("local-area", "Local area"),
    "local area": ("local-area?area=E10000016", "Kent"),
    "local area that is not ranked": ("local-area?area=E06000053", "Isles of Scilly"),
    "local area that was abolished": ("local-area?area=E10000006", "Cumbria"),
    "metric": ("metric?area=E10000016&metric=plans_issued_in_20_weeks", IN_TIME),
    "metric with a funnel": (
        "metric?area=E10000016&metric=plans_discontinued_needs_met",
        "School-age EHC plans discontinued because needs were met without one",
    ),
    "metric of a group": (
        "metric?area=E06000035&metric=attainment_8&breakdown=SEN+support",
        "Attainment 8",
    ),
    "metric beside a group of one's own": (
        "metric?area=E10000016&metric=plans_issued_in_20_weeks&against=own&group=E06000035",
        IN_TIME,
    ),
    "local area beside its type": ("local-area?area=E10000016&against=type", "Kent"),
    "methods": ("methods", "Methods"),
    "compare, none chosen": ("compare", "Compare local authorities"),
    "compare": ("compare?areas=E10000016,E06000035&topic=timeliness", "Compare local authorities"),
    "compare by a pack, with neighbours": (
        "compare?area=E06000035&set=neighbours&pack=board",
        "Compare local authorities",
    ),
    "compare beside England, in order": (
        "compare?area=E06000035&set=region&pack=inspection&shade=england&sort=name",
        "Compare local authorities",
    ),
    "compare health in England's regions": (
        "compare?set=regions&pack=health",
        "Compare local authorities",
    ),
    "money": ("money?area=E10000016", "Money"),
    "money, none chosen": ("money", "Money"),
    "alternative provision": ("alternative-provision?area=E10000016", "Alternative provision"),
    "alternative provision where little is published": (
        "alternative-provision?area=E06000053",
        "Alternative provision",
    ),
    "health and care in two boards": ("health-and-care?area=E06000064", "Health and care"),
    "health and care, none chosen": ("health-and-care", "Health and care"),
    "about": ("about", "About the data"),
    "what is new": ("whats-new", "What is new"),
    "what is new for an area": ("whats-new?area=E10000016", "What is new"),
    "glossary": ("glossary", "Glossary"),
    "accessibility": ("accessibility", "Accessibility statement"),
    "briefing, none chosen": ("briefing", "Briefing"),
    "briefing": ("briefing?area=E10000016&brief=board&order=on_time,scorecard", "Briefing"),
    "briefing of a reform plan": ("briefing?area=E06000053&brief=reform_plan", "Briefing"),
}


def open_view(page, url, view):
    """Follow a link and wait until everything on it is drawn."""
    address, heading = VIEWS[view]
    page.goto(f"{url}/{address}")
    see(page, heading)


def see(page, heading):
    """Wait until the page with this heading has nothing more to draw."""
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    wait_until_drawn(page)


def choose(page, label, text):
    """Choose from a list by typing, as a reader with a keyboard does."""
    box = page.get_by_role("combobox", name=label)
    box.fill(text)
    expect(page.get_by_role("option", name=text).first).to_be_visible()
    box.press("Enter")


def open_funnel(page):
    """Open the funnel plot, which is drawn only then."""
    page.get_by_text("Show the funnel plot").click()
    expect(page.get_by_role("figure", name="Funnel chart of")).to_be_visible()
    wait_until_drawn(page)


def open_map(page):
    """Open the tile map, which is drawn only then."""
    page.get_by_text("Show the map").click()
    expect(page.locator(".tiles a").first).to_be_visible()
    wait_until_drawn(page)


def open_foot(page):
    """Open what stands at the foot of a page on one topic, which is drawn only then."""
    page.get_by_text("Show one measure over time").click()
    expect(page.get_by_role("combobox", name="Measure in the chart")).to_be_visible()
    page.get_by_text("Definitions, sources and caveats").click()
    expect(page.get_by_text("Who is counted:").first).to_be_visible()
    wait_until_drawn(page)


def draw_boundaries(page):
    """Ask for the opened map by boundaries."""
    page.get_by_text("Their boundaries").click()
    expect(page.locator(".shapes a").first).to_be_attached()
    wait_until_drawn(page)


def open_tables(page):
    """Open everything that opens."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")


def open_everything(page):
    """Open every expander, which may draw more, then every table and every explanation."""
    for opener in page.locator("[data-testid=stExpander] summary").all():
        if opener.locator("xpath=..").get_attribute("open") is None:
            opener.click()
            wait_until_drawn(page)
    open_tables(page)


def menus(page):
    """The labels of the lists to choose from."""
    return [box.get_attribute("aria-label") for box in page.get_by_role("combobox").all()]
