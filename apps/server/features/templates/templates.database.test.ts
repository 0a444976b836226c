import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { after, before, describe, test } from "node:test";
import type { Environment } from "../../platform/environment.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { makeTestPdf } from "../../platform/test-pdf.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { createWordConverter, findLibreOffice } from "../../platform/word-converter.ts";
import { submitMatter } from "../matters/ask-matter.ts";
import { approveMatterInTest, askMatterInTest } from "../matters/test-matters.ts";
import { makeTestWord } from "../word-files/test-word.ts";
import { beginTemplate, discardTemplate, saveTemplate } from "./draft-service.ts";
import { readTemplates, readTemplateVersion } from "./read-model.ts";
import { draftTemplateInTest, registerTemplateInTest, withdrawTemplateInTest } from "./test-templates.ts";

let place: TestEnvironment;
let crew: TestCrew;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
});
after(() => place?.close());

const form = (third = "The buyer pays within thirty days after the goods were accepted in writing.") =>
  makeTestPdf([
    "Supply contract",
    "Buyer: ____________",
    "The seller delivers {{goods}} to the buyer and bears the risk until they were accepted.",
    third,
    "Date: ____________",
  ]);
const stateOf = async (versionId: string) => {
  const { items } = await readTemplates(place.env, crew.people.applicant);
  return items.find((one) => one.versionId === versionId)?.state;
};

