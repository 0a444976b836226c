import type { RuleSet } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import type { TestCrew } from "../../platform/test-crew.ts";
import { submitMatter } from "../matters/ask-matter.ts";
import { approveMatterInTest, askMatterInTest } from "../matters/test-matters.ts";
import { beginDraft, saveDraft } from "./draft-service.ts";
import { digestRules, readRulesInForce } from "./read-rules.ts";

/** Puts changed rules in force, asked for by the seal administrator and approved by the signatory. */
export async function changeRulesInTest(
  env: Environment,
  crew: TestCrew,
  change: (rules: RuleSet) => RuleSet,
): Promise<string> {
  const { sealAdministrator, signatory } = crew.people;
  const { versionId: from, rules } = await readRulesInForce(env.db);
  const versionId = await beginDraft(env, sealAdministrator, { from, note: "" });
  const changed = change(rules);
  await saveDraft(env, sealAdministrator, versionId, { revision: 1, note: "", rules: changed });
  const data = { versionId, digest: digestRules(changed) };
  const matterId = await askMatterInTest(env, crew, { kind: "change-rules", data });
  await submitMatter(env, sealAdministrator, matterId);
  await approveMatterInTest(env, matterId, signatory);
  return versionId;
}
