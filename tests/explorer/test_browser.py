"""What users see, in a real browser: the widget in JupyterLab, and the page that stands alone."""
import os
import shutil
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from browsing import CHROMIUM, HASH, assert_quiet, chromium, close_notebook, in_kernel, open_notebook, saved_outputs
from PIL import Image
from waiting import until

from tfrseg.cards import CARD_CLASSES, CARD_PALETTE, make_card, make_folder
from tfrseg.explorer.browser import RecordBrowser, explore_records
from tfrseg.storage.flags import read_flags
from tfrseg.palette import default_colors
from tfrseg.explorer.comparison import compare
from tfrseg.storage.shards import open_shards
from tfrseg.explorer.server import serve_viewer
from tfrseg.sources.source import folder_source
from tfrseg.explorer.viewer import Viewer, class_table
from tfrseg.writer.write import plan_shards, write_shards

if not os.environ.get("CI"):
    pytest.importorskip("playwright", reason="wants playwright: pip install -e '.[dev]'")
    if not CHROMIUM: pytest.skip("wants a Chromium on the path: apt-get install chromium", allow_module_level=True)

SHOTS = os.environ.get("TFRSEG_SCREENSHOTS")


@pytest.fixture(scope="module")
def playwright():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p: yield p


@pytest.fixture(scope="module")
def page(playwright, tmp_path_factory):
    with chromium(playwright, tmp_path_factory.mktemp("chromium")) as page: yield page


@pytest.fixture
def alone(playwright, tmp_path, page):
    "Opens the page of a viewer with all network blocked; nothing may even be asked for."
    context, asked = page.context, []
    context.set_offline(True)
    watch = lambda request: asked.append(request.url)

    def open_page(viewer):
        (tmp_path / "page.html").write_text(viewer.to_html(), encoding="utf-8")
        page.goto((tmp_path / "page.html").as_uri())
        page.on("request", watch)
        page.wait_for_selector("canvas[data-shown]", timeout=20_000)
        return page

    yield open_page
    page.remove_listener("request", watch)
    context.set_offline(False)
    assert not [url for url in asked if not url.startswith(("blob:", "file:", "data:"))]
    assert not page.errors, page.errors


def hash_of(page): return page.locator("canvas.tfs-canvas").evaluate(HASH)


def changed(page, old):
    "Waits for other pixels than `old`, and gives their hash."
    handle = page.locator("canvas.tfs-canvas").element_handle()
    page.wait_for_function(f"([canvas, old]) => ({HASH})(canvas) !== old", arg=[handle, old])
    return hash_of(page)


def answered(page):
    "Waits until the records that were asked for are found."
    page.wait_for_function("() => !document.querySelector('.tfs [aria-busy]') && document.querySelector('.tfs-status').textContent === ''")


def shown(page, number): page.wait_for_selector(f"canvas.tfs-canvas[data-shown='{number}']")


def press(page, *keys):
    page.locator("canvas.tfs-canvas").focus()
    for key in keys: page.keyboard.press(key)


def shoot(page, name):
    if SHOTS: page.locator(".tfs").screenshot(path=f"{Path(SHOTS)}/{name}.png")


def boxes(page, nth=0):
    "What the boxes of a view say: the name searched for, which records, in which order."
    told = "box => box.selectedOptions[0].textContent"
    chosen = lambda kind: page.locator(f"select.tfs-{kind}").nth(nth).evaluate(told)
    return page.locator("input.tfs-search").nth(nth).input_value(), chosen("filter"), chosen("sort")


def says(page, text, filter, sort, nth=0):
    "Waits until the boxes of a view say this."
    page.wait_for_function('''([wanted, n]) => {
        const box = kind => document.querySelectorAll(`.tfs-${kind}`)[n], chosen = kind => box(kind)?.selectedOptions[0]?.textContent;
        return wanted.join("|") === [box("search")?.value, chosen("filter"), chosen("sort")].join("|"); }''',
                           arg=[[text, filter, sort], nth])
    assert boxes(page, nth) == (text, filter, sort)


def lists(page, count, nth=0):
    "Waits until a view lists so many records, all of them scanned."
    page.wait_for_function('''([text, n]) => document.querySelectorAll(".tfs-total")[n]?.textContent === text
        && document.querySelectorAll(".tfs-status")[n].textContent === ""''', arg=[f"of {count}", nth])


