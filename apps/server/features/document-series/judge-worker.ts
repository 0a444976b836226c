import { listSeriesColumns, readSeriesList } from "@chancery/domain";
import { measureBookText } from "@chancery/seal-image/font";
import { answerTasks } from "../../platform/answer-tasks.ts";
import { openPdfReader } from "../../platform/pdf-reader.ts";
import { readForm } from "./form.ts";
import type { JudgeAnswer, JudgeTask } from "./judge-list.ts";

const reader = openPdfReader();

async function judge({ form, rows }: JudgeTask): Promise<JudgeAnswer> {
  const fields = readForm(await reader, form);
  if (fields === null) return { ok: false, unfit: null };
  const unfit = fields.find(({ fits }) => !fits);
  if (unfit) return { ok: false, unfit: unfit.field.name };
  const columns = listSeriesColumns(fields.map(({ field, needed }) => ({ name: field.name, needed })));
  return { ok: true, ...readSeriesList({ rows, columns, fields, measure: measureBookText }) };
}

answerTasks(judge);