describe("templates", () => {
  test("C03: a form becomes a template though it is unfinished; its fields are found, and drawn ones are added", async () => {
    const { env } = place;
    const box = { x: 20, y: 17.5, width: 120, height: 5 };
    const marks = [{ name: "heading", kind: "text" as const, mostCharacters: 60, page: 0, place: box }];
    const { versionId } = await draftTemplateInTest(env, crew, { bytes: form(), documentClass: "contract", marks });
    const detail = await readTemplateVersion(env, crew.people.sealAdministrator, versionId);
    assert.deepEqual(
      detail.fields.map(({ name, kind, mark }) => [name, kind, mark]),
      [
        ["heading", "text", 0],
        ["Buyer", "party", null],
        ["goods", "text", null],
        ["Date", "date", null],
      ],
    );
    assert.deepEqual(detail.faults, []);
    assert.deepEqual(await codesOf(readTemplateVersion(env, crew.people.applicant, versionId)), ["subject.not-found"]);
  });

  test("C03: the fields of a PDF form are fields of the template that is begun with it", async () => {
    const { env } = place;
    const bytes = makeTestPdf(
      [
        "Supply contract",
        "Buyer:",
        "The seller delivers the goods to the buyer and bears the risk until then.",
        "Signed:",
      ],
      {
        catalog: "/AcroForm << /Fields [6 0 R] >>",
        page: "/Annots [6 0 R]",
        objects: ["<< /T (Buyer) /FT /Tx /MaxLen 40 /Type /Annot /Subtype /Widget /Rect [110 762 300 778] /P 3 0 R >>"],
      },
    );
    const versionId = await beginTemplate(env, crew.people.sealAdministrator, {
      ...{ stream: Readable.from([bytes]), fileName: "form.pdf" },
    });
    const { fields, marks } = await readTemplateVersion(env, crew.people.sealAdministrator, versionId);
    assert.deepEqual(
      fields.map(({ name, kind, mostCharacters, mark }) => [name, kind, mostCharacters, mark]),
      [["Buyer", "party", 40, 0]],
    );
    assert.equal(marks.length, 1);
  });

  test("C03: a Word file is turned into the PDF that is the template, or refused with nothing kept of it", async (context) => {
    const { sealAdministrator } = crew.people;
    const begin = (env: Environment, bytes: Uint8Array) =>
      beginTemplate(env, sealAdministrator, {
        ...{ stream: Readable.from([Buffer.from(bytes)]), fileName: "Supply contract.DOCX" },
      });
    const lines = ["Supply contract 供货合同", "Buyer: ____________", "The seller delivers the goods within ten days."];
    const stored = async (): Promise<number> => (await Array.fromAsync(place.env.files.list())).length;
    const before = await stored();
    assert.deepEqual(await codesOf(begin(place.env, makeTestWord(lines))), ["word.no-converter"]);
    const program = findLibreOffice(undefined);
    const env = { ...place.env, word: createWordConverter(program ?? "/nowhere/soffice") };
    const changed = makeTestWord(lines, { body: '<w:p><w:ins w:id="1"><w:r><w:t>new</w:t></w:r></w:ins></w:p>' });
    assert.deepEqual(await codesOf(begin(env, changed)), ["word.tracked-changes"]);
    if (program === null) assert.deepEqual(await codesOf(begin(env, makeTestWord(lines))), ["word.not-turned"]);
    assert.equal(await stored(), before);
    if (program === null) return context.skip("LibreOffice is not installed");
    const versionId = await begin(env, makeTestWord(lines));
    assert.equal(await stored(), before + 1);
    const { version, fields, fileDigest } = await readTemplateVersion(env, sealAdministrator, versionId);
    assert.deepEqual([version.fileName, version.pages.length], ["Supply contract.pdf", 1]);
    assert.deepEqual(
      fields.map(({ name, kind }) => [name, kind]),
      [["Buyer", "party"]],
    );
    const file = await env.files.read(fileDigest);
    assert.equal(file.ok && file.bytes.subarray(0, 5).toString("latin1"), "%PDF-");
  });

  test("C03: a template takes force after a lawyer and the signatory decided on it as it is, and a new version replaces it", async () => {
    const { env } = place;
    const { sealAdministrator, lawyer, signatory } = crew.people;
    const data = await draftTemplateInTest(env, crew, { bytes: form(), documentClass: "contract" });
    const matterId = await askMatterInTest(env, crew, { kind: "register-template", data });
    await submitMatter(env, sealAdministrator, matterId);
    assert.equal((await readTemplateVersion(env, lawyer, data.versionId)).version.state, "draft");
    const draft = {
      ...{ revision: 2, entityId: crew.entityId, name: { en: "Other", zh: "其他" }, documentClass: "other" as const },
      ...{ language: "en" as const, replaces: null, marks: [] },
    };
    assert.deepEqual(await codesOf(saveTemplate(env, sealAdministrator, data.versionId, draft)), ["template.proposed"]);
    assert.equal(await approveMatterInTest(env, matterId, lawyer, signatory), "done");
    assert.equal(await stateOf(data.versionId), "in-force");
    assert.deepEqual(await codesOf(discardTemplate(env, sealAdministrator, data.versionId)), ["template.gone"]);
    const next = await registerTemplateInTest(env, crew, {
      ...{ bytes: form("The buyer pays within ten days."), documentClass: "contract", replaces: data.templateId },
    });
    assert.equal(next.templateId, data.templateId);
    assert.deepEqual([await stateOf(data.versionId), await stateOf(next.versionId)], ["replaced", "in-force"]);
    await withdrawTemplateInTest(env, crew, data.templateId);
    assert.equal(await stateOf(next.versionId), "withdrawn");
    const late = { replaces: data.templateId, bytes: form(), documentClass: "contract" as const };
    assert.deepEqual(await codesOf(draftTemplateInTest(env, crew, late)), ["template.not-in-force"]);
  });

  test("C03: what was changed after it was proposed, says too little, or is another's, is refused", async () => {
    const { env } = place;
    const { sealAdministrator } = crew.people;
    const propose = async (data: object) => {
      const matterId = await askMatterInTest(env, crew, { kind: "register-template", data: { ...data } });
      return codesOf(submitMatter(env, sealAdministrator, matterId));
    };
    const little = makeTestPdf(["Order", "Goods: ____________"]);
    assert.deepEqual(await propose(await draftTemplateInTest(env, crew, { bytes: little, documentClass: "other" })), [
      "template.too-little-text",
    ]);
    const data = await draftTemplateInTest(env, crew, { bytes: form(), documentClass: "contract" });
    assert.deepEqual(await propose({ ...data, digest: `sha256:${"0".repeat(64)}` }), ["template.draft-changed"]);
    const other = saveTemplate(env, crew.people.applicant, data.versionId, {
      ...{ revision: 2, entityId: crew.entityId, name: { en: "Other", zh: "其他" }, documentClass: "other" },
      ...{ language: "en", replaces: null, marks: [] },
    });
    assert.deepEqual(await codesOf(other), ["template.not-your-draft"]);
  });

  test("C24: the tables let no template take force, change or end without its matter", async () => {
    const { env } = place;
    const draft = await draftTemplateInTest(env, crew, { bytes: form(), documentClass: "contract" });
    const kept = await registerTemplateInTest(env, crew, { bytes: form(), documentClass: "contract" });
    const { matter_id: matterId } = await env.db
      .selectFrom("template_versions")
      .select("matter_id")
      .where("version_id", "=", kept.versionId)
      .executeTakeFirstOrThrow();
    const set = (versionId: string, values: object) =>
      env.db.updateTable("template_versions").set(values).where("version_id", "=", versionId).execute();
    await assert.rejects(set(draft.versionId, { number: 9, in_force_at: new Date(), matter_id: matterId }));
    await assert.rejects(set(draft.versionId, { texts: "[]" }), /stays the file/);
    await assert.rejects(set(kept.versionId, { marks: "[]", document_class: "other" }), /as it was decided/);
    await assert.rejects(set(kept.versionId, { ended_at: new Date(), ended_by: matterId }), /a matter of their own/);
    await assert.rejects(
      env.db.deleteFrom("template_versions").where("version_id", "=", kept.versionId).execute(),
      /stay/,
    );
  });
});
