"""The explorer of augmentations in JupyterLab: real clicks and keys, and what is seen and heard of them."""
import os
from pathlib import Path

import pytest
from browsing import CHROMIUM, HASH, assert_quiet, chromium, close_notebook, in_kernel, open_notebook, saved_outputs

if not os.environ.get("CI"):
    pytest.importorskip("playwright", reason="wants playwright: pip install -e '.[browser]'")
    if not CHROMIUM: pytest.skip("wants a Chromium on the path: apt-get install chromium", allow_module_level=True)

SHOTS = os.environ.get("TFRSEG_SCREENSHOTS")
CODE = ("from tfrseg import *\nw = explore_augment([make_card(k, (90, 120)) for k in range(3)], "
        "[RandomShift(5, 10, 1.0), RandomRotate90(), RandomCrop((60, 80))], class_names=CARD_CLASSES, palette=CARD_PALETTE)\nw")
FURTHER = ("make_folder('cards', 3, (45, 60))\nsource = folder_source('cards/img', 'cards/seg', class_names=CARD_CLASSES, show_progress=False)\n"
           "write_shards(plan_shards(source, 'out'), show_progress=False)\n"
           "batch = next(iter(make_dataset('out', size=(32, 32), batch_size=2, show_progress=False)))")


@pytest.fixture
def page(lab, tmp_path_factory):
    "A notebook with an explorer."
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p, chromium(p, tmp_path_factory.mktemp("chromium")) as page:
        page.set_viewport_size({"width": 1280, "height": 900})
        open_notebook(page, *lab, "augment", [CODE])
        page.wait_for_selector(".tfs-card")
        assert_quiet(saved_outputs(page, lab[1], "augment"))
        yield page
        assert in_kernel(page, FURTHER) == "", "a pipeline says nothing on stderr either"
        assert not page.errors, page.errors
        close_notebook(page)


def hash_of(page): return page.locator("canvas.tfs-canvas").evaluate(HASH)


def answer(page): return int(page.locator("canvas.tfs-canvas").get_attribute("data-answer") or 0)


def answered(page, before):
    "Waits for the picture that answers a later question than `before`."
    page.wait_for_function("old => +document.querySelector('canvas.tfs-canvas').dataset.answer > old", arg=before)


def heard(page, code, wanted):
    "Python hears of what was done, sooner or later."
    for _ in range(2400):
        if (said := in_kernel(page, f"print({code})")) == wanted: return
        page.wait_for_timeout(50)
    assert said == wanted


def doing(page, act):
    "Does something, and waits for its picture."
    before = answer(page)
    act()
    answered(page, before)


def names(page): return [text[2:] for text in page.locator(".tfs-cards > .tfs-card > .tfs-op-head > .tfs-op").all_inner_texts()]


def listed(page, *wanted):
    "Waits until the list has these operations."
    page.wait_for_function("""wanted => wanted === [...document.querySelectorAll('.tfs-panel > .tfs-inside > .tfs-cards > .tfs-card > .tfs-op-head > .tfs-op')]
        .map(name => name.textContent.slice(2)).join(' ')""", arg=" ".join(wanted))


def shoot(page, name):
    if SHOTS: page.locator(".tfs-tuner").screenshot(path=f"{Path(SHOTS)}/tuner-{name}.png")


def step_a_slider_by_keys_and_by_mouse(page):
    "Other pixels, other code, and the note says so; the number beside it can be typed, and is kept within what is allowed."
    first = hash_of(page)
    slider = page.locator("input[type=range][aria-label=width]").first
    slider.focus()
    doing(page, lambda: page.keyboard.press("ArrowRight"))
    for _ in range(19): page.keyboard.press("ArrowRight")
    heard(page, "w.operation.operations[0]", "RandomShift(height=5, width=30, probability=1.0)")
    page.wait_for_function("document.querySelector('.tfs-code').textContent.includes('width=30')")
    assert hash_of(page) != first
    box = slider.bounding_box()
    doing(page, lambda: page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2))
    typed = page.locator("input[aria-label='probability, number']").first
    typed.fill("7")
    doing(page, lambda: typed.press("Enter"))
    heard(page, "w.operation.operations[0].probability", "1.0")
    assert typed.input_value() == "1"
    shoot(page, "light")


