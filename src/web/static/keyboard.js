// The keyboard map as data, and the one dispatcher. An action is an element with data-action (it is clicked, or focused when it is a field),
// or a function given with `act`. Which scopes count on a page stands in data-keys of the body: "list worklist".

import { get } from "./preferences.js";
import { t } from "./texts.js";

const KEYS = [
  ["always", "?", "shortcuts", () => t("alle sneltoetsen")],
  ["always", "/", "search", () => t("zoeken")],
  ["always", "Ctrl+K", "dossier", () => t("naar dossier")],
  ["always", "Ctrl+Z", "undo", () => t("ongedaan maken")],
  ["list", "ArrowUp", "up", () => t("vorige rij")],
  ["list", "ArrowDown", "down", () => t("volgende rij")],
  ["list", "Shift+ArrowUp", "extend-up", () => t("selectie naar boven")],
  ["list", "Shift+ArrowDown", "extend-down", () => t("selectie naar beneden")],
  ["list", "Space", "select", () => t("rij selecteren")],
  ["list", "Ctrl+A", "select-all", () => t("alles selecteren")],
  ["list", "Enter", "open", () => t("openen")],
  ["list", "Escape", "clear", () => t("selectie wissen")],
  ["list", "F", "filter", () => t("filteren")],
  ["mailbox", "B", "handled", () => t("behandeld")],
  ["worklist", "C", "check", () => t("nagekeken")],
  ["worklist", "H", "hold", () => t("on hold")],
  ["worklist", "P", "period", () => t("boekperiode wijzigen")],
  ["worklist", "D", "journal", () => t("dagboek wijzigen")],
  ["worklist", "W", "edit", () => t("selectie wijzigen")],
  ["worklist", "U", "help", () => t("hulp vragen")],
  ["worklist", "V", "views", () => t("weergave kiezen")],
  ["worklist", "Ctrl+1", "first", () => t("start nakijken")],
  ["document", "Ctrl+R", "rotate", () => t("draaien")],
  ["preview", "J", "next", () => t("volgende")],
  ["preview", "K", "previous", () => t("vorige")],
  ["preview", "G", "approve", () => t("goedkeuren")],
  ["preview", "V", "reject", () => t("verwerpen")],
  ["preview", "Escape", "back", () => t("terug")],
  ["annotation", "Ctrl+S", "save", () => t("bewaren en terug")],
  ["annotation", "Ctrl+ArrowRight", "save-next", () => t("bewaren en volgende")],
  ["annotation", "Ctrl+ArrowLeft", "previous", () => t("vorige")],
  ["annotation", "Ctrl+ArrowDown", "skip", () => t("overslaan")],
  ["annotation", "Ctrl+P", "counterparty", () => t("tegenpartij")],
  ["annotation", "Ctrl+I", "party-card", () => t("wat van de tegenpartij gekend is")],
  ["annotation", "Ctrl+B", "templates", () => t("sjabloon kiezen")],
  ["annotation", "Ctrl+D", "delete", () => t("verwijderen")],
  ["annotation", "Ctrl+Enter", "line", () => t("lijn toevoegen")],
  ["annotation", "Ctrl+Backspace", "remove-line", () => t("lijn verwijderen")],
  ["annotation", "Ctrl+L", "lock", () => t("automatisch rekenen aan of uit: dit bedrag, of alles")],
  ["annotation", "Ctrl+E", "rest", () => t("het verschil op deze lijn")],
  ["annotation", "Ctrl+J", "instruction", () => t("boekingsinstructie naar de lijnen")],
  ["annotation", "Ctrl+H", "hold", () => t("on hold")],
  ["annotation", "Ctrl+U", "help", () => t("hulp vragen")],
  ["annotation", "Ctrl+M", "ask", () => t("vraag aan de klant")],
  ["annotation", "Ctrl+Space", "pick", () => t("woord van het document kiezen (pijlen, Enter)")],
  ["annotation", "Ctrl+R", "rotate", () => t("draaien")],
  ["annotation", "Ctrl+O", "own-window", () => t("document in apart venster")],
  ["annotation", "Ctrl+.", "more", () => t("meer acties")],
  ["annotation", "F6", "toolbar", () => t("naar de werkbalk")],
  ["annotation", "Escape", "back", () => t("terug")],
];

