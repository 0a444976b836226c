import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultFace, type FaceOutline, faceToSvg } from "@chancery/seal-image";
import { drawPng, makeFace, type StoredFace } from "../seals/face.ts";
import { readStampingView } from "../stamping/read-model.ts";
import { lookInTest, openInTest, walkToHand } from "../stamping/test-stamping.ts";
import { placeForTests, type StampingPlace } from "../stamping/test-stamping-place.ts";
import { printCopies } from "./print-copies.ts";
import { takeTestPhoto } from "./test-photo.ts";
import { pressInTest } from "./test-press.ts";

let place: StampingPlace;
placeForTests((made) => {
  place = made;
});

async function faceOf(sealId: string): Promise<StoredFace & { kind: "generated" }> {
  const row = await place.env.db
    .selectFrom("seals")
    .select("face")
    .where("seal_id", "=", sealId)
    .executeTakeFirstOrThrow();
  const face = row.face as unknown as StoredFace;
  assert.ok(face.kind === "generated");
  return face;
}

/** The impression that was kept when a piece was received, as it is cleaned of its paper. */
async function keepSpecimen(bodyId: string, sealId: string): Promise<void> {
  const { env } = place;
  const { digest, sizeBytes } = await env.files.storeBytes(await drawPng(env.files, await faceOf(sealId)));
  await env.db
    .insertInto("files")
    .values({ digest, size_bytes: sizeBytes, media_type: "image/png", stored_at: new Date(env.clock.now()) })
    .execute();
  await env.db
    .updateTable("seal_bodies")
    .set({ specimen_digest: digest, specimen_mm_per_px: 25.4 / 300 })
    .where("body_id", "=", bodyId)
    .execute();
}

/** A face pressed where the seal of the tests has its place. */
function pressed(outline: FaceOutline, opacity = 0.85): string {
  const { widthMm, heightMm } = outline;
  return faceToSvg(outline, { colour: "#d02838" })
    .replace(/="(\d+)mm"/g, '="$1"')
    .replace("<svg ", `<svg x="${41 - widthMm / 2}" y="${221 - heightMm / 2}" opacity="${opacity}" `);
}

test("C06 C17 C23: the face of each impression is held against the specimens that are kept; another one's is answered", async () => {
  const { env, crew, contract, department } = place;
  const { applicant, supervisor } = crew.people;
  await keepSpecimen(place.contractPiece, contract);
  await keepSpecimen(place.departmentPiece, department);
  const requestId = await walkToHand(env, crew, contract, { copies: 5 });
  const view = () => readStampingView(env, supervisor, requestId);
  const documentId = (await view()).documents[0]?.documentId ?? "";
  await openInTest(env, crew, requestId);
  await place.takeInHand(place.contractPiece);
  const own = (await faceOf(contract)).outline;
  const forged = makeFace(defaultFace("contract", "澜汐仪表有限公司")).outline;
  const other = (await faceOf(department)).outline;
  const corner = `<rect x="${37 + own.widthMm / 2}" y="${217 + own.heightMm / 2}" width="9" height="9" fill="#d02838"/>`;
  const papers = [pressed(own), pressed(other), pressed(forged), pressed(other, 0.25), pressed(own) + corner];
  for (const [at, over] of papers.entries()) {
    const copy = await printCopies(env, applicant, { requestId, documentId, from: at + 1, to: at + 1 });
    await pressInTest(place, requestId, at + 1, await takeTestPhoto(copy, { over }));
  }
  const { impressions } = await view();
  const found = impressions.map(({ photo }) => photo?.comparison);
  assert.deepEqual(
    found.map((one) => [one?.verdict, one?.impression, one?.face, one?.demands]),
    [
      ["same", "found", { sight: "ours", otherSeal: null }, "nothing"],
      ["same", "found", { sight: "another", otherSeal: "LX-11" }, "answer"],
      ["same", "found", { sight: "unknown", otherSeal: null }, "answer"],
      ["same", "found", { sight: "another", otherSeal: "LX-11" }, "answer"],
      ["same", "found", { sight: "beside", otherSeal: null }, "answer"],
    ],
  );
  const told = await env.db
    .selectFrom("events")
    .select("facts")
    .where("type", "=", "PhotoCompared")
    .where("request_id", "=", requestId)
    .execute();
  assert.deepEqual(told.map(({ facts }) => (facts as { face: string }).face).sort(), [
    "another",
    "another",
    "beside",
    "ours",
    "unknown",
  ]);
  await assert.rejects(lookInTest(env, supervisor, requestId), /./, "each that disagrees is answered");
});
