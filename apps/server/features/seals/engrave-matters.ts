import { joinSeal, type Refusal, refuse } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { giveCustody } from "../custody/follow-body.ts";
import { type MatterHandler, matterHandler } from "../matters/matter-handler.ts";
import type { MatterRow } from "../matters/store.ts";
import { getSealOfMatter, listPeopleRefusals, lockSealOfMatter } from "./body-step.ts";
import { addBody, listMakingRefusals, makeBodies, makeSeal, putInUse, step } from "./make-seal.ts";
import { openStopOfReplaced } from "./replaced-seal.ts";
import { listNamed } from "./seal-crew.ts";
import { subjectOfNumber } from "./seal-numbers.ts";
import { type BodiesToMake, BodiesWanted, PieceToEnter, type SealToMake, SealWanted } from "./seal-wanted.ts";
import { keepSpecimen, readSpecimen } from "./specimen.ts";
import { lockSeal } from "./store.ts";

const ofNumber = (row: MatterRow, wanted: SealToMake): string => subjectOfNumber(row.entity_id, wanted.number);
const named = (wanted: SealToMake): string[] => listNamed(wanted).map((one) => one.personId);

/** Engraving or making (C23): the one way a seal comes into existence, and only when a signatory approved it. */
export const engrave: MatterHandler = matterHandler<SealToMake>({
  data: SealWanted,
  subjects: ({ row, data }) => [ofNumber(row, data)],
  concerned: ({ data }) => named(data),
  check: (tx, env, { row, data }) => listMakingRefusals(tx, env, row, data),
  carryOut: async (tx, env, { row, data }, actor) => {
    const { sealId } = await makeSeal(tx, env, row, data, { actorId: actor.personId, replacesSealId: null });
    await nameSeal(tx, row, sealId);
  },
});

/** The matter that made a seal leads to it from now on. */
async function nameSeal(tx: Tx, row: MatterRow, sealId: string): Promise<void> {
  await tx.updateTable("matters").set({ seal_id: sealId }).where("matter_id", "=", row.matter_id).execute();
}

/** Replacement: a new number before the old seal stops; another face is another seal, and both know of each other. */
export const replace: MatterHandler = matterHandler<SealToMake>({
  data: SealWanted,
  subjects: ({ row, data }) => [ofNumber(row, data), `replace:${row.seal_id}`],
  concerned: ({ data }) => named(data),
  check: async (tx, env, { row, data }) => [
    ...(await listReplacedRefusals(tx, row)),
    ...(await listMakingRefusals(tx, env, row, data)),
  ],
  carryOut: async (tx, env, { row, data }, actor) => {
    const by = { actorId: actor.personId, replacesSealId: row.seal_id };
    const { sealId } = await makeSeal(tx, env, row, data, by);
    const made = await lockSeal(tx, sealId);
    if (made.state === "in-use") await openStopOfReplaced(tx, env, row, made);
  },
});

async function listReplacedRefusals(tx: Tx, row: MatterRow): Promise<Refusal[]> {
  const there = await lockSealOfMatter(tx, row);
  if (!there) return [refuse("matter.seal-missing", {})];
  const { seal } = there;
  const by = await tx
    .selectFrom("seals")
    .select(["number", "name_en", "name_zh"])
    .where("replaces_seal_id", "=", seal.seal_id)
    .executeTakeFirst();
  return by
    ? [
        refuse(
          "seal.replaced-already",
          { seal: joinSeal({ number: by.number, name: { en: by.name_en, zh: by.name_zh } }) },
          "C10",
        ),
      ]
    : [];
}

/** Another piece of a seal, or its electronic body: the same face, scope and register. */
export const addBodyMatter: MatterHandler = matterHandler<BodiesToMake>({
  data: BodiesWanted,
  subjects: ({ row }) => [`bodies:${row.seal_id}`],
  check: async (tx, _env, { row, data }) => {
    const there = await lockSealOfMatter(tx, row);
    if (!there) return [refuse("matter.seal-missing", {})];
    const nothing = data.physical === null && data.electronic === null;
    const twice = data.electronic !== null && there.bodies.some((body) => body.kind === "electronic");
    return [
      ...listEndedRefusals(there.seal.state),
      ...(nothing ? [refuse("seal.nothing-to-make", {}, "C23")] : []),
      ...(twice ? [refuse("seal.electronic-already", {}, "C23")] : []),
    ];
  },
  carryOut: (tx, env, { row, data }, actor) => makeBodies(tx, env, row, row.seal_id ?? "", data, actor.personId),
});

/** A seal that is on its way out gets no further body. */
function listEndedRefusals(state: string): Refusal[] {
  const over = ["stopped", "surrendered", "sealed-up", "destroyed", "cancelled", "void", "lost"];
  return over.includes(state) ? [refuse("seal.ended", { state }, "C10")] : [];
}

export const asking = (row: MatterRow): boolean => row.state !== "in-review" && row.state !== "approved";
type Piece = ReturnType<typeof PieceToEnter.parse>;

/** A piece that was there before the platform: seen, its impression kept, approved; then as if it had come this way. */
export const enterPiece: MatterHandler = matterHandler<Piece>({
  data: PieceToEnter,
  subjects: ({ row }) => [`bodies:${row.seal_id}`],
  check: async (tx, env, { row, data }) => {
    const there = await lockSealOfMatter(tx, row);
    if (!there) return [refuse("matter.seal-missing", {})];
    // Looked at where it is asked for, and once more when it is kept; between the two the file is the same.
    const specimen = asking(row) ? await readSpecimen(tx, env, row, "impression", data.specimenWidthMm) : null;
    return [
      ...listEndedRefusals(there.seal.state),
      ...(specimen === null || specimen.ok ? [] : specimen.refusals),
      ...(await listPeopleRefusals(tx, [data.holderId])),
    ];
  },
  carryOut: (tx, env, { row, data }, actor) => enterPieceNow(tx, env, row, data, actor.personId),
});

async function enterPieceNow(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  data: Piece,
  actorId: string | null,
): Promise<void> {
  const sealId = row.seal_id ?? "";
  const bodyId = await addBody(tx, env, row, sealId, "physical", data.material);
  const by = { actorId, matterId: row.matter_id };
  for (const command of ["approve-engraving", "make", "file", "keep-specimen"] as const)
    await step(tx, env, row, sealId, bodyId, command, actorId, { entered: true });
  await tx
    .updateTable("seal_bodies")
    .set({ made_by: data.madeBy || null, filing_number: data.filingNumber || null, filed_on: data.filedOn })
    .where("body_id", "=", bodyId)
    .execute();
  const specimen = await readSpecimen(tx, env, row, "impression", data.specimenWidthMm);
  if (!specimen.ok) throw refusedBy(specimen.refusals);
  await keepSpecimen(tx, env, specimen, bodyId);
  const { seal, bodies } = await getSealOfMatter(tx, row);
  const body = bodies.find((one) => one.body_id === bodyId);
  if (!body) throw new Error("a piece was entered and is not there");
  const holder = { people: [data.holderId], placeOf: data.holderId, kind: "received" } as const;
  await giveCustody(tx, env, seal, body, holder, by);
  await putInUse(tx, env, row, seal, bodyId, actorId);
}
