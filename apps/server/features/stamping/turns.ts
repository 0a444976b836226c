import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { isPressWaiting } from "../remote-supervision/tell-supervisor.ts";
import { partsOf, readDebts, readLookers } from "./follow-stamping.ts";
import { readGateFacts } from "./gate-facts.ts";
import { listLookConfirmers } from "./look.ts";
import { readStamping } from "./open-stamping.ts";
import { listRulers } from "./rule-impression.ts";

/**
 * Whose turn it is in a stamping: who stamps, or who supervises from elsewhere while a press waits for his word; then who looks at the photos; or two people who decide what is not known. `case`: what
 * froze it has to be explained and closed.
 */
export interface StampingTurn {
  readonly kind: "stamping" | "agreement" | "photos" | "ruling" | "case";
  readonly people: readonly string[];
}

type TurnInList = StampingTurn & { readonly kind: "stamping" | "agreement" | "photos" };

/** Of requests in a list those that are stamped by hand now, or whose photos nobody has looked at. */
export async function readStampingTurns(
  reader: Reader,
  env: Environment,
  rows: readonly { readonly request_id: string; readonly state: string; readonly use_mode: string }[],
): Promise<Map<string, TurnInList | null>> {
  const turns = new Map<string, TurnInList | null>();
  for (const row of rows) {
    if (row.use_mode !== "by-hand" || (row.state !== "opened" && row.state !== "closed")) continue;
    const turn = await readStampingTurn(reader, env, row.request_id);
    // Who decides what is not known, or explains what froze it, is asked by a task.
    turns.set(
      row.request_id,
      turn && turn.kind !== "ruling" && turn.kind !== "case" ? { ...turn, kind: turn.kind } : null,
    );
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
  const debts = await readDebts(reader, stamping);
  const view = await readGateFacts(reader, env, requestId);
  const isFrozen = view.loaded.row.state === "frozen";
  const supervisorId = view.loaded.row.confirmed_by;
  if (stamping.ended_at === null && !isFrozen && stamping.remote && supervisorId !== null)
    if (await isPressWaiting(reader, env.clock.now(), requestId)) return { kind: "agreement", people: [supervisorId] };
  if (stamping.ended_at === null && !isFrozen) return { kind: "stamping", people: [stamping.opened_by] };
  const looks = debts.includes("confirmation") || debts.includes("look");
  if (debts.includes("ruling") && (isFrozen || !looks)) {
    const parts = partsOf(view, stamping);
    const people = [...(await listRulers(reader, env, view))].filter((person) => !parts.includes(person));
    return { kind: "ruling", people };
  }
  if (isFrozen) return { kind: "case", people: [] };
  if (!looks) return null;
  return {
    kind: "photos",
    people: stamping.supervised
      ? listLookConfirmers(view).filter((person) => person !== stamping.opened_by)
      : ((await readLookers(reader, env, view, stamping))?.people ?? []),
  };
}
