"""Five scanned pages become three documents without a mouse, and two documents become one in the worklist."""

import io

import pikepdf
from playwright.sync_api import Page, expect

from typed_pdf import typed_pdf
from web import browser_files
from world import PASSWORD, address, pdf

AXE = browser_files.ROOT / "node_modules/axe-core/axe.min.js"


def bundle(count):
    with pikepdf.new() as made:
        for number in range(1, count + 1):
            with pikepdf.open(io.BytesIO(typed_pdf(f"blad {number}"))) as page:
                made.pages.extend(page.pages)
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()


def sign_in(page: Page, address_: str, who: str) -> None:
    page.goto(f"{address_}/sign-in")
    page.fill("[name=email]", address(who))
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def test_five_pages_become_three_documents_by_keyboard(world, page):
    scan = world.deliver(bundle(5), name="bundel.pdf")
    world.settle()
    with world.serve() as site:
        sign_in(page, site, "anna")
        page.goto(f"{site}/portal/{world.bakery}/cut?document={scan}")
        page.wait_for_selector("html[data-ready]", state="attached")
        expect(page.locator(".sheet").first).to_be_focused()
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run({ runOnly: ['wcag2a', 'wcag2aa'] }).then(result => result.violations)")
        assert [one["id"] for one in found] == []
        for key in ("ArrowRight", "ArrowRight", "Space", "ArrowRight", "ArrowRight", "Space", "Alt+ArrowLeft"):
            page.keyboard.press(key)
        expect(page.locator("[data-make-text]")).to_have_text("Splitsen in 3 documenten")
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**/mailboxes?tab=purchase")
        expect(page.locator("[data-toast-text]")).to_have_text("3 nieuwe documenten gemaakt")
        expect(page.locator("tr[data-id]")).to_have_count(3)
        page.keyboard.press("Control+z")
        expect(page.locator("tr[data-id]")).to_have_count(1)


def test_two_documents_become_one_in_the_worklist(world, page):
    documents = [world.deliver(pdf(number), name=f"{number}.pdf") for number in (0, 1)]
    world.submit(*documents)
    world.settle()
    with world.serve() as site:
        sign_in(page, site, "bart")
        page.goto(f"{site}/office/dossiers/{world.bakery}/worklist?tab=purchase")
        page.wait_for_selector("html[data-ready]", state="attached")
        page.keyboard.press("Control+a")
        page.locator("[data-cuts]").click()
        page.wait_for_selector(".sheet")
        expect(page.locator("[data-make-text]")).to_have_text("Samenvoegen tot 1 document")
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**/worklist?tab=purchase")
        expect(page.locator("[data-toast-text]")).to_have_text("1 nieuw document gemaakt")
