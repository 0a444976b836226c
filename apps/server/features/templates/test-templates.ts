import { Readable } from "node:stream";
import type { DocumentClassId, TemplateMark } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import type { TestCrew } from "../../platform/test-crew.ts";
import { submitMatter } from "../matters/ask-matter.ts";
import { approveMatterInTest, askMatterInTest } from "../matters/test-matters.ts";
import { beginTemplate, saveTemplate } from "./draft-service.ts";
import { readTemplateVersion } from "./read-model.ts";

export interface TestTemplate {
  readonly bytes: Buffer;
  readonly documentClass: DocumentClassId;
  readonly marks?: readonly TemplateMark[];
  readonly replaces?: string;
}

/** A draft of a template as the crew's seal administrator wrote it. */
export async function draftTemplateInTest(
  env: Environment,
  crew: TestCrew,
  { bytes, documentClass, marks = [], replaces }: TestTemplate,
): Promise<{ versionId: string; templateId: string; digest: string }> {
  const { sealAdministrator } = crew.people;
  const versionId = await beginTemplate(env, sealAdministrator, {
    ...{ stream: Readable.from([bytes]), fileName: "template.pdf" },
  });
  await saveTemplate(env, sealAdministrator, versionId, {
    ...{ revision: 1, entityId: crew.entityId, name: { en: "Template", zh: "模板" }, documentClass, language: "en" },
    ...{ replaces: replaces ?? null, marks },
  });
  const { version, digest } = await readTemplateVersion(env, sealAdministrator, versionId);
  return { versionId, templateId: version.templateId, digest };
}

/** Puts a template in force: asked for by the seal administrator, approved by the lawyer and the signatory. */
export async function registerTemplateInTest(
  env: Environment,
  crew: TestCrew,
  template: TestTemplate,
): Promise<{ versionId: string; templateId: string }> {
  const data = await draftTemplateInTest(env, crew, template);
  const matterId = await askMatterInTest(env, crew, { kind: "register-template", data });
  await submitMatter(env, crew.people.sealAdministrator, matterId);
  await approveMatterInTest(env, matterId, crew.people.lawyer, crew.people.signatory);
  return data;
}

/** Ends a template. */
export async function withdrawTemplateInTest(env: Environment, crew: TestCrew, templateId: string): Promise<void> {
  const matterId = await askMatterInTest(env, crew, { kind: "withdraw-template", data: { templateId } });
  await submitMatter(env, crew.people.sealAdministrator, matterId);
  await approveMatterInTest(env, matterId, crew.people.signatory);
}
