// A document beside its fields: pages drawn when they come near, zoom, turning the page, the light on found words, a click on a word fills the
// field that had the focus last.

import * as amount from "./amount.js";
import { boxes, draw, overlay } from "./page_marks.js";
import { close, fetchAhead, open } from "./page_sources.js";
import { fill as fillThumbs } from "./page_thumbs.js";
import { readWords, selectedText, wordAt } from "./page_words.js";
import { get, set } from "./preferences.js";
import { t } from "./texts.js";

const WIDEST = 860;
const ZOOM = { least: 0.3, most: 5, step: 1.2 };
const SETTLE = 120;
let field = null; // the last field with the focus that a word may fill

class DocumentView {
  constructor(root) {
    this.root = root;
    this.scroller = root.querySelector(".sc");
    this.turn = 0;
    this.over = new AbortController();
    this.zoom = get("zoom", "width");
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
    if (strip) this.mark = fillThumbs(strip, this);
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
    page.marks = overlay(page.width, page.height);
    page.element.append(page.canvas, page.layer, page.marks);
    this.scroller.querySelector(".pages").append(page.element);
    this.watch.observe(page.element);
  }

  get lies() {
    return this.turn % 180 !== 0;
  }

  get scale() {
    if (this.zoom !== "width") return this.zoom;
    const widest = Math.max(...this.pages.map((page) => (this.lies ? page.height : page.width)));
    return Math.min(WIDEST, this.scroller.clientWidth - 20) / widest;
  }

  layout() {
    const { scale } = this;
    for (const page of this.pages) {
      const [width, height] = this.lies ? [page.height, page.width] : [page.width, page.height];
      page.element.style.width = `${width * scale}px`;
      page.element.style.height = `${height * scale}px`;
      page.element.style.setProperty("--total-scale-factor", scale);
      page.element.style.setProperty("--scale-round-x", "1px");
      page.element.style.setProperty("--scale-round-y", "1px");
      page.marks.style.visibility = page.layer.style.visibility = this.turn ? "hidden" : "visible";
      this.watch.unobserve(page.element); // observed anew, so that what is near is drawn at the new size
      this.watch.observe(page.element);
    }
    this.root.querySelector("[data-view-zoom]").textContent = `${Math.round(scale * 100)} %`;
    this.tellPage();
  }

  /** Draw a page once per size; one drawing at a time, the newest size wins. */
  async render(page) {
    const wanted = `${this.scale} ${this.turn}`;
    if (page.drawn === wanted || page.drawing) return;
    page.drawing = true;
    const fresh = page.canvas.cloneNode();
    try {
      await page.draw(fresh, this.scale * devicePixelRatio, this.turn);
      page.canvas.replaceWith(fresh);
      page.canvas = fresh;
      page.drawn = wanted;
      if (!page.hasText) await this.lay(page);
      page.element.dataset.drawn = "true";
      if (page.number === 1) readNext();
    } finally {
      page.drawing = false;
    }
    if (page.drawn !== `${this.scale} ${this.turn}`) await this.render(page);
  }

  async lay(page) {
    page.hasText = true;
    const own = await page.text(page.layer, this.scale);
    if (!own && page.read) readWords(page.read.words, page.layer, page.read);
  }

  light(focused = document.activeElement) {
    const all = boxes();
    for (const page of this.pages) draw(page.marks, all.filter((box) => box.page === page.number), focused);
    const box = all.find((one) => one.field === focused);
    if (box) this.show(box);
  }

  show(box) {
    const page = this.pages[box.page - 1];
    if (!page) return;
    const { scale, scroller } = this;
    const frame = scroller.getBoundingClientRect();
    const at = page.element.getBoundingClientRect();
    const top = at.top - frame.top + box.top * scale;
    const left = at.left - frame.left + box.left * scale;
    const seen = top > 24 && top + (box.bottom - box.top) * scale < frame.height && left > 0 && left + (box.right - box.left) * scale < frame.width;
    if (!seen) scroller.scrollBy({ top: top - frame.height / 3, left: left - frame.width / 3 });
  }

  setZoom(zoom) {
    this.zoom = zoom === "width" ? zoom : Math.min(ZOOM.most, Math.max(ZOOM.least, zoom));
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
    if (name === "width") this.setZoom("width");
    if (name === "next") this.turnTo(this.current + 1);
    if (name === "previous") this.turnTo(this.current - 1);
    if (name === "rotate") {
      this.turn = (this.turn + 90) % 360;
      this.layout();
    }
  }

  listen() {
    let timer = 0;
    const { signal } = this.over;
    this.resized = new ResizeObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(() => this.zoom === "width" && this.layout(), SETTLE);
    });
    this.resized.observe(this.scroller);
    this.scroller.addEventListener("scroll", () => this.tellPage(), { passive: true });
    this.scroller.addEventListener("click", (event) => this.pick(event));
    const onFocus = (event) => event.target.matches("[data-box], [data-fills]") && this.light(event.target);
    document.addEventListener("focusin", onFocus, { signal });
    document.addEventListener("htmx:after:swap", () => this.light(), { signal });
  }

  pick(event) {
    const page = event.target.closest(".page")?.page;
    if (!page) return;
    const selected = selectedText();
    const word = selected ? { text: selected, rect: getSelection().getRangeAt(0).getBoundingClientRect() } : wordAt(event.clientX, event.clientY);
    if (!word) return;
    const at = page.element.getBoundingClientRect();
    const points = (x, y) => [(x - at.left) / this.scale, (y - at.top) / this.scale];
    const box = [...points(word.rect.left, word.rect.top), ...points(word.rect.right, word.rect.bottom)];
    const told = new CustomEvent("daybook:word", { bubbles: true, cancelable: true, detail: { text: word.text, page: page.number, box, field } });
    if (!this.root.dispatchEvent(told) || !field?.isConnected || field.readOnly) return;
    fill(field, word.text, `${page.number} ${box.map((value) => value.toFixed(1)).join(" ")}`);
    this.light(field);
    if (!selected) field.focus();
  }
}

function fill(target, text, box) {
  const cents = target.dataset.kind === "amount" ? amount.evaluate(text.replace(/EUR/i, "")) : null;
  target.value = cents === null ? text : amount.format(cents);
  target.dataset.box = box;
  target.dataset.boxKind = "found";
  target.dispatchEvent(new Event("input", { bubbles: true }));
  target.dispatchEvent(new Event("change", { bubbles: true }));
}

function remember(target) {
  if (!target.matches?.("[data-fills]")) return;
  field = target;
  const name = document.querySelector(`label[for="${CSS.escape(target.id)}"]`)?.firstChild?.textContent.trim();
  for (const hint of document.querySelectorAll("[data-view-fills]")) {
    hint.hidden = !name;
    hint.querySelector("b").textContent = name ?? "";
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
  if (!listening) document.addEventListener("focusin", (event) => remember(event.target));
  listening = true;
  if (views.length === known) return;
  beginHere();
  remember(document.activeElement);
}
