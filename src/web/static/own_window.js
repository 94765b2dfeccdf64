// The document in a window of its own, for who has two screens: it follows when the employee goes to the next proposal, and a click on a word
// there fills the field here. Every tab has its own window; they talk over a channel with the tab's name.

import { fill, kindOf, nameOf, target, whenRemembered } from "./document_fill.js";
import { boxes } from "./page_marks.js";

const TAB = "daybook.tab";
const PATIENCE = 1500;
let channel = null;
let there = false; // the window is open
let waiting = 0;

function tab() {
  let name = sessionStorage.getItem(TAB);
  if (!name) sessionStorage.setItem(TAB, (name = crypto.getRandomValues(new Uint32Array(2)).join("-")));
  return name;
}

const link = () => document.querySelector("[data-own-window]");

function apart(on) {
  there = on;
  document.querySelector(".panes.is-ann")?.classList.toggle("is-apart", on);
  const back = document.querySelector("[data-window-back]");
  if (back) back.hidden = !on;
}

/** What the window shows: the document, and what will be looked at after it. */
function tellDocument() {
  const root = document.querySelector("[data-document]");
  if (!root) return apart(false); // an electronic invoice without a picture is read here
  const { document: url, documentKind: kind, documentWords: words } = root.dataset;
  const next = document.querySelector("[data-ahead]")?.dataset;
  const ahead = next?.ahead ? [next.ahead, next.aheadKind, next.aheadWords] : null;
  channel.postMessage({ shows: { url, kind, words, ahead, title: document.title, href: link()?.getAttribute("href") } });
  tellFields();
}

function tellFields() {
  if (!there) return;
  const field = target();
  const lit = boxes().map(({ field: one, ...box }) => ({ ...box, on: one === field }));
  channel.postMessage({ lit, kind: kindOf(field), name: field ? nameOf(field) : "" });
}

function onWord({ text, box }) {
  const field = target();
  if (field && fill(field, text, box)) tellFields();
}

function onKey(keys) {
  const at = document.activeElement ?? document.body;
  at.dispatchEvent(new KeyboardEvent("keydown", { ...keys, bubbles: true, cancelable: true }));
}

function onMessage({ data }) {
  if (data.here) {
    clearTimeout(waiting);
    apart(true);
    if (data.here === "hello") tellDocument();
    else tellFields();
  }
  if (data.word) onWord(data.word);
  if (data.keys) onKey(data.keys);
  if (data.bye) apart(false);
}

function open(event) {
  const wanted = event.target.closest?.("[data-own-window]");
  if (wanted && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    window.open(`${wanted.href}#${tab()}`, `daybook-${tab()}`, "popup,width=900,height=1100")?.focus();
  }
  if (event.target.closest?.("[data-window-back]")) {
    channel.postMessage({ close: true });
    apart(false);
  }
}

/** Begin, and again after the page was turned to another proposal. */
export function start() {
  if (!channel) {
    channel = new BroadcastChannel(`daybook.document.${tab()}`);
    channel.addEventListener("message", onMessage);
    document.addEventListener("click", open);
    document.addEventListener("input", tellFields);
    whenRemembered(tellFields);
  }
  if (there) apart(true);
  tellDocument();
  clearTimeout(waiting);
  if (there) waiting = setTimeout(() => apart(false), PATIENCE); // it went away without a word
}
