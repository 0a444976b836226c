import type { RouteAnswer } from "@chancery/api/client";
import { findRemoteLapse } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import type { HandImpressionRow, StampingRow } from "../stamping/open-stamping.ts";
import type { LookRow } from "./look-rows.ts";

type View = RouteAnswer<"GET /v1/seal-use-requests/:requestId/stamping">["remote"];

/** What who supervises from elsewhere is asked, and was; null where nobody does. */
export async function showRemote(
  reader: Reader,
  env: Environment,
  of: {
    readonly remote: boolean;
    readonly stamping: StampingRow | undefined;
    readonly requestId: string;
    readonly impressions: readonly HandImpressionRow[];
  },
): Promise<View> {
  if (!(of.stamping ? of.stamping.remote : of.remote)) return null;
  const looks = await reader
    .selectFrom("remote_looks")
    .selectAll()
    .where("request_id", "=", of.requestId)
    .orderBy("asked_at")
    .orderBy("seq")
    .execute();
  const newest = looks.at(-1);
  const count = (state: "pressed" | "refused"): number => looks.filter((one) => one.state === state).length;
  return {
    look: newest ? showLook(newest, env.clock.now(), of.impressions) : null,
    pressed: count("pressed"),
    refused: count("refused"),
  };
}

function showLook(
  look: LookRow,
  now: number,
  impressions: readonly HandImpressionRow[],
): NonNullable<NonNullable<View>["look"]> {
  const expiresAt = look.expires_at.getTime();
  const answeredAt = look.answered_at?.getTime() ?? null;
  // What the clockwork has not come to yet is over all the same.
  const lapse = findRemoteLapse({ state: look.state, expiresAt, answeredAt, now });
  return {
    ...{ lookId: look.look_id, impressionId: look.impression_id },
    nth: impressions.findIndex((one) => one.impressionId === look.impression_id) + 1,
    ...{ askedAt: look.asked_at.toISOString(), expiresAt: look.expires_at.toISOString() },
    ...{ state: lapse === undefined ? look.state : ("lapsed" as const), lapse: lapse ?? look.lapse },
    ...{ evidenceId: look.evidence_id, unfit: look.unfit, digest: look.digest },
    ...{ answeredAt: look.answered_at?.toISOString() ?? null, reason: look.reason },
  };
}
