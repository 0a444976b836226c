import {
  type DocumentClassId,
  listTemplateFaults,
  markFormFields,
  type PageText,
  readClassOf,
  readDocumentText,
  refuse,
  sketchTemplate,
  type TemplateMark,
} from "@chancery/domain";
import { cleanFileName } from "../../platform/clean-input.ts";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { listChoiceRefusals } from "../document-classes/class-matter.ts";
import { readClassBook } from "../document-classes/class-rows.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { readUpload } from "../requests/read-upload.ts";
import { digestTemplate, type TemplateFacts, textOfTemplate } from "./template-rows.ts";

/** Entities whose seals a person runs: their templates are his to write. */
export async function listWritableEntities(reader: Reader, env: Environment, personId: string): Promise<string[]> {
  const held = await readGrantsInForce(reader, env.clock.now(), { personId });
  return [...new Set(held.filter((grant) => grant.role === "seal-administrator").map((grant) => grant.entityId))];
}

async function requireWriter(reader: Reader, env: Environment, personId: string, entityId: string): Promise<void> {
  const mine = await listWritableEntities(reader, env, personId);
  if (!mine.includes(entityId)) throw refusedBy([refuse("template.other-entity", {}, "C11")]);
}

const mostName = 120;

/**
 * Begins a template from a PDF, or from a Word file that is turned into one. A form is meant to be unfinished, so nothing is asked of its blanks; it has to be a file
 * that can be sealed, with text that can be compared.
 */
