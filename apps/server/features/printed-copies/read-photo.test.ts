import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openForPrinting } from "@chancery/pdf-seal/print";
import type { Place } from "@chancery/printed-copy";
import { decideFace, defaultFace, faceToSvg, layoutFace, rasterise } from "@chancery/seal-image";
import { createGlyphSource } from "@chancery/seal-image/font";
import sharp from "sharp";
import { makeSamplePdf } from "../../platform/sample-pdf.ts";
import { makeTestPdf, testContract } from "../../platform/test-pdf.ts";
import { readForeignPhoto } from "./read-foreign-photo.ts";
import { type KeptFace, type PhotoReading, type ReadPhotoTask, readPhoto, verdictOf } from "./read-photo.ts";
import { ringAt, takeTestPhoto } from "./test-photo.ts";
import { type PrintCopyTask, writePrintCopy } from "./write-print-copy.ts";

const key = "5a".repeat(32);
const printOf = (bytes: Uint8Array, change: Partial<PrintCopyTask> = {}): PrintCopyTask => ({
  ...{ bytes, requestId: "0197a3c2-5b11-7d40-8e21-0123456789ab", copies: [1], address: "", key },
  lines: ["LX-2026-000123", "Page {page} of {pages} · {copy}", "SHA-256 {digest}"],
  ...change,
});
async function print(bytes: Uint8Array, change: Partial<PrintCopyTask> = {}): Promise<Uint8Array> {
  const answer = await writePrintCopy(printOf(bytes, change));
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.bytes;
}
const terms = Array.from(
  { length: 14 },
  (_, at) => `Clause ${at + 1}: the seller delivers the goods named in annex ${at * 7 + 3} within thirty days.`,
);
const contract = (price: string): Buffer =>
  makeTestPdf([
    "Supply contract between Lanxi Instruments Ltd and Beicheng Ltd.",
    `The price is CNY ${price}, paid on acceptance.`,
    ...terms,
  ]);
const approved = contract("1,286,000.00");
/** Below the text, where seal and signature go. */
const block: Place = { xMm: 15, yMm: 105, widthMm: 180, heightMm: 90 };

async function read(photo: Uint8Array, change: Partial<ReadPhotoTask> = {}): Promise<PhotoReading> {
  const { copies: _, ...printed } = printOf(approved);
  const paper = { kind: "own", printed, page: 1 } as const;
  const answer = await readPhoto({ photo, paper, inkPlaces: [block], faces: null, sealPlace: null, ...change });
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer;
}

test("C17: the page that was approved is the same, whichever copy and however it lies; its code tells which", async () => {
  const printed = await print(approved, { copies: [7] });
  for (const turn of [-3, 92]) {
    const { verdict, code, places } = await read(await takeTestPhoto(printed, { turn }));
    assert.deepEqual([verdict, code?.copy, code?.page, places], ["same", 7, 1, []]);
  }
});

test("C17 C09: an impression is found where it belongs; its lack is told, and nothing is said where it cannot be seen", async () => {
  const printed = await print(approved);
  const own: Place = { xMm: 40, yMm: 130, widthMm: 40, heightMm: 40 };
  const beside: Place = { xMm: 110, yMm: 130, widthMm: 40, heightMm: 40 };
  const seen = async (over: string, edit: (photo: Buffer) => Promise<Buffer> = async (photo) => photo) => {
    const photo = await edit(await takeTestPhoto(printed, { over }));
    const { verdict, impression } = await read(photo, { sealPlace: { own, others: [beside], onlyRed: true } });
    assert.equal(verdict, "same");
    return impression;
  };
  assert.equal(await seen(ringAt(60, 150)), "found");
  assert.equal(await seen(ringAt(66, 143)), "found", "as a hand presses it");
  assert.equal(await seen(""), "none");
  assert.equal(await seen(ringAt(130, 150)), "none", "what stands in another seal's place is that seal's");
  const signed = `<path d="M50 150 c6 -9 9 8 13 -2 s8 6 12 -3" fill="none" stroke="#20306e" stroke-width="0.6"/>`;
  assert.equal(await seen(signed), "none", "a signature is no impression");
  const grey = (photo: Buffer): Promise<Buffer> => sharp(photo).greyscale().jpeg({ quality: 80 }).toBuffer();
  assert.equal(await seen(ringAt(60, 150), grey), "untold", "a picture without colours");
});

