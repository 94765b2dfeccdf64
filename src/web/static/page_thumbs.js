// The pages of a document as small pictures beside it: a click goes there, the one that is looked at is marked.

import { t } from "./texts.js";

const ACROSS = 80;

/** Fill `strip` with the pages of `view`; returns what to call when another page is looked at. */
export function fill(strip, view) {
  const near = new IntersectionObserver(
    (seen) => seen.filter(({ isIntersecting }) => isIntersecting).forEach(({ target }) => draw(target)),
    { root: strip, rootMargin: "100% 0px" },
  );
  const buttons = view.pages.map((page) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "thumb";
    button.page = page;
    button.setAttribute("aria-label", t("Bladzijde {n}", { n: page.number }));
    const canvas = document.createElement("canvas");
    canvas.width = ACROSS;
    const [across, down] = page.upright % 180 ? [page.height, page.width] : [page.width, page.height];
    canvas.height = Math.round((ACROSS * down) / across);
    button.append(canvas, String(page.number));
    button.addEventListener("click", () => view.turnTo(page.number));
    near.observe(button);
    return button;
  });
  strip.replaceChildren(...buttons);
  return (number) => {
    for (const button of buttons) {
      const on = button.page.number === number;
      button.classList.toggle("is-on", on);
      if (on) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    }
  };
}

async function draw(button) {
  if (button.drawn) return;
  button.drawn = true;
  const { page } = button;
  const across = page.upright % 180 ? page.height : page.width;
  await page.draw(button.querySelector("canvas"), (ACROSS * devicePixelRatio) / across, page.upright).catch((problem) => {
    if (button.isConnected) throw problem; // else another document is shown already
  });
}
