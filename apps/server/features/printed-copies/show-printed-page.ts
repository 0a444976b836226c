import type { RouteAnswer } from "@chancery/api/client";
import { type CopyState, refuse, type SealUseRequestState, standingOfCopy } from "@chancery/domain";
import { readPageCode } from "@chancery/printed-copy";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { readSettings } from "../settings/read-settings.ts";
import { readShowings } from "../stamped-copies/copy-rows.ts";
import { readHandImpressions } from "../stamping/open-stamping.ts";
import { pageCodeMac } from "./make-print-copy.ts";
import { pageCodeKey, requestOf } from "./page-codes.ts";

type Shown = RouteAnswer<"GET /v1/printed-pages/:code">;

/**
 * What the code on a page stands for: enough to hold it against the paper, and of what the paper says the title at most, as the
 * organisation chose. A code that this platform did not make is not found, and is told no more than that.
 */
export async function showPrintedPage(env: Environment, text: string): Promise<Shown> {
  const { printedPagePublic, printedPageTitle } = await readSettings(env.db, env.clock.now());
  // Said of every code alike, ours or not.
  if (printedPagePublic === 0) throw refusedBy([refuse("printed-page.not-public", {})]);
  const read = readPageCode(text.toUpperCase(), pageCodeMac(pageCodeKey(env)));
  if (!read.ok) throw problems.notFound();
  const { code } = read;
  const row = await env.db
    .selectFrom("seal_use_requests as r")
    .innerJoin("request_documents as rd", "rd.request_id", "r.request_id")
    .innerJoin("documents as d", "d.document_id", "rd.document_id")
    .innerJoin("entities as e", "e.entity_id", "r.entity_id")
    .select(["r.number", "r.state", "r.copies", "r.authorised_at", "d.pages", "e.time_zone", "e.name_en", "e.name_zh"])
    .select(["r.request_id", "d.document_id", "r.title", "r.confidential_reason"])
    .where("r.request_id", "=", requestOf(code.requestId))
    .where("d.digest", "like", `sha256:${code.digest}%`)
    .executeTakeFirst();
  if (!row || row.number === null) throw problems.notFound();
  return {
    ...{ number: row.number, entity: { en: row.name_en, zh: row.name_zh } },
    title: printedPageTitle === 1 && row.confidential_reason === null ? row.title : null,
    authorisedOn: row.authorised_at ? dayIn(row.time_zone, row.authorised_at.getTime()) : null,
    ...{ page: code.page, pages: row.pages.length, copy: code.copy, copies: row.copies ?? 1, digest: code.digest },
    standing: standingOfCopy({
      request: row.state as SealUseRequestState,
      impressions: (await readHandImpressions(env.db, row.request_id))
        .filter((one) => one.documentId === row.document_id && one.copy === code.copy)
        .map(({ state, late }) => (late ? "unknown" : state)),
      said: await readSaid(env, row.request_id, code.copy),
      showing: (await readShowings(env.db, env.clock.now(), row.request_id))(code.copy, row.document_id),
    }),
  };
}

/** What was said last of where a stamped copy is. */
async function readSaid(env: Environment, requestId: string, copy: number): Promise<CopyState | null> {
  const row = await env.db
    .selectFrom("stamped_copies")
    .select("state")
    .where("request_id", "=", requestId)
    .where("copy", "=", copy)
    .executeTakeFirst();
  return (row?.state ?? null) as CopyState | null;
}
