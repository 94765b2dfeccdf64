// The line between two panes: drag it, or focus it and use the arrows; the width is remembered per screen.

import { get, set } from "./preferences.js";

const STEP = 24;
const LEAST = 280;

function widen(grip, width) {
  const panes = grip.parentElement;
  const whole = panes.clientWidth;
  const right = Math.round(Math.min(whole - LEAST, Math.max(LEAST, width)));
  panes.style.setProperty("--db-right", `${right}px`);
  grip.setAttribute("aria-valuenow", String(Math.round(((whole - right) / whole) * 100)));
  return right;
}

const now = (grip) => grip.parentElement.getBoundingClientRect().right - grip.getBoundingClientRect().right;

export function start() {
  for (const grip of document.querySelectorAll("[data-grip]")) {
    const name = `pane.${grip.dataset.grip}`;
    const kept = get(name);
    if (kept) widen(grip, kept);
    grip.addEventListener("pointerdown", (event) => {
      grip.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    grip.addEventListener("pointermove", (event) => {
      if (grip.hasPointerCapture(event.pointerId)) widen(grip, grip.parentElement.getBoundingClientRect().right - event.clientX);
    });
    grip.addEventListener("pointerup", () => set(name, Math.round(now(grip))));
    grip.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
      if (!by || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      set(name, widen(grip, now(grip) + by));
    });
  }
}
