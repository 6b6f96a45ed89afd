"""Many records at once: the gallery, filters with histograms, tags, groups, and addresses that lead to a record."""
import json
import os
import random
import re
import shutil
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from browsing import close_notebook, in_kernel, open_notebook
from PIL import Image
from waiting import until

from tfrseg.cards import CARD_CLASSES, make_folder
from tfrseg.core import DataError
from tfrseg.explorer import page as pages
from tfrseg.explorer.browser import explore_records
from tfrseg.explorer.query import ClassRange, Known, Query, make_facets, select_records
from tfrseg.explorer.facts import RecordFacts
from tfrseg.explorer.server import serve_viewer
from tfrseg.sources.source import folder_source
from tfrseg.sources.splits import find_similar, split_source
from tfrseg.storage.check import find_duplicates
from tfrseg.storage.flags import Flag, read_flags, write_flags
from tfrseg.writer.write import plan_shards, write_shards

@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """Sixty cards in two splits: every third lost its stamp, the 7th has background alone, the 11th is the image of
    the 10th again, and the last name holds a sharp s."""
    work = make_folder(tmp_path_factory.mktemp("many"), 60, (45, 60))
    images, masks = (sorted((work / kind).iterdir()) for kind in ("img", "seg"))
    for k, path in enumerate(masks):
        mask = np.asarray(Image.open(path))
        mask = np.where(mask == 4, 1, mask) if k % 3 == 0 else mask
        Image.fromarray((mask * (k != 7)).astype(np.uint8)).save(path)
    images[11].write_bytes(images[10].read_bytes())
    for path in (images[-1], masks[-1]): path.rename(path.with_stem("card-\u00df"))
    return work


@pytest.fixture(scope="module")
def many(work):
    source = folder_source(work / "img", work / "seg", class_names=CARD_CLASSES, show_progress=False)
    write_shards(plan_shards(split_source(source, train=0.75, val=0.25), work / "out", records_per_shard=20),
                 show_progress=False)
    return work / "out"


@pytest.fixture
def served(page, many, tmp_path):
    "A browser that is served, and its page; flags and tags are the test's own."
    explorer = explore_records(shutil.copytree(many, tmp_path / "served"))
    with serve_viewer(explorer) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        page.goto("about:blank")
        page.goto(server.url)
        page.wait_for_selector("canvas.tfs-canvas[data-shown]")
        yield explorer, page, server
        server.shutdown()
    assert not page.errors, page.errors


def press(page, *keys):
    for key in keys: page.keyboard.press(key)


def look_on(page): page.locator("canvas.tfs-canvas").focus()


def gallery(page):
    "Waits until every thumbnail in view has come."
    page.wait_for_selector(".tfs-gallery[data-missing='0']")


def lists(page, count):
    page.wait_for_function("""count => document.querySelector('.tfs-total')?.textContent === `of ${count}`
        && !document.querySelector('.tfs [aria-busy]') && document.querySelector('.tfs-status').textContent === ''""", arg=count)


def shown(page, number): page.wait_for_selector(f"canvas.tfs-canvas[data-shown='{number}']", state="attached")


# ---- queries

def some_query(rng):
    share = lambda: sorted(rng.choice((0, 0.005, 0.02, 0.1, 0.3, 1)) for _ in range(2))
    parts = {"text": rng.choice(("card", "000", "SS", "blur", "nothing")), "size": sorted(rng.choice((0, 59, 60, 99)) for _ in range(2)),
             "classes": [[rng.randrange(6), *share()] for _ in range(rng.randrange(1, 3))], "empty": rng.random() < 0.5, "unreadable": False,
             "flagged": rng.random() < 0.5, "splits": [rng.choice(("train", "val"))], "tags": [rng.choice(("blurred", "cut", "none"))],
             "sort": rng.choice(("name", "size", "classes", "share", "rarest", "largest")), "by": rng.randrange(5), "reverse": True}
    return {name: parts[name] for name in parts if rng.random() < 0.3}


