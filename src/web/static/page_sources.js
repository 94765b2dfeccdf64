// Where pages come from: a PDF through pdf.js, or a picture. Both give pages with a size in points and a way to draw them.

import { getDocument, GlobalWorkerOptions, PDFWorker } from "vendor:pdfjs/build/pdf.min.mjs";

import { ownText } from "./page_words.js";

const served = (path) => new URL(path, import.meta.url).href;
GlobalWorkerOptions.workerSrc = served("vendor:pdfjs/build/pdf.worker.min.mjs");

let worker = null; // one for all documents of a page: starting it takes longer than reading an invoice
const ahead = new Map(); // address → pages that somebody will want next

async function pdfPages(url) {
  worker ??= new PDFWorker();
  const file = await getDocument({
    url,
    worker,
    cMapUrl: served("vendor:pdfjs/cmaps/"),
    standardFontDataUrl: served("vendor:pdfjs/standard_fonts/"),
    wasmUrl: served("vendor:pdfjs/wasm/"),
    iccUrl: served("vendor:pdfjs/iccs/"),
    enableXfa: false,
  }).promise;
  return Promise.all(Array.from({ length: file.numPages }, async (_, index) => pdfPage(await file.getPage(index + 1), file)));
}

function pdfPage(page, file) {
  const at = (scale, turn) => page.getViewport({ scale, rotation: (page.rotate + turn) % 360 });
  const { width, height } = at(1, 0);
  return {
    width,
    height,
    async draw(canvas, scale, turn) {
      const viewport = at(scale, turn);
      canvas.width = Math.round(viewport.width);
      canvas.height = Math.round(viewport.height);
      await page.render({ canvas, viewport }).promise;
    },
    rotation: page.rotate,
    text: (layer, scale) => ownText(page, at(scale, 0), layer),
    close: () => file.loadingTask.destroy(),
  };
}

async function picturePages(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const picture = await createImageBitmap(await answer.blob());
  const { width, height } = picture;
  return [
    {
      width,
      height,
      async draw(canvas, scale, turn) {
        const lies = turn % 180 !== 0;
        const [across, down] = [Math.round((this.width ?? width) * scale), Math.round((this.height ?? height) * scale)];
        [canvas.width, canvas.height] = lies ? [down, across] : [across, down];
        const context = canvas.getContext("2d");
        context.translate(canvas.width / 2, canvas.height / 2);
        context.rotate((turn * Math.PI) / 180);
        context.drawImage(picture, -across / 2, -down / 2, across, down);
      },
      rotation: 0,
      text: async () => false,
      close: () => picture.close(),
    },
  ];
}

/** Read a document before it is asked for. Only one is kept. */
export function fetchAhead(url, kind, wordsUrl) {
  if (ahead.has(url)) return;
  for (const [known, pages] of ahead) {
    ahead.delete(known);
    pages.then(close, () => {});
  }
  const pages = read(url, kind, wordsUrl);
  pages.catch(() => ahead.delete(url)); // whoever opens it tries again, and tells
  ahead.set(url, pages);
}

/** Let go of what pages hold. */
export const close = (pages) => pages[0]?.close();

/** The pages of a document, perhaps read ahead. */
export function open(url, kind, wordsUrl) {
  const pages = ahead.get(url) ?? read(url, kind, wordsUrl);
  ahead.delete(url);
  return pages;
}

/** Each page with its words as recognition found them (Page of the application: number, width, height, words). */
async function read(url, kind, wordsUrl) {
  const words = wordsUrl ? fetch(wordsUrl).then((answer) => (answer.ok ? answer.json() : [])) : Promise.resolve([]);
  const pages = await (kind === "image" ? picturePages(url) : pdfPages(url));
  const known = await words.catch(() => []); // a document without its words can still be read by people
  pages.forEach((page, index) => {
    page.number = index + 1;
    page.read = known.find(({ number }) => number === page.number);
    if (page.read && kind === "image") Object.assign(page, { width: page.read.width, height: page.read.height });
  });
  return pages;
}
