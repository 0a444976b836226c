import { comparedPerMm, type Place } from "@chancery/printed-copy";
import { defaultFace, type FaceOutline } from "@chancery/seal-image";
import PDFDocument from "pdfkit";
import sharp from "sharp";
import { drawPages } from "../apps/server/features/printed-copies/draw-page.ts";
import { makePrintCopy } from "../apps/server/features/printed-copies/make-print-copy.ts";
import type { KeptFace, ReadPhotoTask } from "../apps/server/features/printed-copies/read-photo.ts";
import { aimShot, takePhoto } from "./photo-camera.ts";
import {
  type ChangeKind,
  changeDocument,
  changeKinds,
  type SetDocument,
  setDocument,
  writeSetDocument,
} from "./photo-documents.ts";
import { coverage, makeFace, type Pressed, pressFace } from "./photo-impression.ts";
import { type Paper, printPage, writeByHand } from "./photo-paper.ts";
import { createLot, type Lot } from "./photo-random.ts";

export type FaceTruth = "ours" | "another" | "unknown" | "pale" | "partial" | "doubled" | "none";

/** A photo of which everything is known, and what the engine gets to compare it with. */
export interface PhotoCase {
  readonly name: string;
  readonly kind: "right" | "swapped" | "wrong" | "handwriting" | "blank" | "other";
  readonly paper: "own" | "foreign";
  readonly task: ReadPhotoTask;
  readonly face: FaceTruth;
}
const benchKey = "5a".repeat(32);
const perMm = 12;
const size = { widthMm: 210, heightMm: 297 };

const faces = {
  ours: makeFace(defaultFace("official", "北京远山仪表有限公司")),
  /** Of ours, of the same size and kind. */
  another: makeFace(defaultFace("department", "北京远山仪表有限公司", { unitName: "采购部" })),
  contract: makeFace(defaultFace("contract", "北京远山仪表有限公司")),
  finance: makeFace(defaultFace("finance", "北京远山仪表有限公司")),
  /** What nobody of ours has: somebody had it made. */
  forged: makeFace(defaultFace("official", "北京远山仪器有限公司")),
  counterparty: makeFace(defaultFace("official", "上海近水设备有限公司")),
} satisfies Record<string, FaceOutline>;

/** Those that are kept here, and may have been pressed. */
const keptFaces = (["ours", "another", "contract", "finance"] as const).map((id): KeptFace => {
  const { width, height, data } = coverage(faces[id], comparedPerMm);
  return { id, width, height, ink: Uint8Array.from(data, (value) => Math.round(value * 255)) };
});
const asked = { expected: "ours", kept: keptFaces };

interface Plan {
  readonly kind: PhotoCase["kind"];
  readonly how?: ChangeKind | "own-code" | "pasted-code" | "other-request" | "with-code" | "no-code";
  readonly paper: PhotoCase["paper"];
  readonly face?: FaceTruth;
}

/** Which photos there are, and how many of each. */
export function listPlans(): Plan[] {
  const plans: Plan[] = [];
  const add = (count: number, plan: Plan): void => void plans.push(...Array.from({ length: count }, () => plan));
  add(40, { kind: "right", paper: "own" });
  for (const face of ["ours", "another", "unknown", "pale", "partial", "doubled", "none"] as const)
    add(8, { kind: "right", paper: "own", face });
  for (const how of changeKinds) add(10, { kind: "swapped", how, paper: "own" });
  for (const how of ["own-code", "pasted-code", "other-request"] as const) add(8, { kind: "wrong", how, paper: "own" });
  add(10, { kind: "handwriting", paper: "own" });
  for (const how of ["with-code", "no-code"] as const) add(5, { kind: "blank", how, paper: "own" });
  add(8, { kind: "other", paper: "own" });
  add(24, { kind: "right", paper: "foreign" });
  for (const how of changeKinds) add(5, { kind: "swapped", how, paper: "foreign" });
  add(10, { kind: "wrong", paper: "foreign" });
  return plans;
}

/** Makes one photo; the same for the same seed and number. */
export async function makeCase(plan: Plan, seed: number, number: number): Promise<PhotoCase> {
  const lot = createLot(seed * 100_003 + number * 17);
  // Documents are drawn until one has what is to be changed.
  for (let trial = 0; trial < 60; trial += 1) {
    const document = setDocument(lot);
    const made = plan.paper === "own" ? await makeOwn(plan, document, lot) : await makeForeign(plan, document, lot);
    if (made) return made;
  }
  throw new Error("No document has what is to be changed.");
}

