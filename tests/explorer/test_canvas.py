"The canvas in a browser, by keys, clicks and fingers: what lights up, what is edited, how pictures are parted and lit."
import threading
from pathlib import Path

import numpy as np
import pytest
from browsing import HASH

from tfrseg.cards import CARD_CLASSES, CARD_PALETTE, make_card
from tfrseg.explorer.browser import explore_records
from tfrseg.explorer.page import PageImages
from tfrseg.explorer.server import serve_viewer
from tfrseg.explorer.viewer import Viewer, class_table
from tfrseg.storage.dataset import load_info

CANVAS = "canvas.tfs-canvas"
ROW = "button.tfs-class[data-id='{}']"


def cards_viewer(count=3, **options):
    load = lambda k: {"pictures": [make_card(k, (90, 120)) | {"title": "overlay"}], "name": f"card {k}"}
    return Viewer(load, count, class_table(CARD_CLASSES, CARD_PALETTE), **options)


def halves(left=1, right=2, size=(40, 60)):
    "A viewer of one picture: a grey image, and a mask of two halves."
    mask = np.full((*size, 1), left, np.uint8)
    mask[:, size[1] // 2:] = right
    picture = {"image": np.full((*size, 3), 90, np.uint8), "mask": mask}
    return Viewer(lambda k: {"pictures": [picture]}, 1, class_table(["none", "red", "green"], {1: (250, 0, 0), 2: (0, 250, 0)}), hidden=[])


def color_at(page, x, y=0.5):
    "The colour on the canvas, at shares of its width and height."
    return page.locator(CANVAS).evaluate(
        "(c, [x, y]) => [...c.getContext('2d').getImageData(Math.floor(c.width * x), Math.floor(c.height * y), 1, 1).data].slice(0, 3)", [x, y])


def becomes(page, x, y, wanted):
    "Waits for a colour on the canvas."
    page.wait_for_function("""([x, y, wanted]) => { const c = document.querySelector('canvas.tfs-canvas');
        const got = [...c.getContext('2d').getImageData(Math.floor(c.width * x), Math.floor(c.height * y), 1, 1).data];
        return wanted.every((n, k) => Math.abs(n - got[k]) <= 1); }""", arg=[x, y, wanted])


def changed(page, old):
    handle = page.locator(CANVAS).element_handle()
    page.wait_for_function(f"([canvas, old]) => ({HASH})(canvas) !== old", arg=[handle, old])
    return page.locator(CANVAS).evaluate(HASH)


def press(page, *keys):
    page.locator(CANVAS).focus()
    for key in keys: page.keyboard.press(key)


def test_a_class_lights_up_alone(alone):
    page = alone(halves())
    becomes(page, 0.25, 0.5, [170, 45, 45])
    page.locator(ROW.format(1)).hover()
    becomes(page, 0.75, 0.5, [90, 90, 90])      # the other class is dark
    becomes(page, 0.25, 0.5, [210, 22, 22])     # this one is stronger
    page.locator(".tfs-total, .tfs-fit").last.hover()
    becomes(page, 0.75, 0.5, [45, 170, 45])


def test_one_class_alone_and_all_again(alone):
    page = alone(halves())
    page.locator(ROW.format(2)).dblclick()
    becomes(page, 0.25, 0.5, [90, 90, 90])
    page.mouse.move(1, 1)
    assert page.locator(ROW.format(1)).get_attribute("aria-pressed") == "false"
    page.locator(ROW.format(2)).dblclick()
    page.mouse.move(1, 1)
    becomes(page, 0.25, 0.5, [170, 45, 45])
    page.locator(ROW.format(1)).focus()
    page.keyboard.press("Alt+Enter")
    becomes(page, 0.75, 0.5, [90, 90, 90])
    press(page, "1")                            # a key of a class: all again
    becomes(page, 0.75, 0.5, [45, 170, 45])
    press(page, "1")                            # the class of this id
    becomes(page, 0.25, 0.5, [90, 90, 90])


def test_legend_says_id_key_and_how_the_ignore_label_looks(alone):
    page = alone(cards_viewer())
    assert page.locator(ROW.format(3) + " em").inner_text() == "3" and "key 3" in page.locator(ROW.format(3)).get_attribute("title")
    assert "repeating-linear-gradient" in page.locator(ROW.format(255) + " i").evaluate("i => getComputedStyle(i).backgroundImage")


def test_names_and_colors_are_edited_in_the_legend(page, shards, tmp_path):
    "By mouse and keys; Python hears of it, and the info keeps it."
    import shutil

    own = shutil.copytree(shards, tmp_path / "own")
    browser = explore_records(own)
    server = serve_viewer(browser)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        page.goto(server.url)
        page.wait_for_selector("canvas[data-shown]")
        page.locator(".tfs-edit").click()
        name = page.locator("input[data-id='2'][data-part='name']")
        name.fill("portrait")
        page.keyboard.press("Tab")
        page.locator("input[data-id='1'][data-part='color']").fill("#ffee00")
        page.locator(".tfs-keep").click()
        page.wait_for_function("() => document.querySelector('.tfs-keep').hidden")
        page.wait_for_function("() => document.querySelector(\"input[data-id='2'][data-part='name']\").value === 'portrait'")
    finally: server.shutdown()
    labels = load_info(own).labels
    assert labels.class_names[2] == "portrait" and labels.palette[1] == (255, 238, 0)
    assert browser.meta["classes"][2]["name"] == "portrait"
    assert load_info(shards).labels.class_names[2] != "portrait"


def test_a_name_that_another_class_has_is_refused_in_words(shards, tmp_path):
    import shutil

    browser = explore_records(shutil.copytree(shards, tmp_path / "own"))
    browser._on_message({"relabel": {"id": 1, "name": browser.meta["classes"][2]["name"]}})
    browser._on_message({"relabel": {"keep": True}})
    assert "labels are not kept: class 1" in browser.meta["status"] and browser.meta["unkept"]


def test_a_wipe_parts_image_and_overlay(alone):
    page = alone(halves(1, 1))
    press(page, "w")
    becomes(page, 0.25, 0.3, [90, 90, 90])
    becomes(page, 0.75, 0.3, [170, 45, 45])
    box = page.locator(CANVAS).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 3)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + box["height"] / 3, steps=3)
    page.mouse.up()
    becomes(page, 0.25, 0.3, [170, 45, 45])
    press(page, *["."] * 12)
    becomes(page, 0.6, 0.3, [90, 90, 90])
    assert page.locator(".tfs-wipe").get_attribute("aria-pressed") == "true"
    press(page, "s")
    page.wait_for_selector(".tfs-wipe[aria-pressed='false']")


