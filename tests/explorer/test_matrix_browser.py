"The confusion matrix in a browser, by keys and clicks: in a page that stands alone, and asked of Python."
import os
import threading
from pathlib import Path

import numpy as np
import pytest

from tfrseg.cards import CARD_CLASSES, CARD_PALETTE, make_card
from tfrseg.explorer.comparison import ComparisonQuery, _error_table, compare
from tfrseg.explorer.server import serve_viewer
from tfrseg.explorer.viewer import class_table

CANVAS = "canvas.tfs-canvas"
CELL = "button.tfs-cell[data-cell='{} {}']"
SHOTS = os.environ.get("TFRSEG_SCREENSHOTS")
CARDS = [make_card(k, (90, 120)) for k in range(6)]


def shifted(masks, pixels=4): return np.where(np.roll(masks, pixels, 1) == 4, 1, np.roll(masks, pixels, 1)).astype(np.uint8)


def compared(*models):
    names = {"class_names": CARD_CLASSES, "palette": CARD_PALETTE, "show_progress": False}
    return compare(CARDS, models[0] if len(models) == 1 else dict(zip(("first", "second"), models)), **names)


@pytest.fixture(scope="module")
def one(): return [shifted(card["mask"]) for card in CARDS]


@pytest.fixture(scope="module")
def other(): return [np.roll(card["mask"], 9, 0) for card in CARDS]


@pytest.fixture
def served(page):
    "Opens a comparison that asks Python, as `tfrseg browse` serves it."
    servers = []

    def open_page(viewer):
        servers.append(serve_viewer(viewer))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        page.goto(servers[-1].url)
        page.wait_for_selector(f"{CANVAS}[data-shown]")
        return page

    yield open_page
    for server in servers: server.shutdown()
    assert not page.errors, page.errors


def pixels_of(true, found, masks):
    "Pixels of a confusion by name of the card, the most first."
    counts = {card["name"]: int(((card["mask"] == true) & (mask == found)).sum()) for card, mask in zip(CARDS, masks)}
    return {name: n for name, n in sorted(counts.items(), key=lambda item: -item[1]) if n}


def shows_in_order(page, names):
    "Pages through all records, and waits for each name in its place."
    page.locator(CANVAS).focus()
    page.keyboard.press("Home")
    for position, name in enumerate(names):
        page.wait_for_function("""([n, name]) => document.querySelector('.tfs-number').value === String(n + 1)
            && document.querySelector('.tfs-name').textContent === name""", arg=[position, name], timeout=60_000)
        page.keyboard.press("ArrowRight")
    lists(page, len(names))


def lists(page, count): page.wait_for_function("text => document.querySelector('.tfs-total')?.textContent === text && !document.querySelector('[aria-busy]')", arg=f"of {count}")


def share_of(page, color):
    "Share of the canvas that has a colour."
    return page.locator(CANVAS).evaluate("""(c, [r, g, b]) => { const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        let n = 0; for (let i = 0; i < d.length; i += 4) n += d[i] === r && d[i + 1] === g && d[i + 2] === b; return n / (d.length / 4); }""", list(color))


def waits_for(page, color, there=True):
    "Waits until a colour is on the canvas, or gone."
    page.wait_for_function("""([r, g, b, there]) => { const c = document.querySelector('canvas.tfs-canvas');
        const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        for (let i = 0; i < d.length; i += 4) if (d[i] === r && d[i + 1] === g && d[i + 2] === b) return there;
        return !there; }""", arg=[*color, there])


def shoot(page, name):
    if SHOTS: page.locator(".tfs").screenshot(path=f"{Path(SHOTS)}/{name}.png")


MARKED = next(row["color"] for row in _error_table(class_table(CARD_CLASSES, CARD_PALETTE)) if row["name"] == "the marked confusion")


def open_matrix(page):
    page.locator(CANVAS).focus()
    page.keyboard.press("m")
    page.wait_for_selector(".tfs-grid button")