def step_the_tooltip_is_the_comment_and_the_label_has_the_unit(page):
    row = page.locator(".tfs-param", has_text="width").first
    assert row.get_attribute("title") == "largest shift left or right, pixels, 0 or more" and "pixels" in row.inner_text()
    assert page.locator(".tfs-op", has_text="RandomRotate90").get_attribute("title").startswith("Turns image and mask")
    assert page.locator(".tfs-panel :is(button, input, select):not([aria-label]):not(.tfs-op)").count() == 0


def step_add_by_keys_move_mute_remove(page):
    "Looking through the choices adds nothing; the keyboard alone reaches all."
    box = page.locator("select[aria-label='add operation']").last
    box.focus()
    before = answer(page)
    page.keyboard.type("RandomScale")
    assert box.input_value() == "RandomScale" and answer(page) == before and "Scales image and mask" in page.locator(".tfs-doc").first.inner_text()
    page.keyboard.press("Tab")
    doing(page, lambda: page.keyboard.press("Enter"))
    listed(page, "RandomShift", "RandomRotate90", "RandomCrop", "RandomScale")
    up = page.get_by_role("button", name="move RandomScale up")
    up.focus()
    for wanted in (("RandomShift", "RandomRotate90", "RandomScale", "RandomCrop"), ("RandomShift", "RandomScale", "RandomRotate90", "RandomCrop")):
        page.keyboard.press("Enter")
        listed(page, *wanted)
    assert page.evaluate("document.activeElement.title") == "move RandomScale up", "the focus moves along"
    mute = page.get_by_role("button", name="mute RandomRotate90")
    doing(page, mute.click)
    page.wait_for_selector(".tfs-card.tfs-muted")
    page.wait_for_function("document.querySelector('.tfs-code').textContent.includes('Compose(),  # muted: RandomRotate90()')")
    doing(page, mute.click)
    off = page.get_by_role("button", name="remove RandomShift")
    off.focus()
    doing(page, lambda: page.keyboard.press("Enter"))
    listed(page, "RandomScale", "RandomRotate90", "RandomCrop")
    heard(page, "[type(op).__name__ for op in w.operation.operations]", "['RandomScale', 'RandomRotate90', 'RandomCrop']")


def step_two_ends_of_a_range(page):
    "They do not pass each other, whichever is moved."
    low = page.locator("input[type=range][aria-label='scale, low']")
    low.focus()
    doing(page, lambda: page.keyboard.press("End"))
    heard(page, "w.operation.operations[0].scale", "(20.0, 20.0)")
    high = page.locator("input[aria-label='scale, high, number']")
    high.fill("1.5")
    doing(page, lambda: high.press("Enter"))
    heard(page, "w.operation.operations[0].scale", "(1.5, 1.5)")
    doing(page, lambda: page.locator("input[type=range][aria-label='scale, low']").press("ArrowLeft"))
    heard(page, "w.operation.operations[0].scale", "(1.49, 1.5)")
    choice = page.locator("select[aria-label=interpolation]").first
    choice.focus()
    doing(page, lambda: page.keyboard.press("ArrowDown"))
    heard(page, "w.operation.operations[0].interpolation", "bicubic")


def step_an_error_stands_at_its_operation_in_sight(page):
    doing(page, lambda: (page.locator("select[aria-label='add operation']").last.select_option("Normalize"), page.locator("button[title='add operation']").last.click()))
    mean = page.locator("input.tfs-text[aria-label=mean]")
    mean.fill("(1, ")
    mean.press("Enter")
    error = page.locator(".tfs-card", has_text="Normalize").locator(".tfs-error")
    error.wait_for(state="visible")
    assert "mean: '(1, ' is not a value of Python" in error.inner_text()
    panel, seen = page.locator(".tfs-panel").bounding_box(), error.bounding_box()
    assert panel["y"] <= seen["y"] and seen["y"] + seen["height"] <= panel["y"] + panel["height"]
    before = answer(page)
    page.get_by_role("button", name="remove Normalize").click()
    answered(page, before)
    listed(page, "RandomScale", "RandomRotate90", "RandomCrop")


