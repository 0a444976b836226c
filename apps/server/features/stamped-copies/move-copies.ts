import { type CopiesMoved, type CopyAct, decideCopies, type HandOutWay, refuse, writeCopies } from "@chancery/domain";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { requireSeesEvidence } from "../evidence/service.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readNamedCopies } from "../printed-copies/read-named-copies.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { type GateView, readGateFacts } from "../stamping/gate-facts.ts";
import type { StampingRow } from "../stamping/open-stamping.ts";
import { requireStamping } from "../stamping/report.ts";
import { findPhotoUse } from "../stamping/used-photos.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { tellFoundAgain } from "./came-back.ts";
import { readCopies, readShowings } from "./copy-rows.ts";
import { followCopies } from "./follow-copies.ts";

export interface CopiesSaid {
  readonly act: CopyAct;
  readonly copies: readonly number[];
  readonly receiver: string;
  readonly way: HandOutWay | null;
  readonly courier: string;
  readonly reason: string;
  readonly evidenceId: string | null;
}

const eventOf = {
  "hand-out": "StampedCopiesHandedOut",
  file: "StampedCopiesFiled",
  "bring-back": "StampedCopiesReturned",
  find: "StampedCopiesRecovered",
  void: "StampedCopiesVoided",
  lose: "StampedCopiesLossReported",
} as const satisfies Readonly<Record<CopyAct, string>>;
const lineOf = {
  "hand-out": "handed-out",
  file: "filed",
  "bring-back": "brought-back",
  find: "found",
  void: "voided",
  lose: "lost",
} as const satisfies Readonly<Record<CopyAct, string>>;

/** Who has the copies in hand, who asked for them, and who may void them. */
export const peopleOfCopies = (view: GateView, stamping: StampingRow) => {
  const { row } = view.loaded;
  const askers = [row.applicant_id, row.handler_id].filter((one) => one !== null);
  return {
    askers,
    keepers: [...askers, stamping.opened_by],
    voiders: [stamping.opened_by, ...view.custodians, ...view.watchers],
  };
};

/** Says where stamped copies went: an event, a line of the register of stamped copies, and for lost ones a finding (C19). */
export async function moveCopies(
  env: Environment,
  personId: string,
  requestId: string,
  said: CopiesSaid,
): Promise<void> {
  const evidence = said.evidenceId === null ? null : await requireSeesEvidence(env, personId, said.evidenceId);
  if (evidence && !evidence.media_type.startsWith("image/"))
    throw refusedBy([refuse("stamping.photo-not-a-picture", {}, "C09")]);
  // The code is read before anything is held: a photo takes its time.
  const named = evidence && said.act === "void" ? await readNamedCopies(env, evidence.digest) : [];
  const namesOther = named.some((one) => one.requestId !== requestId || !said.copies.includes(one.copy));
  await transact(env.db, async (tx) => {
    const view = await readGateFacts(tx, env, requestId, { lock: true });
    const stamping = await requireStamping(tx, view);
    const known = await readCopies(tx, requestId);
    const { row } = view.loaded;
    const photo = evidence && (await findPhotoUse(tx, evidence.digest, { requestId, copies: said.copies }));
    const decided = decideCopies({
      ...{ ...said, actorId: personId, known, requestState: row.state, photo, namesOther },
      showing: await readShowings(tx, env.clock.now(), requestId),
      ...peopleOfCopies(view, stamping),
    });
    if (!decided.ok) throw refusedBy(decided.refusals);
    const copies = writeCopies(said.copies);
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: eventOf[said.act], actorId: personId, requestId, comment: said.reason === "" ? null : said.reason },
      facts: { number: row.number, copies, ...receiptOf(said), ...(evidence ? { photo: evidence.digest } : {}) },
    });
    for (const moved of decided.events) await keep(tx, env, personId, requestId, moved, said);
    await writeRegisterLine(tx, env, {
      ...{ register: "copies", kind: lineOf[said.act], eventId, entityId: row.entity_id ?? view.facts.entityId },
      ...{ unitId: row.unit_id, requestId, personIds: [personId] },
      facts: {
        ...{ request: row.number, copyNumbers: copies, by: personId, ...lineFactsOf(said) },
        ...(evidence ? { photo: evidence.digest } : {}),
      },
      words: [row.number ?? "", row.title, said.receiver, said.courier].filter((word) => word !== ""),
    });
    await tellLost(tx, env, view, said, personId);
    if (said.act === "find")
      for (const copy of said.copies)
        await tellFoundAgain(tx, env, view.loaded, { copy, replaced: true, actorId: personId });
    await followCopies(tx, env, requestId, personId);
  });
}

const receiptOf = ({ act, receiver, way, courier }: CopiesSaid) => ({
  ...(act === "hand-out" ? { receiver, way, ...(way === "courier" ? { courier } : {}) } : {}),
  ...(act === "file" ? { receiver } : {}),
});

const lineFactsOf = ({ act, receiver, way, courier, reason }: CopiesSaid) => {
  if (act === "hand-out") return { receivedBy: receiver, way, courierNumber: way === "courier" ? courier : null };
  return act === "file" ? { archive: receiver } : { reason };
};

async function keep(
  tx: Tx,
  env: Environment,
  personId: string,
  requestId: string,
  { to, copies }: CopiesMoved,
  said: CopiesSaid,
) {
  const now = {
    ...{ state: to, by_person: personId, at: new Date(env.clock.now()) },
    receiver: said.act === "hand-out" || said.act === "file" ? said.receiver : "",
    way: said.act === "hand-out" ? said.way : null,
    courier: said.act === "hand-out" && said.way === "courier" ? said.courier : "",
    reason: said.act === "hand-out" || said.act === "file" ? "" : said.reason,
    evidence_id: said.act === "void" ? said.evidenceId : null,
  };
  await tx
    .insertInto("stamped_copies")
    .values(copies.map((copy) => ({ ...now, request_id: requestId, copy })))
    .onConflict((conflict) => conflict.columns(["request_id", "copy"]).doUpdateSet(now))
    .execute();
}

/** A lost copy binds the company all the same: somebody decides what is done about it. */
async function tellLost(tx: Tx, env: Environment, view: GateView, said: CopiesSaid, personId: string): Promise<void> {
  if (said.act !== "lose") return;
  const { row, sealIds } = view.loaded;
  await openFinding(tx, env, {
    ...{ control: "C19", source: "copies.lost", subjectKey: `${row.request_id} ${writeCopies(said.copies)}` },
    ...{ entityId: row.entity_id, sealId: sealIds[0] ?? null, personId: null, actorId: personId },
    facts: { subject: row.number, copies: writeCopies(said.copies) },
  });
}
