// A field that offers what it can be while one types: <input data-suggest="ADDRESS" aria-controls="LIST">. The address answers with
// <div role="option" data-value data-text>; choosing tells `suggest:chosen` with the option's data, typing on tells `suggest:typed`.

const SETTLE = 90;
let timer = 0;
let asked = 0;

const listOf = (field) => document.getElementById(field.getAttribute("aria-controls"));
const options = (list) => [...list.querySelectorAll("[role=option]")];
const isOpen = (field) => field.getAttribute("aria-expanded") === "true";
const tell = (field, name, detail) => field.dispatchEvent(new CustomEvent(`suggest:${name}`, { bubbles: true, detail }));

function close(field) {
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
  listOf(field).hidden = true;
}

function mark(field, option) {
  for (const one of options(listOf(field))) one.setAttribute("aria-selected", String(one === option));
  field.setAttribute("aria-activedescendant", option?.id ?? "");
  option?.scrollIntoView({ block: "nearest" });
}

const marked = (field) => listOf(field).querySelector("[aria-selected=true]");

async function look(field) {
  const number = ++asked;
  const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(field.value)}`, { headers: { "HX-Request": "true" } });
  if (!answer.ok || number !== asked || document.activeElement !== field) return;
  const list = listOf(field);
  list.innerHTML = await answer.text();
  options(list).forEach((option, index) => (option.id ||= `${list.id}-${index}`));
  list.hidden = !list.childElementCount;
  field.setAttribute("aria-expanded", String(!list.hidden));
  mark(field, options(list)[0]);
}

function choose(field, option) {
  close(field);
  asked += 1; // an answer still underway is no longer wanted
  field.value = option.dataset.text;
  tell(field, "chosen", { ...option.dataset });
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function onKey(event) {
  const field = event.target;
  if (!field.matches?.("[data-suggest]") || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = options(listOf(field));
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by) {
    event.preventDefault();
    if (isOpen(field)) mark(field, all[(all.indexOf(marked(field)) + by + all.length) % all.length]);
    else look(field);
  } else if (isOpen(field) && (event.key === "Enter" || (event.key === "Tab" && field.dataset.suggestTyped))) {
    if (event.key === "Enter") event.preventDefault();
    if (marked(field)) choose(field, marked(field));
  } else if (isOpen(field) && event.key === "Escape") {
    event.preventDefault();
    close(field);
  }
}

export function start() {
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches?.("[data-suggest]") || !event.isTrusted) return;
    field.dataset.suggestTyped = "1";
    tell(field, "typed", {});
    clearTimeout(timer);
    timer = setTimeout(() => look(field), SETTLE);
  });
  document.addEventListener("suggest:ask", (event) => {
    event.target.dataset.suggestTyped = "1"; // filled from the document instead of by hand
    tell(event.target, "typed", {});
    setTimeout(() => look(event.target));
  });
  document.addEventListener("focusin", (event) => {
    if (!event.target.matches?.("[data-suggest]")) return;
    delete event.target.dataset.suggestTyped;
    event.target.select();
  });
  document.addEventListener("focusout", (event) => event.target.matches?.("[data-suggest]") && close(event.target));
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest?.(".db-suggest [role=option]");
    if (!option) return;
    event.preventDefault(); // the field keeps the focus
    choose(document.querySelector(`[aria-controls="${CSS.escape(option.parentElement.id)}"]`), option);
  });
}
