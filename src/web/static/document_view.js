// A document beside its fields: pages drawn when they come near, zoom, turning, the light on found words. A photo taken sideways is shown
// upright. Words are picked for the field that had the focus last (page_pick.js).

import { remember } from "./document_fill.js";
import { boxes, draw, overlay } from "./page_marks.js";
import { listen as listenForPicks, start as startPicks } from "./page_pick.js";
import { close, fetchAhead, open } from "./page_sources.js";
import { fill as fillThumbs } from "./page_thumbs.js";
import { turnBox, unturnBox, uprightTurn } from "./page_turn.js";
import { readWords, wordsOf } from "./page_words.js";
import { get, set } from "./preferences.js";
import { t } from "./texts.js";

const WIDEST = 860;
const ZOOM = { least: 0.3, most: 5, step: 1.2 };
const FITS = ["width", "page"];
const AIR = 20; // pixels around the pages
const SETTLE = 120;
const turns = new Map(); // document → how far somebody turned it, while this page is open

class DocumentView {
  constructor(root) {
    this.root = root;
    this.scroller = root.querySelector(".sc");
    this.turn = turns.get(root.dataset.document) ?? 0;
    this.over = new AbortController();
    this.zoom = get("zoom", "width");
    this.boxes = boxes;
    this.watch = new IntersectionObserver((seen) => seen.forEach(({ target, isIntersecting }) => isIntersecting && this.render(target.page)), {
      root: this.scroller,
      rootMargin: "100% 0px",
    });
  }

  async start() {
    this.root.setAttribute("aria-busy", "true");
    const { document: url, documentKind: kind, documentWords: words } = this.root.dataset;
    try {
      this.pages = await open(url, kind, words);
    } catch {
      this.fail();
      return;
    } finally {
      this.root.removeAttribute("aria-busy");
    }
    if (this.over.signal.aborted) return;
    for (const page of this.pages) this.place(page);
    const strip = document.querySelector("[data-thumbs]");
    if (strip) strip.hidden = this.pages.length === 1 && "several" in strip.dataset;
    if (strip && !strip.hidden) this.mark = fillThumbs(strip, this);
    this.layout();
    this.listen();
    this.light();
  }

  /** It is shown no longer. */
  end() {
    this.over.abort();
    this.watch.disconnect();
    this.resized?.disconnect();
    if (this.pages) close(this.pages);
  }

  fail() {
    const note = document.createElement("div");
    note.className = "db-note st-bad";
    note.setAttribute("role", "alert");
    note.textContent = t("De bladzijden kunnen niet getoond worden. Het bestand zelf staat veilig.");
    this.scroller.replaceChildren(note);
  }

  place(page) {
    page.element = document.createElement("div");
    page.element.className = "page";
    page.element.page = page;
    page.canvas = document.createElement("canvas");
    page.canvas.setAttribute("role", "img");
    page.canvas.setAttribute("aria-label", t("Bladzijde {n}", { n: page.number }));
    page.layer = document.createElement("div");
    page.layer.className = "textLayer";
    page.upright = page.read ? uprightTurn(page.read.words) : 0;
    page.marks = overlay(page.width, page.height);
    page.picks = overlay(page.width, page.height);
    page.tags = overlay(page.width, page.height);
    page.tags.classList.add("is-tags");
    page.element.append(page.canvas, page.layer, page.marks, page.picks, page.tags);
    this.scroller.querySelector(".pages").append(page.element);
    this.watch.observe(page.element);
  }

  /** How far a page is turned in all. */
  turnOf(page) {
    return (page.upright + this.turn) % 360;
  }

  sizeOf(page) {
    return this.turnOf(page) % 180 ? [page.height, page.width] : [page.width, page.height];
  }

