// From one proposal to the next without loading a page anew: what is asked and answered is the same, only the body is put in place of the old
// one, so that styles, modules and the reader of PDFs stay. Whatever is not a proposal is loaded as always.

import * as drafts from "./drafts.js";
import { arm, keep, refused, unanswered } from "./toast.js";

const PLACE = "form[data-annotation]";
const STAYS = ["next", "previous", "back", "hold", "help", "ask", "lines"]; // what is answered by another page, or by the same with what is wrong with it
const SESSION_LOST = [401, 403]; // nobody is signed in any more, or somebody signed in anew in another tab
let again = () => {};
let busy = false;

function put(text, url) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const toast = page.querySelector("#toasts [data-toast]");
  if (!page.querySelector(PLACE)) {
    if (toast) keep(toast); // the server tells it once
    location.assign(url);
    return;
  }
  document.title = page.title;
  document.querySelector("meta[name=csrf-token]").content = page.querySelector("meta[name=csrf-token]").content;
  document.body.replaceChildren(...page.body.childNodes);
  if (url !== location.href) history.pushState(null, "", url);
  window.htmx.process(document.body);
  again();
}

/** Whether one has to sign in first: the page itself then leads there. What was typed waits in this browser. */
const signedOut = async () => (await fetch(location.pathname, { redirect: "manual" })).type === "opaqueredirect";

async function go(url, options = {}, place = "") {
  if (busy) return;
  busy = true;
  document.querySelector("#toasts [data-toast]")?.remove();
  document.body.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { ...options, headers: { Accept: "text/html" } });
    const text = await answer.text();
    if (SESSION_LOST.includes(answer.status) && (await signedOut())) location.assign(`/sign-in?to=${encodeURIComponent(location.pathname)}`);
    else if (answer.ok || text.includes("data-annotation")) put(text, place || (answer.redirected || answer.ok ? answer.url : location.href));
    else {
      drafts.notSaved();
      refused(text);
    }
  } catch {
    drafts.notSaved();
    unanswered();
  } finally {
    busy = false;
    document.body.removeAttribute("aria-busy");
  }
}

function onSubmit(event) {
  const form = event.target;
  if (busy) event.preventDefault(); // what is typed meanwhile would go to the one that is leaving
  if (!form.matches(PLACE) || event.defaultPrevented || !STAYS.includes(event.submitter?.value)) return;
  event.preventDefault();
  const here = event.submitter.hasAttribute("formaction"); // read into the same fields
  const url = here ? event.submitter.formAction : form.action;
  go(url, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)) }, here ? location.href : "");
}

function onClick(event) {
  const link = event.target.closest("a[data-leave=skip], a[data-leave=previous]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(link.href);
}

/** `renew` is called when another proposal stands on the page. */
export function start(renew) {
  again = () => {
    arm();
    renew();
  };
  document.addEventListener("submit", onSubmit);
  document.addEventListener("click", onClick);
  addEventListener("popstate", () => location.reload());
}
