// What is known of the counterparty beside its field: a card that opens on hover and on focus, and the menu with the ways it is booked.

import { csrfToken } from "./texts.js";
import { refused, toast } from "./toast.js";

const PATIENCE = 350; // milliseconds the mouse rests on the counterparty before its card opens
let timer = 0;

const place = (name, root = document) => root.querySelector(`[data-known=${name}]`);

function put(text) {
  const answer = new DOMParser().parseFromString(text, "text/html");
  for (const name of ["card", "ways"]) {
    const here = place(name);
    if (here) here.replaceChildren(...place(name, answer).childNodes);
  }
  const button = document.querySelector("[data-party-card]");
  if (button) button.hidden = !place("card").childElementCount;
}

/** Ask what is known of a counterparty that was just chosen, or of none. */
export async function look(form, counterparty) {
  const ways = place("ways", form);
  if (!ways) return;
  const answer = await fetch(`${ways.dataset.of}?counterparty=${encodeURIComponent(counterparty)}`, { headers: { "HX-Request": "true" } });
  if (answer.ok && form.isConnected && form.querySelector("[name=counterparty]").value === counterparty) put(await answer.text());
}

async function change(form, more) {
  const data = new FormData(form);
  for (const [name, value] of Object.entries(more)) data.set(name, value);
  const headers = { "HX-Request": "true", "X-CSRFToken": csrfToken() };
  const answer = await fetch(place("ways", form).dataset.templates, { method: "POST", headers, body: new URLSearchParams(data) });
  const told = JSON.parse(answer.headers.get("HX-Trigger") ?? "{}");
  if (answer.ok) put(await answer.text());
  else refused(await answer.text());
  document.getElementById("ways-menu")?.hidePopover();
  document.querySelector("[popovertarget=ways-menu]")?.focus();
  if (told.toast) toast(told.toast);
}

function hover(event) {
  const over = event.target.closest?.(".partyline, #party, [data-party-card]");
  const card = document.getElementById("party-card");
  clearTimeout(timer);
  if (!card || event.target.closest?.("#party-card")) return;
  if (over && card.childElementCount && document.activeElement?.id !== "party") timer = setTimeout(() => card.showPopover(), PATIENCE);
  else if (!over && card.matches(":popover-open") && !document.activeElement?.matches("[data-party-card]")) card.hidePopover();
}

/** Once for the page: `current` gives the form that is shown, `use` puts lines in it. */
export function start(current, use) {
  document.addEventListener("mouseover", hover);
  document.addEventListener("focusin", (event) => {
    const card = document.getElementById("party-card");
    if (event.target.matches?.("[data-party-card]:focus-visible")) card.showPopover();
    else if (card?.matches(":popover-open")) card.hidePopover();
  });
  document.addEventListener("click", (event) => {
    const way = event.target.closest("[data-way]");
    if (way) {
      document.getElementById("ways-menu").hidePopover();
      use(JSON.parse(way.dataset.way));
    }
    if (event.target.closest("[data-way-save]")) change(current(), {});
    const drop = event.target.closest("[data-way-drop]");
    if (drop) change(current(), { drop: drop.dataset.wayDrop });
  });
}
