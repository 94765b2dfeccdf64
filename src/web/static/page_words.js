// The text of a page, unseen above its picture: from the file itself, or from the words recognition read on a scan. Words are told with their
// place in points of the page as it came, in the order of the text, so that a click, a drag and the keyboard pick them in one way.

import { TextLayer } from "vendor:pdfjs/build/pdf.min.mjs";

import { read } from "./page_values.js";

const EDGES = /^[,;:()]+|[,;:()]+$/g;
const NEAR = 3; // points beside a word that still are the word
const APART = 1.2; // of the height: a wider gap is another column
const LONGEST = 9; // words of one value: an IBAN in groups of four

/** Lay the file's own text; true when it has any. */
export async function ownText(page, viewport, layer) {
  const text = new TextLayer({ textContentSource: page.streamTextContent({ includeMarkedContent: true }), container: layer, viewport });
  await text.render();
  return text.textContentItemsStr.some((part) => part.trim());
}

/** Lay words read by recognition: [text, [left, top, right, bottom], confidence] in points. */
export function readWords(words, layer, { width, height }) {
  layer.style.width = `calc(var(--total-scale-factor) * ${width}px)`;
  layer.style.height = `calc(var(--total-scale-factor) * ${height}px)`;
  layer.dataset.mainRotation = 0;
  layer.replaceChildren(
    ...words.map(([text, [left, top, right, bottom]]) => {
      const word = document.createElement("span");
      word.className = "wd";
      word.textContent = text;
      word.style.left = `${(left / width) * 100}%`;
      word.style.top = `${(top / height) * 100}%`;
      word.style.width = `${((right - left) / width) * 100}%`;
      word.style.height = `${((bottom - top) / height) * 100}%`;
      word.style.setProperty("--font-height", `${bottom - top}px`);
      return word;
    }),
  );
}

/** The words of a layer: [{ text, left, top, right, bottom }]; `place` turns a rectangle of the window into points of the page. */
export function wordsOf(layer, place) {
  const found = [];
  const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const whole = node.parentElement.classList.contains("wd") ? node.parentElement : null;
    for (const part of node.data.matchAll(/\S+/g)) {
      const range = document.createRange();
      range.setStart(node, part.index);
      range.setEnd(node, part.index + part[0].length);
      found.push({ text: part[0], ...place((whole ?? range).getBoundingClientRect()) });
    }
  }
  return found;
}

const inside = (word, x, y) => x >= word.left - NEAR && x <= word.right + NEAR && y >= word.top - NEAR && y <= word.bottom + NEAR;

/** Where in `words` the one under a point is; -1 when there is none. */
export function wordAt(words, x, y) {
  const exact = words.findIndex((one) => x >= one.left && x <= one.right && y >= one.top && y <= one.bottom);
  return exact >= 0 ? exact : words.findIndex((one) => inside(one, x, y));
}

/** Some words as one: their text and the box around them. */
export function joined(words) {
  return {
    text: words.map(({ text }) => text).join(" ").replace(EDGES, ""),
    left: Math.min(...words.map(({ left }) => left)),
    top: Math.min(...words.map(({ top }) => top)),
    right: Math.max(...words.map(({ right }) => right)),
    bottom: Math.max(...words.map(({ bottom }) => bottom)),
  };
}

/** The words a drag from one corner to the other goes over. */
export const within = (words, box) =>
  words.filter((one) => one.left < box.right && one.right > box.left && one.top < box.bottom && one.bottom > box.top);

/** Whether the second follows the first on the same line; lines of a sideways page run up or down. */
function follows(first, second) {
  const tall = first.bottom - first.top > first.right - first.left && first.text.length > 2;
  const [start, end, from, to] = tall ? ["top", "bottom", "left", "right"] : ["left", "right", "top", "bottom"];
  const size = Math.max(first[to] - first[from], second[to] - second[from]);
  const gap = Math.max(second[start] - first[end], first[start] - second[end]);
  return first[from] < second[to] && second[from] < first[to] && gap < APART * size;
}

/** What a click on one word means to a field: the longest run of words around it that reads as its kind; a kind of its own needs no more. */
export function around(words, at, kind) {
  let best = read(kind, joined([words[at]]).text) === null ? null : [words[at]];
  if (!["date", "iban", "vat", "reference"].includes(kind)) return joined(best ?? [words[at]]);
  let first = at;
  while (first > 0 && at - first < LONGEST && follows(words[first - 1], words[first])) first -= 1;
  let last = at;
  while (last < words.length - 1 && last - at < LONGEST && follows(words[last], words[last + 1])) last += 1;
  for (let from = first; from <= at; from += 1) {
    for (let to = at; to <= last; to += 1) {
      const run = words.slice(from, to + 1);
      if (run.length > (best?.length ?? 0) && run.length <= LONGEST && read(kind, joined(run).text, true) !== null) best = run;
    }
  }
  return joined(best ?? [words[at]]);
}
