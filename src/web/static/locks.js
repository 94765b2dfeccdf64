// Amounts that are not computed by themselves: one field, or all of them. Which ones stands in the field `locks`, so that a draft and a save
// that did not happen bring them back: "all", the name of a field, or that of a line's field with the number of its line ("line_vat.0").

const ALL = "all";

const holder = (form) => form.querySelector("[name=locks]");
const names = (form) => new Set(holder(form).value.split(" ").filter(Boolean));
const button = (form) => form.querySelector("[data-action=lock]");

export const isAll = (form) => names(form).has(ALL);
export const isLocked = (field) => "locked" in field.dataset;

function key(form, field) {
  const line = field.closest("[data-line]");
  const name = field.name || "line_total";
  return line ? `${name}.${[...form.querySelectorAll("[data-line]")].indexOf(line)}` : name;
}

/** The amounts a person may lock. */
const lockable = (form) => [...form.querySelectorAll(".amt input[data-kind=amount]:not([readonly])")];

function mark(form, field, locked) {
  const box = field.closest(".amt");
  if (locked) field.dataset.locked = "";
  else delete field.dataset.locked;
  box.classList.toggle("is-locked", locked);
  const words = button(form)?.dataset;
  if (!words) return;
  let own = box.querySelector("[data-field-lock]");
  if (!own) {
    own = document.createElement("button");
    own.type = "button";
    own.className = "ib";
    own.tabIndex = -1;
    own.dataset.fieldLock = "";
    own.append(document.createElement("i"));
    own.firstChild.setAttribute("aria-hidden", "true");
    box.append(own);
  }
  own.firstChild.className = `ti ti-${locked ? "lock" : "lock-open"} s14`;
  own.setAttribute("aria-pressed", String(locked));
  own.title = locked ? words.fieldOff : words.fieldOn;
  own.setAttribute("aria-label", own.title);
  if (locked) field.setAttribute("aria-description", words.fieldOff);
  else field.removeAttribute("aria-description");
}

/** Write down which fields are locked: after one changed, or lines came or went. */
export function remember(form) {
  const locked = lockable(form).filter(isLocked).map((field) => key(form, field));
  holder(form).value = [...(isAll(form) ? [ALL] : []), ...locked].join(" ");
}

export function toggle(form, field) {
  mark(form, field, !isLocked(field));
  remember(form);
}

function markAll(form, locked) {
  const one = button(form);
  if (!one) return;
  const label = locked ? one.dataset.off : one.dataset.on;
  one.setAttribute("aria-pressed", String(locked));
  one.setAttribute("aria-label", label);
  one.title = label;
  one.querySelector(".ti").className = `ti ti-${locked ? "lock" : "lock-open"}`;
}

export function toggleAll(form) {
  const locked = !isAll(form);
  const others = [...names(form)].filter((name) => name !== ALL);
  holder(form).value = [...(locked ? [ALL] : []), ...others].join(" ");
  markAll(form, locked);
}

/** Show what `locks` says; also for lines that came later. */
export function show(form) {
  const known = names(form);
  markAll(form, known.has(ALL));
  for (const field of lockable(form)) mark(form, field, known.has(key(form, field)));
}