def test_brightness_contrast_and_gamma(alone):
    page = alone(halves(0, 0))
    page.locator(".tfs-lighter").click()
    becomes(page, 0.25, 0.5, [45, 45, 45])      # class 0, black, at one half
    page.keyboard.press("ArrowRight")           # the slider of brightness has the focus
    becomes(page, 0.25, 0.5, [51, 51, 51])
    page.locator("input.tfs-contrast").focus()
    for _ in range(4): page.keyboard.press("ArrowRight")
    becomes(page, 0.25, 0.5, [47, 47, 47])      # (90 / 255 - 0.5) * 1.2 + 0.5 + 0.05, and black over it
    page.locator(".tfs-light button").click()
    becomes(page, 0.25, 0.5, [45, 45, 45])
    page.keyboard.press("Escape")
    assert page.locator(".tfs-light").is_hidden()


def test_photographs_are_smooth_and_masks_crisp(alone):
    "Enlarged up to four times, a step in the image is a slope, and one in the mask is not."
    image, mask = np.zeros((300, 400, 3), np.uint8), np.ones((300, 400, 1), np.uint8)
    image[:, 200:], mask[150:] = 255, 2
    viewer = Viewer(lambda k: {"pictures": [{"image": image, "mask": mask}]}, 1,
                    class_table(["none", "red", "green"], {1: (250, 0, 0), 2: (0, 250, 0)}), hidden=[])
    page = alone(viewer, images=PageImages(quality=None))
    assert 1.5 < page.locator(CANVAS).evaluate("c => c.width / 400") < 4
    across = page.locator(CANVAS).evaluate(
        "c => [...c.getContext('2d').getImageData(0, Math.floor(c.height * .25), c.width, 1).data].filter((_, k) => k % 4 === 1)")
    down = page.locator(CANVAS).evaluate(
        "c => [...c.getContext('2d').getImageData(Math.floor(c.width * .2), 0, 1, c.height).data].filter((_, k) => k % 4 === 1)")
    assert len(set(across)) > 3 and len(set(down) - {0}) <= 2