def test_pages_answer_as_python_does(page, many):
    "Hundreds of random queries, and the histograms of what they find."
    browser, rng = explore_records(many), random.Random(3)
    browser.tag([3, 8], "blurred")
    browser.tag([8, 50], "cut", note="the blurred edge")
    browser.flagged = [*browser.flagged, 20]
    browser.selection.scan.run(show_progress=False)
    meta, known = browser._page_meta(range(60)), browser.selection.known(browser._flags_by_number())
    queries = [query for query in (some_query(rng) for _ in range(200)) if Query.from_json(query)]
    script = (Path(pages.__file__).parent / "canvas" / "query.js").read_text()
    page.goto("about:blank")
    found = page.evaluate("([facts, flagged, marks, queries]) => {" + script + """
        return queries.map((query) => { const rows = selectRows(facts, query, flagged, marks), share = query.by ?? null;
                                        return [rows, facetsOf(facts, rows, flagged, marks, share)]; }); }""",
                          [meta["facts"], meta["flagged"], meta["marks"], queries])
    asked = set()
    for query, (rows, facets) in zip(queries, found):
        numbers = select_records(Query.from_json(query), known).numbers
        assert rows == numbers.tolist(), query
        asked |= {*query} if len(rows) not in (0, 60) else set()
        wanted = make_facets(numbers, known, query.get("by"))
        for name in ("classes", "tags"): facets[name], wanted[name] = ({bar[0]: bar[1:] for bar in part[name]} for part in (facets, wanted))
        assert json.loads(json.dumps(facets)) == json.loads(json.dumps(wanted)), query
    assert asked == {"text", "classes", "empty", "unreadable", "flagged", "splits", "tags", "sort", "by", "reverse", "size"}


def test_a_thousand_classes():
    "A query and its histograms of 20,000 records with 50 of 1,000 classes each; bars are limited."
    facts, rng = RecordFacts(65535, None), np.random.default_rng(0)
    for start in range(0, 20_000, 5_000):
        ids = rng.integers(0, 1000, (5_000, 50))
        counts = dict(enumerate(np.stack([np.bincount(row, minlength=1000) for row in ids], 1)))
        facts.add_all([f"r{start + k}" for k in range(5_000)], counts, (10, 5))
    known = Known(facts, 20_000)
    found = select_records(Query(classes=(ClassRange(7), ClassRange(9, 0.02)), sort="share", by=7), known).numbers
    table = facts.table()
    both = np.flatnonzero((table.share(7) > 0) & (table.share(9) >= 0.02))
    assert sorted(found.tolist()) == both.tolist() and 0 < len(both) < 200
    facets = make_facets(found, known, 7)
    assert len(facets["classes"]) == 300 and len(json.dumps(facets)) < 20_000


# ---- the gallery

def test_gallery_by_keys_and_clicks(served):
    "It opens with g, arrows choose, Enter opens a record, a click as well; classes are hidden there, too."
    explorer, page, _ = served
    look_on(page)
    press(page, "g")
    gallery(page)
    first = "() => { const c = document.querySelector('.tfs-thumb[data-position=\"1\"] canvas'); return c.toDataURL(); }"
    before = page.evaluate(first)
    press(page, "2")
    page.wait_for_function(f"old => ({first})() !== old", arg=before)
    press(page, "ArrowRight", "ArrowRight", "ArrowLeft", "Enter")
    shown(page, 1)
    assert page.locator(".tfs-gallery").is_hidden() and page.locator("canvas.tfs-canvas").is_visible()
    press(page, "g")
    gallery(page)
    assert page.locator(".tfs-at").get_attribute("data-position") == "1"
    press(page, "End")
    page.wait_for_selector(".tfs-thumb.tfs-at[data-position='59']")
    gallery(page)
    assert page.locator(".tfs-thumb[data-position='0']").count() == 0  # only those in view exist
    page.locator(".tfs-thumb[data-position='57']").click()
    shown(page, 57)
    page.locator(".tfs-gallery-opener").click()
    press(page, "Escape")
    assert page.locator(".tfs-gallery").is_hidden()


