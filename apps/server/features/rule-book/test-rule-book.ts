import type { Environment } from "../../platform/environment.ts";
import type { TestCrew } from "../../platform/test-crew.ts";
import { presentInTest } from "../../platform/test-walk.ts";
import { submitMatter } from "../matters/ask-matter.ts";
import { approveMatterInTest, askMatterInTest } from "../matters/test-matters.ts";
import { confirmReading, getReadingDigest } from "./confirm.ts";
import { writeVersion } from "./write-version.ts";

/** Writes a version and asks for its publication; answers both ids. */
export async function askForRuleBookInTest(
  env: Environment,
  crew: TestCrew,
  effectiveOn: string | null = null,
): Promise<{ versionId: string; matterId: string }> {
  const versionId = await writeVersion(env, crew.people.sealAdministrator);
  const { digest } = await env.db
    .selectFrom("rule_book_versions")
    .select("digest")
    .where("version_id", "=", versionId)
    .executeTakeFirstOrThrow();
  const matterId = await askMatterInTest(env, crew, {
    ...{ kind: "publish-rule-book", data: { versionId, digest }, effectiveOn },
  });
  return { versionId, matterId };
}

/** Publishes the rule book of now, approved by the signatory. */
export async function publishRuleBookInTest(env: Environment, crew: TestCrew): Promise<string> {
  const { versionId, matterId } = await askForRuleBookInTest(env, crew);
  await submitMatter(env, crew.people.sealAdministrator, matterId);
  await approveMatterInTest(env, matterId, crew.people.signatory);
  return versionId;
}

export async function readInTest(env: Environment, personId: string, versionId: string): Promise<void> {
  const digest = await getReadingDigest(env, personId, versionId);
  const stepUpId = await presentInTest(env, personId, "rule-book", versionId, digest);
  await confirmReading(env, personId, { versionId, digest, presence: { stepUpId, method: "password" } });
}