def test_a_click_shows_the_pictures_of_a_confusion(served, one):
    "Those with the most pixels first, marked in a colour of its own; a second click shows all again."
    viewer = compared(one)
    viewer.show(alpha=1.0)
    page = served(viewer)
    page.get_by_role("button", name="confusion matrix (m)").click()
    cell = page.locator(CELL.format(4, 1))
    wanted = pixels_of(4, 1, one)
    assert cell.get_attribute("title") == f"stamp taken for card: {_share(viewer, 4, 1)} of stamp, {sum(wanted.values()):,} pixels"
    cell.click()
    lists(page, len(wanted))
    waits_for(page, MARKED)
    assert page.locator(".tfs-confusion").inner_text() == "stamp taken for card \u2715"
    assert cell.get_attribute("aria-selected") == "true" and list(viewer.order) == [[c["name"] for c in CARDS].index(name) for name in wanted]
    shoot(page, "matrix-cell")
    shows_in_order(page, list(wanted))
    page.locator(CELL.format(4, 1)).click()
    lists(page, 6)
    waits_for(page, MARKED, there=False)
    assert viewer.query.cell is None and page.locator(".tfs-confusion").is_hidden()


def _share(viewer, true, found):
    share = 100 * viewer.confusion.matrix[true, found] / viewer.confusion.matrix[true].sum()
    return f"{share:.1f} %"


def test_keys_reach_every_cell(served, one):
    "m opens, arrows walk, Enter chooses; Escape gives the canvas the keys back, and m closes."
    viewer = compared(one)
    page = served(viewer)
    open_matrix(page)
    focused = "document.activeElement.dataset.cell"
    assert page.evaluate(focused) == "0 0"
    for key in ("ArrowDown", "End", "ArrowUp", "ArrowLeft", "ArrowDown", "Home", "ArrowDown"): page.keyboard.press(key)
    assert page.evaluate(focused) == "2 0"
    assert page.locator(".tfs-grid button[tabindex='0']").count() == 1
    assert page.locator(".tfs-number").input_value() == "1"  # arrows did not page
    page.keyboard.press("Enter")
    lists(page, len(pixels_of(2, 0, one)))
    assert viewer.query.cell == (2, 0) and page.evaluate(focused) == "2 0"
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    page.wait_for_selector(".tfs-matrix", state="hidden")
    assert page.locator(".tfs-confusion").is_visible()
    page.locator(".tfs-confusion").press("Enter")
    lists(page, 6)


def test_sorted_by_a_class_and_searched(served, one):
    viewer = compared(one)
    page = served(viewer)
    page.locator("select.tfs-sort").select_option(label="text, worst first")
    page.wait_for_function("() => !document.querySelector('[aria-busy]')")
    iou = viewer.record_iou("prediction", 3)
    names = [CARDS[k]["name"] for k in np.argsort(iou, kind="stable")]
    shows_in_order(page, names)
    page.locator("input.tfs-search").focus()
    page.keyboard.type(names[2][-4:])
    lists(page, 1)
    page.get_by_role("button", name="all records, in order").click()
    lists(page, 6)
    assert viewer.query == ComparisonQuery()


def test_another_order_ends_a_confusion_and_a_search_does_not(served, one):
    viewer = compared(one)
    page = served(viewer)
    open_matrix(page)
    page.locator(CELL.format(4, 1)).click()
    lists(page, len(pixels_of(4, 1, one)))
    page.locator("input.tfs-search").focus()
    page.keyboard.type("card")
    page.wait_for_function("() => !document.querySelector('[aria-busy]') && document.querySelector('.tfs-search.tfs-active')")
    assert viewer.query.cell == (4, 1)
    page.locator("select.tfs-sort").select_option("order")
    lists(page, 6)
    assert viewer.query.cell is None and viewer.query.text == "card"


def test_flags_and_the_flagged(served, one):
    viewer = compared(one)
    page = served(viewer)
    page.locator(CANVAS).focus()
    page.keyboard.press("f")
    page.wait_for_selector(".tfs-flag[aria-pressed='true']")
    page.locator("select.tfs-filter").select_option("flagged")
    lists(page, 1)
    assert viewer.flagged == [int(viewer.order[0])]