  get scale() {
    if (!FITS.includes(this.zoom)) return this.zoom;
    if (!this.scroller.clientWidth) return 1; // it stands in a window of its own
    const sizes = this.pages.map((page) => this.sizeOf(page));
    const across = Math.min(WIDEST, this.scroller.clientWidth - AIR) / Math.max(...sizes.map(([width]) => width));
    if (this.zoom === "width") return across;
    return Math.min(across, (this.scroller.clientHeight - AIR) / Math.max(...sizes.map(([, height]) => height)));
  }

  layout() {
    const { scale } = this;
    for (const page of this.pages) {
      const [width, height] = this.sizeOf(page);
      page.element.style.width = `${width * scale}px`;
      page.element.style.height = `${height * scale}px`;
      page.element.style.setProperty("--total-scale-factor", scale);
      page.element.style.setProperty("--scale-round-x", "1px");
      page.element.style.setProperty("--scale-round-y", "1px");
      for (const svg of [page.marks, page.picks, page.tags]) svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      this.turnText(page);
      this.watch.unobserve(page.element); // observed anew, so that what is near is drawn at the new size
      this.watch.observe(page.element);
    }
    this.root.querySelector("[data-view-zoom]").textContent = `${Math.round(scale * 100)} %`;
    for (const fit of FITS) this.root.querySelector(`[data-view=${fit}]`)?.setAttribute("aria-pressed", String(this.zoom === fit));
    this.tellPage();
  }

  /** The file's own text lies as the file was written, words that were read lie as the page came. */
  turnText(page) {
    page.layer.dataset.mainRotation = (this.turnOf(page) + (page.ownText ? page.rotation : 0)) % 360;
  }

  /** Draw a page once per size; one drawing at a time, the newest size wins. */
  async render(page) {
    const wanted = `${this.scale} ${this.turnOf(page)}`;
    if (page.drawn === wanted || page.drawing) return;
    page.drawing = true;
    const fresh = page.canvas.cloneNode();
    try {
      await page.draw(fresh, this.scale * devicePixelRatio, this.turnOf(page));
      page.canvas.replaceWith(fresh);
      page.canvas = fresh;
      page.drawn = wanted;
      if (!page.hasText) await this.lay(page);
      page.element.dataset.drawn = "true";
      this.root.dispatchEvent(new CustomEvent("daybook:drawn", { bubbles: true, detail: { page: page.number } }));
      if (page.number === 1) readNext();
    } catch (problem) {
      if (!this.over.signal.aborted) throw problem; // another document is shown already
    } finally {
      page.drawing = false;
    }
    if (!this.over.signal.aborted && page.drawn !== `${this.scale} ${this.turnOf(page)}`) await this.render(page);
  }

  async lay(page) {
    page.hasText = true;
    page.ownText = await page.text(page.layer, this.scale);
    if (!page.ownText && page.read) readWords(page.read.words, page.layer, page.read);
    this.turnText(page);
    page.words = null;
  }

  /** The words of a page in points of the page as it came; read from the text once it was laid. */
  words(page) {
    if (!page.hasText) return [];
    page.words ??= wordsOf(page.layer, (rect) => this.pageBox(page, rect));
    return page.words;
  }

  /** A rectangle of the window in points of the page as it came. */
  pageBox(page, { left, top, right, bottom }) {
    const at = page.element.getBoundingClientRect();
    const points = [left - at.left, top - at.top, right - at.left, bottom - at.top].map((value) => value / this.scale);
    return unturnBox({ left: points[0], top: points[1], right: points[2], bottom: points[3] }, this.turnOf(page), page);
  }

  /** The other way: points of the page as it came, in points of the page as it is shown. */
  shownBox(page, box) {
    return turnBox(box, this.turnOf(page), page);
  }

  light(focused = document.activeElement) {
    const all = this.boxes();
    for (const page of this.pages) {
      const here = all.filter((box) => box.page === page.number).map((box) => ({ ...box, ...this.shownBox(page, box) }));
      draw(page.marks, page.tags, here, focused);
    }
    const box = all.find((one) => one.field === focused);
    if (box) this.show(box);
  }

