import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readDebts, readLookers } from "./follow-stamping.ts";
import { readGateFacts } from "./gate-facts.ts";
import { listLookConfirmers } from "./look.ts";
import { readStamping } from "./open-stamping.ts";

/** Whose turn it is in a stamping: who stamps, then who looks at the photos. */
export interface StampingTurn {
  readonly kind: "stamping" | "photos";
  readonly people: readonly string[];
}

/** Of requests in a list those that are stamped by hand now, or whose photos nobody has looked at. */
export async function readStampingTurns(
  reader: Reader,
  env: Environment,
  rows: readonly { readonly request_id: string; readonly state: string; readonly use_mode: string }[],
): Promise<Map<string, StampingTurn | null>> {
  const turns = new Map<string, StampingTurn | null>();
  for (const row of rows) {
    if (row.use_mode !== "by-hand" || (row.state !== "opened" && row.state !== "closed")) continue;
    turns.set(row.request_id, await readStampingTurn(reader, env, row.request_id));
  }
  return turns;
}

export async function readStampingTurn(
  reader: Reader,
  env: Environment,
  requestId: string,
): Promise<StampingTurn | null> {
  const stamping = await readStamping(reader, requestId);
  if (!stamping) return null;
  if (stamping.ended_at === null) return { kind: "stamping", people: [stamping.opened_by] };
  const debts = await readDebts(reader, stamping);
  if (!debts.includes("confirmation") && !debts.includes("look")) return null;
  const view = await readGateFacts(reader, env, requestId);
  return {
    kind: "photos",
    people: stamping.supervised
      ? listLookConfirmers(view).filter((person) => person !== stamping.opened_by)
      : ((await readLookers(reader, env, view, stamping))?.people ?? []),
  };
}
