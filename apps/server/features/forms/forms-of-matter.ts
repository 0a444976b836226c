import { writeFormRange } from "@chancery/domain";
import { z } from "zod";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";

const Named = z.object({ seriesId: z.string(), first: z.number().int(), last: z.number().int() });

/**
 * The series and numbers a matter names, as they are printed. Who decides on a destruction or carries it out reads them
 * here: he need have nothing to do with the series itself.
 */
export async function readFormsOfMatter(
  reader: Reader,
  matter: { kind: string; data: unknown },
): Promise<HandlerAnswer<"GET /v1/matters/:matterId">["forms"]> {
  const named = matter.kind === "destroy-forms" ? Named.safeParse(matter.data) : null;
  if (!named?.success) return null;
  const { seriesId, ...range } = named.data;
  const series = await reader
    .selectFrom("form_series")
    .select(["prefix", "digits", "name_en", "name_zh"])
    .where("series_id", "=", seriesId)
    .executeTakeFirst();
  if (!series) return null;
  return {
    ...{ seriesId, name: { en: series.name_en, zh: series.name_zh } },
    written: writeFormRange(series, range),
  };
}
