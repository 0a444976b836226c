import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { evidenceLimit } from "./inspect-picture.ts";
import { type EvidenceView, readEvidenceFile, requireSeesEvidence, uploadEvidence } from "./service.ts";

let place: TestEnvironment;
let crew: TestCrew;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
});
after(() => place?.close());

const give = (bytes: Uint8Array | readonly Uint8Array[], fileName = "photo.jpg"): Promise<EvidenceView> =>
  uploadEvidence(place.env, crew.people.custodian, {
    stream: Readable.from(bytes instanceof Uint8Array ? [bytes] : bytes),
    fileName,
  });
const picture = (exif: Parameters<ReturnType<typeof sharp>["withExif"]>[0] = {}, orientation = 1): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 30, channels: 3, background: "#c2331a" } })
    .withExif(exif)
    .withMetadata({ orientation })
    .jpeg()
    .toBuffer();
const kept = async (): Promise<number> => (await place.env.db.selectFrom("files").select("digest").execute()).length;

/** A refused file says why, and leaves neither bytes nor a line. */
async function assertRefused(code: string, status: number, bytes: Uint8Array | readonly Uint8Array[]): Promise<void> {
  const before = await kept();
  await assert.rejects(give(bytes), (error) => {
    assert.ok(error instanceof ProblemError);
    assert.deepEqual([error.code, error.status], [code, status]);
    return true;
  });
  assert.equal(await kept(), before);
}