def test_flags_and_tags_of_several_records(served):
    "A range by Shift, flagged and tagged at once; who takes the flag away is told what went with it."
    explorer, page, _ = served
    look_on(page)
    press(page, "g")
    gallery(page)
    press(page, "ArrowRight", "Shift+ArrowRight")
    page.locator(".tfs-thumb[data-position='3']").click(modifiers=["Shift"])
    page.wait_for_function("() => document.querySelectorAll('.tfs-thumb[aria-selected=true]').length === 3")
    press(page, "f")
    page.wait_for_function("() => document.querySelectorAll('.tfs-thumb-flagged').length === 3")
    press(page, "#")
    page.keyboard.type("blurred, cut")
    press(page, "Enter")
    page.wait_for_selector(".tfs-thumb[data-position='2'] .tfs-thumb-marks :text('cut')")
    assert explorer.flagged == [1, 2, 3] and explorer.tags[2] == ("blurred", "cut")
    page.locator(".tfs-tags .tfs-chip", has_text="cut").click()
    page.wait_for_function("() => !document.querySelector('.tfs-gallery').textContent.includes('cut')")
    press(page, "Escape", "ArrowRight", "f")
    page.wait_for_selector(".tfs-thumb-flagged[data-position='4']")
    press(page, "ArrowLeft", "f")
    page.wait_for_selector("text=1 tag went with the flag")
    assert 3 not in explorer.flagged
    press(page, "f")
    page.wait_for_selector(".tfs-thumb[data-position='3'] .tfs-thumb-marks :text('blurred')")
    assert explorer.tags[3] == ("blurred",)


def test_records_that_cannot_be_read(page, many, tmp_path):
    "Their error stands in their place, in words; the others are seen."
    import shutil

    copy = shutil.copytree(many, tmp_path / "copy")
    explorer = explore_records(copy)
    path = sorted(copy.glob("train*.tfrecord"))[0]
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    with serve_viewer(explorer) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        page.goto(server.url + "#gallery=1")
        gallery(page)
        assert "checksum" in page.locator(".tfs-thumb[data-position='0'] .tfs-thumb-error").inner_text()
        assert page.locator(".tfs-thumb[data-position='1'] canvas").count() == 1
        server.shutdown()


def test_groups_of_images(served, work):
    "Copies and images that look alike stand in groups with a head each; filters hold inside of them."
    explorer, page, _ = served
    source = folder_source(work / "img", work / "seg", show_progress=False)
    copies = explorer.show_groups(find_duplicates(work / "out", show_progress=False))
    assert len(copies) == 1 and copies[0][0] == "same image" and {explorer.shards.name(n) for n in copies[0][1]} == {"card-0010", "card-0011"}
    alike = explorer.show_groups(find_similar(source, 0.99, show_progress=False))
    assert alike[0][0] == "look alike (similarity 1.00)" and sorted(alike[0][1]) == sorted(copies[0][1])
    explorer.show_groups({"first": [5, 3, 4], "second": [4, 5]})
    look_on(page)
    page.keyboard.press("ArrowRight")  # the page hears of it when it speaks to the server
    page.wait_for_selector(".tfs-gallery .tfs-group-head")
    gallery(page)
    assert page.locator(".tfs-group-head").all_inner_texts() == ["first \u00b7 3 records", "second \u00b7 2 records"]
    assert page.locator(".tfs-thumb small").all_inner_texts() == ["5", "3", "4", "4", "5"]
    has = lambda n: 4 in explorer.shards.sample(n)["mask"]
    page.locator("select.tfs-filter").select_option(label="with stamp")
    lists(page, sum(map(has, (5, 3, 4, 4, 5))))
    page.locator(".tfs-within").click()
    lists(page, sum(map(has, range(60))))


# ---- filters

def share_columns(page, explorer):
    """The columns of the stamp's shares, by keys: where the first that holds a record and the one behind the last
    are, and the numbers of the records with a stamp."""
    look_on(page)
    press(page, "q")
    page.locator("[data-key='class 4']").focus()
    press(page, "Enter")
    stamped = [n for n in range(60) if 4 in explorer.shards.sample(n)["mask"]]
    lists(page, len(stamped))
    shown(page, stamped[0])
    places = page.wait_for_function("""count => {
        const columns = [...document.querySelectorAll('.tfs-column[data-key^=share]')],
            found = columns.map((column) => +column.ariaLabel.match(/: (\\d+) of/)[1]),
            ends = [columns[found.findIndex((n) => n)], columns[found.findLastIndex((n) => n) + 1]];
        return found.reduce((a, b) => a + b, 0) === count && ends.map((column) => column.getBoundingClientRect());
    }""", arg=len(stamped))
    return [(place["x"] + 2, place["y"] + 20) for place in places.json_value()], stamped


PRESSED = "() => document.querySelectorAll('.tfs-column[data-key^=share][aria-pressed=true]').length >= 2"


