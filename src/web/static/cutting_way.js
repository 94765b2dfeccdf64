// The way from selected rows to the screen where their documents are cut and joined.

export function start() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-cuts]");
    const bar = button?.closest("form");
    if (!bar) return;
    const name = bar.getAttribute("id"); // `bar.id` would be the boxes of that name
    const chosen = [...document.querySelectorAll(`input[name="id"][form="${name}"]:checked`)].map((box) => box.closest("tr").dataset);
    const asked = new URLSearchParams(chosen.map(({ doc, id }) => ["document", doc ?? id]));
    location.assign(`${button.dataset.cuts}?${asked}`);
  });
}