def step_some_of_a_few(page):
    "Buttons for the turns; the last one stays pressed."
    for turn in (0, 1, 2): doing(page, page.get_by_role("button", name=f"turns {turn}").click)
    heard(page, "w.operation.operations[1].turns", "(3,)")
    page.get_by_role("button", name="turns 3").click()
    assert page.get_by_role("button", name="turns 3").get_attribute("aria-pressed") == "true"
    doing(page, page.get_by_role("button", name="turns 0").click)
    heard(page, "w.operation.operations[1].turns", "(0, 3)")


def step_seeds_and_views(page):
    "Dice and back lead to the same picture; nine draws and a batch; the frame says what comes out."
    page.wait_for_function("document.querySelector('.tfs-note').textContent.startsWith('seed 0')")
    in_kernel(page, "w.mute(0); w.mute(1)")
    page.wait_for_function("document.querySelectorAll('.tfs-muted').length === 2")
    page.locator("input[aria-label=seed]").fill("3")
    doing(page, lambda: page.locator("input[aria-label=seed]").press("Enter"))
    page.wait_for_function("document.querySelector('.tfs-note').textContent.startsWith('seed 3')")
    doing(page, page.get_by_role("button", name="another seed").click)
    doing(page, page.get_by_role("button", name="the seed before").click)
    heard(page, "w.seed", "3")
    doing(page, page.get_by_role("button", name="show nine draws").click)
    page.wait_for_function("document.querySelector('.tfs-note').textContent === 'seeds 3 to 11'")
    shoot(page, "nine")
    doing(page, page.get_by_role("button", name="show batch").click)
    page.wait_for_function("document.querySelector('.tfs-note').textContent === 'a batch of 9 images of 60 x 80 pixels'")
    shoot(page, "batch")
    doing(page, page.get_by_role("button", name="show before | after").click)


def step_a_preset_and_the_next_record(page):
    page.locator("select[aria-label='use preset']").select_option("natural")
    doing(page, page.locator("button[title='use preset']").click)
    page.wait_for_function("document.querySelector('.tfs-code').textContent.endsWith('augment = natural((60, 80))')")
    page.locator("canvas.tfs-canvas").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("canvas.tfs-canvas[data-shown='1']")
    page.wait_for_function("document.querySelector('.tfs-note').textContent.includes('RandomCrop: ')")
    slider = page.locator(".tfs-panel input[type=range][aria-label=brightness]")
    doing(page, lambda: slider.press("ArrowRight"))
    assert page.locator("canvas.tfs-canvas").get_attribute("data-shown") == "1"


def step_the_picture_stays_in_sight(page):
    "While the panel is scrolled to its end; before and after stand side by side; nothing is cut off at 600 pixels, dark."
    last = page.locator("button[title='use preset']")
    last.scroll_into_view_if_needed()
    canvas = page.locator("canvas.tfs-canvas")
    box, panel = canvas.bounding_box(), page.locator(".tfs-panel").bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= 900 and last.bounding_box()["y"] < 900 and box["width"] > 1.8 * box["height"] and panel["x"] > box["x"] + box["width"]
    page.evaluate("jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })")
    page.wait_for_selector(".tfs-panel[data-theme=dark]")
    page.evaluate("jupyterapp.commands.execute('application:toggle-left-area')")
    page.set_viewport_size({"width": 600, "height": 900})
    page.wait_for_function("document.querySelector('.tfs-panel').getBoundingClientRect().top > document.querySelector('.tfs-tuner-view').getBoundingClientRect().bottom - 1")
    wide = page.evaluate("[...document.querySelectorAll('.tfs-panel, .tfs-card, .tfs-param')].filter(e => e.scrollWidth > e.clientWidth + 1).length")
    assert wide == 0 and page.locator(".tfs-panel").evaluate("p => p.getBoundingClientRect().right") <= 600
    shoot(page, "narrow-dark")


STEPS = (step_a_slider_by_keys_and_by_mouse,
         step_the_tooltip_is_the_comment_and_the_label_has_the_unit,
         step_add_by_keys_move_mute_remove,
         step_two_ends_of_a_range,
         step_an_error_stands_at_its_operation_in_sight,
         step_some_of_a_few,
         step_seeds_and_views,
         step_a_preset_and_the_next_record,
         step_the_picture_stays_in_sight)


def test_step_by_step(page):
    "One test: each step goes on with what the one before left."
    for step in STEPS:
        print(step.__name__)
        step(page)
