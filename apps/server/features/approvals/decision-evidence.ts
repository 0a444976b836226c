import type { DecisionEvidence } from "@chancery/api";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { digestOfKey } from "../identity/passkeys.ts";
import { proveEvents } from "../ledger/prove-leaf.ts";
import { eventsInOrder } from "../ledger/timeline.ts";
import { digestOfRequest, encodeApprovalSubject, loadRequest } from "../requests/load-request.ts";
import { readPeople } from "../requests/read-people.ts";

/** The entries of the ledger that are somebody's decision on what is sealed, and the act each was proved present for. */
const acts = {
  SealUseStepApproved: "approve",
  SealUseReleased: "release",
  SealUseConfirmed: "confirm",
} as const;
type Decided = keyof typeof acts;
const decided = Object.keys(acts) as Decided[];

/**
 * Every decision on a request in its round under way, or in an earlier one, from which agreements may still stand: those on
 * the digest of that round. Answers `not-found` for a request that was never
 * submitted, since nobody has decided on it.
 */
export async function readDecisionEvidence(
  env: Environment,
  requestId: string,
  earlier?: number,
): Promise<DecisionEvidence> {
  const loaded = await loadRequest(env.db, requestId);
  const { row } = loaded;
  if (row.digest === null || digestOfRequest(loaded) !== row.digest) throw problems.notFound();
  const decidedOn =
    earlier === undefined
      ? { digest: row.digest, subject: new TextDecoder().decode(encodeApprovalSubject(loaded)) }
      : await env.db
          .selectFrom("request_rounds")
          .select(["digest", "subject"])
          .where("request_id", "=", requestId)
          .where("round", "=", earlier)
          .executeTakeFirst();
  if (!decidedOn) throw problems.notFound();
  const events = await eventsInOrder(env.db)
    .select(["e.event_id", "e.type", "e.at", "e.actor_id", "e.facts"])
    .where("e.request_id", "=", requestId)
    .where("e.type", "in", decided)
    .execute();
  const rows = events.flatMap((event) => {
    const { digest, stepUp } = event.facts as { digest?: unknown; stepUp?: unknown };
    if (digest !== decidedOn.digest || event.actor_id === null) return [];
    return [{ ...event, actorId: event.actor_id, stepUp: typeof stepUp === "string" ? stepUp : null }];
  });
  const stepUps = await readStepUps(
    env,
    rows.flatMap((one) => one.stepUp ?? []),
  );
  const added = await findKeyEvents(
    env,
    [...stepUps.values()].flatMap((one) => one.assertion?.publicKey ?? []),
  );
  const proofs = await proveEvents(env.db, [...rows.map((one) => one.event_id), ...added.values()]);
  const person = await readPeople(
    env.db,
    rows.map((one) => one.actorId),
  );
  return {
    format: "chancery decision evidence v1",
    ...{ origin: env.origin, requestId, number: row.number },
    ...{ subject: decidedOn.subject, digest: decidedOn.digest },
    decisions: rows.map((one) => {
      const stepUp = one.stepUp === null ? undefined : stepUps.get(one.stepUp);
      const who = person(one.actorId);
      const key = stepUp?.assertion?.publicKey;
      return {
        ...{ type: one.type, act: acts[one.type as Decided], at: one.at.toISOString() },
        person: { personId: one.actorId, name: { en: who?.name.en ?? "", zh: who?.name.zh ?? "" } },
        method: stepUp?.method ?? "session",
        passkey:
          one.stepUp === null || !stepUp?.assertion
            ? null
            : {
                stepUpId: one.stepUp,
                ...stepUp.assertion,
                addedProof: proofs.get(added.get(key ?? "") ?? "") ?? null,
              },
        proof: proofs.get(one.event_id) ?? null,
      };
    }),
  };
}

interface ReadStepUp {
  readonly method: string;
  readonly assertion: { readonly publicKey: string; readonly response: Record<string, unknown> } | null;
}

async function readStepUps(env: Environment, stepUpIds: readonly string[]): Promise<Map<string, ReadStepUp>> {
  if (stepUpIds.length === 0) return new Map();
  const rows = await env.db
    .selectFrom("step_ups")
    .select(["step_up_id", "method", "assertion"])
    .where("step_up_id", "in", [...stepUpIds])
    .where("used_at", "is not", null)
    .execute();
  return new Map(
    rows.map((row) => {
      const kept = (row.assertion ?? {}) as { publicKey?: string; response?: Record<string, unknown> };
      const assertion = kept.publicKey && kept.response ? { publicKey: kept.publicKey, response: kept.response } : null;
      return [row.step_up_id, { method: row.method ?? "session", assertion }];
    }),
  );
}

/** The events that added these keys, by key; a key of before the ledger named keys has none. */
async function findKeyEvents(env: Environment, publicKeys: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const digests = new Map(publicKeys.map((key) => [digestOfKey(Buffer.from(key, "base64url")), key]));
  if (digests.size === 0) return found;
  const rows = await env.db
    .selectFrom("events")
    .select(["event_id", "facts"])
    .where("type", "=", "PasskeyAdded")
    .where((eb) => eb(eb.ref("facts", "->>").key("key"), "in", [...digests.keys()]))
    .execute();
  for (const { event_id, facts } of rows) {
    const key = digests.get(String((facts as { key?: unknown }).key));
    if (key) found.set(key, event_id);
  }
  return found;
}
