import { listSeriesColumns, type SeriesColumn } from "@chancery/domain";
import { stringify } from "csv-stringify/sync";
import writeXlsxFile, { type SheetData } from "write-excel-file/node";
import type { RawAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { aboutTitles } from "./begin-series.ts";
import { listFormFields } from "./form.ts";

type Language = "en" | "zh";

/** An empty list with a column for each field of a template in force, and what may stand in it. */
export async function makeList(
  env: Environment,
  wanted: { readonly versionId: string; readonly language: Language; readonly format: "xlsx" | "csv" },
): Promise<RawAnswer> {
  const row = await env.db
    .selectFrom("template_versions")
    .select(["name_en", "name_zh", "texts", "marks"])
    .where("version_id", "=", wanted.versionId)
    .where("in_force_at", "is not", null)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  if (!row) throw problems.notFound();
  const { language } = wanted;
  const fields = listFormFields(row);
  const columns = listSeriesColumns(fields);
  const heads = columns.map(({ head }) => head[language]);
  const name = language === "zh" ? `${row.name_zh} 清单` : `${row.name_en} list`;
  const contentType = "application/octet-stream";
  if (wanted.format === "csv")
    return { contentType, fileName: `${name}.csv`, body: Buffer.from(`\ufeff${stringify([heads])}`) };
  const sheet = {
    sheet: { en: "List", zh: "清单" }[language],
    data: [heads.map((value) => ({ value, type: String, fontWeight: "bold" as const }))] satisfies SheetData,
    columns: heads.map(() => ({ width: 24 })),
    stickyRowsCount: 1,
  };
  const text = (value: string) => ({ value, type: String });
  const [must, may] = language === "zh" ? ["必填", "可选"] : ["needed", "optional"];
  const about = {
    sheet: aboutTitles[language],
    data: columns.map((column) => [
      text(column.head[language]),
      text(column.needed ? must : may),
      text(tell(column, fields, language)),
    ]) satisfies SheetData,
    columns: [{ width: 28 }, { width: 12 }, { width: 90 }],
  };
  return { contentType, fileName: `${name}.xlsx`, body: await writeXlsxFile([sheet, about]).toBuffer() };
}

function tell({ key }: SeriesColumn, fields: ReturnType<typeof listFormFields>, language: Language): string {
  const said = {
    text: { en: "A short name, without punctuation", zh: "简短的名称，不含标点" },
    words: { en: "Text, as it is to stand in the document", zh: "文字，原样填入文件" },
    party: { en: "Name of a party", zh: "当事人名称" },
    amount: { en: "An amount in figures or in words", zh: "金额（数字或大写）" },
    date: { en: "A day, as 2027-03-31", zh: "日期，如 2027-03-31" },
    counterparty: {
      en: "The other side, as in the document; empty for what stays inside",
      zh: "相对方，与文件一致；内部文件留空",
    },
    sum: {
      en: "What the document is about, in figures; empty where it states none",
      zh: "文件涉及的金额（数字）；无金额则留空",
    },
    name: {
      en: "Name of the file; made of its number and the other side where empty",
      zh: "文件名；留空时由序号和相对方生成",
    },
  } as const;
  if (typeof key !== "number") return said[key === "amount" ? "sum" : key][language];
  return said[fields[key]?.field.kind ?? "text"][language];
}
