import type { RouteAnswer } from "@chancery/api/client";
import { decideFinalCopy, decideFinalRuling } from "@chancery/domain";
import type { Place } from "@chancery/printed-copy";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { readPeople } from "../requests/read-people.ts";
import { readCopies } from "../stamped-copies/copy-rows.ts";
import { peopleOfCopies } from "../stamped-copies/move-copies.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { readStamping } from "../stamping/open-stamping.ts";
import {
  lacksPages,
  listApprovedPages,
  partsOfRequest,
  readFinalCopies,
  readFinalReviewers,
  readSheets,
} from "./final-copy-rows.ts";
import { bringTask } from "./follow-final-copy.ts";

type View = RouteAnswer<"GET /v1/seal-use-requests/:requestId/final-copies">;
type FinalView = View["finals"][number];

/** The final copies of a request with each page's verdict, until when one is asked for, and what the reader may do. */
export async function showFinalCopies(env: Environment, personId: string, requestId: string): Promise<View> {
  const stamping = await readStamping(env.db, requestId);
  if (!stamping) return { dueAt: null, mayBring: [], finals: [] };
  const view = await readGateFacts(env.db, env, requestId);
  const { loaded } = view;
  const known = await readCopies(env.db, requestId);
  const finals = await readFinalCopies(env.db, requestId);
  const task = await env.db
    .selectFrom("tasks")
    .select("due_at")
    .where("kind", "=", bringTask)
    .where("subject_key", "=", requestId)
    .where("state", "=", "open")
    .executeTakeFirst();
  const person = await readPeople(
    env.db,
    finals.flatMap((one) => [one.brought_by, one.ruled_by]),
  );
  const approved = listApprovedPages(loaded);
  const shown: FinalView[] = [];
  for (const final of finals) {
    const sheets = await readSheets(env.db, final.final_copy_id);
    const parts = [...partsOfRequest(loaded, stamping.opened_by), final.brought_by];
    const reviewers = (await readFinalReviewers(env.db, env, loaded, parts))?.people ?? [];
    const asked = { actorId: personId, state: final.state, lacksPages: lacksPages(final), reviewers, parts };
    shown.push({
      ...{ finalCopyId: final.final_copy_id, copy: final.copy, state: final.state },
      verdict: final.verdict as FinalView["verdict"],
      ...{ by: person(final.brought_by), at: final.brought_at.toISOString() },
      ...{ sheetsRead: sheets.length, sheets: final.sheets },
      pages: final.pages.map((page) => ({
        ...{ verdict: page.verdict, sheet: page.sheet, hint: page.hint },
        ...(approved[page.page ?? -1] ?? { documentId: null, page: null }),
        places: (sheets.find(({ sheet }) => sheet === page.sheet)?.places ?? []) as unknown as Place[],
      })),
      ruling: final.ruled_by
        ? {
            ruling: final.ruling as NonNullable<FinalView["ruling"]>["ruling"],
            ...{ reason: final.reason ?? "", by: person(final.ruled_by) },
            at: final.ruled_at?.toISOString() ?? final.brought_at.toISOString(),
          }
        : null,
      // Asked of the rule itself, with everything said that can be said.
      mayRule: decideFinalRuling({ ...asked, ruling: "not-agreed", reason: "-" }).ok,
    });
  }
  return {
    dueAt: task?.due_at?.toISOString() ?? null,
    mayBring: known.flatMap(({ copy }) => {
      const last = finals.findLast((one) => one.copy === copy) ?? null;
      const decided = decideFinalCopy({
        ...{
          actorId: personId,
          keepers: peopleOfCopies(view, stamping).keepers,
          copy,
          known,
          files: 1,
          filesBefore: 0,
        },
        requestState: loaded.row.state,
        last: last && { state: last.state, lacksPages: lacksPages(last) },
      });
      return decided.ok ? [copy] : [];
    }),
    finals: shown,
  };
}

/** One sheet of a scan, drawn small to be looked at. */
export async function readSheetPicture(
  env: Environment,
  of: { readonly requestId: string; readonly finalCopyId: string; readonly sheet: number },
): Promise<Buffer> {
  const row = await env.db
    .selectFrom("final_copy_sheets as s")
    .innerJoin("final_copies as c", "c.final_copy_id", "s.final_copy_id")
    .select("s.picture")
    .where("c.request_id", "=", of.requestId)
    .where("s.final_copy_id", "=", of.finalCopyId)
    .where("s.sheet", "=", of.sheet)
    .executeTakeFirst();
  if (!row) throw problems.notFound();
  const file = await env.files.read(row.picture);
  if (!file.ok) throw new Error(`the picture of a sheet cannot be read: ${file.code}`);
  return Buffer.from(file.bytes);
}
