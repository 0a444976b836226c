import { checkRuleSet, isBlocking, ownClassIds, type Refusal, type RuleSet, refuse } from "@chancery/domain";
import { z } from "zod";
import { readClassBook } from "../document-classes/class-rows.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { type MatterHandler, matterHandler } from "../matters/matter-handler.ts";
import { listGone, listNamed } from "./named-people.ts";
import { digestRules, readHeadEntity, readRulesInForce } from "./read-rules.ts";

const ChangeData = z.object({
  versionId: z.string().regex(/^rul_[0-9a-f-]{36}$/),
  /** What is decided is the draft as it was when it was proposed. */
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
});

/** New rules of use take force: on their day they replace those before, for every request that is submitted from then on. */
export const changeRules: MatterHandler = matterHandler<z.output<typeof ChangeData>>({
  data: ChangeData,
  subjects: () => ["rules"],
  check: async (tx, _, { row, data }) => {
    // Held, so that of two changes that take force at once the second one sees the first, as does whoever submits.
    await tx.selectFrom("installation").select("state").forUpdate().executeTakeFirstOrThrow();
    const draft = await tx
      .selectFrom("rule_versions")
      .select(["rules", "based_on", "in_force_at", "written_by"])
      .where("version_id", "=", data.versionId)
      .forUpdate()
      .executeTakeFirst();
    if (!draft || draft.in_force_at !== null) return [refuse("rules.gone", {})];
    const rules = draft.rules as unknown as RuleSet;
    const refusals: Refusal[] = [];
    const head = await readHeadEntity(tx);
    if (row.entity_id !== head.entityId) refusals.push(refuse("rules.other-entity", { entity: head.code }, "C11"));
    // Who wrote it asks for it, and who asks never decides.
    if (row.asked_by !== draft.written_by) refusals.push(refuse("rules.not-your-draft", {}, "C11"));
    // Of the tables themselves: what stands beside them could be changed alone.
    if (digestRules(rules) !== data.digest) refusals.push(refuse("rules.draft-changed", {}));
    const faults = checkRuleSet(rules, ownClassIds(await readClassBook(tx))).filter(isBlocking).length;
    if (faults > 0) refusals.push(refuse("rules.faulty", { faults }));
    if (draft.based_on !== (await readRulesInForce(tx)).versionId) refusals.push(refuse("rules.based-on-older", {}));
    if ((await listGone(tx, listNamed(rules))).length > 0) refusals.push(refuse("rules.person-unknown", {}, "C01"));
    return refusals;
  },
  carryOut: async (tx, env, { row, data }, actor) => {
    const { number } = await readRulesInForce(tx);
    await tx
      .updateTable("rule_versions")
      .set({ number: number + 1, matter_id: row.matter_id, in_force_at: new Date(env.clock.now()) })
      .where("version_id", "=", data.versionId)
      .execute();
    await recordEvent(tx, env, {
      ...{ type: "RulesChanged", actorId: actor.personId, matterId: row.matter_id },
      facts: { rules: data.versionId, version: number + 1, digest: data.digest },
    });
  },
});
