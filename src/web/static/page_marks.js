// The words of a document that matter, lit on its pages. A field says where its value was seen: data-box="PAGE LEFT TOP RIGHT BOTTOM" in points
// from the top left of the page as shown, data-box-kind "found" or "uncertain", data-box-tag its name. The field with the focus is blue.

const SVG = "http://www.w3.org/2000/svg";
const AIR = 1.5;
const TAG = 11;

function make(name, attributes, text = "") {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
}

/** The boxes the fields of this page tell of. */
export function boxes() {
  return [...document.querySelectorAll("[data-box]")].map((field) => {
    const [page, left, top, right, bottom] = field.dataset.box.split(" ").map(Number);
    return { field, page, left, top, right, bottom, kind: field.dataset.boxKind, tag: field.dataset.boxTag };
  });
}

/** An empty overlay in page coordinates. */
export function overlay(width, height) {
  return make("svg", { viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
}

/** Words being picked. */
export function outline(svg, boxes) {
  svg.replaceChildren(
    ...boxes.map(({ left, top, right, bottom }) =>
      make("rect", { class: "hl-pick", x: left - AIR, y: top - AIR, width: right - left + 2 * AIR, height: bottom - top + 2 * AIR, rx: 1.5 }),
    ),
  );
}

/** Draw the boxes of one page; the focused one last, so that it lies on top. Its name goes on `tags`, which hides the paper below it. */
export function draw(svg, tags, marks, focused) {
  const classes = { found: "hl", uncertain: "hl-low" };
  const rect = ({ left, top, right, bottom }, name) =>
    make("rect", { class: name, x: left - AIR, y: top - AIR, width: right - left + 2 * AIR, height: bottom - top + 2 * AIR, rx: 1.5 });
  svg.replaceChildren(...marks.filter((mark) => mark.field !== focused).map((mark) => rect(mark, classes[mark.kind] ?? "hl")));
  tags.replaceChildren();
  const mark = marks.find(({ field }) => field === focused);
  if (!mark) return;
  svg.append(rect(mark, "hl-on"));
  if (!mark.tag) return;
  const above = mark.top - AIR >= TAG;
  const y = above ? mark.top - AIR - TAG : mark.bottom + AIR;
  const back = make("rect", { class: "hl-tagbg", x: mark.left - AIR, y, height: TAG, rx: 1.5 });
  const words = make("text", { class: "hl-tag", x: mark.left - AIR + 3, y: y + 8 }, mark.tag);
  tags.append(back, words);
  back.setAttribute("width", words.getComputedTextLength() + 6);
}