export async function beginTemplate(
  env: Environment,
  personId: string,
  upload: { stream: AsyncIterable<Uint8Array>; fileName: string },
): Promise<string> {
  const [entityId] = await listWritableEntities(env.db, env, personId);
  if (entityId === undefined) throw refusedBy([refuse("template.other-entity", {}, "C11")]);
  const { digest, sizeBytes, inspected, texts } = await readUpload(env, upload.stream, { takesWord: true });
  const text = readDocumentText(texts);
  const now = env.clock.now();
  // What is kept, and handed out to be filled in, is the PDF.
  const fileName = cleanFileName(upload.fileName, "template.pdf").replace(/\.docx$/iu, ".pdf");
  const name = fileName.replace(/\.pdf$/iu, "").slice(0, mostName) || "template";
  const versionId = newId("tpv", now);
  const facts: TemplateFacts = {
    ...{ templateId: newId("tpl", now), entityId, name: { en: name, zh: name } },
    ...{
      documentClass: readClassOf(text, await readClassBook(env.db)) ?? "other",
      language: guessLanguage(texts),
      fileDigest: digest,
      // A form says itself where it is filled in; its writer takes away what is no field of the template.
      marks: markFormFields(inspected.formPlaces, inspected.pages),
    },
  };
  await transact(env.db, async (tx) => {
    await tx
      .insertInto("files")
      .values({ digest, size_bytes: sizeBytes, media_type: "application/pdf", stored_at: new Date(now) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await tx
      .insertInto("template_versions")
      .values({
        ...{ version_id: versionId, ...columns(facts), file_name: fileName, file_digest: digest },
        ...{ pages: JSON.stringify(inspected.pages), texts: JSON.stringify(texts) },
        sketch: JSON.stringify(sketchTemplate(textOfTemplate({ texts, marks: facts.marks }))),
        ...{ written_by: personId, written_at: new Date(now), updated_at: new Date(now), revision: 1, number: null },
      })
      .execute();
    await recordEvent(tx, env, {
      ...{ type: "TemplateDrafted", actorId: personId },
      facts: { template: versionId, digest, pages: inspected.pages.length },
    });
  });
  return versionId;
}

function guessLanguage(texts: readonly PageText[]): TemplateFacts["language"] {
  const said = texts.flatMap((page) => page.runs.map((run) => run.text)).join("");
  const [chinese, latin] = [said.match(/\p{Script=Han}/gu)?.length ?? 0, said.match(/\p{Script=Latin}/gu)?.length ?? 0];
  // A Chinese character says as much as a few letters.
  if (chinese * 20 < latin) return "en";
  return chinese * 2 < latin ? "both" : "zh";
}

function columns(facts: TemplateFacts) {
  return {
    ...{ template_id: facts.templateId, entity_id: facts.entityId, name_en: facts.name.en, name_zh: facts.name.zh },
    ...{ document_class: facts.documentClass, language: facts.language, marks: JSON.stringify(facts.marks) },
    digest: digestTemplate(facts),
  };
}

/** A draft held until the transaction ends. It is its writer's alone; what is under decision stays as it was proposed. */
async function holdDraft(tx: Tx, actorId: string, versionId: string) {
  const row = await tx
    .selectFrom("template_versions")
    .selectAll()
    .where("version_id", "=", versionId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw problems.notFound();
  if (row.in_force_at !== null) throw refusedBy([refuse("template.gone", {})]);
  if (row.written_by !== actorId) throw refusedBy([refuse("template.not-your-draft", {}, "C11")]);
  const asked = await tx
    .selectFrom("matters")
    .select("matter_id")
    .where("kind", "=", "register-template")
    .where("state", "in", ["in-review", "approved"])
    .where((eb) => eb(eb.ref("data", "->>").key("versionId" as never), "=", versionId))
    .executeTakeFirst();
  if (asked) throw refusedBy([refuse("template.proposed", {})]);
  return row;
}

export interface TemplateDraft {
  readonly revision: number;
  readonly entityId: string;
  readonly name: { readonly en: string; readonly zh: string };
  readonly documentClass: DocumentClassId;
  readonly language: TemplateFacts["language"];
  /** The template it is a new version of. */
  readonly replaces: string | null;
  readonly marks: readonly TemplateMark[];
}

/** Saves what is said of a draft and the fields drawn on it. What another window saved is never overwritten unseen. */
export async function saveTemplate(
  env: Environment,
  actorId: string,
  versionId: string,
  draft: TemplateDraft,
): Promise<void> {
  await transact(env.db, async (tx) => {
    const row = await holdDraft(tx, actorId, versionId);
    if (row.revision !== draft.revision) throw problems.changedMeanwhile();
    await requireWriter(tx, env, actorId, draft.entityId);
    // A class that was retired meanwhile stays where it stood; nobody chooses it anew.
    const unfit = listChoiceRefusals(await readClassBook(tx), draft.documentClass);
    if (unfit.length > 0 && draft.documentClass !== row.document_class) throw refusedBy(unfit);
    const templateId = await pickTemplate(tx, env, row.template_id, draft);
    const facts: TemplateFacts = { ...pickFacts(draft), templateId, fileDigest: row.file_digest };
    const text = textOfTemplate({ texts: row.texts, marks: draft.marks });
    await tx
      .updateTable("template_versions")
      .set({
        ...columns(facts),
        ...{ sketch: JSON.stringify(sketchTemplate(text)), revision: row.revision + 1 },
        updated_at: new Date(env.clock.now()),
      })
      .where("version_id", "=", versionId)
      .execute();
    const digest = digestTemplate(facts);
    if (digest !== row.digest)
      await recordEvent(tx, env, {
        ...{ type: "TemplateDraftSaved", actorId },
        facts: { template: versionId, digest, faults: listTemplateFaults(text).length },
      });
  });
}

const pickFacts = ({ entityId, name, documentClass, language, marks }: TemplateDraft) => ({
  ...{ entityId, name, documentClass, language, marks },
});

/** The template a draft is a version of: the one it replaces, or one of its own. */
async function pickTemplate(
  tx: Tx,
  env: Environment,
  own: string,
  { replaces, entityId }: TemplateDraft,
): Promise<string> {
  if (replaces === null) {
    const shared = await tx
      .selectFrom("template_versions")
      .select("version_id")
      .where("template_id", "=", own)
      .where("in_force_at", "is not", null)
      .executeTakeFirst();
    return shared ? newId("tpl", env.clock.now()) : own;
  }
  const replaced = await tx
    .selectFrom("template_versions")
    .select("entity_id")
    .where("template_id", "=", replaces)
    .where("in_force_at", "is not", null)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  if (replaced?.entity_id !== entityId) throw refusedBy([refuse("template.not-in-force", {})]);
  return replaces;
}

/** Discards a draft; nothing ever followed it. */
export async function discardTemplate(env: Environment, actorId: string, versionId: string): Promise<void> {
  await transact(env.db, async (tx) => {
    await holdDraft(tx, actorId, versionId);
    await tx.deleteFrom("template_versions").where("version_id", "=", versionId).execute();
    await recordEvent(tx, env, { type: "TemplateDraftDiscarded", actorId, facts: { template: versionId } });
  });
}