def typed(page, box, *keys, nth=0):
    "Presses keys in a box that has the focus, as people do."
    page.locator(f".tfs-{box}").nth(nth).focus()
    for key in keys: page.keyboard.press(key)


def cards_viewer(**options):
    load = lambda k: {"pictures": [make_card(k, (90, 120)) | {"title": "overlay"}], "name": f"card {k}"}
    return Viewer(load, 3, class_table(CARD_CLASSES, CARD_PALETTE), **options)


def heard(page, code, wanted):
    "Python hears of what was done in the page, sooner or later."
    for _ in range(2400):
        if (said := in_kernel(page, code)) == wanted: return
        page.wait_for_timeout(50)
    assert said == wanted


def test_records_in_jupyterlab(page, lab, shards):
    "Overlay by key and mouse, classes, paging, flags, zoom, theme; and Python hears of it."
    address, folder = lab
    open_notebook(page, address, folder, "records", [f"from tfrseg import explore_records\nw = explore_records({str(shards)!r}, 'train')\nw"])
    shown(page, 0)
    assert_quiet(saved_outputs(page, folder, "records"))
    assert in_kernel(page, f"import tfrseg\nfigure = tfrseg.plot_summary({str(shards)!r})") == "", "a figure says nothing on stderr either"
    first = hash_of(page)
    shoot(page, "lab-light")
    slider = page.locator("input.tfs-alpha")
    slider.focus()
    for _ in range(10): page.keyboard.press("ArrowRight")
    assert page.locator(".tfs-percent").inner_text() == "60 %"
    stronger = changed(page, first)
    box = slider.bounding_box()
    page.mouse.click(box["x"] + 3, box["y"] + box["height"] / 2)
    bare = changed(page, stronger)
    page.locator("button.tfs-class", has_text="card").click()
    page.mouse.click(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2)
    toggled = changed(page, bare)
    page.locator("button.tfs-class", has_text="card").click()
    assert changed(page, toggled) not in (first, stronger, bare)

    press(page, "ArrowRight")
    shown(page, 1)
    press(page, "f", "ArrowRight")
    shown(page, 2)
    press(page, "f", "f")
    heard(page, "print(w.index, w.flagged, w.view['hidden'], w.view['alpha'])", "2 [1] [0] 0.84")
    in_kernel(page, "w.index = 4; w.show(alpha=0.25, outline=True)")
    shown(page, 4)
    assert page.locator(".tfs-percent").inner_text() == "25 %"
    before = hash_of(page)
    press(page, "s")
    side = changed(page, before)
    press(page, "+", "+")
    assert changed(page, side)
    page.evaluate("jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })")
    page.wait_for_selector(".tfs[data-theme='dark']")
    page.wait_for_timeout(200)
    shoot(page, "lab-dark")
    page.evaluate("jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Light' })")
    assert not page.errors, page.errors
    close_notebook(page)


@pytest.mark.slow
def test_filter_and_sort_in_jupyterlab(page, lab, shards):
    address, folder = lab
    code = f"from tfrseg import explore_records\nw = explore_records({str(shards)!r}, 'train')\nw"
    open_notebook(page, address, folder, "filter", [code])
    shown(page, 0)
    press(page, "ArrowRight")
    shown(page, 1)
    press(page, "f")
    numbers = [n for n in range(open_shards(shards, "train").records) if 4 in open_shards(shards, "train").sample(n)["mask"]]
    page.locator("select.tfs-filter").select_option(label="with stamp")
    answered(page)
    page.wait_for_function(f"document.querySelector('.tfs-total')?.textContent === 'of {len(numbers)}'")
    press(page, "Home")
    shown(page, numbers[0])
    press(page, "ArrowRight")
    shown(page, numbers[1])
    page.locator("select.tfs-filter").select_option(label="flagged")
    answered(page)
    shown(page, 1)
    page.locator("select.tfs-filter").select_option("")
    page.locator("input.tfs-search").fill("no such name")
    page.wait_for_function("document.querySelector('.tfs-total')?.textContent === 'of 0'")
    page.locator("input.tfs-search").fill("")
    page.wait_for_function(f"document.querySelector('.tfs-total')?.textContent === 'of {open_shards(shards, 'train').records}'")
    close_notebook(page)


