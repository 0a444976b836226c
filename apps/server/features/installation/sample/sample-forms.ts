import { Readable } from "node:stream";
import { addDays } from "@chancery/domain";
import { encode } from "fast-png";
import type { Environment } from "../../../platform/environment.ts";
import { uploadEvidence } from "../../evidence/service.ts";
import { countStock, decideStockCount } from "../../forms/count-forms.ts";
import {
  confirmFormReceipt,
  issueForms,
  receiveForms,
  returnForms,
  useForms,
  voidForms,
} from "../../forms/move-forms.ts";
import { openSeries } from "../../forms/series.ts";
import { addMatterEvidence } from "../../matters/ask-matter.ts";
import { dayIn } from "../../organisation/read-grants.ts";
import { askSettingChange, decideSetting } from "../../settings/service.ts";
import type { PersonKey, SealKey } from "./sample-crew.ts";
import { approve, ask, confirm } from "./sample-matters.ts";

export interface SampleForForms {
  readonly env: Environment;
  readonly people: Readonly<Record<PersonKey, string>>;
  readonly seals: Readonly<Record<SealKey, string>>;
  readonly entityId: string;
}

/** Two series with numbers in every state: receipts, of which one is missing, and introduction letters, of which few are left. */
export async function makeSampleForms(place: SampleForForms): Promise<void> {
  const receipts = await makeReceipts(place);
  await makeLetters(place);
  await correctOne(place, receipts);
  await loosenOne(place);
}

/** A rule that is loosened for two months: it stands in the register of exceptions. */
async function loosenOne({ env, people }: SampleForForms): Promise<void> {
  const today = dayIn("Asia/Shanghai", env.clock.now());
  const { settingChangeId } = await askSettingChange(env, people.gao, {
    ...{ key: "custodianChangeReportWithin", value: 5, endsOn: addDays(today, 60) },
    reason: "The office moves until the end of January. · 一月底前办公室搬迁。",
  });
  await decideSetting(env, people.shen, settingChangeId, true);
}

async function makeReceipts(place: SampleForForms): Promise<string> {
  const { env, people, seals, entityId } = place;
  const { seriesId } = await openSeries(env, people.gao, {
    ...{ entityId, kind: "receipt", name: { en: "Receipts", zh: "收款收据" }, prefix: "SJ", digits: 6 },
    ...{ sealId: seals.finance, keeperId: people.song, lowMark: 100 },
  });
  const today = dayIn("Asia/Shanghai", env.clock.now());
  const deliver = (numbers: string, count: number, daysAgo: number) =>
    receiveForms(env, people.song, {
      ...{ seriesId, numbers, count, from: "Hengda printers · 恒达印务", receivedOn: addDays(today, -daysAgo) },
      evidenceId: null,
    });
  await deliver("1-300", 300, 60);
  await deliver("301-500", 200, 12);
  await hand(place, seriesId, "1-60", "xu", "Deposits at the trade fair · 展会订金");
  await hand(place, seriesId, "61-80", "zhou", "Sale of scrap · 废料处置收款");
  const use = (personId: string, numbers: string, reason: string) =>
    useForms(env, personId, { seriesId, numbers, requestId: null, reason });
  await use(people.xu, "1-41", "Sealed at the counter by the finance seal's custodian · 财务章柜台加盖");
  await use(people.zhou, "61-66", "Scrap, week 46 · 第 46 周废料款");
  await voidForms(env, people.xu, {
    ...{ seriesId, numbers: "42-43", reason: "Wrong amount, both copies kept · 金额填错，两联留存" },
    evidenceId: await photographForm(env, people.xu),
  });
  await returnForms(env, people.song, { seriesId, numbers: "51-60" });
  await destroyMisprints(place, seriesId);
  const numbers = "51-60, 81-216, 218-480";
  const { countId } = await countStock(env, people.song, { seriesId, numbers });
  const note = "Counted one after the other. · 先后各清点一遍。";
  await decideStockCount(env, people.ye, { seriesId, countId, numbers, note });
  return seriesId;
}

/** Issues numbers to somebody who confirms that he has them. */
async function hand(
  { env, people }: SampleForForms,
  seriesId: string,
  numbers: string,
  to: PersonKey,
  purpose: string,
): Promise<void> {
  await issueForms(env, people.song, { seriesId, numbers, toId: people[to], purpose });
  const { posting_id: postingId } = await env.db
    .selectFrom("form_postings")
    .select("posting_id")
    .where("series_id", "=", seriesId)
    .where("act", "=", "issue")
    .where("person_id", "=", people[to])
    .orderBy("nr", "desc")
    .executeTakeFirstOrThrow();
  await confirmFormReceipt(env, people[to], { seriesId, postingId });
}

