"A browser and JupyterLab for the tests that look at what users see."
import pytest
from browsing import CHROMIUM, chromium, jupyterlab


@pytest.fixture(scope="module")
def playwright():
    sync_api = pytest.importorskip("playwright.sync_api", reason="wants playwright; pip install -e '.[browser]' brings it")
    if not CHROMIUM: pytest.skip("wants a Chromium on the path: apt-get install chromium")
    with sync_api.sync_playwright() as p: yield p


@pytest.fixture(scope="module")
def page(playwright, tmp_path_factory):
    with chromium(playwright, tmp_path_factory.mktemp("chromium")) as page: yield page


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    "The address of a JupyterLab, and its folder; each notebook there wants a name of its own."
    folder = tmp_path_factory.mktemp("lab")
    with jupyterlab(folder) as address: yield address, folder


@pytest.fixture
def alone(tmp_path, page):
    "Opens the page of a viewer with all network blocked; nothing may even be asked for."
    context, asked = page.context, []
    context.set_offline(True)
    watch = lambda request: asked.append(request.url)

    def open_page(viewer, **options):
        (tmp_path / "page.html").write_text(viewer.to_html(**options), encoding="utf-8")
        page.goto((tmp_path / "page.html").as_uri())
        page.on("request", watch)
        page.wait_for_selector("canvas[data-shown]", timeout=20_000)
        return page

    yield open_page
    page.remove_listener("request", watch)
    context.set_offline(False)
    assert not [url for url in asked if not url.startswith(("blob:", "file:", "data:"))]
    assert not page.errors, page.errors