def test_two_models_in_turn(served, one, other):
    "The box chooses whose matrix, legend and order are shown."
    viewer = compared(one, other)
    page = served(viewer)
    open_matrix(page)
    stamp = page.locator("button.tfs-class[data-id='4'] small")
    assert stamp.inner_text().split()[-1] == "0.00"
    first = page.locator(CELL.format(4, 4)).inner_text()
    page.locator("select.tfs-model").select_option(label="second")
    page.wait_for_function("old => document.querySelector(`button.tfs-cell[data-cell='4 4']`).textContent !== old", arg=first)
    page.wait_for_function("() => !document.querySelector(`button.tfs-class[data-id='4'] small`).textContent.endsWith('0.00')")
    assert viewer.query.model == 1 and page.evaluate("document.querySelectorAll('.tfs-confusion:not([hidden])').length") == 0
    page.locator("select.tfs-sort").select_option("difference")
    page.wait_for_function("() => !document.querySelector('[aria-busy]')")
    gap = np.abs(viewer.record_iou("first") - viewer.record_iou("second"))
    shows_in_order(page, [CARDS[k]["name"] for k in np.argsort(-gap, kind="stable")])
    shoot(page, "two-models")


def test_a_page_sorts_and_marks_by_itself(alone, one, other):
    "Without Python: the same records in the same order, the same pixels marked, for both models."
    viewer = compared(one, other)
    viewer.show(alpha=1.0)
    page = alone(viewer)
    assert page.locator("select.tfs-filter").is_hidden() and page.locator(".tfs-flag").is_hidden()
    open_matrix(page)
    for k, (name, masks) in enumerate((("first", one), ("second", other))):
        page.locator("select.tfs-model").select_option(label=name)
        page.wait_for_function("k => document.querySelector('.tfs-model').value === String(k)", arg=k)
        for sort, words in (("iou card", "card, worst first"), ("difference", "models differ most"), ("order", "in order"), ("iou", "worst first")):
            page.locator("select.tfs-sort").select_option(label=words)
            shows_in_order(page, [viewer.samples[n]["name"] for n in viewer.select(sort=sort, model=name)])
        true, found = (4, 1) if name == "first" else (3, 1)
        page.locator(CELL.format(true, found)).click()
        wanted = pixels_of(true, found, masks)
        lists(page, len(wanted))
        waits_for(page, MARKED)
        order = viewer.select(cell=(true, found), model=name)
        shows_in_order(page, [viewer.samples[n]["name"] for n in order])
        page.locator(CELL.format(true, found)).click()
        lists(page, 6)
        waits_for(page, MARKED, there=False)
    shoot(page, "page-of-two")


def test_names_of_classes_are_only_ever_text(alone):
    "What looks like HTML stays a name, in the matrix too."
    names = ["<b>bold</b>", "<img src=x onerror=alert(1)>", "'\"&amp;", "d", "e"]
    viewer = compare(CARDS[:2], [shifted(card["mask"]) for card in CARDS[:2]], class_names=names, show_progress=False)
    page = alone(viewer)
    open_matrix(page)
    assert page.locator(".tfs-rowhead").all_inner_texts()[:3] == names[:3]
    assert page.locator(".tfs-grid img, .tfs-grid b").count() == 0
    page.locator(CELL.format(4, 1)).click()
    assert page.locator(".tfs-confusion").inner_text().startswith("e taken for <img")


@pytest.mark.parametrize("width", (400, 1400))
def test_the_matrix_stays_inside_its_frame(alone, page, width):
    "Of many classes it scrolls; a narrow page has it below the pictures."
    rng = np.random.default_rng(0)
    mask = rng.integers(0, 40, (60, 80, 1)).astype(np.uint8)
    viewer = compare([{"image": np.zeros((60, 80, 3), np.uint8), "mask": mask, "name": "a"}], [np.roll(mask, 1, 0)], show_progress=False)
    before = page.viewport_size
    try:
        page.set_viewport_size({"width": width, "height": 900})
        alone(viewer)
        open_matrix(page)
        grid, frame = (page.locator(s).bounding_box() for s in (".tfs-grid", ".tfs"))
        assert grid["x"] >= frame["x"] and grid["x"] + grid["width"] <= frame["x"] + frame["width"]
        assert grid["y"] + grid["height"] <= frame["y"] + frame["height"] and grid["height"] > 150
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        canvas = page.locator(CANVAS).bounding_box()
        assert canvas["width"] > 250 and canvas["height"] > 100
    finally:
        page.set_viewport_size(before)