  show(box) {
    const page = this.pages[box.page - 1];
    if (!page) return;
    const { scale, scroller } = this;
    const frame = scroller.getBoundingClientRect();
    const at = page.element.getBoundingClientRect();
    const lit = this.shownBox(page, box);
    const top = at.top - frame.top + lit.top * scale;
    const left = at.left - frame.left + lit.left * scale;
    const seen = top > 24 && top + (lit.bottom - lit.top) * scale < frame.height && left > 0 && left + (lit.right - lit.left) * scale < frame.width;
    if (!seen) scroller.scrollBy({ top: top - frame.height / 3, left: left - frame.width / 3 });
  }

  setZoom(zoom) {
    this.zoom = FITS.includes(zoom) ? zoom : Math.min(ZOOM.most, Math.max(ZOOM.least, zoom));
    set("zoom", this.zoom);
    this.layout();
  }

  get current() {
    const middle = this.scroller.scrollTop + this.scroller.clientHeight / 2;
    return this.pages.findLast((page) => page.element.offsetTop <= middle)?.number ?? 1;
  }

  tellPage() {
    this.root.querySelector("[data-view-page]").textContent = `${this.current} / ${this.pages.length}`;
    this.mark?.(this.current);
  }

  turnTo(number) {
    const page = this.pages[Math.min(this.pages.length, Math.max(1, number)) - 1];
    this.scroller.scrollTo({ top: page.element.offsetTop - 10 });
  }

  tool(name) {
    if (name === "in") this.setZoom(this.scale * ZOOM.step);
    if (name === "out") this.setZoom(this.scale / ZOOM.step);
    if (FITS.includes(name)) this.setZoom(name);
    if (name === "next") this.turnTo(this.current + 1);
    if (name === "previous") this.turnTo(this.current - 1);
    if (name === "rotate") {
      this.turn = (this.turn + 90) % 360;
      turns.set(this.root.dataset.document, this.turn);
      this.layout();
      this.light();
    }
  }

  listen() {
    let timer = 0;
    const { signal } = this.over;
    this.resized = new ResizeObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(() => this.layout(), SETTLE);
    });
    this.resized.observe(this.scroller);
    this.scroller.addEventListener("scroll", () => this.tellPage(), { passive: true });
    listenForPicks(this, signal);
    const onFocus = (event) => event.target.matches("[data-box], [data-fills]") && this.light(event.target);
    document.addEventListener("focusin", onFocus, { signal });
    document.addEventListener("htmx:after:swap", () => this.light(), { signal });
  }
}

/** The first thing to do: the first field that is missing or uncertain, else the one the page names. */
function beginHere() {
  if (document.activeElement !== document.body) return;
  const doubtful = document.querySelector(":is(.fld.is-missing, .fld.is-warn) :is(input, select)");
  (doubtful ?? document.querySelector("[data-first]"))?.focus({ preventScroll: true });
}

/** What will be looked at after this one is read meanwhile: <… data-ahead="ADDRESS" data-ahead-kind data-ahead-words>. */
function readNext() {
  const next = document.querySelector("[data-ahead]")?.dataset;
  if (next?.ahead) fetchAhead(next.ahead, next.aheadKind, next.aheadWords);
}

let listening = false;
let views = [];

/** The document that is looked at, once its pages are known. */
export const shown = () => views.find(({ pages, root }) => pages && root.isConnected);

export function start() {
  for (const view of views.filter(({ root }) => !root.isConnected)) view.end();
  views = views.filter(({ root }) => root.isConnected);
  const known = views.length;
  for (const root of document.querySelectorAll("[data-document]:not([data-document-open])")) {
    root.dataset.documentOpen = "";
    const view = new DocumentView(root);
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-view]");
      if (button && view.pages) view.tool(button.dataset.view);
    });
    view.start();
    views.push(view);
  }
  if (!listening) {
    document.addEventListener("focusin", (event) => remember(event.target));
    startPicks(shown);
  }
  listening = true;
  if (views.length === known) return;
  beginHere();
  remember(document.activeElement);
}