@pytest.fixture(scope="module")
def some(tmp_path_factory):
    "Twelve records in order, every third without its stamp; and the numbers of the others, the largest stamp first."
    work = make_folder(tmp_path_factory.mktemp("some"), 12, (90, 120))
    for path in sorted((work / "seg").iterdir())[::3]:
        mask = np.asarray(Image.open(path))
        Image.fromarray(np.where(mask == 4, 1, mask).astype(np.uint8)).save(path)
    source = folder_source(work / "img", work / "seg", class_names=CARD_CLASSES, show_progress=False)
    write_shards(plan_shards(source, work / "out", records_per_shard=5), show_progress=False)
    return work / "out", explore_records(work / "out").select(with_class="stamp", sort="largest").tolist()


@pytest.mark.slow
def test_filter_and_sort_by_keys_in_jupyterlab(page, lab, some):
    "The boxes say what is in force, both go together, each is taken back alone; two views agree, and Python hears."
    (address, folder), (shards, stamped) = lab, some
    cells = [f"from tfrseg import explore_records\nw = explore_records({str(shards)!r})\nw", "w"]
    open_notebook(page, address, folder, "keys", cells)
    page.wait_for_function("document.querySelectorAll('canvas.tfs-canvas[data-shown]').length === 2")
    typed(page, "filter", *"with st")
    for nth in range(2):
        lists(page, len(stamped), nth)
        says(page, "", "with stamp", "in order", nth)
    press_in = lambda nth, key: (page.locator("canvas.tfs-canvas").nth(nth).focus(), page.keyboard.press(key))
    press_in(0, "End")
    page.wait_for_selector(f"canvas.tfs-canvas[data-shown='{sorted(stamped)[-1]}']")
    typed(page, "sort", "ArrowDown", "ArrowDown", nth=1)
    for nth in range(2):
        says(page, "", "with stamp", "largest area first", nth)
        page.wait_for_function("([n, number]) => document.querySelectorAll('canvas.tfs-canvas')[n].dataset.shown === number",
                               arg=[nth, str(stamped[0])])
        assert page.locator("input.tfs-number").nth(nth).input_value() == "1"
    said = in_kernel(page, "print(w.index, w.position, w.meta['query']['classes'], w.meta['query']['sort'])")
    assert said == f"{stamped[0]} 0 [[4, 0, 1]] largest"
    typed(page, "filter", *"all")
    lists(page, 12, 1)
    says(page, "", "all records", "largest area first", 1)
    typed(page, "sort", "Home")
    says(page, "", "all records", "in order", 1)
    typed(page, "search", *"card-000")
    lists(page, 10)
    says(page, "card-000", "all records", "in order")
    typed(page, "clear", "Enter", nth=1)
    lists(page, 12)
    says(page, "", "all records", "in order")
    assert page.locator(".tfs-clear").first.is_hidden()
    in_kernel(page, "w.flagged = [0, 1]; w.select(with_class='stamp', only_flagged=True)")
    says(page, "", "flagged, with stamp", "in order")
    assert not page.errors, page.errors
    close_notebook(page)


@pytest.mark.slow
def test_names_with_dollars_in_jupyterlab(page, lab, shards):
    "A class called `$50%_$ note` is no formula in the table of a summary."
    address, folder = lab
    code = (f"from tfrseg.explorer import Summary, explore_records\nw = explore_records({str(shards)!r})\ndisplay(w)\n"
            "Summary('p', {'a': 'b'}, ((0, '$50%_$ note', 1, 1.0, 1, 1.0), (1, '$x$', 1, 1.0, 1, 1.0)))")
    formula = "from IPython.display import HTML\nHTML('<p id=math>$y$</p>')"
    open_notebook(page, address, folder, "dollars", [code, formula])
    page.wait_for_selector("#math mjx-container", state="attached")  # what is to be a formula is one by now
    cells = page.locator(".jp-RenderedHTML td").all_inner_texts()
    assert cells[1::6] == ["$50%_$ note", "$x$"]
    close_notebook(page)


