import { comparedPerMm, type Place } from "@chancery/printed-copy";
import { defaultFace, type FaceOutline } from "@chancery/seal-image";
import PDFDocument from "pdfkit";
import sharp from "sharp";
import { drawPages } from "../apps/server/features/printed-copies/draw-page.ts";
import { makePrintCopy } from "../apps/server/features/printed-copies/make-print-copy.ts";
import type { ScanOfPaper } from "../apps/server/features/printed-copies/read-foreign-photo.ts";
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
import { drawElsewhere, otherProgram } from "./photo-elsewhere.ts";
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
  /** Whether the right page bears the impression that is expected on it; null on other pages, and where none is. */
  readonly impression: "found" | "none" | null;
  /** Of foreign paper: its whole scan, and which page of it the photo shows, from 1; null where it shows none. */
  readonly scan?: Omit<ScanOfPaper, "faces">;
  readonly shows?: number | null;
  readonly how?: Plan["how"];
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
  readonly how?:
    | ChangeKind
    | "same-form"
    | "own-code"
    | "pasted-code"
    | "other-request"
    | "with-code"
    | "no-code"
    | "scan"
    | "elsewhere";
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
  add(40, { kind: "right", paper: "foreign" });
  // A seal of the same size as ours, pressed in its place: the page is the right one all the same.
  add(8, { kind: "right", paper: "foreign", face: "another" });
  for (const how of changeKinds) add(8, { kind: "swapped", how, paper: "foreign" });
  add(10, { kind: "wrong", paper: "foreign" });
  add(8, { kind: "other", how: "same-form", paper: "foreign" });
  add(5, { kind: "other", paper: "foreign" });
  add(5, { kind: "blank", paper: "foreign" });
  // Nothing was pressed, or so badly that it may be taken for nothing.
  add(24, { kind: "right", paper: "own", face: "none" });
  add(16, { kind: "right", paper: "foreign", face: "none" });
  for (const face of ["pale", "partial"] as const)
    for (const paper of ["own", "foreign"] as const) add(10, { kind: "right", paper, face });
  // The right page, scanned flat; and drawn by a program that is not ours before it was printed.
  add(12, { kind: "right", how: "scan", paper: "own", face: "ours" });
  if (otherProgram !== null) add(20, { kind: "right", how: "elsewhere", paper: "own", face: "ours" });
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
  else if (plan.how === "elsewhere") sheet = await drawElsewhere(reference, page, { ...size, perMm });
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
  const photo =
    plan.how === "scan" || (plan.how === "elsewhere" && lot.next() < 0.5)
      ? new Uint8Array(await scanSheet(paper, lot))
      : await takePhoto(paper, aimShot(lot, size), lot);
  const own = { kind: "own", printed: printTask(approved, ids[0]), page: page + 1 } as const;
  return {
    name: [plan.kind, plan.how, plan.face, document.language, told].filter(Boolean).join(" "),
    ...{ kind: plan.kind, paper: "own", face, how: plan.how, impression: truthOf(plan, page === last, face) },
    task: { photo, paper: own, inkPlaces, sealPlace: page === last ? placeIn(document.block) : null, faces: asked },
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

/** Where in the block a hand presses, from and to; the seal's place was given in the middle of it. */
const [across, down] = [
  [38, 70],
  [24, 34],
] as const;
const placeIn = (block: Place): ReadPhotoTask["sealPlace"] => {
  const { widthMm, heightMm } = faces.ours;
  const [x, y] = [block.xMm + (across[0] + across[1]) / 2, block.yMm + (down[0] + down[1]) / 2];
  return { own: { xMm: x - widthMm / 2, yMm: y - heightMm / 2, widthMm, heightMm }, others: [], onlyRed: true };
};
const truthOf = ({ kind }: Plan, isLast: boolean, face: FaceTruth): PhotoCase["impression"] =>
  !isLast || kind !== "right" ? null : face === "none" ? "none" : "found";

/** A signature, and a face beside or over it. */
function sign(paper: Paper, block: Place, face: FaceTruth, lot: Lot): void {
  if (lot.next() < 0.7)
    writeByHand(
      paper,
      { xMm: block.xMm + 40, yMm: block.yMm + 2, widthMm: lot.between(25, 40), heightMm: lot.between(8, 14) },
      lot,
    );
  if (face === "none") return;
  const at = [block.xMm + lot.between(...across), block.yMm + lot.between(...down)] as const;
  const outline = face === "another" ? faces.another : face === "unknown" ? faces.forged : faces.ours;
  const how: Pressed = face === "pale" || face === "partial" || face === "doubled" ? face : "good";
  pressFace(paper, outline, at, how, lot);
}

async function makeForeign(plan: Plan, document: SetDocument, lot: Lot): Promise<PhotoCase | null> {
  const last = document.pages.length - 1;
  const page = plan.face ? last : lot.whole(0, last);
  if (plan.kind === "wrong" && last === 0) return null;
  const theirs = [document.block.xMm + lot.between(110, 125), document.block.yMm + lot.between(24, 34)] as const;
  // Their seal stands on the last page before it is scanned.
  const printed = async (of: SetDocument, at: number): Promise<Paper> => {
    const paper = printPage(await drawAt(await writeSetDocument(of), at), perMm, lot);
    if (at === of.pages.length - 1) pressFace(paper, faces.counterparty, theirs, "good", lot);
    return paper;
  };
  const sheets: Paper[] = [];
  for (let at = 0; at <= last; at += 1) sheets.push(await printed(document, at));
  const bytes = await scan(sheets, lot);
  let shown = sheets[page] ?? null;
  let told = "";
  let shows: number | null = page + 1;
  if (plan.kind === "swapped") {
    const changed = changeDocument(document, page, plan.how as ChangeKind, lot);
    if (!changed) return null;
    told = changed.told;
    shown = await printed(changed.document, page);
  } else if (plan.kind === "wrong") {
    const other = (page + 1) % (last + 1);
    [shown, shows] = [sheets[other] ?? null, other + 1];
  } else if (plan.kind === "other") {
    const other = plan.how === "same-form" ? fillAnew(document, page, lot) : setDocument(lot);
    if (!other) return null;
    [shown, shows] = [await printed(other, Math.min(page, other.pages.length - 1)), null];
  } else if (plan.kind === "blank") [shown, shows] = [printPage(blankSheet(), perMm, lot), null];
  if (!shown) return null;
  const stamped = page === last && (plan.face !== undefined || lot.next() < 0.8);
  const face = stamped ? (plan.face ?? "ours") : "none";
  if (stamped) sign(shown, document.block, face, lot);
  const photo = await takePhoto(shown, aimShot(lot, size), lot);
  const foreign = { kind: "foreign", scan: bytes, page: page + 1, ...size } as const;
  return {
    name: ["foreign", plan.kind, plan.how, plan.face, document.language, told].filter(Boolean).join(" "),
    ...{
      kind: plan.kind,
      paper: "foreign",
      face,
      shows,
      how: plan.how,
      impression: truthOf(plan, page === last, face),
    },
    task: { photo, paper: foreign, inkPlaces: page === last ? [document.block] : [], sealPlace: null, faces: asked },
    scan: {
      ...{ bytes, pages: sheets.map(() => size), expected: page + 1 },
      inkPlaces: (at) => (at === last + 1 ? [document.block] : []),
      sealPlace: page === last ? placeIn(document.block) : null,
    },
  };
}

/** Another document on the same form: so much of the page differs as a second filling of it changes. */
function fillAnew(document: SetDocument, page: number, lot: Lot): SetDocument | null {
  let filled = document;
  let changes = 0;
  for (let round = 0; round < 4; round += 1)
    for (const kind of ["number", "digit", "name"] as const) {
      const changed = changeDocument(filled, page, kind, lot);
      if (!changed) continue;
      filled = changed.document;
      changes += 1;
    }
  return changes >= 4 ? filled : null;
}

/** An office scanner at 200 dots to the inch: each sheet laid in a little aslant. */
async function scan(sheets: readonly Paper[], lot: Lot): Promise<Uint8Array> {
  const document = new PDFDocument({
    size: "A4",
    margin: 0,
    autoFirstPage: false,
    info: { CreationDate: new Date(0) },
  });
  const parts: Buffer[] = [];
  const whole = new Promise<Uint8Array>((resolve) => {
    document.on("data", (part: Buffer) => void parts.push(part));
    document.once("end", () => resolve(Buffer.concat(parts)));
  });
  for (const paper of sheets) {
    document.addPage();
    document.image(await scanSheet(paper, lot), 0, 0, { width: 595.28, height: 841.89 });
  }
  document.end();
  return whole;
}

async function scanSheet(paper: Paper, lot: Lot): Promise<Buffer> {
  const [width, height] = [Math.round(size.widthMm * 7.874), Math.round(size.heightMm * 7.874)];
  const raw = { width: paper.width, height: paper.height, channels: 3 } as const;
  const turned = await sharp(paper.data, { raw })
    .rotate(lot.normal() * 0.35, { background: "#f4f4f2" })
    .blur(0.9)
    .toBuffer({ resolveWithObject: true });
  return sharp(turned.data, { raw: { width: turned.info.width, height: turned.info.height, channels: 3 } })
    .extract({
      left: (turned.info.width - paper.width) >> 1,
      top: (turned.info.height - paper.height) >> 1,
      width: paper.width,
      height: paper.height,
    })
    .resize(width, height)
    .jpeg({ quality: lot.whole(75, 90) })
    .toBuffer();
}
