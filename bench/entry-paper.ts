import type { DeclaredFacts } from "@chancery/domain";
import { bookFontFile } from "@chancery/seal-image/font";
import PDFDocument from "pdfkit";
import type { LabelledDocument } from "./entry-make.ts";

/** A piece of text where letter paper has it, in points from the top left. */
export interface Placed {
  readonly text: string;
  readonly x?: number;
  readonly y: number;
  readonly size?: number;
  readonly colour?: string;
  readonly turned?: boolean;
  /** All but the first of its letters is cut off. */
  readonly cut?: boolean;
}

/** Pages of A4, the same bytes each time. */
export function place(...pages: readonly (readonly Placed[])[]): Promise<Uint8Array> {
  const chinese = pages.flat().some(({ text }) => /\p{Script=Han}/u.test(text));
  const document = new PDFDocument({
    ...{ size: "A4", autoFirstPage: false, margins: { top: 0, bottom: 0, left: 0, right: 0 } },
    ...{ font: chinese ? bookFontFile() : "Helvetica" },
    info: { CreationDate: new Date(0), Producer: "bench", Creator: "bench" },
  });
  const parts: Buffer[] = [];
  const whole = new Promise<Uint8Array>((resolve, reject) => {
    document.on("data", (part: Buffer) => void parts.push(part));
    document.once("end", () => resolve(Buffer.concat(parts)));
    document.once("error", reject);
  });
  for (const page of pages) {
    document.addPage();
    for (const { text, x = 64, y, size = 11, colour = "#000000", turned, cut } of page) {
      document.save().fontSize(size).fillColor(colour);
      if (turned) document.rotate(-45, { origin: [298, 421] });
      if (cut) document.rect(x, y - 4, size * 0.6, size * 1.6).clip();
      document.text(text, x, y, { lineBreak: false }).restore();
    }
  }
  document.end();
  return whole;
}

/** Lines one under the other. */
export const under = (y: number, lines: readonly string[], more: Partial<Placed> = {}): Placed[] =>
  lines.map((text, at) => ({ y: y + at * (more.size ?? 11) * 1.6, text, ...more }));

const head = [
  { text: "Orrin Pumps Limited", y: 40, size: 17 },
  { text: "5 Quay Street, Hull HU1 1AA - Tel. 01482 496 0000 - mail@orrin.example", y: 64, size: 8 },
];
const foot = under(
  780,
  [
    "Registered office: Hull. Company number 01234567. Directors: A. Marsh, T. Okoro. VAT no. 123 4567 89.",
    "Bank of the Humber, account 00001234, BIC HUMBGB2L. All deliveries are subject to our general terms of sale, which we send",
    "on request and which can be read at www.orrin.example/terms. Certified to ISO 9001.",
  ],
  { size: 6.5 },
);
const zhHead = [{ text: "青岛海岬泵业有限公司", y: 48, size: 20, x: 190 }];
const zhFoot = under(
  742,
  [
    "地址：青岛市市南区港湾路5号  邮编：266000  电话：0532-55500000  传真：0532-55500001",
    "统一社会信用代码：91370200MA00000000  开户行：海岬银行  账号：1111000022223333",
    "本公司通过 ISO 9001、ISO 14001 体系认证，产品范围：离心泵、计量泵、阀门及配件。",
  ],
  { size: 7.5 },
);
const confirmation = [
  "We confirm that the twelve pumps of your order 8812 arrived at our works",
  "on 3 November 2026 without any damage, and that nothing is missing.",
  "We pay for them within thirty days of this letter.",
];
const names = ["Board", "Ada Marsh", "Tim Okoro", "Works", "Hull", "Grimsby", "Founded", "1961"];
const dots = Array.from({ length: 12 }, () => ".".repeat(100));

const declared: DeclaredFacts = {
  ...{ documentClass: "official-letter", external: true, counterparty: null, amountMinor: null, currency: null },
};
const certificate: DeclaredFacts = { ...declared, documentClass: "employment-certificate" };
const paper = (isBlank: boolean, name: string, ...pages: readonly (readonly Placed[])[]): LabelledDocument => ({
  ...{ name: `letter paper: ${name}`, group: isBlank ? "blank" : "no template", unfinished: isBlank, changed: null },
  ...{ declared: name.includes("certificate") ? certificate : declared, misdeclared: [], bytes: () => place(...pages) },
});