def test_outlines_have_a_rim(alone):
    page = alone(halves(size=(60, 90)))
    press(page, "o")
    row = lambda: page.locator(CANVAS).evaluate(
        "c => { const d = c.getContext('2d').getImageData(0, Math.floor(c.height / 2), c.width, 1).data, s = new Set(); "
        "for (let i = 0; i < d.length; i += 4) s.add(`${d[i]},${d[i + 1]},${d[i + 2]}`); return [...s]; }")
    page.wait_for_selector(".tfs-outline[aria-pressed='true']")
    becomes(page, 0.1, 0.5, [90, 90, 90])
    colors = [tuple(map(int, c.split(","))) for c in row()]
    assert any(r > 200 and g < 60 for r, g, _ in colors) and any(g > 200 and r < 60 for r, g, _ in colors)
    assert any(max(c) < 60 for c in colors) and any(min(c) > 180 for c in colors)  # dark around green, bright around red


def test_a_label_stands_beside_the_pointer(alone):
    page = alone(halves())
    box = page.locator(CANVAS).bounding_box()
    for share, name in ((0.3, "red"), (0.7, "green")):
        page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] / 2)
        page.wait_for_function("name => document.querySelector('.tfs-tip').textContent === name", arg=name)
        tip = page.locator(".tfs-tip").bounding_box()
        assert box["x"] <= tip["x"] and tip["x"] + tip["width"] <= box["x"] + box["width"]
    page.mouse.move(1, 1)
    assert page.locator(".tfs-tip").is_hidden()


def test_many_classes_are_searched(alone):
    "A thousand of them: by a part of the name, or by the id."
    mask = np.uint16([[[0], [331]], [[662], [993]]])
    page = alone(Viewer(lambda k: {"pictures": [{"mask": mask}]}, 1, class_table([f"category {i}" for i in range(1000)]), hidden=[]))
    rows = lambda: page.locator(".tfs-class span").all_inner_texts()
    assert len(rows()) == 300 and {"category 331", "category 993"} <= set(rows())
    page.locator(".tfs-find-class").focus()
    page.keyboard.type("99")
    page.wait_for_function("() => document.querySelectorAll('.tfs-class').length === 19")
    assert page.locator(".tfs-find-class").evaluate("e => e === document.activeElement")  # one goes on typing
    page.keyboard.type("x")
    page.wait_for_selector(".tfs-more:text('no class of this name')")
    press(page, "?")
    assert page.locator(".tfs-help").is_visible()


def test_classes_of_one_color_are_told(alone):
    viewer = halves()
    viewer._update(classes=class_table(["none", "red", "green"], [(9, 9, 9)] * 3))
    page = alone(viewer)
    assert page.locator(".tfs-twins").inner_text() == "2 classes here in 1 colour: edit"


def test_without_masks_nothing_offers_them(alone):
    page = alone(Viewer(lambda k: {"pictures": [{"image": make_card(k)["image"]}]}, 2))
    for control in ("input.tfs-alpha", ".tfs-side", ".tfs-wipe", ".tfs-outline"): assert page.locator(control).is_disabled()
    assert page.locator(".tfs-legend").is_hidden() and page.locator(".tfs-lighter").is_visible()


def test_keys_are_listed_and_escape_closes_the_list(alone):
    page = alone(cards_viewer())
    press(page, "?")
    listed = page.locator(".tfs-help").inner_text()
    assert "wipe" in listed and "flag" not in listed   # flags are off here
    widths = page.locator(".tfs-help dt").evaluate_all("all => all.map(dt => getComputedStyle(dt).float)")
    assert set(widths) == {"none"}
    page.keyboard.press("Escape")
    assert page.locator(".tfs-help").is_hidden()


