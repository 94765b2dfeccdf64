// What the office's lists share: one menu for all rows, questions before an act, and choices that lead to another address.
//
// <button data-menu="MENU"> in a row opens #MENU beside it, its [data-href] and [data-fill] filled from the row's data;
// <button data-opens="DIALOG"> asks; [data-only=ACT] does an act of the bulk bar with this row alone.

import { act } from "./keyboard.js";
import { refresh } from "./list.js";

const rowOf = (element) => element.closest("tr[data-id]");
const boxes = () => [...document.querySelectorAll("[data-list] input[name=id]")];
let menuRow = null;

function openMenu(button) {
  const menu = document.getElementById(button.dataset.menu);
  menuRow = rowOf(button);
  const filled = (text) => text.replace(/\{(\w+)\}/g, (_, name) => menuRow.dataset[name] ?? "");
  for (const link of menu.querySelectorAll("[data-href]")) link.href = filled(link.dataset.href);
  for (const field of menu.querySelectorAll("[data-fill]")) field.value = menuRow.dataset[field.dataset.fill];
  const can = (menuRow.dataset.can ?? "").split(" ");
  for (const item of menu.querySelectorAll("[data-only]")) item.hidden = !can.includes(item.dataset.only);
  menu.showPopover();
  const at = button.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const below = at.bottom + 4 + size.height <= innerHeight;
  menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`;
  menu.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - 4 - size.height)}px`;
  menu.querySelector("a[href], button:not([hidden])")?.focus();
}

/** The choice in a cell of the row with the cursor. */
function openCell(name) {
  const button = document.querySelector(`[data-list] tr.is-cur [data-menu="${name}-menu"]`);
  if (!button) return false;
  openMenu(button);
}

function onlyThis(row, name) {
  for (const box of boxes()) box.checked = rowOf(box) === row;
  refresh();
  const bar = document.querySelector("[data-bulk]");
  bar.querySelector(`button[value="${name}"], button[data-opens="${name}-dialog"]`)?.click();
}

/** With nothing selected, an act is about the row with the cursor. */
function withCursor() {
  if (boxes().some((box) => box.checked)) return false;
  const box = document.querySelector("[data-list] tr.is-cur input[name=id]");
  if (box) {
    box.checked = true;
    refresh();
  }
  return false;
}

function walk(event, menu) {
  const items = [...menu.querySelectorAll("a[href], button:not([hidden])")];
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  items[(items.indexOf(document.activeElement) + by + items.length) % items.length]?.focus();
}

let refusals = []; // what was refused stays in sight when the list is refreshed, until the next act

function keepRefusals(event) {
  const refreshed = event.target.matches?.("[data-live]");
  refusals = refreshed ? [...document.querySelectorAll("tr[data-refusal]")] : [];
}

function showRefusals() {
  for (const refusal of refusals) {
    const row = document.getElementById(refusal.dataset.refusal);
    if (row && !document.querySelector(`[data-refusal="${refusal.dataset.refusal}"]`)) row.after(refusal);
  }
  refusals = [];
}

function onClick(event) {
  const on = (selector) => event.target.closest(selector);
  if (on("[data-menu]")) openMenu(on("[data-menu]"));
  if (on("[data-only]")) {
    on("[popover]").hidePopover();
    onlyThis(menuRow, on("[data-only]").dataset.only);
  }
  if (on(".is-choice button")) on("[popover]").hidePopover();
  if (on("[data-opens]")) document.getElementById(on("[data-opens]").dataset.opens).showModal();
  if (on("[data-close]")) on("dialog").close();
}

export function start() {
  document.addEventListener("click", onClick);
  document.addEventListener("htmx:before:swap", keepRefusals);
  document.addEventListener("htmx:after:swap", showRefusals);
  document.addEventListener("change", (event) => {
    const { moments, here } = event.target.dataset;
    if (moments) location.assign(`${here}?at=${moments.split(" ")[event.target.value]}`);
    if (event.target.matches("select[data-go]")) location.assign(event.target.value);
    if (event.target.closest("form[data-autosubmit]")) event.target.form.requestSubmit();
  });
  for (const dialog of document.querySelectorAll("dialog.db-dialog[open]")) {
    dialog.close(); // the server opened it because something in it was refused
    dialog.showModal();
  }
  document.addEventListener(
    "keydown",
    (event) => {
      const menu = event.target.closest?.(".db-menu:popover-open, .vlist");
      if (menu) walk(event, menu);
      if (event.key === "Enter" && event.target.matches?.("[data-submits]")) {
        event.preventDefault();
        document.getElementById(event.target.dataset.submits).click();
      }
    },
    true,
  );
  for (const name of ["check", "hold", "edit", "help"]) act(name, withCursor);
  for (const name of ["period", "journal"]) act(name, () => openCell(name));
}