type Drawn = { readonly width: number; readonly height: number; readonly data: Uint8Array };
const drawAt = (bytes: Uint8Array, page: number): Promise<Drawn> =>
  drawPages(bytes, async (draw) => {
    const { width, height, rgb } = await draw(page, size.widthMm, size.heightMm, perMm);
    return { width, height, data: rgb };
  });

function printTask(bytes: Uint8Array, requestId: string) {
  const lines = ["LX-2026-000123", "第 {page}/{pages} 页 · 第 {copy} 份 · Page {page} of {pages}", "SHA-256 {digest}"];
  return { bytes, requestId, lines, address: "", key: benchKey };
}

async function printReady(bytes: Uint8Array, requestId: string): Promise<Uint8Array> {
  const made = await makePrintCopy({ ...printTask(bytes, requestId), copies: [1] });
  if (!made.ok) throw new Error(made.message);
  return made.bytes;
}

const ids = ["0197a3c2-5b11-7d40-8e21-0123456789ab", "0197a3c2-5b11-7d40-8e21-ba9876543210"] as const;

async function makeOwn(plan: Plan, document: SetDocument, lot: Lot): Promise<PhotoCase | null> {
  const pages = document.pages.length;
  const last = pages - 1;
  // Faces go where the block is; what is changed may be on any page.
  const page = plan.face ? last : lot.whole(0, last);
  if (plan.kind === "wrong" && plan.how !== "other-request" && pages < 2) return null;
  const approved = await writeSetDocument(document);
  const reference = await printReady(approved, ids[0]);
  let told = "";
  let sheet: Drawn;
  if (plan.kind === "swapped") {
    const changed = changeDocument(document, page, plan.how as ChangeKind, lot);
    if (!changed) return null;
    told = changed.told;
    sheet = await pasteCode(await writeSetDocument(changed.document), page, approved, reference, page);
  } else if (plan.kind === "wrong") {
    const other = (page + lot.whole(1, Math.max(1, last))) % pages;
    if (plan.how === "own-code") sheet = await drawAt(reference, other);
    else if (plan.how === "pasted-code") sheet = await pasteCode(approved, other, approved, reference, page);
    else {
      const foreign = setDocument(lot);
      sheet = await drawAt(
        await printReady(await writeSetDocument(foreign), ids[1]),
        Math.min(page, foreign.pages.length - 1),
      );
    }
  } else if (plan.kind === "blank") {
    const empty = await writeSetDocument({ ...document, pages: document.pages.map(() => []) });
    sheet = plan.how === "with-code" ? await pasteCode(empty, page, approved, reference, page, true) : blankSheet();
  } else if (plan.kind === "other") sheet = await drawAt(await writeSetDocument(setDocument(lot)), 0);
  else sheet = await drawAt(reference, page);
  const paper = printPage(sheet, perMm, lot);
  const inkPlaces = page === last ? [document.block] : [];
  const stamped = page === last && plan.kind !== "blank" && (plan.face !== undefined || lot.next() < 0.7);
  const face = stamped ? (plan.face ?? "ours") : "none";
  if (stamped) sign(paper, document.block, face, lot);
  if (plan.kind === "handwriting") {
    const place = {
      xMm: lot.between(30, 130),
      yMm: lot.between(40, 150),
      widthMm: lot.between(14, 35),
      heightMm: lot.between(6, 12),
    };
    writeByHand(paper, place, lot);
  }
  const photo = await takePhoto(paper, aimShot(lot, size), lot);
  const own = { kind: "own", printed: printTask(approved, ids[0]), page: page + 1 } as const;
  return {
    name: [plan.kind, plan.how, plan.face, document.language, told].filter(Boolean).join(" "),
    ...{ kind: plan.kind, paper: "own", face, task: { photo, paper: own, inkPlaces, faces: asked } },
  };
}

const blankSheet = (): Drawn => {
  const [width, height] = [size.widthMm * perMm, size.heightMm * perMm];
  return { width, height, data: new Uint8Array(width * height * 3).fill(255) };
};