def test_jupyterlab_does_not_break_the_list_of_keys(alone):
    "These are the rules of JupyterLab 4 for lists in outputs."
    page = alone(cards_viewer())
    page.locator("main").evaluate("""main => { main.className = 'jp-OutputArea-output';
        const sheet = new CSSStyleSheet(); sheet.replaceSync('.jp-OutputArea-output dl { display: block; width: 100%; padding: 0 }'
          + ' .jp-OutputArea-output dl dt { float: left; width: 20%; display: block; clear: both }');
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }""")
    press(page, "?")
    places = page.locator(".tfs-help > *").evaluate_all("all => all.map(e => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right]; })")
    names, words = places[::2], places[1::2]
    assert all(name[2] <= word[0] and abs(name[1] - word[1]) < 3 for name, word in zip(names, words))
    assert len({round(word[0]) for word in words}) == 1


@pytest.mark.parametrize("width", (320, 600, 1000, 1900))
def test_nothing_is_cut_off(alone, width):
    "The width of the viewer counts, not that of the window; nothing sticks out."
    page = alone(cards_viewer())
    page.locator("main").evaluate("(main, width) => { main.style.width = `${width}px`; }", width)
    page.wait_for_function("width => Math.abs(document.querySelector('.tfs').clientWidth - width) < 4", arg=width)
    out = page.evaluate("""() => { const root = document.querySelector('.tfs').getBoundingClientRect();
        return [...document.querySelectorAll('.tfs button, .tfs input, .tfs select')].filter(e => e.offsetParent)
          .filter(e => e.getBoundingClientRect().right > root.right + 1).map(e => e.className); }""")
    beside = page.evaluate("document.querySelector('.tfs-legend').getBoundingClientRect().left >= document.querySelector('.tfs-view').getBoundingClientRect().right - 1")
    assert out == [] and beside == (width > 620)
    assert page.locator(".tfs-class").last.evaluate("e => e.getBoundingClientRect().width") > 100


def test_two_fingers_enlarge_and_one_scrolls(alone):
    page = alone(cards_viewer())
    box = page.locator(CANVAS).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    assert page.locator(CANVAS).evaluate("c => c.style.touchAction") == "pan-x pan-y"
    session = page.context.new_cdp_session(page)
    touch = lambda kind, *points: session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": px, "y": py, "id": k} for k, (px, py) in enumerate(points)]})
    touch("touchStart", (x - 30, y))
    touch("touchStart", (x - 30, y), (x + 30, y))
    for k in range(1, 5): touch("touchMove", (x - 30 - 15 * k, y), (x + 30 + 15 * k, y))
    touch("touchEnd")
    page.wait_for_function("() => +document.querySelector('canvas.tfs-canvas').dataset.zoom > 1.5")
    assert page.locator(CANVAS).evaluate("c => c.style.touchAction") == "none"


def test_a_zoomed_page_reads_the_same_pixels(alone):
    "Where the browser shows a page at 150 %, or a parent scales the viewer, the pixel below the pointer is the right one."
    page = alone(halves())
    page.locator("main").evaluate("main => { main.style.transform = 'scale(0.6)'; main.style.transformOrigin = '0 0'; }")
    box = page.locator(CANVAS).bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.53, box["y"] + box["height"] / 2)
    page.wait_for_function("() => document.querySelector('.tfs-tip').textContent === 'green'")


def test_forced_colors_and_contrast(playwright, page, alone):
    page = alone(cards_viewer())
    page.emulate_media(forced_colors="active")
    assert page.locator(ROW.format(1) + " i").evaluate("i => getComputedStyle(i).backgroundColor") == f"rgb{CARD_PALETTE[1]}"
    page.emulate_media(forced_colors="none", contrast="more")
    border, text = page.locator(".tfs-fit").evaluate("e => [getComputedStyle(e).borderTopColor, getComputedStyle(e).color]")
    assert border == text  # lines are as strong as words
    page.emulate_media(contrast="no-preference")


def test_an_empty_list_offers_all_records(page, shards):
    "And record -1 is never said."
    server = serve_viewer(explore_records(shards))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        page.goto(server.url)
        page.wait_for_selector("canvas[data-shown='0']")
        page.locator(".tfs-search").fill("no such card")
        page.wait_for_selector(".tfs-message:not([hidden])")
        page.wait_for_function("() => document.querySelector('.tfs-total')?.textContent === 'of 0'")
        assert "-1" not in page.locator(".tfs").inner_text() and page.locator(".tfs-flag").is_hidden()
        page.locator(".tfs-message button").click()
        page.wait_for_function("() => document.querySelector('.tfs-total')?.textContent === 'of 12'")
        page.wait_for_selector(".tfs-message", state="hidden")
    finally: server.shutdown()


