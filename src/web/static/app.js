// What every page starts. Each module looks for the elements it serves and does nothing when there are none.

import * as amount from "./amount.js";
import * as cuttingWay from "./cutting_way.js";
import * as drafts from "./drafts.js";
import * as keyboard from "./keyboard.js";
import * as list from "./list.js";
import * as live from "./live.js";
import * as menu from "./menu.js";
import * as office from "./office.js";
import * as panes from "./panes.js";
import * as portal from "./portal.js";
import * as preferences from "./preferences.js";
import * as presence from "./presence.js";
import { csrfToken } from "./texts.js";
import * as toast from "./toast.js";
import * as upload from "./upload.js";

for (const module of [preferences, keyboard, toast, menu, portal, list, amount, panes, office, upload, live, presence, cuttingWay]) module.start();

document.addEventListener("htmx:config:request", (event) => {
  event.detail.ctx.request.headers["X-CSRFToken"] = csrfToken();
});

document.addEventListener("htmx:response:error", (event) => toast.refused(event.detail.ctx.text ?? ""));

document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx) toast.unanswered();
});

document.addEventListener("click", (event) => {
  const eye = event.target.closest("[data-reveal]");
  if (!eye) return;
  const field = document.getElementById(eye.dataset.reveal);
  const hidden = field.type === "password";
  field.type = hidden ? "text" : "password";
  eye.setAttribute("aria-pressed", String(hidden));
});

async function documents() {
  if (document.querySelector("[data-document]:not([data-document-open])")) (await import("./document_view.js")).start();
}
document.addEventListener("htmx:after:swap", documents);
if (document.querySelector("[data-document-window]")) (await import("./document_window.js")).start();
documents();
drafts.settle();
if (document.querySelector("form[data-cutting]")) (await import("./cutting.js")).start();
if (document.querySelector("form[data-annotation]")) {
  const [annotation, turn, ownWindow] = await Promise.all([import("./annotation.js"), import("./turn.js"), import("./own_window.js")]);
  annotation.start();
  ownWindow.start();
  turn.start(() => {
    panes.start();
    keyboard.tellKeys();
    drafts.settle();
    documents();
    annotation.start();
    ownWindow.start();
  });
}
document.documentElement.dataset.ready = ""; // everything listens: for who drives the page by program