/** Letter paper without a letter, whatever is printed on it; and the shortest things that people do write on it. */
export const labelledPapers: readonly LabelledDocument[] = [
  paper(true, "a foot that speaks of terms", [...head, ...foot]),
  paper(true, "the opening and the end of a letter alone", [
    ...[...head, ...foot, ...under(150, ["To:", "Date:", "Dear Sirs,"])],
    ...under(600, ["Yours faithfully,", "Orrin Pumps Limited"]),
  ]),
  paper(true, "addressed, and nothing said", [
    ...[
      ...head,
      ...foot,
      ...under(150, ["To: Nearwater Equipment GmbH, Hamburg", "Hull, 3 November 2026", "Dear Ms. Weber,"]),
    ],
    ...under(600, ["For and on behalf of Orrin Pumps Limited"]),
  ]),
  paper(true, "a place for the seal", [
    ...[...head, ...foot],
    ...under(560, ["Hull, 3 November 2026", "Orrin Pumps Limited", "(company seal)"], { x: 380 }),
  ]),
  paper(true, "the name large across it", [
    ...[...head, ...foot, { text: "ORRIN PUMPS", y: 390, x: 90, size: 60, colour: "#dddddd" }],
  ]),
  paper(true, "a word turned across it", [
    ...head,
    { text: "COMPANY", y: 380, x: 130, size: 80, colour: "#cccccc", turned: true },
  ]),
  paper(true, "the name again and again", [
    ...[...head, ...foot],
    ...Array.from({ length: 24 }, (_, at) => ({
      text: "Orrin original",
      y: 130 + at * 24,
      x: 70 + (at % 3) * 130,
      size: 10,
    })),
  ]),
  paper(true, "a column at its side", [...head, ...foot, ...under(130, names, { x: 488, size: 7 })]),
  paper(true, "dots to write on", [...head, ...under(170, dots, { size: 12 })]),
  paper(true, "a letter too pale to read", [...head, ...foot, ...under(170, confirmation, { colour: "#e0e0e0" })]),
  paper(true, "a letter a little less pale", [...head, ...under(170, confirmation, { colour: "#d8d8d8" })]),
  paper(true, "a letter of which one letter is left", [...head, ...under(170, confirmation, { cut: true })]),
  paper(true, "in Chinese, three lines at its foot", [...zhHead, ...zhFoot]),
  paper(true, "in Chinese, an empty form of a letter", [
    ...[...zhHead, ...zhFoot, { text: "证明", y: 130, x: 270, size: 18 }],
    ...[
      { text: "致：", y: 180 },
      { text: "青岛海岬泵业有限公司（盖章）", y: 600, x: 340 },
      { text: "日期：　　年　　月　　日", y: 622, x: 340 },
    ],
  ]),
  paper(true, "a blank one behind a letter", [...head, ...foot, ...under(170, confirmation)], [...head, ...foot]),

  paper(false, "a confirmation of three lines", [
    ...[
      ...head,
      ...foot,
      ...under(150, ["Dear Ms. Weber,", ...confirmation, "Yours faithfully,", "Orrin Pumps Limited"]),
    ],
  ]),
  paper(false, "one sentence", [...head, ...foot, ...under(170, ["Your invoice 4410 was paid today."])]),
  paper(false, "one sentence close under the head", [
    ...head,
    ...under(100, ["Your invoice 4410 was paid today."]),
    ...foot,
  ]),
  paper(false, "a slogan and a sentence", [
    ...[
      ...head,
      { text: "Pumps that last", y: 78, size: 8 },
      ...foot,
      ...under(170, ["The works are closed from 24 December to 2 January."]),
    ],
  ]),
  paper(false, "a certificate with its table", [
    ...[...head, ...foot, { text: "CERTIFICATE OF EMPLOYMENT", y: 130, x: 180, size: 15 }],
    ...under(180, ["Name: Jane Doe", "Position: fitter", "Since: 3 March 2020", "Hull, 3 November 2026"]),
  ]),
  paper(false, "a notice set large", [
    ...[...head, ...under(200, ["CLOSED", "FROM 24 DEC", "UNTIL 2 JAN", "CALL THE GATE"], { size: 56 })],
  ]),
  paper(false, "a letter over a watermark and beside a column", [
    ...[
      ...head,
      ...foot,
      ...under(130, names, { x: 488, size: 7 }),
      { text: "ORIGINAL", y: 390, x: 120, size: 70, colour: "#e4e4e4" },
    ],
    ...under(170, ["Dear Ms. Weber,", ...confirmation]),
  ]),
  paper(false, "a letter in grey", [...head, ...foot, ...under(170, confirmation, { colour: "#8c8c8c" })]),
  paper(false, "in Chinese, a certificate of one sentence", [
    ...[...zhHead, ...zhFoot, { text: "证明", y: 130, x: 270, size: 18 }],
    ...under(180, ["兹证明李娜系我公司员工，现任工程师。", "特此证明。"]),
    ...under(600, ["青岛海岬泵业有限公司", "2026年11月3日"], { x: 340 }),
  ]),
  paper(false, "in Chinese, a short notice", [
    ...[...zhHead, ...zhFoot, ...under(160, ["各部门：", "本周五下午停水检修，请提前做好准备。", "2026年11月3日"])],
  ]),
  paper(
    false,
    "the end of a letter on its second page",
    [...head, ...foot, ...under(130, [...confirmation, ...confirmation])],
    [
      ...head,
      ...foot,
      ...under(150, ["Yours faithfully,", "for Orrin Pumps Limited", "Ada Marsh, Director", "3 November 2026"]),
    ],
  ),
];