def test_histograms_filter(served):
    "By keys, clicks and a drag; each press narrows what was found, and says how much is left."
    explorer, page, _ = served
    (first, last), stamped = share_columns(page, explorer)
    assert page.evaluate("document.activeElement.dataset.key") == "class 4"  # the focus stays where it was
    page.mouse.move(*first)
    page.mouse.down()
    page.mouse.move(*last, steps=4)
    page.mouse.up()
    page.wait_for_function(PRESSED)
    lists(page, len(stamped))
    (class_id, low, high), = explorer.selection.query.classes
    shares = [(explorer.shards.sample(n)["mask"] == 4).mean() for n in stamped]
    assert class_id == 4 and 0 < high < 1 and low <= min(shares) and max(shares) <= high
    page.locator("[data-key='splits val']").click()
    in_val = [n for n in stamped if explorer.shards.locate(n).file.name.startswith("val")]
    lists(page, len(in_val))
    page.locator(".tfs-clear").click()
    lists(page, 60)
    page.locator("[data-key=empty]").click()
    lists(page, 1)
    page.locator("[data-key=empty]").click()  # the opposite
    lists(page, 59)
    page.locator("[data-key=empty]").click()
    lists(page, 60)
    press(page, "q")
    assert page.locator(".tfs-facets").is_hidden()


def test_a_drag_over_columns_goes_on_while_counts_change(served):
    "Columns are drawn anew when it has ended."
    explorer, page, _ = served
    (first, last), stamped = share_columns(page, explorer)
    page.mouse.move(*first)
    page.mouse.down()
    with page.expect_response(lambda response: "/facets" in response.url) as counted: press(page, "f")
    counted.value.finished()
    page.evaluate("fetch(location.href).then(page => page.text())")  # the page has heard of the counts before it
    page.mouse.move(*last, steps=4)
    page.mouse.up()
    page.wait_for_function(PRESSED)
    lists(page, len(stamped))
    page.wait_for_function("() => document.querySelector('[data-key=flagged] small').textContent === '1'")


def fetched_late(page, address):
    "The next answer for an address is fetched at once, and stays in the list that this returns until it is given."
    late = []
    page.route(address, lambda route: late.append((route, route.fetch())), times=1)
    return late


def give(page, late):
    "Gives the page an answer that waits."
    (route, answer), = late
    route.fulfill(response=answer)
    page.evaluate("fetch(location.href).then(page => page.text())")  # the page has heard the answer before it


def test_counts_that_come_late_do_not_replace_newer_ones(served):
    _, page, _ = served
    look_on(page)
    press(page, "q")
    page.wait_for_selector("[data-key='class 4']")
    lists(page, 60)
    late = fetched_late(page, re.compile("/facets$"))
    press(page, "f")
    until(lambda: late, "the page has not asked", pause=lambda: page.wait_for_timeout(10))
    page.locator("[data-key='class 4']").click()
    page.wait_for_selector(".tfs-column[data-key^='share']")
    give(page, late)
    assert page.locator(".tfs-column[data-key^='share']").count() > 0


def test_news_that_come_late_do_not_replace_newer_ones(served):
    _, page, _ = served
    look_on(page)
    lists(page, 60)
    late = fetched_late(page, "**/news")
    press(page, "q")
    until(lambda: late, "the page has not asked", pause=lambda: page.wait_for_timeout(10))
    press(page, "f")
    page.wait_for_selector(".tfs-flag[aria-pressed=true]")
    page.wait_for_function("() => document.querySelector('[data-key=flagged] small')?.textContent === '1'")
    page.evaluate("""() => {
        const flag = document.querySelector('.tfs-flag');
        globalThis.flagged = [];
        new MutationObserver(() => flagged.push(flag.ariaPressed)).observe(flag, { attributes: true, attributeFilter: ['aria-pressed'] });
    }""")
    give(page, late)
    assert "false" not in page.evaluate("flagged")


def test_sorts_and_the_other_way_round(served):
    explorer, page, _ = served
    page.locator("select.tfs-sort").select_option("name")
    page.locator(".tfs-reverse").click()
    expected = explore_records(explorer.shards.files[0].parent).select(sort="name", reverse=True)
    shown(page, expected[0])
    assert page.locator(".tfs-reverse").get_attribute("aria-pressed") == "true"


