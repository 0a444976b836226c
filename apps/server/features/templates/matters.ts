import { listTemplateFaults, refuse } from "@chancery/domain";
import { z } from "zod";
import type { Tx } from "../../platform/db.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { type MatterHandler, matterHandler } from "../matters/matter-handler.ts";
import { textOfTemplate } from "./template-rows.ts";

const TemplateId = z.string().regex(/^tpl_[0-9a-f-]{36}$/);
const RegisterData = z.object({
  templateId: TemplateId,
  versionId: z.string().regex(/^tpv_[0-9a-f-]{36}$/),
  /** What is decided is the draft as it was when it was proposed. */
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
});
const WithdrawData = z.object({ templateId: TemplateId });

/** Versions of a template, held, so that of two changes that take force at once the second one sees the first. */
async function holdVersions(tx: Tx, templateId: string) {
  return tx
    .selectFrom("template_versions")
    .select(["version_id", "number", "entity_id", "in_force_at", "ended_at"])
    .where("template_id", "=", templateId)
    .orderBy("version_id")
    .forUpdate()
    .execute();
}

/** A standard document that was read once: what follows it, word for word but for its fields, goes a shorter route (C03). */
export const registerTemplate: MatterHandler = matterHandler<z.output<typeof RegisterData>>({
  data: RegisterData,
  subjects: ({ data }) => [`template:${data.templateId}`],
  check: async (tx, _, { row, data }) => {
    const versions = await holdVersions(tx, data.templateId);
    const draft = await tx
      .selectFrom("template_versions")
      .selectAll()
      .where("version_id", "=", data.versionId)
      .where("template_id", "=", data.templateId)
      .executeTakeFirst();
    if (!draft || draft.in_force_at !== null) return [refuse("template.gone", {})];
    const refusals = listTemplateFaults(textOfTemplate(draft));
    if (row.entity_id !== draft.entity_id) refusals.push(refuse("template.other-entity", {}, "C11"));
    // Who wrote it asks for it, and who asks never decides.
    if (row.asked_by !== draft.written_by) refusals.push(refuse("template.not-your-draft", {}, "C11"));
    if (draft.digest !== data.digest) refusals.push(refuse("template.draft-changed", {}));
    const earlier = versions.filter((one) => one.in_force_at !== null);
    if (earlier.length > 0 && earlier.every((one) => one.ended_at !== null))
      refusals.push(refuse("template.not-in-force", {}));
    return refusals;
  },
  carryOut: async (tx, env, { row, data }, actor) => {
    const versions = await holdVersions(tx, data.templateId);
    const now = new Date(env.clock.now());
    const number = 1 + Math.max(0, ...versions.map((one) => one.number ?? 0));
    await endVersions(tx, data.templateId, row.matter_id, now);
    await tx
      .updateTable("template_versions")
      .set({ number, matter_id: row.matter_id, in_force_at: now })
      .where("version_id", "=", data.versionId)
      .execute();
    await recordEvent(tx, env, {
      ...{ type: "TemplateRegistered", actorId: actor.personId, matterId: row.matter_id },
      facts: { template: data.versionId, version: number, digest: data.digest },
    });
  },
});

const endVersions = (tx: Tx, templateId: string, matterId: string, now: Date) =>
  tx
    .updateTable("template_versions")
    .set({ ended_at: now, ended_by: matterId })
    .where("template_id", "=", templateId)
    .where("in_force_at", "is not", null)
    .where("ended_at", "is", null)
    .execute();

/** A template that is followed no more; requests that were submitted keep what they were promised. */
export const withdrawTemplate: MatterHandler = matterHandler<z.output<typeof WithdrawData>>({
  data: WithdrawData,
  subjects: ({ data }) => [`template:${data.templateId}`],
  check: async (tx, _, { row, data }) => {
    const inForce = (await holdVersions(tx, data.templateId)).find((one) => one.in_force_at && !one.ended_at);
    if (!inForce) return [refuse("template.not-in-force", {})];
    return row.entity_id === inForce.entity_id ? [] : [refuse("template.other-entity", {}, "C11")];
  },
  carryOut: async (tx, env, { row, data }, actor) => {
    await endVersions(tx, data.templateId, row.matter_id, new Date(env.clock.now()));
    await recordEvent(tx, env, {
      ...{ type: "TemplateWithdrawn", actorId: actor.personId, matterId: row.matter_id },
      facts: { template: data.templateId },
    });
  },
});
