import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { type TestPdfParts, testContract } from "../../platform/test-pdf.ts";
import { uploadDocument } from "./upload-document.ts";

let on: TestEnvironment;
let crew: TestCrew;
before(async () => {
  on = await createTestEnvironment();
  crew = await createTestCrew(on.env);
});
after(() => on.close());

const upload = (bytes: Buffer) =>
  uploadDocument(on.env, crew.people.applicant, { stream: Readable.from([bytes]), fileName: "contract.pdf" });
const digests = () => Array.fromAsync(on.env.files.list(), ({ digest }) => digest);

test("C05: a document whose pages depend on a program is refused, and its bytes are not kept", async () => {
  const kept = await digests();
  const scripted = testContract({ catalog: "/OpenAction << /S /JavaScript /JS (app.alert) >>" });
  await assert.rejects(upload(scripted), { status: 422, code: "pdf.script" });
  assert.deepEqual(await digests(), kept);
});

const uncertain: Readonly<Record<string, { parts: TestPdfParts; text: string }>> = {
  annotation: { parts: { page: "/Annots [<< /Subtype /FreeText /Contents (paid) >>]" }, text: "FreeText: paid" },
  attachment: { parts: { catalog: "/Names << /EmbeddedFiles << /Names [(a.xls) << >>] >> >>" }, text: "a.xls" },
  "hidden-layer": {
    parts: {
      catalog: "/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>",
      objects: ["<< /Type /OCG /Name (Draft) >>"],
    },
    text: "Draft",
  },
  "form-value": {
    parts: {
      catalog: "/AcroForm << /Fields [6 0 R] >>",
      page: "/Annots [6 0 R]",
      objects: ["<< /FT /Tx /T (sum) /V (900000) /Subtype /Widget /Rect [9 9 90 30] >>"],
    },
    text: "sum: 900000",
  },
};
for (const [kind, { parts, text }] of Object.entries(uncertain)) {
  test(`C05: a document with a place of kind ${kind} waits for a reason`, async () => {
    const { unfinished } = await upload(testContract(parts));
    assert.deepEqual(
      unfinished.map((place) => [place.kind, place.text, place.page, place.answerable]),
      [[kind, text, 0, true]],
    );
  });
}
