import { isOfLine, listTrialRows, type Refusal, refuse } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { readClassBook } from "../document-classes/class-rows.ts";
import { readOwnNames } from "../requests/document-reading.ts";
import { listFormFields } from "./form.ts";
import { type JudgeAnswer, judgeList } from "./judge-list.ts";
import { makeInThread } from "./make-documents.ts";
import { readFormSource, readSeriesTemplate } from "./series-rows.ts";

/**
 * Why no series could be made from a template, tried with the shortest values there are: told when it is registered, and not
 * to who hands in a list of three hundred lines. Where all threads are taken nothing is told.
 */
export async function trySeries(env: Environment, versionId: string): Promise<Refusal[]> {
  const form = await readFormSource(env, versionId);
  if (!form) return [];
  const fields = listFormFields(form).map(({ field, ...one }) => ({ ...one, kind: field.kind }));
  if (fields.length === 0) return [];
  const judged = await judgeUnlessBusy({ form, rows: listTrialRows(fields) });
  if (judged === null) return [];
  if (!judged.ok)
    return [
      judged.unfit === null
        ? refuse("series.document-refused")
        : refuse("series.template-unfit", { field: judged.unfit }),
    ];
  if (judged.faults.length > 0) return onlyOnce(judged.faults.map(({ refusal }) => refusal));
  const { documentClass } = await readSeriesTemplate(env.db, versionId);
  const made = await makeInThread({
    ...{ form, lines: judged.lines.slice(0, 1), documentClass, currency: "CNY" },
    ...{ ownNames: await readOwnNames(env.db), classes: await readClassBook(env.db) },
  });
  if (!made.ok) return [];
  return onlyOnce(made.answer.flatMap((one) => (one.ok ? [] : one.faults.map(({ refusal }) => refusal))));
}

async function judgeUnlessBusy(task: Parameters<typeof judgeList>[0]): Promise<JudgeAnswer | null> {
  try {
    return await judgeList(task);
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

const onlyOnce = (refusals: readonly Refusal[]): Refusal[] => [
  ...new Map(refusals.filter((one) => !isOfLine(one)).map((one) => [JSON.stringify(one), one])).values(),
];
