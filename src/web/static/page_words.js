// The text of a page, unseen above its picture: from the file itself, or from the words recognition read on a scan.

import { TextLayer } from "vendor:pdfjs/build/pdf.min.mjs";

const EDGES = /^[,;:()]+|[,;:()]+$/g;

/** Lay the file's own text; true when it has any. */
export async function ownText(page, viewport, layer) {
  const text = new TextLayer({ textContentSource: page.streamTextContent({ includeMarkedContent: true }), container: layer, viewport });
  await text.render();
  return text.textContentItemsStr.some((part) => part.trim());
}

/** Lay words read by recognition: [text, [left, top, right, bottom], confidence] in points. */
export function readWords(words, layer, { width, height }) {
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

function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(x, y);
    return caret && { node: caret.offsetNode, offset: caret.offset };
  }
  const range = document.caretRangeFromPoint(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}

/** The word under a point of the window: its text and its rectangle, or null. */
export function wordAt(x, y) {
  const caret = caretAt(x, y);
  if (caret?.node.nodeType !== Node.TEXT_NODE || !caret.node.parentElement.closest(".textLayer")) return null;
  const text = caret.node.data;
  const start = text.slice(0, caret.offset).search(/\S*$/);
  const end = caret.offset + /^\S*/.exec(text.slice(caret.offset))[0].length;
  const word = text.slice(start, end).replace(EDGES, "");
  if (!word) return null;
  const range = document.createRange();
  range.setStart(caret.node, start);
  range.setEnd(caret.node, end);
  const rect = range.getBoundingClientRect();
  const near = 4;
  const inside = x >= rect.left - near && x <= rect.right + near && y >= rect.top - near && y <= rect.bottom + near;
  return inside ? { text: word, rect } : null;
}

/** What is selected inside the text of a document, as one line; empty when nothing is. */
export function selectedText() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.anchorNode?.parentElement?.closest(".textLayer")) return "";
  return selection.toString().replace(/\s+/g, " ").trim().replace(EDGES, "");
}
