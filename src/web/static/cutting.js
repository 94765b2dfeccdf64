// Documents are cut and joined: pages in a row, of which some begin a new document. What the row says is what is sent.

import { t, tn } from "./texts.js";

const RETRIES = 20;
const RETRY_AFTER = 1500; // milliseconds: pages are drawn a few at a time

let form, grid, parts, changed, current;
const names = new Map(); // the sheet a document begins with → the name somebody gave it

const sheets = () => [...grid.querySelectorAll(".sheet")];
const isOut = (sheet) => sheet.classList.contains("is-out");
const turnOf = (sheet) => Number(sheet.dataset.turn ?? 0);

/** The new documents as the row says: lists of sheets. */
function documents() {
  const found = [];
  for (const sheet of sheets().filter((one) => !isOut(one))) {
    if (!found.length || sheet.dataset.first) found.push([]);
    found.at(-1).push(sheet);
  }
  return found;
}

function show() {
  const made = documents();
  const several = Boolean(form.dataset.several);
  for (const sheet of sheets()) {
    sheet.classList.remove("is-first");
    sheet.setAttribute("aria-pressed", "false");
    sheet.querySelector(".flag")?.remove();
    if (isOut(sheet)) sheet.querySelector("[data-cap]").textContent = t("Weggelaten");
  }
  made.forEach((pages, index) =>
    pages.forEach((sheet, place) => {
      const name = t("Doc {n}", { n: index + 1 });
      sheet.querySelector("[data-cap]").textContent = `${name} – ${place + 1}/${pages.length}`;
      if (place) return;
      sheet.classList.add("is-first");
      sheet.setAttribute("aria-pressed", "true");
      const flag = document.createElement("span");
      flag.className = "flag";
      flag.textContent = name;
      sheet.append(flag);
    }),
  );
  list(made);
  form.querySelector("[data-count]").textContent = tn("{n} nieuw document", "{n} nieuwe documenten", made.length);
  form.querySelector("[data-make-text]").textContent = several
    ? tn("Samenvoegen tot {n} document", "Samenvoegen tot {n} documenten", made.length)
    : tn("Bewaren als {n} document", "Splitsen in {n} documenten", made.length);
  form.querySelector("[data-make]").disabled = !made.length || !(several || changed || made.length > 1);
}

/** The names of the new documents, each to be changed. */
function list(made) {
  const base = parts.dataset.base.replace(/\.[^.]{1,4}$/, "");
  parts.replaceChildren(
    ...made.map((pages, index) => {
      const item = document.createElement("li");
      const field = document.createElement("input");
      field.className = "form-control";
      field.name = "name";
      field.required = true;
      field.value = names.get(pages[0]) ?? (made.length > 1 ? `${base} – ${index + 1}.pdf` : `${base}.pdf`);
      field.setAttribute("aria-label", t("Naam van document {n}", { n: index + 1 }));
      field.addEventListener("input", () => names.set(pages[0], field.value));
      const count = document.createElement("small");
      count.className = "mut nw";
      count.textContent = t("{n} blz.", { n: pages.length });
      item.append(field, count);
      return item;
    }),
  );
}

function move(sheet, by) {
  const item = sheet.parentElement;
  const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (!other) return;
  if (by < 0) other.before(item);
  else other.after(item);
  changed = true;
  show();
  sheet.focus();
}

/** Behind the last page of the new document with this number (from 1). */
function moveTo(sheet, number) {
  const target = documents()[number - 1]?.filter((one) => one !== sheet);
  if (!target?.length) return;
  delete sheet.dataset.first;
  target.at(-1).parentElement.after(sheet.parentElement);
  changed = true;
  show();
  sheet.focus();
}

const acts = {
  before: (sheet) => move(sheet, -1),
  after: (sheet) => move(sheet, 1),
  turn(sheet) {
    sheet.dataset.turn = (turnOf(sheet) + 90) % 360;
    changed = true;
    show();
  },
  out(sheet) {
    sheet.classList.toggle("is-out");
    changed = true;
    show();
  },
  look,
};

function toggle(sheet) {
  if (isOut(sheet)) sheet.classList.remove("is-out");
  else if (sheet.dataset.first) delete sheet.dataset.first;
  else sheet.dataset.first = "1";
  show();
}

function each(size) {
  sheets()
    .filter((sheet) => !isOut(sheet))
    .forEach((sheet, index) => {
      if (index % size) delete sheet.dataset.first;
      else sheet.dataset.first = "1";
    });
  show();
}

function clear() {
  const inOrder = sheets().sort((one, other) => one.dataset.from - other.dataset.from);
  for (const sheet of inOrder) {
    sheet.classList.remove("is-out");
    delete sheet.dataset.first;
    delete sheet.dataset.turn;
    grid.append(sheet.parentElement);
  }
  names.clear();
  changed = false;
  show();
}