def test_nothing_found_in_the_gallery(served):
    "Says so in words, in both views; a button shows all again."
    _, page, _ = served
    look_on(page)
    press(page, "/")
    page.keyboard.type("no such name")
    lists(page, 0)
    page.get_by_role("button", name="show all records").click()
    lists(page, 60)
    assert page.locator(".tfs-search").input_value() == ""


# ---- tags and their list

def test_tags_are_kept_and_two_tabs_do_not_undo_each_other(served, tmp_path):
    explorer, page, server = served
    explorer.keep_flags(tmp_path / "bad.txt")
    other = page.context.new_page()
    try:
        other.goto(server.url)
        shown(other, 0)
        for tab, tag in ((page, "blurred"), (other, "cut")):
            look_on(tab)
            press(tab, "#")
            tab.keyboard.type(tag)
            press(tab, "Enter")
            tab.wait_for_selector(f".tfs-tags .tfs-chip:text('{tag}')")
        assert other.locator(".tfs-tags .tfs-chip").all_inner_texts() == ["blurred \u00d7", "cut \u00d7"]
        other.locator(".tfs-remark").fill("look again")
        press(other, "Enter")
        other.wait_for_function("() => document.activeElement.matches('canvas.tfs-canvas')")
        until(lambda: read_flags(tmp_path / "bad.txt")[0].note, "the note is not kept", pause=lambda: other.wait_for_timeout(20))
    finally: other.close()
    flag, = read_flags(tmp_path / "bad.txt")
    assert (flag.number, flag.tags, flag.note) == (0, "blurred, cut", "look again")


def test_a_list_of_another_dataset_stays_as_it_is(many, tmp_path):
    write_flags([Flag("a", "elsewhere.tfrecord", 3, "cut", "note")], tmp_path / "other.txt")
    before = (tmp_path / "other.txt").read_bytes()
    browser = explore_records(many)
    with pytest.raises(DataError, match="none of its 1 records is in this dataset"): browser.keep_flags(tmp_path / "other.txt")
    browser.tag(3, "x")
    assert (tmp_path / "other.txt").read_bytes() == before


# ---- addresses

def test_an_address_leads_to_a_record_and_its_query(served, many):
    "It follows what is done; opened elsewhere it shows the same; a reload keeps all."
    explorer, page, server = served
    page.locator("select.tfs-filter").select_option(label="with stamp")
    page.locator("select.tfs-sort").select_option("largest")
    order = explore_records(many).select(with_class="stamp", sort="largest")
    lists(page, len(order))
    look_on(page)
    press(page, "ArrowRight", "o")
    number = int(order[1])
    page.wait_for_function(f"() => location.hash.includes('record={number}&') && location.hash.includes('outline')")
    link = page.url
    until(lambda: explorer.index == number, "the server has not heard of it", pause=lambda: page.wait_for_timeout(20))
    page.reload()
    shown(page, number)
    assert page.locator(".tfs-outline").get_attribute("aria-pressed") == "true"
    explorer.select()
    explorer.index = 7
    page.goto("about:blank")
    page.goto(link)
    shown(page, number)
    lists(page, len(explorer.selection))
    assert explorer.selection.query == Query(classes=(ClassRange(4),), sort="largest") and explorer.index == number
    page.evaluate("location.hash = 'record=9'")
    shown(page, 9)
    assert page.locator("input.tfs-number").input_value() == "10"


def test_odd_addresses(served):
    "What makes no sense is left out; the first record is shown."
    explorer, page, server = served
    moved = lambda answer: '"position":1' in (answer.request.post_data or "")  # else the server hears of it when the next page is asked for
    for words in ("record=-1", "record=99999", "record=x&q=3&view=[]", "q=%7B%22classes%22%3A%22x%22%7D", "q={&view={&gallery=2",
                  "view=%7B%22alpha%22%3A%22x%22%2C%22hidden%22%3A%5B%22a%22%5D%7D"):
        explorer.index = 0
        page.goto("about:blank")
        page.goto(f"{server.url}#{words}")
        shown(page, 0)
        look_on(page)
        with page.expect_response(moved): press(page, "ArrowRight")
        shown(page, 1)
        assert explorer.selection.query == Query() and not page.errors, words


# ---- a page without a kernel