/** Content of one page with the code and words of another, as who swaps a page would make it. */
async function pasteCode(
  bytes: Uint8Array,
  page: number,
  approved: Uint8Array,
  reference: Uint8Array,
  codePage: number,
  blank = false,
): Promise<Drawn> {
  const [content, plain, printed] = [
    blank ? blankSheet() : await drawAt(bytes, page),
    await drawAt(approved, codePage),
    await drawAt(reference, codePage),
  ];
  const data = content.data.map((value, at) =>
    (plain.data[at] ?? 0) === (printed.data[at] ?? 0) ? value : Math.min(value, printed.data[at] ?? 255),
  );
  return { ...content, data };
}

/** A signature, and a face beside or over it. */
function sign(paper: Paper, block: Place, face: FaceTruth, lot: Lot): void {
  if (lot.next() < 0.7)
    writeByHand(
      paper,
      { xMm: block.xMm + 40, yMm: block.yMm + 2, widthMm: lot.between(25, 40), heightMm: lot.between(8, 14) },
      lot,
    );
  if (face === "none") return;
  const at = [block.xMm + lot.between(38, 70), block.yMm + lot.between(24, 34)] as const;
  const outline = face === "another" ? faces.another : face === "unknown" ? faces.forged : faces.ours;
  const how: Pressed = face === "pale" || face === "partial" || face === "doubled" ? face : "good";
  pressFace(paper, outline, at, how, lot);
}

async function makeForeign(plan: Plan, document: SetDocument, lot: Lot): Promise<PhotoCase | null> {
  const last = document.pages.length - 1;
  const page = lot.whole(0, last);
  if (plan.kind === "wrong" && last === 0) return null;
  const paper = printPage(await drawAt(await writeSetDocument(document), page), perMm, lot);
  const theirs = [document.block.xMm + lot.between(110, 125), document.block.yMm + lot.between(24, 34)] as const;
  const isLast = page === last;
  if (isLast) pressFace(paper, faces.counterparty, theirs, "good", lot);
  const reference = await scan(paper, lot);
  let shown = paper;
  let told = "";
  if (plan.kind === "swapped") {
    const changed = changeDocument(document, page, plan.how as ChangeKind, lot);
    if (!changed) return null;
    told = changed.told;
    shown = printPage(await drawAt(await writeSetDocument(changed.document), page), perMm, lot);
    if (isLast) pressFace(shown, faces.counterparty, theirs, "good", lot);
  } else if (plan.kind === "wrong")
    shown = printPage(await drawAt(await writeSetDocument(document), (page + 1) % (last + 1)), perMm, lot);
  const stamped = isLast && lot.next() < 0.8;
  if (stamped) sign(shown, document.block, "ours", lot);
  const photo = await takePhoto(shown, aimShot(lot, size), lot);
  const inkPlaces = isLast ? [document.block] : [];
  const foreign = { kind: "foreign", scan: reference, page: 1, ...size } as const;
  return {
    name: ["foreign", plan.kind, plan.how, document.language, told].filter(Boolean).join(" "),
    ...{ kind: plan.kind, paper: "foreign", face: stamped ? "ours" : "none" },
    task: { photo, paper: foreign, inkPlaces, faces: asked },
  };
}

/** An office scanner at 200 dots to the inch: laid in a little aslant. */
async function scan(paper: Paper, lot: Lot): Promise<Uint8Array> {
  const [width, height] = [Math.round(size.widthMm * 7.874), Math.round(size.heightMm * 7.874)];
  const raw = { width: paper.width, height: paper.height, channels: 3 } as const;
  const turned = await sharp(paper.data, { raw })
    .rotate(lot.normal() * 0.35, { background: "#f4f4f2" })
    .blur(0.9)
    .toBuffer({ resolveWithObject: true });
  const jpeg = await sharp(turned.data, { raw: { width: turned.info.width, height: turned.info.height, channels: 3 } })
    .extract({
      left: (turned.info.width - paper.width) >> 1,
      top: (turned.info.height - paper.height) >> 1,
      width: paper.width,
      height: paper.height,
    })
    .resize(width, height)
    .jpeg({ quality: lot.whole(75, 90) })
    .toBuffer();
  const document = new PDFDocument({ size: "A4", margin: 0, info: { CreationDate: new Date(0) } });
  const parts: Buffer[] = [];
  const whole = new Promise<Uint8Array>((resolve) => {
    document.on("data", (part: Buffer) => void parts.push(part));
    document.once("end", () => resolve(Buffer.concat(parts)));
  });
  document.image(jpeg, 0, 0, { width: 595.28, height: 841.89 });
  document.end();
  return whole;
}
