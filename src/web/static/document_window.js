// The window of its own that a document stands in: what it shows, which words are lit and which field a word fills is told by the tab that
// opened it (own_window.js).

import { shown, start as startViews } from "./document_view.js";
import { elsewhere } from "./document_fill.js";
import { fetchAhead } from "./page_sources.js";

const FORWARDED = ["ArrowRight", "ArrowLeft", "ArrowDown", "s", "S"]; // to the next proposal with the focus here
let channel = null;
let pristine = null;
let lit = [];

function light() {
  const view = shown();
  if (!view) return;
  view.boxes = () => lit.map((box) => ({ ...box, field: box }));
  view.light(lit.find(({ on }) => on) ?? null);
}

function show({ url, kind, words, title, href, ahead }) {
  channel.postMessage({ here: "again" });
  const now = document.querySelector("[data-document]");
  if (now.dataset.document === url) return;
  const fresh = pristine.cloneNode(true);
  Object.assign(fresh.dataset, { document: url, documentKind: kind, documentWords: words });
  now.replaceWith(fresh);
  lit = [];
  document.title = title;
  if (href) history.replaceState(null, "", href + location.hash);
  startViews();
  if (ahead) fresh.addEventListener("daybook:drawn", () => fetchAhead(...ahead), { once: true });
}

function onMessage({ data }) {
  if (data.close) window.close();
  if (data.shows) show(data.shows);
  if (data.lit) {
    lit = data.lit;
    elsewhere(data.kind, data.name);
    light();
  }
}

function onKey(event) {
  if (!(event.ctrlKey || event.metaKey) || !FORWARDED.includes(event.key)) return;
  event.preventDefault();
  channel.postMessage({ keys: { key: event.key, ctrlKey: true } });
}

/** Before the first document is opened: its place is used for the next ones. */
export function start() {
  const tab = location.hash.slice(1);
  if (!tab) return; // opened by hand: it shows its document and follows nobody
  pristine = document.querySelector("[data-document]").cloneNode(true);
  delete pristine.dataset.documentOpen;
  channel = new BroadcastChannel(`daybook.document.${tab}`);
  channel.addEventListener("message", onMessage);
  document.addEventListener("daybook:drawn", light);
  document.addEventListener("keydown", onKey);
  document.addEventListener("daybook:word", (event) => {
    const { text, page, box } = event.detail;
    event.preventDefault();
    channel.postMessage({ word: { text, box: `${page} ${box.map((value) => value.toFixed(1)).join(" ")}` } });
  });
  addEventListener("pagehide", () => channel.postMessage({ bye: true }));
  channel.postMessage({ here: "hello" });
}
