// The fields of a booking proposal while somebody works on them: VAT follows its rate unless locked, sums show whether they are right, lines
// come and go, what is not saved survives a reload, and leaving with changes asks first.

import { evaluate, format } from "./amount.js";
import * as drafts from "./drafts.js";
import * as foreign from "./foreign.js";
import { act } from "./keyboard.js";
import * as known from "./annotation_known.js";
import * as locks from "./locks.js";
import { start as startSuggest } from "./suggest.js";

const TOLERANCE = 5n; // cents of rounding per line
const WHOLE = 10000n; // a percentage counts in hundredths
let form = null;
let initial = "";
let current = null; // the line last worked on
let listening = false;

const one = (selector, root = form) => root.querySelector(selector);
const lines = () => [...form.querySelectorAll("[data-line]")];
const cents = (field) => (field && field.value.trim() ? evaluate(field.value) : null);
const parts = (line) => ({
  base: one("[name=line_base]", line),
  vat: one("[name=line_vat]", line),
  total: one("[data-line-total]", line),
  code: one("[name=line_vat_code]", line),
});
/** Fill in what was computed, unless the field is locked. */
function write(field, value) {
  if (!locks.isLocked(field)) field.value = value === null ? "" : format(value);
}

const automatic = () => !locks.isAll(form);

/** The rate of a line in hundredths of a percent; 0 for reverse charge, null when no code is chosen. */
function rate(line) {
  const chosen = parts(line).code.selectedOptions[0];
  if (!chosen?.value) return null;
  return "reverse" in chosen.dataset ? 0n : BigInt(Math.round(Number(chosen.dataset.rate) * 100));
}

/** What is left of a price after the financial discount, in hundredths of a percent: VAT is due on that, whether it is taken or not. */
function taxedPart() {
  const discount = evaluate(one("#discount").value.replace("%", "")) ?? 0n;
  return discount > 0n && discount < WHOLE ? WHOLE - discount : WHOLE;
}

const share = (amount, numerator, denominator) => {
  const top = amount * numerator * 2n + (amount < 0n ? -denominator : denominator);
  return top / (denominator * 2n);
};
const vatOf = (base, percent) => share(base, percent * taxedPart(), WHOLE * WHOLE);
const baseOf = (total, percent) => share(total, WHOLE * WHOLE, WHOLE * WHOLE + percent * taxedPart());

function lineTotal(line) {
  const { base, vat, total } = parts(line);
  const [b, v] = [cents(base), cents(vat)];
  if (document.activeElement !== total) write(total, b === null && v === null ? null : (b ?? 0n) + (v ?? 0n));
  return (b ?? 0n) + (v ?? 0n);
}

/** What follows in a line from a change in it: what is locked stays, and the others give way. */
function follow(line, changed) {
  const { base, vat, total, code } = parts(line);
  const percent = rate(line);
  const [b, v, whole] = [cents(base), cents(vat), cents(total)];
  if (changed === total) {
    if (whole === null) return;
    const byRate = automatic() && percent !== null && !locks.isLocked(vat) && !locks.isLocked(base);
    const without = locks.isLocked(base) ? (b ?? 0n) : byRate ? baseOf(whole, percent) : whole - (v ?? 0n);
    write(base, without);
    write(vat, whole - without);
  } else if (locks.isLocked(total) && whole !== null) {
    if (changed === vat) write(base, whole - (v ?? 0n));
    else if (changed === base) write(vat, whole - (b ?? 0n));
  } else if (automatic() && percent !== null && b !== null && (changed === base || changed === code)) {
    write(vat, vatOf(b, percent));
  }
}

/** The discount changed: the VAT of every line with it. */
function followDiscount() {
  for (const line of lines()) follow(line, parts(line).code);
}

/** With one line only, it follows the amounts of the invoice. */
function followHead(changed) {
  const [only, ...others] = lines();
  if (!automatic() || !only || others.length || !["total", "base", "vat"].includes(changed.name)) return;
  const [total, base, vat] = ["total", "base", "vat"].map((name) => one(`#${name}`));
  const percent = rate(only);
  if (changed === total && cents(total) !== null && percent !== null) {
    write(base, locks.isLocked(vat) ? cents(total) - (cents(vat) ?? 0n) : baseOf(cents(total), percent));
    write(vat, cents(total) - (cents(base) ?? 0n));
  } else if (changed === base && cents(base) !== null && percent !== null) {
    write(vat, vatOf(cents(base), percent));
    write(total, cents(base) + cents(vat));
  }
  if (cents(base) === null) return;
  write(parts(only).base, cents(base));
  write(parts(only).vat, cents(vat) ?? 0n);
}

