"""What tests in the browser do on a page of the roadmap."""


def press(page, name):
    page.locator("main").get_by_role("button", name=name).first.click()


def words(page):
    return page.locator("main").inner_text()


def looked_at(page, axe):
    """The page is accessible and no wider than the window; gives its words."""
    faults = axe(page)
    assert faults == [], f"{page.url}: {faults}"
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"], f"{page.url} is {width} wide"
    return words(page)
