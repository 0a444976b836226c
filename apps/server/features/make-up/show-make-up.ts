import type { RouteAnswer } from "@chancery/api/client";
import { decideMakeUp, type StampedCopy, standsForCopy } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import type { LoadedRequest } from "../requests/load-request.ts";
import { seesRequest } from "../requests/may-see.ts";
import type { LoadedMakeUp } from "./load-make-up.ts";
import { readMakeUpsOf } from "./make-up-rows.ts";

type OfCopy = RouteAnswer<"GET /v1/seal-use-requests/:requestId/stamped-copies">["copies"][number];
type OfRequest = RouteAnswer<"GET /v1/seal-use-requests/:requestId">["makeUp"];

/** Of each copy the request that replaces it, and whether this person may ask for one. */
export async function showMakeUpsOf(
  env: Environment,
  personId: string,
  { row, forms }: LoadedRequest,
): Promise<(copy: StampedCopy) => Pick<OfCopy, "makeUp" | "mayMakeUp">> {
  const all = await readMakeUpsOf(env.db, row.request_id);
  const sees = new Map<string, boolean>();
  for (const { requestId } of all) sees.set(requestId, await seesRequest(env.db, personId, requestId, env.clock.now()));
  return (copy) => {
    const earlier = all.filter((one) => one.copy === copy.copy);
    // What nobody submitted is shown to who began it alone.
    const shown =
      earlier.find(standsForCopy) ?? earlier.find((one) => one.state === "draft" && one.applicantId === personId);
    const decided = decideMakeUp({
      ...{ actorId: personId, requestState: row.state, useMode: row.use_mode, usesForms: forms.length > 0 },
      askers: [row.applicant_id, row.handler_id].filter((one) => one !== null),
      ...{ copy, earlier, reason: "-", evidenced: true },
    });
    return {
      mayMakeUp: decided.ok,
      makeUp: shown
        ? {
            ...{ requestId: shown.requestId, number: shown.number, state: shown.state },
            opens: sees.get(shown.requestId) === true,
          }
        : null,
    };
  };
}

/** The copy that a request replaces, for whoever reads the request. */
export async function showMakeUp(env: Environment, personId: string, makeUp: LoadedMakeUp | null): Promise<OfRequest> {
  if (!makeUp) return null;
  const { requestId, original, copy, cause, reason, evidence } = makeUp;
  return {
    ...{ requestId, number: original, copy, cause, reason, evidenceId: evidence.evidenceId },
    opens: await seesRequest(env.db, personId, requestId, env.clock.now()),
  };
}
