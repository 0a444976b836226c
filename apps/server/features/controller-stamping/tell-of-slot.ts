import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { custodiansOf, readHeldNow } from "../custody/postings.ts";
import { openCase } from "../tasks/open-case.ts";
import { openFinding } from "../tasks/open-finding.ts";

/** What does not agree of a slot of a controller. */
export interface SlotMatter {
  readonly source: string;
  readonly subjectKey: string;
  readonly entityId: string | null;
  readonly controllerId: string;
  readonly epoch: number;
  readonly slot: number;
  /** The piece that sits in it, as far as anybody knows. */
  readonly bodyId: string | null;
  readonly facts: Readonly<Record<string, string | number>>;
}

/**
 * Opens a case of what does not agree, once. Who stamped with the slot last explains it, else who keeps the piece in it; where there
 * is neither it is a finding for all who watch.
 */
export async function tellOfSlot(tx: Tx, env: Environment, matter: SlotMatter): Promise<void> {
  const { source, subjectKey, controllerId, epoch, slot, bodyId } = matter;
  // What was explained and closed is not asked again the next night.
  const told = await tx
    .selectFrom("findings")
    .select("finding_id")
    .where("source", "=", source)
    .where("subject_key", "=", subjectKey)
    .executeTakeFirst();
  if (told) return;
  const piece =
    bodyId === null
      ? undefined
      : await tx.selectFrom("seal_bodies").select("seal_id").where("body_id", "=", bodyId).executeTakeFirst();
  const stamped = await tx
    .selectFrom("controller_strokes as k")
    .innerJoin("controller_authorisations as a", "a.jti", "k.jti")
    .innerJoin("stampings as s", "s.request_id", "a.request_id")
    .select("s.opened_by")
    .where("k.controller_id", "=", controllerId)
    .where("k.epoch", "=", epoch)
    .where("k.slot", "=", slot)
    .orderBy("k.seq", "desc")
    .limit(1)
    .executeTakeFirst();
  const [keeper] = bodyId === null ? [] : custodiansOf((await readHeldNow(tx, [bodyId]))(bodyId));
  const explainerId = stamped?.opened_by ?? keeper ?? null;
  const finding = {
    ...{ control: "C09" as const, source, subjectKey, entityId: matter.entityId, actorId: null },
    ...{ sealId: piece?.seal_id ?? null, bodyId, personId: explainerId, facts: matter.facts },
  };
  if (explainerId === null) await openFinding(tx, env, finding);
  else await openCase(tx, env, { ...finding, explainerId });
}
