// Where pages come from: a PDF through pdf.js, or a picture. Both give pages with a size in points and a way to draw them.

import { getDocument, GlobalWorkerOptions } from "vendor:pdfjs/build/pdf.min.mjs";

import { ownText } from "./page_words.js";

const served = (path) => new URL(path, import.meta.url).href;
GlobalWorkerOptions.workerSrc = served("vendor:pdfjs/build/pdf.worker.min.mjs");

async function pdfPages(url) {
  const file = await getDocument({
    url,
    cMapUrl: served("vendor:pdfjs/cmaps/"),
    standardFontDataUrl: served("vendor:pdfjs/standard_fonts/"),
    wasmUrl: served("vendor:pdfjs/wasm/"),
    iccUrl: served("vendor:pdfjs/iccs/"),
    enableXfa: false,
  }).promise;
  return Promise.all(Array.from({ length: file.numPages }, async (_, index) => pdfPage(await file.getPage(index + 1))));
}

function pdfPage(page) {
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
    text: (layer, scale) => ownText(page, at(scale, 0), layer),
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
      text: async () => false,
    },
  ];
}

/** The pages of a document; `read` are the words recognition found (Page of the application: number, width, height, words). */
export async function open(url, kind, wordsUrl) {
  const words = wordsUrl ? fetch(wordsUrl).then((answer) => (answer.ok ? answer.json() : [])) : Promise.resolve([]);
  const pages = await (kind === "image" ? picturePages(url) : pdfPages(url));
  const read = await words.catch(() => []); // a document without its words can still be read by people
  pages.forEach((page, index) => {
    page.number = index + 1;
    page.read = read.find(({ number }) => number === page.number);
    if (page.read && kind === "image") Object.assign(page, { width: page.read.width, height: page.read.height });
  });
  return pages;
}
