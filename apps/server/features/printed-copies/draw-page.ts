import { PDFiumLibrary } from "@hyzyla/pdfium";

/** A page as it is shown, three bytes a pixel. */
export interface DrawnPage {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** Twice an A3 at the finest that is asked for; a page that is larger is drawn coarser. */
const mostPixels = 40_000_000;
let opened: Promise<PDFiumLibrary> | undefined;

/** How many pages a document has, and how large each is as it is shown; pages count from 0. */
export interface DrawablePages {
  readonly count: number;
  sizeOf(page: number): { readonly widthMm: number; readonly heightMm: number };
}
const mmPerPoint = 25.4 / 72;

/** Opens a document once and draws its pages, each at its own number of pixels to the millimetre. */
export async function drawPages<T>(
  bytes: Uint8Array,
  work: (
    draw: (page: number, widthMm: number, heightMm: number, perMm: number) => Promise<DrawnPage>,
    pages: DrawablePages,
  ) => Promise<T>,
): Promise<T> {
  opened ??= PDFiumLibrary.init();
  const document = await (await opened).loadDocument(Buffer.from(bytes));
  const pages: DrawablePages = {
    count: document.getPageCount(),
    sizeOf: (page) => {
      const { originalWidth, originalHeight } = document.getPage(page).getOriginalSize();
      return { widthMm: originalWidth * mmPerPoint, heightMm: originalHeight * mmPerPoint };
    },
  };
  try {
    return await work(async (page, widthMm, heightMm, perMm) => {
      const [width, height] = [Math.round(widthMm * perMm), Math.round(heightMm * perMm)];
      if (!(width >= 1 && height >= 1 && width * height <= mostPixels)) throw new RangeError("The page is too large.");
      const { data } = await document.getPage(page).render({ width, height, render: "bitmap" });
      const rgb = new Uint8Array(width * height * 3);
      for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
        rgb[to] = data[from] ?? 0;
        rgb[to + 1] = data[from + 1] ?? 0;
        rgb[to + 2] = data[from + 2] ?? 0;
      }
      return { width, height, rgb };
    }, pages);
  } finally {
    document.destroy();
  }
}
