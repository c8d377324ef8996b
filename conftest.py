"""What every test may ask for: the five documents, a browser, the accessibility check; and how skips are counted."""

import gc
import os
import shutil
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import hypothesis
import pytest
from django.db import connection
from django.test import override_settings
from playwright.sync_api import sync_playwright
from pytest_django.plugin import blocking_manager_key

ROOT = Path(__file__).resolve().parent
REQUIRE_ALL = os.environ.get("REQUIRE_ALL", "") not in {"", "0"}
ONLY_DATABASE = os.environ.get("ONLY_DATABASE", "") not in {"", "0"}
CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Examples are the same at every run, and a slow machine is no failure.
hypothesis.settings.register_profile("portal", deadline=None, derandomize=True)
hypothesis.settings.load_profile("portal")


def pytest_configure(config):
    """Tables are made at once on SQLite; PostgreSQL walks through the migrations, and so does `make run`."""
    if connection.vendor == "sqlite":
        config.option.nomigrations = True


# --- which tests there are, and what a skip means ---------------------------------------------------------------------
@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config, items):
    for item in items:
        if "seeds" in item.fixturenames:
            item.add_marker("seeds")
        if "browser" in item.fixturenames:
            item.add_marker("browser")
    result = yield
    if ONLY_DATABASE:
        kept = first_cases(filter(asks_the_database, items))
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in kept])
        items[:] = [item for item in items if item.nodeid in kept]
    # The longest walk begins first, beside the others, not after them.
    items.sort(key=lambda item: "browser" not in item.fixturenames)
    return result


def asks_the_database(item):
    """Could another database change what the test sees? Walks in the browser try the pages, others the files drawn."""
    is_marked = item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames)
    return bool(is_marked) and not item.get_closest_marker("browser") and not item.get_closest_marker("files")


def first_cases(items):
    """The names of the first case of each test: its other cases differ in their values, not in what they ask."""
    return set({item.nodeid.partition("[")[0]: item.nodeid for item in reversed(list(items))}.values())


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """What is loaded by now stays to the end: the collector of garbage need not look at it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Where the tables were made without migrations, the rows that migrations load are loaded here."""
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock():
            load_ready_rows()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test with real transactions leaves an empty database: what the migrations load is loaded again for the next."""
    result = yield
    marker = item.get_closest_marker("django_db")
    has_transactions = (marker and marker.kwargs.get("transaction")) or "live_server" in item.fixturenames
    if has_transactions and nextitem is not None:
        with item.config.stash[blocking_manager_key].unblock():
            load_ready_rows()
    return result


def load_ready_rows():
    """The portal's own texts, questionnaires, forms and indicators, as the data migrations load them."""
    from documents.ready_acts import load_ready_acts
    from monitoring.ready_indicators import load_ready_indicators
    from participants.ready_application_questionnaires import load_ready_application_questionnaires
    from participants.ready_consent_texts import load_ready_consent_texts
    from participants.ready_questionnaires import load_ready_questionnaires
    from programs.ready_forms import load_ready_forms

    load_ready_consent_texts()
    load_ready_questionnaires()
    load_ready_application_questionnaires()
    load_ready_forms()
    load_ready_indicators()
    load_ready_acts()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    """With REQUIRE_ALL=1 a run in which anything was skipped, or failed as expected, has failed."""
    is_xdist_worker = hasattr(session.config, "workerinput")
    if REQUIRE_ALL and not is_xdist_worker and exitstatus == pytest.ExitCode.OK and left_out(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    skipped = left_out(config)
    if skipped and REQUIRE_ALL:
        terminalreporter.section("REQUIRE_ALL=1: a skipped test is a failure", red=True)
        terminalreporter.line(f"{len(skipped)} tests left out or failing as expected; the reasons are listed below.")


def left_out(config):
    """The reports of tests that were skipped or failed as expected."""
    stats = config.pluginmanager.getplugin("terminalreporter").stats
    return [*stats.get("skipped", ()), *stats.get("xfailed", ())]


# --- nothing of a test stays behind -----------------------------------------------------------------------------------
@pytest.fixture(scope="session", autouse=True)
def own_files(tmp_path_factory):
    """Papers and uploads of the tests lie in a folder of the session, not among those of a running portal."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")):
        yield


cache_numbers = count()


@pytest.fixture(autouse=True)
def own_cache(settings, tmp_path_factory):
    """An empty cache for each test: what one test did must not count against the rate limits of the next."""
    prefix = f"{os.environ.get('PYTEST_XDIST_TESTRUNUID', 'alone')}-{os.getpid()}-{next(cache_numbers)}"
    cache = {**settings.CACHES["default"], "KEY_PREFIX": prefix}
    if not settings.REDIS_URL:
        cache["LOCATION"] = tmp_path_factory.getbasetemp() / "cache"
    settings.CACHES = {**settings.CACHES, "default": cache}


# --- the five documents -----------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def seeds():
    """The folder of the five real documents: SEEDS_DIR, or shared/seeds beside the checkout."""
    folder = Path(os.environ.get("SEEDS_DIR") or ROOT.parent / "shared" / "seeds")
    if not folder.is_dir():
        pytest.skip(f"the five documents are not at {folder}; name their folder with SEEDS_DIR")
    return folder


@pytest.fixture(scope="session")
def acceptance(seeds):
    """The folder with the reference reading of the five documents, beside them."""
    folder = seeds.parent / "acceptance"
    if not folder.is_dir():
        pytest.skip(f"the reference reading of the five documents is not at {folder}")
    return folder


# --- the browser ------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def chromium():
    """The path of the system's Chromium."""
    for name in CHROMIUM_NAMES:
        path = shutil.which(name)
        if path:
            return path
    return pytest.skip("no Chromium on this machine: install it (on Debian: apt-get install chromium)")


@pytest.fixture(scope="session")
def browser(chromium):
    """One Chromium for all tests of a worker."""
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        # Playwright's sync API leaves an event loop in this thread, which Django takes for async code.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        running = playwright.chromium.launch(executable_path=chromium, headless=True, args=CHROMIUM_FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser, live_server):
    """Open pages of the portal: `page()` is 1280 wide, `page(width=360)` a telephone; each has its own cookies.

    The test fails when a page raised an error in its scripts or asked another host for anything.
    """
    contexts, faults = [], []

    def remember_foreign(request):
        if request.url.startswith("http") and urlsplit(request.url).netloc != urlsplit(live_server.url).netloc:
            faults.append(f"asked another host: {request.url}")

    def open_page(*, width=1280, height=800, javascript=True):
        context = browser.new_context(
            base_url=live_server.url,
            locale="ru-RU",
            timezone_id="Europe/Moscow",
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            accept_downloads=True,
        )
        context.set_default_timeout(10_000)
        context.on("request", remember_foreign)
        context.on("weberror", lambda error: faults.append(f"script error: {error.error}"))
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="session")
def axe():
    """`axe(page)`: the accessibility faults of a page, one line each: rule, help, where."""
    source = (ROOT / "node_modules/axe-core/axe.min.js").read_text()

    def faults_of(page):
        page.evaluate(source)
        found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{violation['id']}: {violation['help']} – {', '.join(map(str, node['target']))}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return faults_of