function say(name, state, amount) {
  const place = one(`[data-check=${name}]`);
  if (!place) return;
  place.hidden = state === "";
  if (place.hidden) return;
  const good = state === "ok";
  place.className = good ? "okline" : "warnline";
  const icon = document.createElement("i");
  icon.className = `ti ti-${good ? "circle-check" : "alert-triangle"} s14`;
  icon.setAttribute("aria-hidden", "true");
  place.replaceChildren(icon, ` ${place.dataset[state].replace("{amount}", amount === undefined ? "" : `${foreign.sign(form)} ${format(amount)}`)}`);
}

const distance = (value) => (value < 0n ? -value : value);

function check() {
  const sum = lines().reduce((whole, line) => whole + lineTotal(line), 0n);
  const shown = one("#line_sum");
  const total = cents(one("#total"));
  const off = total === null ? 0n : sum - total;
  shown.value = format(sum);
  shown.closest(".fld").classList.toggle("is-sum", total !== null && off === 0n);
  shown.closest(".fld").classList.toggle("is-off", off !== 0n);
  const none = lines().every((line) => [...line.querySelectorAll("input, select")].every((field) => !field.value.trim()));
  one("[data-no-lines]").hidden = !none || total === null;
  const empty = none || (total === null && sum === 0n);
  showRest(off);
  say("sum", empty ? "" : off === 0n ? "ok" : off > 0n ? "more" : "less", distance(off));
  const vat = lines().reduce((whole, line) => whole + (cents(parts(line).vat) ?? 0n), 0n);
  const expected = lines().reduce((whole, line) => {
    const [percent, base] = [rate(line), cents(parts(line).base)];
    return whole + (percent === null || base === null ? (cents(parts(line).vat) ?? 0n) : vatOf(base, percent));
  }, 0n);
  const head = cents(one("#vat"));
  const wrong = [vat - expected, head === null ? 0n : vat - head].find((value) => distance(value) > TOLERANCE);
  say("vat", empty ? "" : wrong === undefined ? "ok" : "off", wrong === undefined ? undefined : distance(wrong));
  lines().forEach((line, place) => (one("[data-line-number]", line).textContent = place + 1));
  one("[data-line-count]").textContent = lines().length;
  const amounts = lines().map((line) => ({ base: cents(parts(line).base) ?? 0n, vat: cents(parts(line).vat) ?? 0n }));
  foreign.show(form, total, amounts, format);
}

/** The difference beside the lines, and the button that puts it on the line where somebody is. */
function showRest(off) {
  const place = one("[data-sum-off]");
  place.hidden = off === 0n;
  if (!place.hidden) place.textContent = `${off > 0n ? "+" : "−"}${format(distance(off))}`;
  const button = one("[data-action=rest]");
  if (!button) return;
  button.hidden = off === 0n;
  const words = one("[data-rest-line]", button);
  words.textContent = words.dataset.words.replace("{n}", lines().indexOf(restLine()) + 1);
}

const restLine = () => (current?.isConnected ? current : lines().at(-1));

/** What the lines have too little or too much goes on one line: the one where somebody is, else the last. */
function rest() {
  const line = restLine();
  const total = cents(one("#total"));
  if (!line || total === null) return;
  const { base, vat, total: whole } = parts(line);
  const left = total - lines().reduce((sum, other) => sum + lineTotal(other), 0n);
  if (left === 0n || (locks.isLocked(base) && locks.isLocked(vat)) || locks.isLocked(whole)) return;
  whole.value = format(lineTotal(line) + left);
  follow(line, whole);
  check();
  keep();
}

/** The booking instruction beside every line that says nothing of its own. */
function copyInstruction() {
  const words = one("#instruction").value.trim();
  if (!words) return;
  for (const line of lines()) {
    const remark = one("[name=line_remark]", line);
    if (!remark.value.trim()) remark.value = words;
  }
  keep();
}

/** The rate came, or is locked or free: what follows from it, and what is to be remembered. */
function rateChanged() {
  check();
  keep();
}

/** The names of the fields that hold analytic dimensions: a new line is mostly about what the one before it is about. */
const dimensions = () => [...new Set([...form.querySelectorAll("[name^='line_dimension.']")].map((field) => field.name))];

