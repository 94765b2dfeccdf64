// Which field a word of the document fills: the one that had the focus last. What does not read as the kind of the field is told, not filled in.

import { read } from "./page_values.js";
import { t } from "./texts.js";
import { toast } from "./toast.js";

const NOT = {
  date: () => t("“{text}” is geen datum."),
  amount: () => t("“{text}” is geen bedrag."),
  percent: () => t("“{text}” is geen percentage."),
  iban: () => t("“{text}” is geen rekeningnummer."),
  vat: () => t("“{text}” is geen btw-nummer."),
};
let field = null;
let told = () => {};
let other = { kind: "text", name: "" }; // of the field in the tab that opened this window

/** The field a word goes to, or null. */
export const target = () => (field?.isConnected && !field.readOnly && !field.disabled ? field : null);

export const kindOf = (one) => one?.dataset.kind ?? "text";

export const nameOf = (one) => document.querySelector(`label[for="${CSS.escape(one.id)}"]`)?.firstChild?.textContent.trim() ?? one?.getAttribute("aria-label") ?? "";

/** What the clicked words are wanted for. */
export const wanted = () => (field ? kindOf(target()) : other.kind);

/** The field stands in another window. */
export function elsewhere(kind, name) {
  other = { kind, name };
  hint(name);
}

function hint(name) {
  for (const place of document.querySelectorAll("[data-view-fills]")) {
    place.hidden = !name;
    place.querySelector("b").textContent = name;
  }
}

/** Whoever wants to know which field it is now. */
export const whenRemembered = (work) => (told = work);

export function remember(one) {
  if (!one?.matches?.("[data-fills]")) return;
  field = one;
  hint(nameOf(one));
  told();
}

/** Put words in the field; false when they are nothing of its kind. `box` is where they stand: "PAGE LEFT TOP RIGHT BOTTOM". */
export function fill(one, text, box) {
  const kind = kindOf(one);
  const value = read(kind, text);
  if (value === null) {
    toast({ text: NOT[kind]().replace("{text}", text), problem: true });
    return false;
  }
  one.value = value;
  one.dataset.box = box;
  one.dataset.boxKind = "found";
  one.dataset.boxTag ??= nameOf(one);
  for (const name of ["input", "change"]) one.dispatchEvent(new Event(name, { bubbles: true }));
  if (one.matches("[data-suggest]")) one.dispatchEvent(new CustomEvent("suggest:ask", { bubbles: true }));
  return true;
}