test("C17: whether another program may draw other letters is told by the fonts in the file, also of the copy that is printed", async () => {
  const isSure = (bytes: Uint8Array): (boolean | undefined)[] => {
    const opened = openForPrinting(bytes);
    return opened.ok ? opened.document.pages.map(({ fontsEmbedded }) => fontsEmbedded) : [];
  };
  const own = makeSamplePdf([["# Supply contract", "Signed for the buyer:"]], false);
  assert.deepEqual([isSure(own), isSure(await print(own)), isSure(approved)], [[true], [true], [false]]);
});

/** A page as another program draws it, sharper than any lens: null where that program is not here. */
function drawElsewhere(pdf: Uint8Array): Buffer | null {
  const folder = mkdtempSync(join(tmpdir(), "chancery-page-"));
  try {
    writeFileSync(join(folder, "page.pdf"), pdf);
    execFileSync("pdftoppm", ["-r", "200", "-png", "-singlefile", join(folder, "page.pdf"), join(folder, "page")]);
    return readFileSync(join(folder, "page.png"));
  } catch {
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("C17: the approved page is the same as a scan, too, drawn by another program; and one figure that differs is found in it", async (context) => {
  // With its own font in it: what has none is drawn with whatever letters the other machine happens to have.
  const contractOf = (price: string): Buffer =>
    makeSamplePdf([["# Supply contract", `The price is CNY ${price}, paid on acceptance.`, ...terms.slice(5)]], false);
  const bytes = contractOf("1,286,000.00");
  const scan = drawElsewhere(await print(bytes));
  if (!scan) return context.skip("pdftoppm is not installed");
  const { copies: _, ...printed } = printOf(bytes);
  const own = { paper: { kind: "own", printed, page: 1 } } as const;
  assert.equal((await read(scan, own)).verdict, "same");
  const turned = await sharp(scan).rotate(1.5, { background: "#808080" }).jpeg({ quality: 85 }).toBuffer();
  assert.equal((await read(turned, own)).verdict, "same");
  const paper = { kind: "foreign", scan: bytes, page: 1, widthMm: 210, heightMm: 297 } as const;
  const foreign = drawElsewhere(bytes) ?? assert.fail();
  assert.equal((await read(foreign, { paper })).verdict, "same");
  const swapped = drawElsewhere(contractOf("1,236,000.00")) ?? assert.fail();
  assert.equal((await read(swapped, { paper })).verdict, "differs");
});

test("C17: one figure that differs is found where it stands; under its own code it is another document", async () => {
  const swapped = contract("1,236,000.00");
  const honest = await read(await takeTestPhoto(await print(swapped)));
  assert.deepEqual([honest.verdict, honest.code?.page], ["wrong-page", 1]);
  // Without a code only the content tells.
  const paper = { kind: "foreign", scan: approved, page: 1, widthMm: 209.9, heightMm: 297.04 } as const;
  const { verdict, places } = await read(await takeTestPhoto(swapped), { paper });
  assert.equal(verdict, "differs");
  const [place] = places;
  assert.ok(place && places.length === 1 && place.yMm > 20 && place.yMm < 32, JSON.stringify(places));
});

test("C17: signature and seal are expected in their places; writing elsewhere is a difference", async () => {
  const printed = await print(approved);
  const stroke = (x: number, y: number): string =>
    `<path d="M${x} ${y} c6 -9 9 8 13 -2 s8 6 12 -3" fill="none" stroke="#20306e" stroke-width="0.6"/>`;
  const ring = `<circle cx="90" cy="150" r="20" fill="none" stroke="#d02030" stroke-opacity="0.8" stroke-width="1.2"/>`;
  assert.equal((await read(await takeTestPhoto(printed, { over: stroke(60, 130) + ring }))).verdict, "same");
  const { verdict, places } = await read(await takeTestPhoto(printed, { over: stroke(120, 60) }));
  assert.equal(verdict, "differs");
  const [place] = places;
  assert.ok(place && place.xMm > 115 && place.xMm < 135 && place.yMm > 45 && place.yMm < 65, JSON.stringify(places));
});

test("C17: a line that was printed in the place of the seal is a difference; what a pen writes there is none", async () => {
  const own: Place = { xMm: 40, yMm: 130, widthMm: 40, heightMm: 40 };
  const seal = { own, others: [], onlyRed: true } as const;
  const paper = { kind: "foreign", scan: approved, page: 1, widthMm: 209.9, heightMm: 297.04 } as const;
  const added = "The buyer pays a further sum.";
  const clause = makeTestPdf(
    [
      "Supply contract between Lanxi Instruments Ltd and Beicheng Ltd.",
      "The price is CNY 1,286,000.00, paid on acceptance.",
      ...terms,
    ],
    { drawn: `BT /F1 11 Tf 100 420 Td (${added}) Tj ET` },
  );
  const over = ringAt(60, 150);
  const photo = await takeTestPhoto(clause, { over });
  const { verdict, places } = await read(photo, { paper, sealPlace: seal });
  assert.equal(verdict, "differs");
  const [place] = places;
  assert.ok(place && Math.abs(place.yMm - 146) < 6 && place.widthMm > 40, JSON.stringify(places));
  assert.equal(
    (await read(photo, { paper, sealPlace: { ...seal, onlyRed: false } })).verdict,
    "same",
    "a seal in black",
  );
  // A name and a date as a hand writes them: each letter a little higher or lower than the one before.
  const heights = [0, 1.1, -0.6, 0.8, -1.2, 0.3, 1.4, 0.1, -0.9, 1.2, 0.4, -0.4, 0.9, -1.1];
  const line = (unsteady: number): string =>
    heights
      .map((height, at) => `M${45 + at * 3} ${150 + height * unsteady} c1 -4 2 -3 1.5 -1 s0.5 2 0.9 0.4`)
      .map((d) => `<path d="${d}" fill="none" stroke="#181818" stroke-width="0.4"/>`)
      .join("");
  const look = async (unsteady: number) =>
    (await read(await takeTestPhoto(approved, { over: over + line(unsteady) }), { paper, sealPlace: seal })).verdict;
  assert.deepEqual([await look(0.9), await look(0)], ["same", "differs"]);
});

test("C05: a blank page is blank, with and without a code; content without our code is no page of ours", async () => {
  assert.equal((await read(await takeTestPhoto(makeTestPdf([])))).verdict, "blank");
  const { verdict, isCodeForged } = await read(await takeTestPhoto(approved));
  assert.deepEqual([verdict, isCodeForged], ["no-code", false]);
});

test("C17: in a photo too blurred to show anything, a blank sheet and the right one are asked for again; a sharp one of a blank sheet is blank", async () => {
  const blank = makeTestPdf([]);
  const printed = await print(approved);
  for (const [what, bytes, blur, verdict] of [
    ["blank, sharp", blank, 0.8, "blank"],
    ["blank, blurred", blank, 14, "no-code"],
    ["the right page, blurred", printed, 30, "no-code"],
  ] as const) {
    const reading = await read(await takeTestPhoto(bytes, { blur }));
    assert.equal(verdictOf(reading), verdict, what);
  }
  const scan = {
    ...{ bytes: new Uint8Array(approved), pages: [{ widthMm: 209.9, heightMm: 297.04 }], expected: 1 },
    ...{ inkPlaces: () => [block], sealPlace: null, faces: null },
  };
  const foreign = async (bytes: Uint8Array, blur: number) =>
    (await readForeignPhoto(new Uint8Array(await takeTestPhoto(bytes, { blur })), scan)).verdict;
  assert.deepEqual([await foreign(blank, 0.8), await foreign(blank, 14)], ["blank", "unclear"]);
  assert.equal(await foreign(approved, 30), "unclear");
});

test("C09: two copies of a page in one picture are told, for nobody knows which of them is meant; one alone is surely that", async () => {
  const [one, other] = [await print(approved, { copies: [6] }), await print(approved, { copies: [7] })];
  const [left, right] = [await takeTestPhoto(one, { turn: 0 }), await takeTestPhoto(other, { turn: 0 })];
  const { width, height } = await sharp(left).metadata();
  const table = { width: 2 * width, height, channels: 3 as const, background: "#3c3a36" };
  const both = await sharp({ create: table })
    .composite([
      { input: left, left: 0, top: 0 },
      { input: right, left: width, top: 0 },
    ])
    .jpeg({ quality: 90 })
    .toBuffer();
  assert.equal((await read(both)).isAmongOthers, true);
  const { code, isAmongOthers } = await read(left);
  assert.deepEqual([code?.copy, isAmongOthers], [6, false]);
});

test("C23: a code that somebody imitates is told from none", async () => {
  const forged = await read(await takeTestPhoto(await print(approved, { key: "5b".repeat(32) })));
  assert.deepEqual([forged.verdict, forged.isCodeForged], ["no-code", true]);
});

test("C17: a page of another request is a wrong page, and its code says which", async () => {
  const requestId = "0197a3c2-5b11-7d40-8e21-ba9876543210";
  const other = await read(await takeTestPhoto(await print(approved, { requestId })));
  assert.deepEqual([other.verdict, other.code?.requestId], ["wrong-page", requestId]);
});

test("C17: foreign paper is compared with its scan; another page of it is a wrong page", async () => {
  const paper = { kind: "foreign", scan: approved, page: 1, widthMm: 209.9, heightMm: 297.04 } as const;
  assert.equal((await read(await takeTestPhoto(approved), { paper })).verdict, "same");
  const letter = makeTestPdf(
    Array.from({ length: 9 }, (_, at) => `Dear Sirs, we write about matter no. ${at * 31} of last year.`),
  );
  assert.equal((await read(await takeTestPhoto(letter), { paper })).verdict, "wrong-page");
});

const glyphs = createGlyphSource();
const layout = (name: string) => {
  const decided = decideFace(defaultFace("official", name), glyphs);
  assert.ok(decided.ok);
  return layoutFace(decided.value, glyphs);
};
const kept = (id: string, name: string): KeptFace => {
  const { width, height, rgba } = rasterise(layout(name), 8);
  return { id, width, height, ink: Uint8Array.from({ length: width * height }, (_, at) => rgba[at * 4 + 3] ?? 0) };
};

async function readFace(name: string | null, opacity = 0.85): Promise<PhotoReading["face"]> {
  const faces = { expected: "ours", kept: [kept("ours", "澜汐仪器有限公司"), kept("other", "北城机电有限公司")] };
  const svg =
    name === null
      ? ""
      : faceToSvg(layout(name), { colour: "#d02838" })
          // The page is drawn in millimetres already.
          .replace(/="(\d+)mm"/g, '="$1"')
          .replace("<svg ", `<svg x="70" y="128" opacity="${opacity}" `);
  const { face, verdict } = await read(await takeTestPhoto(await print(approved), { over: svg }), { faces });
  assert.equal(verdict, "same");
  return face;
}

test("C06, C23: the face in the photo is the request's seal, another of ours, or none", async () => {
  const ours = await readFace("澜汐仪器有限公司");
  assert.deepEqual([ours?.verdict, ours?.specimen], ["ours", "ours"]);
  const other = await readFace("北城机电有限公司");
  assert.deepEqual([other?.verdict, other?.specimen], ["another", "other"]);
  assert.equal((await readFace(null))?.verdict, "none");
});

test("C23: a face that differs from ours in one character is one that we do not have, pressed boldly or palely", async () => {
  for (const [name, opacity] of [
    ["澜汐仪表有限公司", 0.85],
    ["澜夕仪器有限公司", 0.85],
    ["澜汐仪器有限公司", 0.3],
    ["澜汐仪表有限公司", 0.3],
  ] as const)
    assert.equal((await readFace(name, opacity))?.verdict, name === "澜汐仪器有限公司" ? "pale" : "unknown", name);
});

test("what is no photo is refused: neither other files nor cut ones nor bombs end anything but their own reading", async () => {
  const { copies: _, ...printed } = printOf(approved);
  const codeOf = async (photo: Uint8Array): Promise<string> => {
    const answer = await readPhoto({
      photo,
      paper: { kind: "own", printed, page: 1 },
      inkPlaces: [],
      faces: null,
      sealPlace: null,
    });
    return answer.ok ? answer.verdict : answer.code;
  };
  const photo = await takeTestPhoto(await print(approved));
  assert.equal(await codeOf(Buffer.from("GIF89a")), "photo.not-readable");
  assert.equal(
    await codeOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')),
    "photo.not-readable",
  );
  assert.equal(await codeOf(testContract()), "photo.not-readable");
  assert.equal(await codeOf(photo.subarray(0, photo.length >> 1)), "photo.not-readable");
  const bomb = await sharp({ create: { width: 15_000, height: 9000, channels: 3, background: "#fff" } })
    .png()
    .toBuffer();
  assert.equal(await codeOf(bomb), "photo.too-many-pixels");
  const tiny = await sharp({ create: { width: 1, height: 1, channels: 3, background: "#fff" } })
    .jpeg()
    .toBuffer();
  assert.equal(await codeOf(tiny), "no-code");
  assert.equal(await codeOf(photo), "same", "the next photo is read as ever");
});