function newLine() {
  const all = lines();
  const place = Math.max(-1, ...all.map((line) => Number(/line-(\d+)-/.exec(parts(line).base.id)?.[1] ?? 0))) + 1;
  const template = document.getElementById("line-template");
  const holder = document.createElement("div");
  holder.innerHTML = template.innerHTML.replaceAll("__n__", place);
  const line = holder.firstElementChild;
  const before = all.at(-1);
  if (before) {
    for (const name of ["line_vat_code", ...dimensions()]) one(`[name="${name}"]`, line).value = one(`[name="${name}"]`, before).value;
    const left = (cents(one("#total")) ?? 0n) - all.reduce((sum, other) => sum + lineTotal(other), 0n);
    if (left > 0n) {
      parts(line).total.value = format(left);
      follow(line, parts(line).total);
    }
  }
  one("[data-lines]").append(line);
  locks.show(form);
  one("[name=line_account]", line).focus();
  check();
  keep();
}

/** The lines of a template in the place of those that stand there; nothing is saved yet. */
function useLines(wanted) {
  while (lines().length < wanted.length) newLine();
  while (lines().length > Math.max(1, wanted.length)) lines().at(-1).remove();
  wanted.forEach((values, place) => {
    const all = { ...Object.fromEntries(dimensions().map((name) => [name.slice("line_".length), ""])), ...values };
    for (const [name, value] of Object.entries(all)) {
      const field = one(`[name="line_${name}"]`, lines()[place]);
      if (field) field.value = value;
    }
  });
  one("[name=line_account]", lines()[0]).focus();
  check();
  keep();
}

function removeLine(line) {
  if (!line) return false;
  const all = lines();
  const next = all[all.indexOf(line) + 1] ?? all[all.indexOf(line) - 1];
  if (!next) {
    for (const field of line.querySelectorAll("input, select")) field.value = "";
  } else {
    line.remove();
  }
  locks.remember(form);
  one("[name=line_account]", next ?? line).focus();
  check();
  keep();
}

/** The field that has the focus when it is an amount, else all of them. */
function lock(event) {
  const field = document.activeElement;
  const isAmount = !event?.target.closest?.("button") && form.contains(field) && field.matches(".amt input:not([readonly])");
  if (isAmount) locks.toggle(form, field);
  else locks.toggleAll(form);
  keep();
}

function choseParty({ value, vatCode, account, vat, vatTyped }) {
  one("[name=counterparty]").value = value;
  if (!value && vat && (vatTyped || !one("#party_vat").value)) one("#party_vat").value = vat;
  showParty();
  known.look(form, value);
  const [only, ...others] = lines();
  if (!value || others.length || !only) return;
  const field = one("[name=line_account]", only);
  if (account && (!field.value || field.value.startsWith("499"))) field.value = account;
  if (vatCode && !parts(only).code.value) parts(only).code.value = vatCode;
}

function noParty() {
  if (!one("[name=counterparty]").value) return;
  one("[name=counterparty]").value = "";
  known.look(form, "");
}

function showParty() {
  const isNew = !one("[name=counterparty]").value && one("#party").value.trim() !== "";
  one("[data-new-party]").hidden = !isNew;
}

function serialised() {
  return JSON.stringify([...new FormData(form)].filter(([name]) => name !== "_csrf_token"));
}

const changed = () => serialised() !== initial;

function keep() {
  const dirty = changed();
  const discard = document.querySelector("[data-discard]");
  if (discard) discard.hidden = !dirty;
  drafts.keep(form.dataset.annotation, dirty ? JSON.parse(serialised()) : null);
}

/** Put back what was not saved: as many lines as there were, each field its text. */
function restore(kept) {
  const wanted = kept.filter(([name]) => name === "line_base").length;
  while (lines().length < wanted) newLine();
  while (lines().length > Math.max(1, wanted)) lines().at(-1).remove();
  const seen = {};
  for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = kept.some(([name, value]) => name === box.name && value === box.value);
  for (const [name, value] of kept) {
    const place = (seen[name] = (seen[name] ?? -1) + 1);
    const field = form.querySelectorAll(`[name="${name}"]`)[place];
    if (field && name !== "version" && field.type !== "checkbox") field.value = value;
  }
  locks.show(form);
  showParty();
  check();
  one("[data-draft]").hidden = false;
}

async function discard() {
  const gone = drafts.keep(form.dataset.annotation, null);
  initial = serialised(); // nothing to ask about
  await gone;
  location.assign(location.pathname);
}