def test_a_page_of_its_own(page, many, tmp_path):
    "Search, filters, gallery, flags and tags without kernel and network; flags outlive the page and can be taken along."
    browser = explore_records(many)
    (tmp_path / "page.html").write_text(browser.to_html(), encoding="utf-8")
    page.goto((tmp_path / "page.html").as_uri())
    page.evaluate("localStorage.clear()")  # what the browser kept of this dataset's pages before
    page.reload()
    shown(page, 0)
    look_on(page)
    press(page, "f", "#")
    page.keyboard.type("cut")
    press(page, "Enter")
    page.wait_for_selector(".tfs-flag[aria-pressed=true] + .tfs-flag-list:not([hidden])")
    page.locator("select.tfs-filter").select_option(label="with stamp")
    lists(page, len(browser.select(with_class="stamp")))
    page.locator("select.tfs-sort").select_option("largest")
    shown(page, browser.select(with_class="stamp", sort="largest")[0])
    look_on(page)
    press(page, "g", "q")
    gallery(page)
    page.wait_for_selector("[data-key='tags cut']")
    page.reload()
    gallery(page)
    page.locator(".tfs-gallery-opener").click()
    shown(page, browser.selection.number(0))  # the address kept it
    page.locator(".tfs-clear").click()
    lists(page, 60)
    with page.expect_download() as download: page.locator(".tfs-flag-list").click()
    download.value.save_as(tmp_path / "flagged.txt")
    assert read_flags(tmp_path / "flagged.txt") == [Flag(browser.shards.name(0), browser.shards.files[0].name, 0, "cut")]
    assert not page.errors, page.errors


# ---- many

def test_a_million_records(page, tmp_path):
    "The gallery opens at once, holds few elements, and is scrolled to the last record."
    from test_explore import sample

    from tfrseg.storage.dataset import DatasetInfo, ShardInfo, save_info
    from tfrseg.storage.example import encode_example, serialize_example
    from tfrseg.storage.labels import LabelMap
    from tfrseg.storage.schema import TFVISION
    from tfrseg.storage.tfrecord import frame_record

    data = frame_record(serialize_example(encode_example(sample(), TFVISION))) * 10_000
    files = [tmp_path / f"train-{k:05d}-of-00100.tfrecord" for k in range(100)]
    files[0].write_bytes(data)
    for file in files[1:]: os.link(files[0], file)
    shards = tuple(ShardInfo(file.name, 10_000, len(data), "") for file in files)
    save_info(DatasetInfo("tfvision", LabelMap(("a", "b", "c")), {"train": shards}), tmp_path)
    with serve_viewer(explore_records(tmp_path)) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        page.goto(server.url + "#gallery=1")
        gallery(page)
        page.locator(".tfs-gallery").focus()
        press(page, "End")
        page.wait_for_selector(".tfs-at[data-position='999999'] canvas")
        assert page.locator(".tfs-thumb").count() < 200
        page.locator(".tfs-gallery").hover()
        page.mouse.wheel(0, -2000)
        page.wait_for_function("() => +document.querySelector('.tfs-gallery').dataset.from < 999_960")
        gallery(page)
        assert 999_000 < int(page.locator(".tfs-gallery").get_attribute("data-from"))
        page.evaluate("document.querySelector('.tfs-gallery').scrollTop /= 2")
        page.wait_for_function("() => Math.abs(+document.querySelector('.tfs-gallery').dataset.from - 500_000) < 5_000")
        gallery(page)
        server.shutdown()
    assert not page.errors, page.errors


@pytest.mark.slow
def test_in_jupyterlab(page, many, lab):
    "Gallery, tags and histograms by messages of the widget; Python hears of it."
    open_notebook(page, *lab, "gallery", [f"from tfrseg import explore_records\nw = explore_records({str(many)!r})\nw"])
    look_on(page)
    press(page, "g")
    gallery(page)
    press(page, "ArrowRight", "#")
    page.keyboard.type("blurred")
    press(page, "Enter")
    page.wait_for_selector(".tfs-thumb[data-position='1'] .tfs-thumb-marks :text('blurred')")
    press(page, "Escape", "q")
    page.locator("[data-key='tags blurred']").click()
    lists(page, 1)
    assert re.search(r"\('blurred',\)", in_kernel(page, "print(w.tags, w.selection.order)"))
    in_kernel(page, "w.show_groups({'two': [4, 9]})")
    page.wait_for_selector(".tfs-group-head:text('two')")
    gallery(page)
    assert not page.errors, page.errors
    close_notebook(page)
