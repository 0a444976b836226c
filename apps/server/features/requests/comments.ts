import { isBlank, listMentionRefusals, refuse } from "@chancery/domain";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { nameReaders } from "../confidential/readers.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { copyTo } from "./copies.ts";
import { loadRequest } from "./load-request.ts";
import { seesRequest } from "./may-see.ts";

/**
 * Adds a comment; who may read the request may comment on it (the route has asked). Whoever is mentioned is shown the
 * request from then on; in a confidential one the applicant alone names readers so, and others mention who reads it.
 */
export async function commentOnRequest(
  env: Environment,
  actorId: string,
  requestId: string,
  comment: { text: string; mentions?: readonly string[] },
): Promise<void> {
  if (isBlank(comment.text))
    throw problems.inputInvalid([{ path: "text", message: "shows nothing", zh: "没有可见内容" }]);
  const mentions = [...new Set(comment.mentions ?? [])].filter((one) => one !== actorId);
  await transact(env.db, async (tx) => {
    const about = { actorId, requestId };
    await recordEvent(tx, env, { type: "SealUseCommented", ...about, facts: {}, comment: comment.text });
    if (mentions.length === 0) return;
    const { row } = await loadRequest(tx, requestId);
    const confidential = row.confidential_reason !== null;
    const people = await readToMention(tx, env, requestId, mentions);
    const readersAlone = confidential && row.applicant_id !== actorId;
    const refusals = listMentionRefusals(mentions, people, row.entity_id, readersAlone);
    if (refusals.length > 0) throw refusedBy(refusals);
    const unread = people.flatMap((one) => (one.sees ? [] : [one.personId]));
    if (confidential) await nameReaders(tx, env, row, unread);
    const shown = await copyTo(tx, env, { requestId, personIds: mentions, cause: "mentioned", by: actorId });
    // Who is mentioned has to see it from then on: a draft is its applicant's alone.
    for (const personId of unread)
      if (!(await seesRequest(tx, personId, requestId, env.clock.now())))
        throw refusedBy([refuse("comment.draft", {}, "C11")]);
    for (const personId of mentions)
      await recordEvent(tx, env, {
        ...{ type: "SealUseMentioned", ...about, personId, facts: { firstTime: shown.includes(personId) } },
      });
  });
}

async function readToMention(tx: Tx, env: Environment, requestId: string, personIds: readonly string[]) {
  const rows = await tx
    .selectFrom("people")
    .select(["person_id", "state", "guest", "entity_id"])
    .where("person_id", "in", personIds)
    .execute();
  const people = [];
  for (const row of rows)
    people.push({
      ...{ personId: row.person_id, active: row.state === "active", guest: row.guest, entityId: row.entity_id },
      sees: await seesRequest(tx, row.person_id, requestId, env.clock.now()),
    });
  return people;
}
