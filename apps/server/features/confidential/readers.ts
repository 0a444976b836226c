import { listConfidentialRefusals, listReaderRefusals, listTooManyReaders, type Refusal } from "@chancery/domain";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { type LoadedRequest, loadRequest } from "../requests/load-request.ts";

type Row = Pick<LoadedRequest["row"], "request_id" | "number" | "applicant_id" | "entity_id">;

/** What speaks against who is named to read a request of this entity. */
async function refusalsOfReaders(
  reader: Reader,
  named: readonly string[],
  entityId: string | null,
): Promise<Refusal[]> {
  if (named.length === 0) return [];
  const rows = await reader
    .selectFrom("people")
    .select(["person_id", "state", "guest", "entity_id"])
    .where("person_id", "in", [...named])
    .execute();
  const people = rows.map((row) => ({
    ...{ personId: row.person_id, active: row.state === "active", guest: row.guest, entityId: row.entity_id },
  }));
  return listReaderRefusals(named, people, entityId);
}

/** Whom the applicant named. */
export const listNamedReaders = async (reader: Reader, requestId: string): Promise<string[]> =>
  (await readNamed(reader, requestId)).map((one) => one.person_id);

const readNamed = (reader: Reader, requestId: string) =>
  reader.selectFrom("request_readers").select("person_id").where("request_id", "=", requestId).execute();

/** What speaks against a request as a confidential one: that it does not say why, or whom it names. Nothing for any other. */
export async function listRefusalsOfConfidential(
  reader: Reader,
  row: Pick<LoadedRequest["row"], "request_id" | "entity_id" | "confidential_reason">,
): Promise<Refusal[]> {
  if (row.confidential_reason === null) return [];
  const named = (await readNamed(reader, row.request_id)).map((one) => one.person_id);
  return [
    ...listConfidentialRefusals(row.confidential_reason),
    ...(await refusalsOfReaders(reader, named, row.entity_id)),
  ];
}

/** Names people as readers from now on; of a draft nothing is told. Whoever is one already stays so. */
export async function nameReaders(tx: Tx, env: Environment, row: Row, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  const rows = await tx
    .insertInto("request_readers")
    .values(
      [...new Set(personIds)].map((personId) => ({
        ...{ request_id: row.request_id, person_id: personId, named_by: row.applicant_id },
        at: new Date(env.clock.now()),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning("person_id")
    .execute();
  await tell(
    tx,
    env,
    row,
    "SealUseReaderNamed",
    rows.map((one) => one.person_id),
  );
}

async function endReaders(tx: Tx, env: Environment, row: Row, personIds: readonly string[]): Promise<number> {
  if (personIds.length === 0) return 0;
  const rows = await tx
    .deleteFrom("request_readers")
    .where("request_id", "=", row.request_id)
    .where("person_id", "in", [...personIds])
    .returning("person_id")
    .execute();
  await tell(
    tx,
    env,
    row,
    "SealUseReaderEnded",
    rows.map((one) => one.person_id),
  );
  return rows.length;
}

async function tell(
  tx: Tx,
  env: Environment,
  row: Row,
  type: "SealUseReaderNamed" | "SealUseReaderEnded",
  personIds: readonly string[],
): Promise<void> {
  if (row.number === null) return;
  for (const personId of personIds)
    await recordEvent(tx, env, { type, actorId: row.applicant_id, requestId: row.request_id, personId, facts: {} });
}

/** The readers whom a saved draft names, in the place of those it named before; checked where they read it at once. */
export async function writeReaders(tx: Tx, env: Environment, row: Row, wanted: readonly string[]): Promise<void> {
  const before = await readNamed(tx, row.request_id);
  const refusals = row.number === null ? [] : await refusalsOfReaders(tx, wanted, row.entity_id);
  if (refusals.length > 0) throw refusedBy(refusals);
  const gone = before.flatMap((one) => (wanted.includes(one.person_id) ? [] : [one.person_id]));
  await endReaders(tx, env, row, gone);
  await nameReaders(tx, env, row, wanted);
}

async function loadOwn(tx: Tx, personId: string, requestId: string): Promise<LoadedRequest["row"]> {
  const { row } = await loadRequest(tx, requestId, true);
  if (row.applicant_id !== personId || row.number === null || row.confidential_reason === null)
    throw problems.notFound();
  return row;
}

/** The applicant names a further reader of a confidential request that was submitted. */
export async function addReader(
  env: Environment,
  personId: string,
  requestId: string,
  readerId: string,
): Promise<void> {
  await transact(env.db, async (tx) => {
    const row = await loadOwn(tx, personId, requestId);
    // Who has left stands in the list still, and hinders nobody.
    const others = (await readNamed(tx, requestId)).flatMap(({ person_id: one }) => (one === readerId ? [] : [one]));
    const refusals = await refusalsOfReaders(tx, [readerId], row.entity_id);
    if (refusals.length === 0) refusals.push(...listTooManyReaders([...others, readerId]));
    if (refusals.length > 0) throw refusedBy(refusals);
    await nameReaders(tx, env, row, [readerId]);
  });
}

/** The applicant takes off somebody whom he named; who has a part in the request reads it still. */
export async function removeReader(
  env: Environment,
  personId: string,
  requestId: string,
  readerId: string,
): Promise<void> {
  await transact(env.db, async (tx) => {
    const row = await loadOwn(tx, personId, requestId);
    if ((await endReaders(tx, env, row, [readerId])) === 0) throw problems.notFound();
  });
}