def test_page_alone(alone):
    "Overlay, classes, outline, zoom and paging live without kernel and network."
    page = alone(cards_viewer())
    seen = [hash_of(page)]
    for keys in ("]", "o", "s", "2", "+", "ArrowRight"):
        press(page, keys)
        seen.append(changed(page, seen[-1]))
    assert len(set(seen)) == len(seen)
    shown(page, 1)
    for _ in range(2):  # twice: Chromium draws a canvas by other means once it has been read a few times
        press(page, " ")
        muted = changed(page, seen[-1])
        press(page, " ")
        seen.append(changed(page, muted))
    assert seen[-1] == seen[-2]
    press(page, "0", "s", "o", "2")
    page.locator("button.tfs-theme").click()
    shoot(page, "page")


def test_colors_are_those_of_the_classes(alone):
    "With the overlay at 100 %, each pixel has its class's colour; the read-out says position, colour, id and name."
    card = make_card(2, (90, 120))
    viewer = Viewer(lambda k: {"pictures": [card]}, 1, class_table(CARD_CLASSES, CARD_PALETTE))
    viewer.show(alpha=1.0, hidden=[])
    page = alone(viewer)
    canvas = page.locator("canvas")
    width, height = canvas.evaluate("c => [c.clientWidth, c.clientHeight]")
    scale = min(width / 120, height / 90)
    for label in range(5):
        inner = card["mask"][..., 0] == label
        inner = inner[1:-1, 1:-1] & inner[:-2, 1:-1] & inner[2:, 1:-1] & inner[1:-1, :-2] & inner[1:-1, 2:]
        y, x = (int(n[len(n) // 2]) + 1 for n in np.nonzero(inner))
        at = [width / 2 + (x + 0.5 - 60) * scale, height / 2 + (y + 0.5 - 45) * scale]
        got = canvas.evaluate("(c, [x, y]) => [...c.getContext('2d').getImageData(x * devicePixelRatio, y * devicePixelRatio, 1, 1).data]", at)
        assert got[:3] == list(CARD_PALETTE[label]), (label, x, y)
        canvas.hover(position={"x": at[0], "y": at[1]})
        color = "#" + "".join(f"{n:02x}" for n in card["image"][y, x])
        assert page.locator(".tfs-readout").inner_text().split() == ["x", str(x), "y", str(y), "·", color, "·", str(label), CARD_CLASSES[label]]


def test_ids_beyond_the_names(alone):
    "Sixteen-bit ids and ids without a name have colours of the default palette, and stand in the legend."
    viewer = Viewer(lambda k: {"pictures": [{"mask": np.full((8, 8, 1), 300, np.uint16)}]}, 1, class_table(CARD_CLASSES))
    viewer.show(alpha=1.0)
    page = alone(viewer)
    got = page.locator("canvas").evaluate("c => [...c.getContext('2d').getImageData(c.width / 2, c.height / 2, 1, 1).data]")
    assert got[:3] == default_colors(301)[300].tolist()
    assert "class 300" in page.locator(".tfs-legend").inner_text()


def test_names_are_text(alone):
    "A name, a class and a title with markup are shown as they are written, and run nothing."
    evil = "<img src=x onerror=\"window.hacked = 1\"></script><script>window.hacked = 1</script> \N{SMILING FACE WITH SUNGLASSES}"
    load = lambda k: {"pictures": [make_card(0, (45, 60)) | {"title": evil}], "name": evil, "note": evil, "code": evil}
    page = alone(Viewer(load, 1, class_table([evil, evil]), empty=evil))
    assert page.evaluate("window.hacked") is None
    assert page.locator(".tfs-name").inner_text() == page.locator(".tfs-code").inner_text() == evil
    assert page.locator(".tfs img, .tfs script").count() == 0
    page.locator("button[title='copy the code']").click()
    page.wait_for_selector("button:text-matches('copied|selected')")
    assert page.evaluate("getSelection().toString()") == evil


def test_odd_pictures(alone, tmp_path):
    "1 x 5000 pixels, 200 classes, an image without mask, a record that is bad: each is shown, or says why not."
    rng = np.random.default_rng(0)
    odd = [{"image": rng.integers(0, 255, (1, 5000, 3), np.uint8), "mask": np.arange(5000).reshape(1, 5000, 1) % 200},
           {"image": rng.integers(0, 255, (4, 3, 3), np.uint8)}, {"image": np.zeros((4, 4, 3)), "mask": np.zeros((4, 5, 1))}]
    page = alone(Viewer(lambda k: {"pictures": [odd[k]]}, 3, class_table([f"class {k}" for k in range(200)])))
    assert page.locator("button.tfs-class").count() == 201
    first = hash_of(page)
    press(page, "+", "+", "+", "+")
    assert changed(page, first)
    press(page, "0", "ArrowRight")
    shown(page, 1)
    assert page.locator(".tfs-legend").is_hidden()
    blank = hash_of(page)
    press(page, "ArrowRight")
    assert changed(page, blank)
    assert "wanted the same size" in page.locator("#data").text_content()


def test_served_to_this_machine(page, shards):
    "`tfrseg browse`: paging, filter, flags without Jupyter; the server hears of it."
    explorer = explore_records(shards, "train")
    with serve_viewer(explorer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        page.goto(server.url)
        shown(page, 0)
        press(page, "ArrowRight", "ArrowRight")
        shown(page, 2)
        press(page, "f")
        page.locator("select.tfs-sort").select_option("largest")
        largest = RecordBrowser(explorer.shards).select(sort="largest")[0]
        for _ in range(1200):
            if page.locator("canvas").get_attribute("data-shown") == str(largest): break
            page.wait_for_timeout(100)
            press(page, "Home")
        shown(page, largest)
        page.locator("select.tfs-filter").select_option("flagged")
        shown(page, 2)
        until(lambda: (explorer.flagged, explorer.index) == ([2], 2), "the server has not heard of it",
              pause=lambda: page.wait_for_timeout(50))
        shoot(page, "served")
        server.shutdown()
    press(page, "f")
    page.wait_for_selector("text=the server has ended")
    assert not page.errors, page.errors


def test_filter_and_sort_of_the_served_page(page, some):
    "By keys; what is asked for stays when the page is loaded again, is seen in a second page, and taken back there."
    shards, stamped = some
    few = [number for number in stamped if number < 10]
    explorer = explore_records(shards)
    with serve_viewer(explorer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        page.goto(server.url)
        shown(page, 0)
        typed(page, "filter", *"with st")
        lists(page, 8)
        typed(page, "sort", "ArrowDown", "ArrowDown")
        says(page, "", "with stamp", "largest area first")
        shown(page, stamped[0])
        typed(page, "search", *"card-000")
        lists(page, len(few))
        shown(page, few[0])
        second_right = lambda answer: '"position":2' in (answer.request.post_data or "")
        with page.expect_response(second_right): press(page, "ArrowRight", "ArrowRight")
        page.reload()
        shown(page, few[2])
        says(page, "card-000", "with stamp", "largest area first")
        lists(page, len(few))
        second = page.context.new_page()
        second.goto(server.url)
        says(second, "card-000", "with stamp", "largest area first")
        second.locator(".tfs-clear").click()
        lists(second, 12)
        press(page, "Home")  # hears of it when it speaks to the server
        says(page, "", "all records", "in order")
        lists(page, 12)
        second.close()
        typed(page, "search", *"no such name")
        lists(page, 0)
        assert "-1" not in page.locator(".tfs-name").inner_text()
        shoot(page, "nothing-found")
        typed(page, "search", *["Backspace"] * len("no such name"))
        lists(page, 12)
        typed(page, "sort", "ArrowDown", "ArrowDown")
        says(page, "", "all records", "largest area first")
        shoot(page, "sorted")
        server.shutdown()
    assert not page.errors, page.errors


def test_the_server_hears_in_order_what_is_asked(page, some):
    "Of two keys that come one upon the other the last one counts, also where its message would be the faster one."
    held, holds = [], [True]
    with serve_viewer(explore_records(some[0])) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        page.goto(server.url)
        shown(page, 0)
        page.route("**/tell", lambda route: held.append(route) if holds and "select" in route.request.post_data else route.continue_())
        typed(page, "sort", "ArrowDown", "ArrowDown")
        says(page, "", "all records", "largest area first")
        holds.clear()
        for route in reversed(held):
            with page.expect_response(lambda answer, sent=route.request: answer.request == sent): route.continue_()
        answered(page)
        says(page, "", "all records", "largest area first")
        server.shutdown()
    assert not page.errors, page.errors


def test_comparison_alone(alone):
    "Four pictures side by side, the errors red."
    cards = [make_card(k, (90, 120)) for k in range(2)]
    comparison = compare(cards, [np.zeros((90, 120), np.uint8)] * 2, class_names=CARD_CLASSES, palette=CARD_PALETTE)
    comparison.show(alpha=1.0)
    page = alone(comparison)
    assert "stamp 0.00" in page.locator(".tfs-note").inner_text()
    red = page.locator("canvas").evaluate("""c => { const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        let n = 0; for (let i = 0; i < d.length; i += 4) n += d[i] === 255 && d[i + 1] === 0 && d[i + 2] === 0; return n / (d.length / 4); }""")
    assert 0.05 < red < 0.25, red
    shoot(page, "comparison")


def test_a_shard_that_vanishes(page, shards, tmp_path):
    "Says so in the record's place, and the others can still be paged to."
    copy = shutil.copytree(shards, tmp_path / "copy")
    with serve_viewer(explore_records(copy, "train")) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        page.goto(server.url)
        shown(page, 0)
        sorted(copy.glob("train*"))[1].unlink()
        go_to = lambda number: (page.locator("input.tfs-number").fill(str(number)), page.locator("input.tfs-number").press("Enter"))
        go_to(5)
        shown(page, 4)
        assert "No such file" in page.locator("canvas.tfs-canvas").get_attribute("aria-label")
        shoot(page, "vanished")
        go_to(8)
        shown(page, 7)
        server.shutdown()


def test_two_tabs(page, shards, tmp_path):
    "Each flags what it shows; both flags stay, are in the list at once, and are seen in the other tab."
    explorer = explore_records(shards)
    explorer.keep_flags(tmp_path / "bad.txt")
    heard = lambda answer: "flagged" in (answer.request.post_data or "")
    with serve_viewer(explorer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        other = page.context.new_page()
        try:
            for tab in (page, other):
                tab.goto(server.url)
                shown(tab, 0)
            with page.expect_response(heard): press(page, "f")
            press(other, "ArrowRight")
            shown(other, 1)
            with other.expect_response(heard): press(other, "f")
            press(other, "ArrowLeft")
            shown(other, 0)
            other.wait_for_selector(".tfs-flag[aria-pressed=true]")
        finally: other.close()
        server.shutdown()
    assert explorer.flagged == [0, 1] and [flag.number for flag in read_flags(tmp_path / "bad.txt")] == [0, 1]
    assert not page.errors, page.errors


def test_long_names_and_names_from_the_right(page, alone):
    "They neither widen the page nor turn the text beside them."
    word, turned = "x" * 10_000, "a\u202egnp.b"
    viewer = cards_viewer()
    names = [c | {"name": (word, turned)[c["id"] % 2]} for c in viewer.meta["classes"]]
    viewer._update(classes=names, numbered=True)
    load = viewer.load
    viewer.load = lambda k: load(k) | {"name": (turned, word)[k % 2], "note": word} if k < 2 else 1 / 0
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    alone(viewer)
    assert page.evaluate(wide) == 0 and page.locator(".tfs-name").text_content() == f"record 0 \u00b7 {turned}"
    order = "name => { const range = document.createRange(); range.selectNodeContents(name.lastChild); return range.getBoundingClientRect().left >= name.firstChild.getBoundingClientRect().right - 1; }"
    assert page.locator(".tfs-name").evaluate(order), "the number stands behind the name"
    box = page.locator("canvas").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    press(page, "ArrowRight")
    shown(page, 1)
    assert page.evaluate(wide) == 0


def test_a_page_runs_its_own_script_alone(page, alone):
    "What came in as an element or as an attribute is not run: the policy knows the hash of one script."
    alone(cards_viewer())
    page.evaluate("""() => { for (const html of ['<img src=x onerror="globalThis.ran = 1">', '<form action="https://example.org"></form>'])
                       document.body.insertAdjacentHTML('beforeend', html);
                     const script = document.createElement('script'); script.textContent = 'globalThis.ran = 2'; document.body.append(script); }""")
    assert page.evaluate("globalThis.ran") is None


def test_very_many_classes(page, alone):
    "Those of the record, and some of the others, are in the legend; paging stays quick because the page stays small."
    viewer = cards_viewer()
    viewer._update(classes=class_table([f"class number {i}" for i in range(65_000)]))
    alone(viewer)
    assert page.locator(".tfs-class").count() <= 300 and "more" in page.locator(".tfs-legend .tfs-more").text_content()
    assert page.locator(".tfs-filter option").count() <= 400
