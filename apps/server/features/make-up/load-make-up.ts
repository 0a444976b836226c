import {
  isSamePaper,
  MAKE_UP_CAUSES,
  type MakeUpCause,
  type MakeUpFacts,
  type PlacedDocument,
  type SealUseRequestState,
  type StampedCopy,
  standsForCopy,
} from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { StoredPlacement } from "../requests/load-request.ts";
import { holdRequest, type RequestRow } from "../requests/request-row.ts";
import { readCopies } from "../stamped-copies/copy-rows.ts";
import { readMakeUpsOf } from "./make-up-rows.ts";

/** The copy that a request replaces, with what was said of it when it was asked for. */
export interface LoadedMakeUp extends MakeUpFacts {
  /** The request whose copy it is. */
  readonly requestId: string;
  readonly cause: MakeUpCause;
  readonly reason: string;
  readonly evidence: { readonly evidenceId: string; readonly digest: string };
}

/** Loads what a request replaces. With `lock` the request whose copy it is is held too: nobody says meanwhile where its copies are. */
export async function loadMakeUp(
  reader: Reader,
  row: RequestRow,
  documents: readonly PlacedDocument[],
  lock: boolean,
): Promise<LoadedMakeUp | null> {
  const { make_up_of: requestId, make_up_copy: copy, make_up_reason: reason, make_up_evidence: evidenceId } = row;
  const cause = MAKE_UP_CAUSES.find((one) => one === row.make_up_cause);
  if (requestId === null || copy === null || reason === null || evidenceId === null || cause === undefined) return null;
  if (lock) await holdRequest(reader, requestId);
  const original = await reader
    .selectFrom("seal_use_requests")
    .select(["number", "state"])
    .where("request_id", "=", requestId)
    .executeTakeFirstOrThrow();
  const { digest } = await reader
    .selectFrom("evidence")
    .select("digest")
    .where("evidence_id", "=", evidenceId)
    .executeTakeFirstOrThrow();
  const replaced: StampedCopy | undefined = (await readCopies(reader, requestId)).find((one) => one.copy === copy);
  const all = await readMakeUpsOf(reader, requestId);
  const own = all.find((one) => one.requestId === row.request_id);
  const other = all.find((one) => one !== own && one.copy === copy && standsForCopy(one));
  return {
    ...{ requestId, copy, cause, reason, evidence: { evidenceId, digest } },
    ...{ original: original.number, originalState: original.state as SealUseRequestState },
    ...{ replaced: replaced ?? null, other: other ? (other.number ?? "") : null },
    ...{ useMode: row.use_mode, copies: row.copies },
    begun: own?.impressions.some((state) => state !== "released") === true,
    samePaper: isSamePaper(await readPaper(reader, requestId), documents),
  };
}

/** The documents of a request with their places, as they were approved. */
async function readPaper(reader: Reader, requestId: string): Promise<PlacedDocument[]> {
  const rows = await reader
    .selectFrom("request_documents as r")
    .innerJoin("documents as d", "d.document_id", "r.document_id")
    .select(["d.digest", "r.placements"])
    .where("r.request_id", "=", requestId)
    .execute();
  return rows.map(({ digest, placements }) => ({ digest, placements: placements as unknown as StoredPlacement[] }));
}