function leave(event) {
  const link = event.target.closest("[data-leave]");
  if (!link || !changed()) return;
  if (link.dataset.leave === "skip") return; // nothing is saved, what was typed is offered again
  event.preventDefault();
  const dialog = document.getElementById("leave-dialog");
  const back = link.dataset.leave === "previous";
  const save = one("[data-leave-save]", dialog);
  save.value = back ? "previous" : "back";
  save.textContent = back ? save.dataset.previous : save.dataset.back;
  dialog.dataset.to = link.href;
  dialog.showModal();
  save.focus();
}

/** What was wrong with a field is told no longer once somebody has filled it in; saving looks again. */
function answered(field) {
  const box = field.closest(".fld.is-missing");
  if (!box || !field.value.trim() || !field.hasAttribute("aria-invalid")) return;
  box.classList.remove("is-missing");
  field.removeAttribute("aria-invalid");
  box.querySelector(".err")?.remove();
}

function onInput(event) {
  if (event.type === "change") answered(event.target);
  const line = event.target.closest("[data-line]");
  if (line) follow(line, event.target);
  else if (event.target.id === "discount") followDiscount();
  else followHead(event.target);
  if (event.target.id === "party") showParty();
  foreign.changed(form, event.target, rateChanged);
  check();
  keep();
}

function onFocus(event) {
  const line = event.target.closest("[data-line]");
  if (!line || line === current) return;
  current = line;
  check();
}

function listen() {
  form.addEventListener("input", onInput);
  form.addEventListener("change", onInput);
  form.addEventListener("focusin", onFocus);
  form.addEventListener("suggest:typed", (event) => event.target.id === "party" && noParty());
  form.addEventListener("suggest:chosen", (event) => event.target.id === "party" && choseParty(event.detail));
}

function onClick(event) {
  if (!form.isConnected || "closed" in form.dataset) return;
  leave(event);
  if (event.target.closest("[data-leave-anyway]")) {
    const { to } = document.getElementById("leave-dialog").dataset;
    drafts.keep(form.dataset.annotation, null).then(() => location.assign(to));
  }
  if (event.target.closest("[data-discard], [data-draft-drop]")) discard();
  if (event.target.closest("[data-line-remove]")) removeLine(event.target.closest("[data-line]"));
  if (event.target.closest("button[data-action=line]")) newLine();
  if (event.target.closest("button[data-action=lock]")) lock(event);
  if (event.target.closest("button[data-action=rest]")) rest();
  if (event.target.closest("button[data-action=instruction]")) copyInstruction();
  const own = event.target.closest("[data-field-lock]");
  if (own) {
    const field = own.closest(".amt").querySelector("input");
    locks.toggle(form, field);
    field.focus();
    keep();
  }
  if (event.target.closest("[data-rate-lock]")) {
    foreign.toggleLock(form, rateChanged);
    rateChanged();
  }
}

function listenOnce() {
  if (listening) return;
  listening = true;
  startSuggest();
  known.start(() => form, useLines);
  document.addEventListener("click", onClick);
  addEventListener("submit", (event) => {
    if (event.target !== form || event.submitter?.value === "lines") return;
    drafts.saving(form.dataset.annotation);
    if (!event.defaultPrevented) initial = serialised(); // the page goes; nothing to ask about
  });
  act("lock", lock);
  act("rest", rest);
  act("instruction", copyInstruction);
  act("remove-line", () => removeLine(document.activeElement.closest("[data-line]")));
  act("toolbar", () => document.querySelector(".anbar a, .anbar button").focus());
}

/** Where there is no document to wait for: the first field that is missing or uncertain has the focus, else the one the page names. */
function beginHere() {
  if (document.querySelector("[data-document]") || document.activeElement !== document.body) return;
  (one(":is(.fld.is-missing, .fld.is-warn) :is(input, select)") ?? one("[data-first]"))?.focus({ preventScroll: true });
}

/** What was typed here before, also newer than a refused save that a reload sent again; lines that were just read go before it. */
async function offer(here, linesRead) {
  const kept = linesRead ? null : await drafts.kept(here.dataset.annotation);
  if (here !== form || !here.isConnected) return;
  if (!kept || JSON.stringify(kept) === serialised()) {
    if (!initial) keep();
    return;
  }
  const focused = document.activeElement;
  restore(kept);
  focused.focus({ preventScroll: true }); // new lines took it
}

/** Begin with the form of this page; again after the page was turned to another proposal. */
export function start() {
  listenOnce();
  form = document.querySelector("form[data-annotation]");
  current = null;
  locks.show(form);
  check();
  if ("closed" in form.dataset) return;
  listen();
  const linesRead = "unsaved" in form.dataset;
  initial = linesRead || "typed" in form.dataset ? "" : serialised();
  offer(form, linesRead);
  beginHere();
}
