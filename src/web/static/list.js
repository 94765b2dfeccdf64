// A list: one row has the cursor (and the focus), any number are selected; the bulk bar tells how many and how much.
//
// <tbody data-list="NAME"> with <tr data-id data-amount="1383.00" data-can="check hold">, in each a link data-open and a box name="id".

import { act } from "./keyboard.js";
import { format } from "./amount.js";
import { t, tn } from "./texts.js";

const table = () => document.querySelector("[data-list]");
const rows = () => [...(table()?.querySelectorAll(":scope > tr[data-id]") ?? [])];
const box = (row) => row.querySelector("input[name=id]");
const place = (list) => `daybook.row.${list.dataset.list}`;
let anchor = null;

function current() {
  return table()?.querySelector("tr.is-cur") ?? null;
}

function moveTo(row, focus = true) {
  if (!row) return;
  for (const other of rows()) {
    other.classList.toggle("is-cur", other === row);
    other.querySelector("[data-open]")?.setAttribute("tabindex", other === row ? "0" : "-1");
  }
  sessionStorage.setItem(place(table()), row.dataset.id);
  if (focus) {
    (row.querySelector("[data-open]") ?? box(row))?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
}

function step(by) {
  const all = rows();
  if (!all.length) return false;
  const index = all.indexOf(current());
  moveTo(all[Math.min(all.length - 1, Math.max(0, index < 0 ? 0 : index + by))]);
  return true;
}

function select(row, on) {
  if (box(row)) box(row).checked = on;
}

function extend(by) {
  const all = rows();
  anchor ??= current();
  if (!step(by)) return false;
  const [from, to] = [all.indexOf(anchor), all.indexOf(current())].sort((a, b) => a - b);
  all.forEach((row, index) => select(row, index >= from && index <= to));
  refresh();
  return true;
}

function cents(row) {
  const [, sign, euro, part = ""] = /^(-?)(\d+)(?:\.(\d{1,2}))?/.exec(row.dataset.amount ?? "") ?? [];
  return euro === undefined ? 0n : BigInt(sign + euro + part.padEnd(2, "0"));
}

/** Bring classes, bulk bar and head box in line with the boxes that are checked. */
export function refresh() {
  const all = rows();
  const chosen = all.filter((row) => box(row)?.checked);
  for (const row of all) row.classList.toggle("is-sel", chosen.includes(row));
  const head = document.querySelector("[data-check-all]");
  if (head) {
    head.checked = chosen.length > 0 && chosen.length === all.length;
    head.indeterminate = chosen.length > 0 && chosen.length < all.length;
  }
  for (const bar of document.querySelectorAll("[data-bulk]")) showBulk(bar, chosen);
}

function showBulk(bar, chosen) {
  bar.classList.toggle("has-selection", chosen.length > 0);
  const count = bar.querySelector("[data-bulk-count]");
  const sum = bar.querySelector("[data-bulk-sum]");
  if (count) count.textContent = chosen.length ? tn("{n} geselecteerd", "{n} geselecteerd", chosen.length) : "";
  if (sum) sum.textContent = chosen.some((row) => row.dataset.amount) ? `€ ${format(chosen.reduce((total, row) => total + cents(row), 0n))}` : "";
  for (const button of bar.querySelectorAll("[data-needs]")) {
    const without = chosen.filter((row) => !(row.dataset.can ?? "").split(" ").includes(button.dataset.needs)).length;
    button.dataset.title ??= button.title;
    button.disabled = without > 0;
    button.title = without > 0 ? tn("Kan niet voor {n} van de geselecteerde rijen", "Kan niet voor {n} van de geselecteerde rijen", without) : button.dataset.title;
  }
}

function restore() {
  const list = table();
  if (!list || current()) return;
  const last = sessionStorage.getItem(place(list));
  const row = rows().find((one) => one.dataset.id === last) ?? rows()[0];
  moveTo(row, document.activeElement === document.body);
}

function onClick(event) {
  const row = event.target.closest("[data-list] > tr[data-id]");
  if (row && event.target === box(row) && event.shiftKey && anchor) {
    const all = rows();
    const [from, to] = [all.indexOf(anchor), all.indexOf(row)].sort((a, b) => a - b);
    all.slice(from, to + 1).forEach((one) => select(one, box(row).checked));
  }
  if (row) {
    if (event.target === box(row)) anchor = row;
    moveTo(row, false);
    refresh();
  }
  if (event.target.closest("[data-action~=clear]")) clear();
}

function clear() {
  const chosen = rows().filter((row) => box(row)?.checked);
  chosen.forEach((row) => select(row, false));
  anchor = null;
  refresh();
  return chosen.length > 0;
}

export function start() {
  act("up", () => step(-1));
  act("down", () => step(1));
  act("extend-up", () => extend(-1));
  act("extend-down", () => extend(1));
  act("select", (event) => {
    const row = current();
    if (!row || !box(row) || event.target.matches("button, summary, input[type=checkbox]")) return false;
    select(row, !box(row).checked);
    anchor = row;
    refresh();
  });
  act("select-all", () => {
    if (!table()) return false;
    rows().forEach((row) => select(row, true));
    refresh();
  });
  act("clear", clear);
  act("open", (event) => {
    const link = current()?.querySelector("[data-open]");
    if (!link || event.target.matches("button, a, summary")) return false;
    link.click();
  });
  document.addEventListener("click", onClick);
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest?.("[data-list] > tr[data-id]");
    if (row && !row.classList.contains("is-cur")) moveTo(row, false);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-check-all]")) rows().forEach((row) => select(row, event.target.checked));
    if (event.target.matches("[data-check-all], [data-list] input[name=id]")) refresh();
  });
  document.addEventListener("htmx:after:swap", () => {
    restore();
    refresh();
  });
  restore();
  refresh();
}
