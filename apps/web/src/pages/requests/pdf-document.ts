import { GlobalWorkerOptions, getDocument, version } from "pdfjs-dist/legacy/build/pdf.mjs";
import workerUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";
import { boxOfText } from "./text-box.ts";

GlobalWorkerOptions.workerSrc = workerUrl;

/** Character maps, standard fonts and decoders, which the build lays beside the scripts; nothing is asked for elsewhere. */
const DATA = `/assets/pdf-data-${version}`;
const MM_PER_POINT = 25.4 / 72;

/** A run of text on a page: its words and its box in millimetres from the top left of the page as it is shown. */
export interface PageRun {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
/** One page, ready to be drawn. */
export interface DrawnPage {
  readonly widthMm: number;
  readonly heightMm: number;
  /** Draws the page into the canvas at so many pixels a millimetre; answers how to stop it. */
  readonly draw: (
    canvas: HTMLCanvasElement,
    pxPerMm: number,
  ) => { readonly done: Promise<void>; readonly stop: () => void };
  readonly readRuns: () => Promise<readonly PageRun[]>;
}
export interface OpenedDocument {
  readonly pages: number;
  readonly getPage: (page: number) => Promise<DrawnPage>;
  readonly close: () => Promise<void>;
}

/** Opens the bytes of a PDF for drawing. Scripts in it never run; throws what the reader throws on a broken file. */
export async function openPdf(file: Blob): Promise<OpenedDocument> {
  const parameters = {
    data: new Uint8Array(await file.arrayBuffer()),
    cMapUrl: `${DATA}/cmaps/`,
    standardFontDataUrl: `${DATA}/standard_fonts/`,
    wasmUrl: `${DATA}/wasm/`,
    iccUrl: `${DATA}/iccs/`,
    enableXfa: false,
  };
  const task = getDocument(parameters);
  const opened = await task.promise;
  return {
    pages: opened.numPages,
    getPage: async (index) => {
      const page = await opened.getPage(index + 1);
      const whole = page.getViewport({ scale: MM_PER_POINT });
      return {
        widthMm: whole.width,
        heightMm: whole.height,
        draw: (canvas, pxPerMm) => {
          const viewport = page.getViewport({ scale: MM_PER_POINT * pxPerMm });
          canvas.width = Math.max(1, Math.round(viewport.width));
          canvas.height = Math.max(1, Math.round(viewport.height));
          const drawing = page.render({ canvas, viewport });
          return { done: drawing.promise, stop: () => drawing.cancel() };
        },
        readRuns: async () => {
          const content = await page.getTextContent();
          return content.items.flatMap((item) => {
            if (!("str" in item) || item.str.trim() === "") return [];
            const run = { ...item, vertical: content.styles[item.fontName]?.vertical === true };
            return [{ text: item.str, ...boxOfText(run, (x, y) => whole.convertToViewportPoint(x, y)) }];
          });
        },
      };
    },
    close: () => task.destroy(),
  };
}