test("what is no picture and no PDF is refused, whatever its name says", async () => {
  await assertRefused("evidence.not-readable", 422, Buffer.from("GIF89a, or so it says"));
  await assertRefused("evidence.not-readable", 422, Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"));
  const broken = await picture();
  await assertRefused("evidence.not-readable", 422, broken.subarray(0, Math.floor(broken.length / 2)));
});

test("a PDF is one whose head stands first, whatever stands further down", async () => {
  await assertRefused("evidence.not-readable", 422, Buffer.from("<script>alert(1)</script> %PDF-1.7"));
  await assertRefused("evidence.not-readable", 422, Buffer.from(`MZ${" ".repeat(200)}%PDF-1.7`));
  for (const head of ["%PDF-1.7\n", "\ufeff%PDF-2.0\n", "\r\n \t%PDF-1.4\n"])
    assert.equal((await give(Buffer.from(head), "paper.pdf")).mediaType, "application/pdf");
  await assertRefused("evidence.not-a-picture", 422, Buffer.from("%PDF-1.7\n"));
});

test("a camera whose clock was never set says no time; a name that turns its direction is shown as it is", async () => {
  for (const DateTimeOriginal of ["0000:01:01 00:00:00", "0001:01:01 00:00:00"])
    assert.equal((await give(await picture({ IFD2: { DateTimeOriginal } }))).takenAt, null);
  assert.equal((await give(await picture(), "seal\u202egpj.exe")).name, "sealgpj.exe");
});

test("a file of more than 30 MB is refused before it is looked at", async () => {
  const chunk = new Uint8Array(1024 * 1024);
  await assertRefused("evidence.too-large", 413, [
    ...Array.from({ length: evidenceLimit / chunk.length }, () => chunk),
    new Uint8Array(1),
  ]);
});

test("a small file that unpacks to hundreds of millions of pixels is refused", async () => {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(20_000, 0);
  header.writeUInt32BE(20_000, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  await assertRefused(
    "evidence.too-many-pixels",
    422,
    Buffer.concat([
      signature,
      chunk("IHDR", header),
      chunk("IDAT", deflateSync(Buffer.alloc(100_000))),
      chunk("IEND", Buffer.alloc(0)),
    ]),
  );
});

test("a photo held sideways is measured and previewed upright, and its original bytes are kept", async () => {
  const bytes = await picture({}, 6);
  const file = await give(bytes);
  assert.deepEqual([file.widthPx, file.heightPx, file.mediaType], [30, 60, "image/jpeg"]);
  const row = await requireSeesEvidence(place.env, crew.people.custodian, file.evidenceId);
  const original = await place.env.files.read(row.digest);
  assert.ok(original.ok);
  assert.ok(bytes.equals(Buffer.from(original.bytes)));
  const preview = await place.env.files.read(row.preview_digest ?? "");
  assert.ok(preview.ok);
  const shown = await sharp(Buffer.from(preview.bytes)).metadata();
  assert.deepEqual([shown.width, shown.height, shown.exif, shown.orientation], [30, 60, undefined, undefined]);
});

test("the time a camera gives is kept, unless it lies in the future", async () => {
  const taken = (time: string) => picture({ IFD2: { DateTimeOriginal: time, OffsetTimeOriginal: "+08:00" } });
  assert.equal((await give(await taken("2026:01:05 10:30:00"))).takenAt, "2026-01-05T02:30:00.000Z");
  assert.equal((await give(await taken("2199:01:05 10:30:00"))).takenAt, null);
  assert.equal((await give(await picture())).takenAt, null);
});

test("a PDF is evidence without a preview; the same file given twice is kept once", async () => {
  const pdf = Buffer.from("%PDF-1.7\n%%EOF\n");
  const first = await give(pdf, "../../decision.pdf");
  assert.deepEqual([first.name, first.mediaType, first.hasPreview], ["decision.pdf", "application/pdf", false]);
  const before = await kept();
  const second = await give(pdf, "decision.pdf");
  assert.notEqual(second.evidenceId, first.evidenceId);
  assert.equal(second.digest, first.digest);
  assert.equal(await kept(), before);
});

test("a file that belongs to nothing yet is seen by who gave it alone", async () => {
  const { evidenceId } = await give(Buffer.from("%PDF-1.7\n%%EOF\n"), "decision.pdf");
  await assert.rejects(requireSeesEvidence(place.env, crew.people.inspector, evidenceId), ProblemError);
});

test("a picture with a transparent ground is previewed on white", async () => {
  const ground = { r: 0, g: 0, b: 0, alpha: 0 };
  const cutOut = await sharp({ create: { width: 20, height: 20, channels: 4, background: ground } })
    .png()
    .toBuffer();
  const { evidenceId } = await give(cutOut, "impression.png");
  const row = await requireSeesEvidence(place.env, crew.people.custodian, evidenceId);
  const preview = await place.env.files.read(row.preview_digest ?? "");
  assert.ok(preview.ok);
  const { channels } = await sharp(Buffer.from(preview.bytes)).stats();
  assert.deepEqual(
    channels.map((channel) => channel.min),
    [255, 255, 255],
  );
});

test("C24 where a photo was taken is read by inspectors, seal administrators and who took it; others get the picture alone", async () => {
  const gps = { IFD0: { Make: "A phone" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "30/1 15/1 0/1" } };
  const bytes = await picture(gps, 6);
  const { evidenceId } = await give(bytes);
  const row = await requireSeesEvidence(place.env, crew.people.custodian, evidenceId);
  const fileOf = async (personId: string) => Buffer.from(await readEvidenceFile(place.env, personId, row));
  for (const reader of [crew.people.custodian, crew.people.inspector, crew.people.sealAdministrator])
    assert.ok(bytes.equals(await fileOf(reader)));
  for (const reader of [crew.people.signatory, crew.people.applicant, crew.people.secondCustodian]) {
    const given = await fileOf(reader);
    const { exif, xmp, iptc, width, height, format } = await sharp(given).metadata();
    assert.deepEqual([exif, xmp, iptc, width, height, format], [undefined, undefined, undefined, 30, 60, "jpeg"]);
  }
  // After the days that the setting says nobody is told any more, and the bytes stay what they are in the store.
  const later = (days: number) => ({
    ...place.env,
    clock: { now: () => Date.now() + days * 86_400_000 },
    locationDays: 30,
  });
  for (const reader of [crew.people.custodian, crew.people.inspector]) {
    assert.ok(bytes.equals(Buffer.from(await readEvidenceFile(later(29), reader, row))));
    assert.equal((await sharp(await readEvidenceFile(later(31), reader, row)).metadata()).exif, undefined);
  }
  const stored = await place.env.files.read(row.digest);
  assert.ok(stored.ok && bytes.equals(stored.bytes));
});

test("C24 a place that stands where no reader of pictures looks is left out, too", async () => {
  const place30 = { IFD3: { GPSLatitudeRef: "N", GPSLatitude: "30/1 15/1 0/1" } };
  const plain = await sharp(await picture())
    .jpeg()
    .toBuffer();
  const hidden = await picture(place30);
  // A second picture behind the end of the first, and a maker's own segment (APP11) behind its start.
  const text = Buffer.from("31.2304N 121.4737E");
  const segment = Buffer.concat([Buffer.from([0xff, 0xeb, 0, text.length + 2]), text]);
  for (const bytes of [
    Buffer.concat([plain, hidden]),
    Buffer.concat([plain.subarray(0, 2), segment, plain.subarray(2)]),
  ]) {
    const { evidenceId } = await give(bytes);
    const row = await requireSeesEvidence(place.env, crew.people.custodian, evidenceId);
    const given = Buffer.from(await readEvidenceFile(place.env, crew.people.signatory, row));
    assert.equal(given.includes("Exif") || given.includes(text), false);
    assert.ok(bytes.equals(Buffer.from(await readEvidenceFile(place.env, crew.people.custodian, row))));
  }
});