const SYMBOLS = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Enter: "↵", Backspace: "⌫", Escape: "Esc" };
const functions = new Map();

/** Give an action a function; it returns false when it has nothing to do, so that the key keeps its usual work. */
export const act = (action, work) => functions.set(action, work);

const writesText = (element) =>
  element?.matches?.("input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file], [type=range]), textarea, select, [contenteditable]");

const scopes = () => ["always", ...(document.body.dataset.keys ?? "").split(/\s+/)];

function combination(event) {
  const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const shift = event.shiftKey && event.key.length > 1 ? "Shift+" : "";
  return (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + shift + key;
}

function usable(element) {
  return !element.disabled && element.getAttribute("aria-disabled") !== "true" && element.checkVisibility();
}

function perform(action, event) {
  const work = functions.get(action);
  if (work && work(event) !== false) return true;
  const found = [...document.querySelectorAll(`[data-action~="${action}"]`)].find(usable);
  if (!found) return false;
  if (writesText(found)) {
    found.focus();
    found.select?.();
  } else {
    found.click();
  }
  return true;
}

function onKey(event) {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  const inText = writesText(event.target);
  const plain = !event.ctrlKey && !event.metaKey;
  if (plain && event.key.length === 1 && inText) return;
  if (inText && ["ArrowUp", "ArrowDown", "Enter", "Backspace"].includes(event.key) && plain) return;
  if (inText && /^[azAZ]$/.test(event.key) && !plain) return; // undo and select all belong to the field
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape" && document.querySelector(":popover-open")) return; // the browser closes the menu
  const wanted = combination(event);
  const active = scopes();
  for (const [scope, key, action] of KEYS) {
    if (key !== wanted || !active.includes(scope)) continue;
    if (/^[A-Z]$/.test(key) && !get("letters", true)) continue;
    if (perform(action, event)) {
      event.preventDefault();
      return;
    }
  }
}

const shown = (key) => key.split("+").map((part) => (part === "Space" ? t("Spatie") : (SYMBOLS[part] ?? part))).join(" ");

function openPanel() {
  const dialog = document.getElementById("shortcuts");
  const active = scopes();
  const rows = KEYS.filter(([scope]) => active.includes(scope)).flatMap(([, key, , words]) => {
    const term = document.createElement("dt");
    const keys = document.createElement("kbd");
    keys.textContent = shown(key);
    term.append(keys);
    const meaning = document.createElement("dd");
    meaning.textContent = words();
    return [term, meaning];
  });
  dialog.querySelector("dl").replaceChildren(...rows);
  dialog.querySelector("[data-keys-note]").hidden = !active.includes("annotation");
  dialog.showModal();
}

const ARIA = { Ctrl: "Control", "↵": "Enter" };
const spoken = (key) => key.split("+").map((part) => ARIA[part] ?? part).join("+");

/** Every button and field says its own key, to who points at it and to who listens. */
export function tellKeys() {
  const active = scopes();
  for (const [scope, key, action, words] of KEYS) {
    if (!active.includes(scope)) continue;
    for (const element of document.querySelectorAll(`[data-action~="${action}"]`)) {
      element.setAttribute("aria-keyshortcuts", spoken(key));
      if (!element.title) element.title = `${words()} (${shown(key)})`;
    }
  }
}

export function start() {
  tellKeys();
  document.addEventListener("htmx:after:swap", tellKeys);
  document.addEventListener("keydown", onKey);
  act("shortcuts", openPanel);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-action~=shortcuts]")) openPanel();
  });
}
