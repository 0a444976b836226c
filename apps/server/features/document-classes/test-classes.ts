import type { DocumentClassId } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import type { TestCrew } from "../../platform/test-crew.ts";
import { submitMatter } from "../matters/ask-matter.ts";
import { approveMatterInTest, askMatterInTest } from "../matters/test-matters.ts";
import { readClassVersions } from "./class-rows.ts";

/** What a matter wants of a class; a lease of the organisation's own where nothing else is said. */
export const leaseInTest = {
  ...{ classId: null as string | null, base: "contract", version: 0, name: { en: "Lease", zh: "租赁合同" } },
  ...{ makesRights: true, external: true, electronic: "first", electronicReason: { en: "", zh: "" } },
  ...{ sealKinds: ["contract"], words: ["lease agreement"], retired: false, confidential: false },
};
export type ClassWantedInTest = typeof leaseInTest;

/** Asks for a class as the crew's seal administrator; answers the matter, submitted. */
export async function askClassInTest(
  env: Environment,
  crew: TestCrew,
  change: Partial<ClassWantedInTest> = {},
): Promise<string> {
  const data = { ...leaseInTest, ...change };
  const matterId = await askMatterInTest(env, crew, { kind: "document-class", data });
  await submitMatter(env, crew.people.sealAdministrator, matterId);
  return matterId;
}

/** A class in force, agreed to by the lawyer and the signatory. */
export async function changeClassInTest(
  env: Environment,
  crew: TestCrew,
  change: Partial<ClassWantedInTest> = {},
): Promise<DocumentClassId> {
  const matterId = await askClassInTest(env, crew, change);
  await approveMatterInTest(env, matterId, crew.people.lawyer, crew.people.signatory);
  const made = (await readClassVersions(env.db)).find((one) => one.matterId === matterId);
  if (!made) throw new Error("the class of the test did not take force");
  return made.classId;
}