async function destroyMisprints(place: SampleForForms, seriesId: string): Promise<void> {
  const { env, people } = place;
  const matterId = await ask(place, "destroy-forms", people.song, {
    sealId: null,
    title: "Misprinted receipts SJ000481–SJ000500 · 错印收据 SJ000481–SJ000500",
    reason: "The second copy has no number. · 第二联漏印号码。",
    data: { seriesId, first: 481, last: 500, executors: [people.jiang, people.bai], method: "Shredded · 碎纸" },
  });
  await approve(place, matterId);
  for (const slot of ["before", "after"]) {
    const evidenceId = await photographForm(env, people.song);
    await addMatterEvidence(env, people.song, { matterId, slot, evidenceId });
  }
  for (const one of [people.jiang, people.bai]) await confirm(place, one, matterId, "executor", {});
}

async function makeLetters(place: SampleForForms): Promise<void> {
  const { env, people, seals, entityId } = place;
  const { seriesId } = await openSeries(env, people.gao, {
    ...{ entityId, kind: "introduction-letter", name: { en: "Introduction letters", zh: "介绍信" } },
    ...{ prefix: "JS", digits: 5, sealId: seals.official, keeperId: people.song, lowMark: 30 },
  });
  const today = dayIn("Asia/Shanghai", env.clock.now());
  await receiveForms(env, people.song, {
    ...{ seriesId, numbers: "101-150", count: 50, from: "Hengda printers · 恒达印务", receivedOn: addDays(today, -40) },
    evidenceId: null,
  });
  await hand(place, seriesId, "101-115", "zhou", "Customs and suppliers · 海关与供应商");
  const sealed = await env.db
    .selectFrom("seal_use_requests")
    .select("request_id")
    .where("applicant_id", "=", people.zhou)
    .where("state", "=", "registered")
    .orderBy("number")
    .executeTakeFirstOrThrow();
  const use = { seriesId, requestId: sealed.request_id, reason: "" };
  await useForms(env, people.zhou, { ...use, numbers: "101" });
  await useForms(env, people.zhou, { ...use, numbers: "102-108", requestId: null, reason: "Stubs kept · 存根留存" });
  // Handed over this morning, and not confirmed yet.
  const wanted = { seriesId, numbers: "116-120", toId: people.xu, purpose: "Visits to distributors · 走访经销商" };
  await issueForms(env, people.song, wanted);
}

/** The inspector saw that a line named the wrong printer. */
async function correctOne(place: SampleForForms, seriesId: string): Promise<void> {
  const { env, people } = place;
  const rows = await env.db
    .selectFrom("register_lines")
    .select(["line_id", "facts", "number"])
    .where("register", "=", "controlled-forms")
    .where("kind", "=", "received")
    .orderBy("running", "desc")
    .execute();
  const line = rows.find((row) => row.facts.seriesId === seriesId);
  if (!line) throw new Error("the sample's receipts have no line");
  const matterId = await ask(place, "correct-line", people.ye, {
    sealId: null,
    title: `The printer in ${line.number} · ${line.number} 的印制方`,
    reason: "The delivery note names another printer. · 送货单上的印制方不同。",
    data: {
      lineId: line.line_id,
      register: "controlled-forms",
      point: "receivedFrom",
      reads: "Weixin printers · 维新印务",
    },
  });
  await approve(place, matterId);
}

/** A form struck through from corner to corner stands in for a photo. */
export async function photographForm(env: Environment, personId: string): Promise<string> {
  const [width, height] = [420, 280];
  const data = new Uint8Array(width * height * 3).fill(250);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const edge = x < 6 || y < 6 || x >= width - 6 || y >= height - 6;
      const line = y % 48 < 2 && x > 40 && x < width - 40;
      const struck = Math.abs(x / width - y / height) < 0.012;
      if (edge || line || struck) data.set(struck ? [60, 64, 72] : [176, 176, 168], (y * width + x) * 3);
    }
  const stream = Readable.from([Buffer.from(encode({ width, height, data, channels: 3, depth: 8 }))]);
  return (await uploadEvidence(env, personId, { stream, fileName: "form.png" })).evidenceId;
}
