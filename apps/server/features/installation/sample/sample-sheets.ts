import { Readable } from "node:stream";
import { addDays } from "@chancery/domain";
import { makeSamplePdf } from "../../../platform/sample-pdf.ts";
import { printSheets } from "../../forms/blank-sheets.ts";
import { giveLetterhead } from "../../forms/letterhead.ts";
import { confirmFormReceipt, returnForms } from "../../forms/move-forms.ts";
import { openSeries } from "../../forms/series.ts";
import { decideSheetReport, reportSheets } from "../../forms/sheet-reports.ts";
import { addMatterEvidence } from "../../matters/ask-matter.ts";
import { dayIn } from "../../organisation/read-grants.ts";
import type { PersonKey } from "./sample-crew.ts";
import { photographForm, type SampleForForms } from "./sample-forms.ts";
import { approve, ask, confirm } from "./sample-matters.ts";

/** Gives out three blank sheets on the company's letterhead, early enough that their day is over when the sample is made. */
export async function giveSampleSheets(place: SampleForForms): Promise<{ seriesId: string }> {
  const { env, people, seals, entityId } = place;
  const { seriesId } = await openSeries(env, people.gao, {
    ...{ entityId, kind: "blank-sheet", name: { en: "Blank sheets", zh: "空白用纸" }, prefix: "BZ", digits: 5 },
    ...{ sealId: seals.official, keeperId: people.song, lowMark: 0 },
  });
  const letterhead = makeSamplePdf([["# 澜汐仪器有限公司", "# Lanxi Instruments Ltd"]], false);
  await giveLetterhead(env, people.gao, seriesId, {
    ...{ stream: Readable.from([letterhead]), fileName: "letterhead.pdf" },
  });
  await give(place, seriesId, { asker: "jiang", taker: "xu", count: 3, days: 6, printed: true });
  return { seriesId };
}

/**
 * One came back as the scan of what it became, one was not needed and was destroyed by two, one is out past its day; and two
 * others that somebody has now can be sealed.
 */
export async function settleSampleSheets(place: SampleForForms, { seriesId }: { seriesId: string }): Promise<void> {
  const { env, people } = place;
  const { reportId } = await reportSheets(env, people.xu, {
    ...{ seriesId, numbers: "1", end: "returned", requestId: null },
    reason: "Visa of Xu Qing, at the consulate · 领馆签证材料（许青）",
    evidenceId: await photographForm(env, people.xu),
  });
  await decideSheetReport(env, people.song, {
    ...{ seriesId, reportId, confirmed: true, codes: "" },
    reason: "The consulate cut off the foot. · 页脚已被领馆裁去。",
  });
  await returnForms(env, people.song, { seriesId, numbers: "2" });
  const matterId = await ask(place, "destroy-forms", people.song, {
    sealId: null,
    title: "Blank sheet BZ00002 · 空白用纸 BZ00002",
    reason: "It was not needed. · 未使用，收回销毁。",
    data: { seriesId, first: 2, last: 2, executors: [people.jiang, people.bai], method: "Shredded · 碎纸" },
  });
  await approve(place, matterId);
  for (const slot of ["before", "after"]) {
    const evidenceId = await photographForm(env, people.song);
    await addMatterEvidence(env, people.song, { matterId, slot, evidenceId });
  }
  for (const one of [people.jiang, people.bai]) await confirm(place, one, matterId, "executor", {});
  await give(place, seriesId, { asker: "bai", taker: "zhou", count: 2, days: 10, printed: false });
}

async function give(
  place: SampleForForms,
  seriesId: string,
  wanted: { asker: PersonKey; taker: PersonKey; count: number; days: number; printed: boolean },
): Promise<void> {
  const { env, people } = place;
  const backBy = addDays(dayIn("Asia/Shanghai", env.clock.now()), wanted.days);
  const matterId = await ask(place, "blank-sheets", people[wanted.asker], {
    sealId: null,
    title: `${wanted.count} blank sheets for visas · 签证用空白用纸 ${wanted.count} 张`,
    reason: "The consulate fills in its own form before the applicant's eyes. · 领馆须当面填写其自有表格。",
    data: { count: wanted.count, takerId: people[wanted.taker], backBy, paper: "Letterhead · 公司信笺" },
  });
  await approve(place, matterId);
  await approve(place, matterId);
  if (wanted.printed) await printSheets(env, people.song, { seriesId, matterId });
  const { posting_id: postingId } = await env.db
    .selectFrom("form_postings")
    .select("posting_id")
    .where("matter_id", "=", matterId)
    .where("act", "=", "issue")
    .executeTakeFirstOrThrow();
  await confirmFormReceipt(env, people[wanted.taker], { seriesId, postingId });
}
