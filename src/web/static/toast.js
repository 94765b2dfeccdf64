// One message at a time at the bottom of the page: what happened, with undo; gone after ten seconds unless looked at.

import { act } from "./keyboard.js";
import { t } from "./texts.js";

const SECONDS = 10;
const KEPT = "daybook.toast";
let timer = 0;

const shown = () => document.querySelector("#toasts [data-toast]");

/** The message of the page, if it has one, goes after a while. */
export function arm(toast = shown()) {
  if (!toast) return;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => toast.remove(), SECONDS * 1000);
  };
  for (const kind of ["mouseenter", "focusin"]) toast.addEventListener(kind, () => clearTimeout(timer));
  for (const kind of ["mouseleave", "focusout"]) toast.addEventListener(kind, wait);
  wait();
}

/** Show `text`; `undo` is the address that undoes it; `problem` makes it an alert. */
export function toast({ text, undo = "", problem = false }) {
  const made = document.getElementById("toast-template").content.firstElementChild.cloneNode(true);
  made.querySelector("[data-toast-text]").textContent = text;
  made.querySelector(".ti").className = `ti ti-${problem ? "alert-circle" : "check"}`;
  const form = made.querySelector("[data-undo]");
  form.action = undo;
  form.hidden = !undo;
  if (problem) made.setAttribute("role", "alert");
  document.getElementById("toasts").replaceChildren(made);
  arm(made);
}

/** Tell what went wrong: the sentence of the page that was answered, or one that fits anything. */
export function refused(page) {
  const said = new DOMParser().parseFromString(page, "text/html").querySelector("[data-sentence]")?.textContent.trim();
  toast({ text: said || t("Er liep iets mis. Je documenten staan veilig. Probeer het opnieuw."), problem: true });
}

/** Tell that nothing was answered. */
export const unanswered = () => toast({ text: t("Geen verbinding. Controleer het netwerk en probeer opnieuw."), problem: true });

/** Keep a message of another page for the page that is loaded next. */
export const keep = (element) => sessionStorage.setItem(KEPT, element.outerHTML);

export function start() {
  document.body.addEventListener("toast", (event) => toast(event.detail)); // by the HX-Trigger header of an answer
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-toast-close]")) shown()?.remove();
  });
  act("undo", () => {
    const form = shown()?.querySelector("[data-undo]:not([hidden])");
    if (!form) return false;
    form.requestSubmit();
  });
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (kept) document.getElementById("toasts").innerHTML = kept;
  arm();
}
