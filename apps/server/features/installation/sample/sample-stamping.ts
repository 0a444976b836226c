import { Readable } from "node:stream";
import sharp from "sharp";
import type { Environment } from "../../../platform/environment.ts";
import { bringOut, confirmOpening, lockAway } from "../../custody/move-piece.ts";
import { recordSamplePresence } from "../../identity/step-up.ts";
import { moveCopies } from "../../stamped-copies/move-copies.ts";
import { digestOfStamping, lookAtPhotos } from "../../stamping/look.ts";
import { type HandImpressionRow, readHandImpressions } from "../../stamping/open-stamping.ts";
import { reportImpression } from "../../stamping/report.ts";
import { drawSealPicture } from "./sample-matters.ts";
import type { SampleRequest } from "./sample-requests.ts";

/** Uses of the company seal on paper: one long since in the register, one whose photos wait, one that can be stamped now. */
export const handRequests: readonly SampleRequest[] = [
  {
    ...{ daysAgo: 43, applicant: "xu", title: "开户授权书：江城银行", file: "开户授权书.pdf" },
    ...{ documentClass: "authorisation-letter", external: true, counterparty: "江城银行股份有限公司" },
    ...{ counterpartyKind: "bank", amount: null, purpose: "开立保证金账户", seal: "official", end: "registered" },
    byHand: { copies: 2, reason: "银行柜台只收纸质原件" },
    pages: [
      [
        "# 授权书",
        "江城银行股份有限公司：",
        "",
        "兹授权许知远代表我公司办理保证金账户开立事宜，授权期限至 2026 年 12 月 31 日。",
        "",
        "澜汐仪器有限公司",
        "（盖章）",
        "日期：　　年　　月　　日",
      ],
    ],
  },
  {
    ...{ daysAgo: 2, applicant: "zhou", title: "Customs bond, Beigang", file: "customs-bond.pdf" },
    ...{ documentClass: "official-letter", external: true, counterparty: "Beigang customs office" },
    ...{ counterpartyKind: "authority", amount: null, purpose: "Bond for temporary import of gauges" },
    ...{ seal: "official", end: "stamped", byHand: { copies: 2, reason: "Customs takes the bond on paper" } },
    pages: [
      [
        "# To the Beigang customs office",
        "",
        "We ask to enter twelve gauges for calibration and undertake to take them out again within six months.",
        "",
        "Lanxi Instruments Co., Ltd.",
        "(seal)",
        "Date:",
      ],
    ],
  },
  {
    ...{ daysAgo: 1, applicant: "xu", title: "投标授权书：滨河检测中心", file: "投标授权书.pdf" },
    ...{ documentClass: "authorisation-letter", external: true, counterparty: "滨河检测中心" },
    ...{
      counterpartyKind: "authority",
      amount: null,
      purpose: "年度检测服务投标",
      seal: "official",
      end: "authorised",
    },
    byHand: { copies: 3, reason: "招标文件要求纸质盖章，一正两副" },
    pages: [
      [
        "# 法定代表人授权书",
        "滨河检测中心：",
        "",
        "兹授权许知远为我公司代理人，参加年度检测服务项目的投标，签署投标文件。",
        "本授权自签发之日起至投标结束之日止有效。",
        "",
        "澜汐仪器有限公司",
        "（盖章）",
        "日期：　　年　　月　　日",
      ],
    ],
  },
];

/** Who stamps in the sample, and who holds the second lock of the safe. */
interface SampleStampers {
  readonly custodianId: string;
  readonly secondLockId: string;
}

/** Takes the seal out, presses every place with a photo, and locks it away again; each act a minute after the other. */
export async function stampInSample(
  env: Environment,
  requestId: string,
  people: SampleStampers,
  tick: () => void,
): Promise<void> {
  const impressions = await readHandImpressions(env.db, requestId);
  const [first] = impressions;
  if (!first) throw new Error("nothing is reserved to be stamped");
  const { custodianId } = people;
  const { openingId } = await bringOut(env, custodianId, {
    ...{ bodyId: first.bodyId, purpose: "stamping", aboutId: requestId, reason: "" },
  });
  if (openingId) await confirmOpening(env, people.secondLockId, openingId);
  for (const [at, one] of impressions.entries()) {
    tick();
    const said = { requestId, impressionId: one.impressionId, report: "pressed" as const, reason: "" };
    const photo = { stream: Readable.from([await drawPhoto(env, one, at)]), fileName: `IMG_${2041 + at}.jpg` };
    await reportImpression(env, custodianId, said, photo);
  }
  tick();
  await lockAway(env, custodianId, { bodyId: first.bodyId, containerId: null });
}

/** The supervisor finds the photos right. */
export async function lookInSample(env: Environment, requestId: string, personId: string): Promise<void> {
  const digest = digestOfStamping(await readHandImpressions(env.db, requestId));
  const stepUpId = await recordSamplePresence(env, personId, "confirm", requestId, digest);
  await lookAtPhotos(env, personId, requestId, { digest, wrong: [], answers: [], note: "", opened: [] }, stepUpId);
}

/** One copy went to the bank against a receipt, the other is filed. */
export async function accountInSample(env: Environment, requestId: string, personId: string): Promise<void> {
  const said = { courier: "", reason: "", evidenceId: null };
  await moveCopies(env, personId, requestId, {
    ...{ ...said, act: "hand-out", copies: [1], way: "in-person", receiver: "江城银行 营业部 王敏" },
  });
  await moveCopies(env, personId, requestId, {
    ...{ ...said, act: "file", copies: [2], way: null, receiver: "财务档案 2026-银行-07" },
  });
}

const pxPerMm = 4;
const paper = { width: 210 * pxPerMm, height: 297 * pxPerMm };

/** A sheet on a table with grey lines for words and the seal where it was pressed: a stand-in for a photo. */
async function drawPhoto(env: Environment, impression: HandImpressionRow, nth: number): Promise<Buffer> {
  // No two papers look quite the same, as no two photos do.
  const own = Number.parseInt(impression.impressionId.slice(-6), 16);
  const lines = Array.from({ length: 9 + nth }, (_, at) => {
    const width = (at % 4 === 3 ? 320 : 560) + ((own >> at) % 60);
    return `<rect x="110" y="${160 + at * 46}" width="${width}" height="12" fill="#cfcdc6"/>`;
  });
  const sheet = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${paper.width}" height="${paper.height}"><rect width="100%" height="100%" fill="#fbfaf6"/>${lines.join("")}</svg>`,
  );
  const { xMm, yMm } = impression.placement;
  const face = await sharp(await drawSealPicture(env, impression.sealId))
    .resize({ width: Math.round(42 * pxPerMm) })
    .rotate(nth - 1, { background: "#ffffff" })
    .toBuffer();
  const pressed = await sharp(sheet)
    .composite([{ input: face, left: Math.round(xMm * pxPerMm), top: Math.round(yMm * pxPerMm), blend: "multiply" }])
    .png()
    .toBuffer();
  return sharp(pressed)
    .rotate(1.5 - nth * 0.8, { background: "#b9b2a3" })
    .extend({ top: 40, bottom: 60, left: 50, right: 50, background: "#b9b2a3" })
    .jpeg({ quality: 78 })
    .toBuffer();
}
