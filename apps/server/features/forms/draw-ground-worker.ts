import { PDFiumLibrary } from "@hyzyla/pdfium";
import { encode } from "fast-png";
import { answerTasks } from "../../platform/answer-tasks.ts";

/** What a good office printer puts on paper. */
const dotsPerInch = 300;
const opened = PDFiumLibrary.init();
answerTasks(async ({ bytes }: { bytes: Uint8Array }) => {
  const document = await (await opened).loadDocument(Buffer.from(bytes));
  try {
    const { data, width, height } = await document.getPage(0).render({ scale: dotsPerInch / 72, render: "bitmap" });
    const rgb = new Uint8Array(width * height * 3);
    for (let at = 0; at < width * height; at += 1) rgb.set(data.subarray(at * 4, at * 4 + 3), at * 3);
    return encode({ width, height, data: rgb, channels: 3, depth: 8 });
  } finally {
    document.destroy();
  }
});