async function look(sheet) {
  const dialog = document.querySelector("[data-look]");
  const body = dialog.querySelector(".bd");
  const canvas = dialog.querySelector("canvas");
  dialog.querySelector("[data-look-title]").textContent = t("Bladzijde {n}", { n: sheet.dataset.page });
  body.setAttribute("aria-busy", "true");
  canvas.width = canvas.height = 0;
  dialog.showModal();
  try {
    const { open, close } = await import("./page_sources.js");
    const picture = sheet.querySelector("img").getAttribute("src").endsWith("/shown");
    const pages = await open(`/documents/${sheet.dataset.source}/shown`, picture ? "image" : "pdf");
    const page = pages[sheet.dataset.page - 1];
    await page.draw(canvas, (Math.min(640, innerWidth - 48) * devicePixelRatio) / page.width, turnOf(sheet));
    close(pages);
  } catch {
    dialog.querySelector("[data-look-title]").textContent = t("Deze bladzijde kan niet getoond worden.");
  }
  body.removeAttribute("aria-busy");
}

function onKey(event) {
  if (event.key === "Enter" && event.ctrlKey) {
    event.preventDefault();
    form.querySelector("[data-make]").click();
    return;
  }
  const sheet = event.target.closest?.(".sheet");
  if (!sheet || event.ctrlKey || event.metaKey) return;
  const work = event.altKey ? { ArrowLeft: acts.before, ArrowRight: acts.after }[event.key] : keys[event.key.toLowerCase()];
  if (work) work(sheet);
  else if (!event.altKey && /^[1-9]$/.test(event.key)) moveTo(sheet, Number(event.key));
  else return;
  event.preventDefault();
  event.stopPropagation();
}

const step = (by) => (sheet) => sheets()[sheets().indexOf(sheet) + by]?.focus();
const across = () => getComputedStyle(grid).gridTemplateColumns.split(" ").length;
const keys = {
  arrowleft: step(-1),
  arrowright: step(1),
  arrowup: (sheet) => step(-across())(sheet),
  arrowdown: (sheet) => step(across())(sheet),
  r: acts.turn,
  w: acts.out,
  z: acts.look,
};

function drags() {
  let dragged = null;
  grid.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[role=listitem]");
    event.dataTransfer.effectAllowed = "move";
  });
  grid.addEventListener("dragover", (event) => {
    if (dragged) event.preventDefault();
  });
  grid.addEventListener("drop", (event) => {
    const over = event.target.closest("[role=listitem]");
    event.preventDefault();
    if (!dragged || !over || over === dragged) return;
    const { left, width } = over.getBoundingClientRect();
    if (event.clientX < left + width / 2) over.before(dragged);
    else over.after(dragged);
    changed = true;
    show();
  });
  grid.addEventListener("dragend", () => (dragged = null));
}

/** A page that is not drawn yet is asked for again. */
function retry(event) {
  const picture = event.target;
  const tries = Number(picture.dataset.tries ?? 0);
  if (picture.tagName !== "IMG" || tries >= RETRIES) return;
  picture.dataset.tries = tries + 1;
  setTimeout(() => (picture.src = picture.getAttribute("src")), RETRY_AFTER);
}

function fill() {
  form.querySelectorAll("input[name=page]").forEach((field) => field.remove());
  documents().forEach((pages, part) =>
    pages.forEach((sheet) => {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "page";
      field.value = [part, sheet.dataset.source, sheet.dataset.page, turnOf(sheet)].join("/");
      form.append(field);
    }),
  );
}

export function start() {
  form = document.querySelector("form[data-cutting]");
  grid = form.querySelector(".sheet-grid");
  if (!grid) return;
  parts = form.querySelector("[data-parts]");
  grid.addEventListener("click", (event) => event.target.closest(".sheet") && toggle(event.target.closest(".sheet")));
  grid.addEventListener("focusin", (event) => (current = event.target.closest(".sheet") ?? current));
  grid.addEventListener("error", retry, true);
  for (const picture of grid.querySelectorAll("img")) if (picture.complete && !picture.naturalWidth) retry({ target: picture });
  document.addEventListener("keydown", onKey, true);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-each], [data-clear], [data-do]");
    if (!button) return;
    if ("clear" in button.dataset) clear();
    else if ("each" in button.dataset) each(Number(button.dataset.each) || Math.max(1, Number(form.querySelector("[data-per]").value)));
    else acts[button.dataset.do](current ?? sheets()[0]);
  });
  form.querySelector("[data-size]").addEventListener("input", ({ target }) => (grid.dataset.size = target.value));
  form.addEventListener("submit", fill);
  drags();
  show();
  sheets()[0].focus();
}