def test_a_page_says_what_it_is(alone):
    rng = np.random.default_rng(0)
    photo = {"image": rng.integers(0, 256, (200, 300, 3), np.uint8), "mask": np.ones((200, 300, 1), np.uint8)}
    page = alone(Viewer(lambda k: {"pictures": [photo]}, 2), title="forty doubtful masks")
    assert page.locator(".tfs-title").inner_text() == "forty doubtful masks"
    assert page.locator(".tfs-about").inner_text() == "2 records · 2 images as JPEG of quality 85"
    used = page.evaluate("document.querySelector('.tfs').getBoundingClientRect().bottom / innerHeight")
    assert 0.9 < used <= 1.01  # the window is used


def test_a_page_of_photographs_is_light():
    "Three in four bytes are saved; masks are exact."
    from PIL import Image

    rng, names = np.random.default_rng(0), ["none", "one"]
    noise = Image.fromarray(rng.integers(0, 256, (36, 48, 3), np.uint8)).resize((480, 360), Image.Resampling.BICUBIC)
    grain = rng.integers(-6, 7, (360, 480, 3))
    photo = {"image": np.clip(np.asarray(noise) + grain, 0, 255).astype(np.uint8), "mask": np.ones((360, 480, 1), np.uint8)}
    viewer = Viewer(lambda k: {"pictures": [photo]}, 4, class_table(names))
    exact, light = (len(viewer.to_html(images=images)) for images in (PageImages(quality=None), PageImages()))
    assert light < exact / 3


def test_no_asset_asks_for_a_network():
    "Neither script nor style names an address."
    import tfrseg.explorer

    for path in Path(tfrseg.explorer.__file__).parent.rglob("*.[cj]s*"):
        if path.suffix in (".js", ".css"): assert "http:" not in path.read_text() and "https:" not in path.read_text()


def test_a_mask_is_repaired_by_a_click(page, shards, tmp_path):
    "A region gets the class that was chosen; undone by a key, made again, and kept in the dataset, which alone changes."
    import shutil

    from tfrseg.storage.shards import open_shards

    own = shutil.copytree(shards, tmp_path / "own")
    browser = explore_records(own)
    mask = browser.shards.sample(0)["mask"][..., 0]
    row, column = (int(n[len(n) // 2]) for n in np.nonzero(mask == 2))
    server = serve_viewer(browser)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        page.goto(server.url)
        page.wait_for_selector("canvas[data-shown='0']")
        press(page, "e")
        page.locator(".tfs-repair-to").select_option("1")
        width, height = page.locator(CANVAS).evaluate("c => [c.clientWidth, c.clientHeight]")
        scale = min(width / mask.shape[1], height / mask.shape[0])
        at = {"x": width / 2 + (column + 0.5 - mask.shape[1] / 2) * scale, "y": height / 2 + (row + 0.5 - mask.shape[0] / 2) * scale}
        page.locator(CANVAS).click(position=at)
        page.wait_for_selector(".tfs-keep-repairs:text('keep 1 repaired mask')")
        press(page, "u")
        page.wait_for_selector(".tfs-keep-repairs", state="hidden")
        page.locator(CANVAS).click(position=at)
        page.locator(".tfs-keep-repairs").click()
        page.wait_for_selector(".tfs-keep-repairs", state="hidden")
        page.wait_for_function("() => document.querySelector('.tfs').textContent.includes('1 masks in the dataset') || document.querySelector('.tfs').textContent.includes('1 mask in the dataset')")
    finally: server.shutdown()
    after = open_shards(own).sample(0)["mask"][..., 0]
    assert after[row, column] == 1 and (after != mask).sum() == (mask == 2).sum()
    assert [open_shards(own).record(k) for k in range(1, 12)] == [open_shards(shards).record(k) for k in range(1, 12)]


def test_a_page_offers_no_repair(alone, shards):
    page = alone(explore_records(shards))
    press(page, "e")
    assert page.locator(".tfs-repairer").is_hidden() and page.locator(".tfs-repair-to").is_hidden()
