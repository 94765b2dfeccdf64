// Picking words of a document for a field: a click on one, a drag over several, or (Ctrl Space) the arrows and Enter while the focus stays in
// the field. A click on one word of a date or an account number takes all of it.

import { fill, kindOf, nameOf, target, wanted } from "./document_fill.js";
import { act } from "./keyboard.js";
import { outline } from "./page_marks.js";
import { around, joined, within, wordAt } from "./page_words.js";
import { read } from "./page_values.js";
import { t } from "./texts.js";

const DRAG = 5; // pixels
const ARROWS = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 };
let walk = null; // { view, field, found: [{page, at}], place, from }

const boxOf = (page, word) => `${page.number} ${[word.left, word.top, word.right, word.bottom].map((value) => value.toFixed(1)).join(" ")}`;

/** Give the words to the field, unless the page (or the other window) takes them. */
export function give(view, page, word) {
  const { text, left, top, right, bottom } = word;
  const field = target();
  const detail = { text, page: page.number, box: [left, top, right, bottom], field };
  const event = new CustomEvent("daybook:word", { bubbles: true, cancelable: true, detail });
  if (!view.root.dispatchEvent(event) || !field) return;
  if (fill(field, text, boxOf(page, word))) view.light(field);
  if (document.activeElement !== field) field.focus({ preventScroll: true });
}

/** Click and drag on the pages of a view. */
export function listen(view, signal) {
  let start = null;
  const pageOf = (event) => event.target.closest?.(".page")?.page;
  const clear = () => {
    for (const page of view.pages) outline(page.picks, []);
  };
  const dragged = (event) => {
    const box = view.pageBox(start.page, {
      left: Math.min(start.x, event.clientX),
      right: Math.max(start.x, event.clientX),
      top: Math.min(start.y, event.clientY),
      bottom: Math.max(start.y, event.clientY),
    });
    return within(view.words(start.page), box);
  };
  const far = (event) => Math.hypot(event.clientX - start.x, event.clientY - start.y) > DRAG;
  view.scroller.addEventListener("pointerdown", (event) => {
    leaveWalk();
    start = event.button === 0 && event.pointerType !== "touch" && pageOf(event) ? { page: pageOf(event), x: event.clientX, y: event.clientY } : null;
  }, { signal });
  view.scroller.addEventListener("pointermove", (event) => {
    if (start && far(event)) outline(start.page.picks, dragged(event).map((word) => view.shownBox(start.page, word)));
  }, { signal });
  view.scroller.addEventListener("click", (event) => {
    clear();
    const page = start?.page ?? pageOf(event);
    if (!page) return;
    const words = view.words(page);
    const picked = start && far(event) ? dragged(event) : clicked(view, page, words, event);
    start = null;
    if (picked.length) give(view, page, picked.length > 1 ? joined(picked) : picked[0]);
  }, { signal });
}

function clicked(view, page, words, event) {
  const { left, top } = view.pageBox(page, { left: event.clientX, right: event.clientX, top: event.clientY, bottom: event.clientY });
  const at = wordAt(words, left, top);
  return at < 0 ? [] : [around(words, at, wanted())];
}

/** The words that mean something to the field, each with the page it stands on. */
function candidates(view, kind) {
  const found = view.pages.flatMap((page) => {
    const words = view.words(page);
    return words.map((_, at) => ({ page, word: around(words, at, kind) }));
  });
  const seen = new Set();
  return found.filter(({ page, word }) => {
    const key = boxOf(page, word);
    if (seen.has(key) || (kind !== "text" && read(kind, word.text, kind !== "reference") === null)) return false;
    seen.add(key);
    return true;
  });
}

function beginWalk(view) {
  const field = target();
  if (!field || document.activeElement !== field) return false;
  const found = candidates(view, kindOf(field));
  if (!found.length) return false;
  const [page, left, top] = (field.dataset.box ?? "").split(" ").map(Number);
  const near = found.findIndex((one) => one.page.number === page && Math.abs(one.word.left - left) < 4 && Math.abs(one.word.top - top) < 4);
  const place = near >= 0 ? near : Math.max(0, found.findIndex((one) => one.page.number === view.current));
  walk = { view, field, found, place, from: place };
  showWalk();
}

function chosen() {
  const [first, last] = [Math.min(walk.place, walk.from), Math.max(walk.place, walk.from)];
  const run = walk.found.slice(first, last + 1).filter(({ page }) => page === walk.found[walk.place].page);
  return { page: walk.found[walk.place].page, words: run.map(({ word }) => word) };
}

function showWalk() {
  const { page, words } = chosen();
  const { view, field } = walk;
  for (const one of view.pages) outline(one.picks, one === page ? words.map((word) => view.shownBox(page, word)) : []);
  view.show({ page: page.number, ...joined(words) });
  for (const hint of document.querySelectorAll("[data-view-walk]")) {
    hint.textContent = t("{words}: Enter vult {field}", { words: joined(words).text, field: nameOf(field) });
  }
}

function leaveWalk() {
  if (!walk) return;
  for (const page of walk.view.pages) outline(page.picks, []);
  for (const hint of document.querySelectorAll("[data-view-walk]")) hint.textContent = "";
  walk = null;
}

/** The nearest word above or below, else the next of that side. */
function beside(by) {
  const { page, word } = walk.found[walk.place];
  const middle = (word.left + word.right) / 2;
  const others = walk.found
    .map((one, place) => ({ ...one, place }))
    .filter((one) => one.page === page && (by > 0 ? one.word.top >= word.bottom - 1 : one.word.bottom <= word.top + 1));
  if (!others.length) return walk.place + by;
  const away = (one) => Math.abs(by > 0 ? one.word.top - word.bottom : word.top - one.word.bottom) * 3 + Math.abs((one.word.left + one.word.right) / 2 - middle);
  return others.reduce((best, one) => (away(one) < away(best) ? one : best)).place;
}

function onKey(event) {
  if (!walk) return;
  if (!walk.field.isConnected || document.activeElement !== walk.field) return leaveWalk();
  if (["Shift", "Control", "Meta", "Alt"].includes(event.key)) return;
  const by = ARROWS[event.key];
  if (by && !event.ctrlKey && !event.metaKey) {
    const next = event.key === "ArrowUp" || event.key === "ArrowDown" ? beside(by) : walk.place + by;
    walk.place = (next + walk.found.length) % walk.found.length;
    if (!event.shiftKey) walk.from = walk.place;
    showWalk();
  } else if (event.key === "Enter") {
    const { page, words } = chosen();
    const { view } = walk;
    leaveWalk();
    give(view, page, joined(words));
  } else {
    leaveWalk();
    if (event.key !== "Escape") return;
  }
  event.preventDefault();
  event.stopPropagation();
}

/** Once per page: the keys that walk over the words of the view that is shown. */
export function start(shown) {
  act("pick", () => (shown() ? beginWalk(shown()) : false));
  document.addEventListener("keydown", onKey, true);
}
