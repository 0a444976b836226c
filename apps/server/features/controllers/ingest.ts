import {
  type AckClaims,
  type AuthorisationFacts,
  type ChainState,
  composeAck,
  type Finding,
  type FindingCode,
  judgeRecord,
  listNamedAuthorisations,
  type OpenedRecord,
  openRecord,
  type PublicKey,
} from "@chancery/seallink";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { beginEpoch } from "../controller-epochs/begin-epoch.ts";
import { postJournal } from "../controller-stamping/post-journal.ts";
import { sha256Of } from "./authority.ts";
import { lockChain, readEpoch, storeChain } from "./chain-rows.ts";
import { nodeCrypto } from "./node-crypto.ts";
import { oweNamedPhotos } from "./photos.ts";
import { noteHead, storeFindings, tellAlarms } from "./tell-findings.ts";

/** A message as it came: some records, whatever brought them. */
export interface RecordsMessage {
  readonly controllerId: string;
  readonly payload: Uint8Array;
  readonly receivedAt: number;
  /** Records after this one were made while the controller was connected, so that its clock can be judged; null: none. */
  readonly liveAfter: number | null;
}

export interface Ingested {
  /** To be signed and sent now that all is stored; null where nothing may be acknowledged. */
  readonly ack: AckClaims | null;
  readonly accepted: number;
  readonly refused: readonly FindingCode[];
}

/** Of one message (docs/seallink.md, clause 3.3). */
const mostRecords = 20;
const mostBytes = 64 * 1024;
/** What is refused is kept to be looked at, and so much of it that nobody fills the disk with it. */
const mostRefused = 500;
const mostKept = 4096;

type Opened = { readonly text: string } & (
  | { readonly ok: true; readonly opened: OpenedRecord }
  | { readonly ok: false; readonly code: FindingCode; readonly detail: string }
);

/**
 * Takes a message into the journal: verified outside the transaction, judged and stored within it, under the chain's row.
 * The same message again, or in another order, ends in the same rows; the acknowledgement is made of what is stored.
 */
export async function ingestRecords(env: Environment, message: RecordsMessage): Promise<Ingested> {
  const keys = await readKeys(env, message.controllerId);
  if (keys === null) return { ack: null, accepted: 0, refused: [] };
  const opened = await openAll(message.payload, keys);
  return transact(env.db, (tx) => storeAll(tx, env, message, opened));
}

/** The keys of a controller that is enrolled; null for any other, to whom nothing is answered. */
async function readKeys(env: Environment, controllerId: string): Promise<ReadonlyMap<string, PublicKey> | null> {
  const rows = await env.db
    .selectFrom("controller_keys as k")
    .innerJoin("controllers as c", "c.controller_id", "k.controller_id")
    .select(["k.kid", "k.alg", "k.x"])
    .where("k.controller_id", "=", controllerId)
    .where("c.state", "=", "enrolled")
    .execute();
  return rows.length === 0 ? null : new Map(rows.map((row) => [row.kid, row]));
}

async function openAll(payload: Uint8Array, keys: ReadonlyMap<string, PublicKey>): Promise<Opened[]> {
  const lines = readLines(payload);
  if (lines === null)
    return [{ ok: false, text: "", code: "BAD_RECORD", detail: "The message is no list of records." }];
  const all: Opened[] = [];
  for (const text of lines) {
    const answer = await openRecord(text, (_, kid) => keys.get(kid), nodeCrypto);
    all.push(
      answer.ok
        ? { ok: true, text, opened: answer.value }
        : { ok: false, text, code: answer.code, detail: answer.detail },
    );
  }
  return all;
}

function readLines(payload: Uint8Array): string[] | null {
  if (payload.length === 0 || payload.length > mostBytes) return null;
  const lines = Buffer.from(payload).toString("latin1").split("\n");
  // Records are JWS: letters, digits and three other signs. Anything else is none, and never reaches a parser.
  return lines.length <= mostRecords && lines.every((line) => /^[A-Za-z0-9._-]+$/.test(line)) ? lines : null;
}

async function storeAll(tx: Tx, env: Environment, message: RecordsMessage, sent: readonly Opened[]): Promise<Ingested> {
  const { controllerId, receivedAt, liveAfter } = message;
  const epoch = await readEpoch(tx, controllerId);
  const current = epoch === null ? null : await lockChain(tx, controllerId, epoch);
  // Revoked in the meantime: the chain was closed under this same row.
  if (current === null || current.closed) return { ack: null, accepted: 0, refused: ["EPOCH_UNKNOWN"] };
  const read = sent.flatMap((one) => (one.ok ? [one.opened] : []));
  const before = (await beginEpoch(tx, env, current, read)) ?? current;
  const records = await leaveOutEnded(tx, before, sent);
  const stored = await readHashes(tx, before, records);
  const issued = await readIssued(tx, before, records);
  const accepted: OpenedRecord[] = [];
  const findings: Finding[] = [];
  const refused: (Opened & { readonly why: Finding })[] = [];
  let chain = before;
  for (const one of records) {
    if (!one.ok) {
      const why = { code: one.code, seq: chain.last + 1, detail: one.detail };
      refused.push({ ...one, why });
      continue;
    }
    const verdict = judgeRecord(chain, one.opened, {
      ...{ receivedAt, live: liveAfter !== null && one.opened.record.seq > liveAfter },
      hashAt: (seq) => stored.get(seq),
      authorisation: (jti) => issued.get(jti),
    });
    chain = verdict.chain;
    for (const record of verdict.accepted) stored.set(record.record.seq, record.hash);
    accepted.push(...verdict.accepted);
    countStrokes(issued, verdict.accepted);
    if (verdict.verdict === "refuse") refused.push(...verdict.findings.map((why) => ({ ...one, why })));
    else findings.push(...verdict.findings);
  }
  await storeRecords(tx, chain, accepted, receivedAt);
  await oweNamedPhotos(tx, chain, accepted, receivedAt);
  await storeChain(tx, before, chain);
  await storeRefused(tx, controllerId, refused, receivedAt);
  await storeFindings(tx, env, { before, after: chain, findings: [...findings, ...refused.map(({ why }) => why)] });
  await tellAlarms(tx, env, chain, accepted);
  await postJournal(tx, env, chain, accepted, findings);
  await noteHead(tx, env, chain, accepted);
  return {
    ack: composeAck(chain, env.clock.now()),
    accepted: accepted.length,
    refused: refused.map(({ why }) => why.code),
  };
}

/** Without what is stored of an epoch that has ended: a message that was on its way is no old box that speaks again. */
async function leaveOutEnded(tx: Tx, chain: ChainState, records: readonly Opened[]): Promise<readonly Opened[]> {
  const ended = records.flatMap((one) => (one.ok && one.opened.record.ep < chain.ep ? [one.opened.hash] : []));
  if (ended.length === 0) return records;
  const rows = await tx
    .selectFrom("controller_records")
    .select("hash")
    .where("controller_id", "=", chain.dev)
    .where("epoch", "<", chain.ep)
    .where("hash", "in", ended)
    .execute();
  const stored = new Set(rows.map(({ hash }) => hash));
  return records.filter((one) => !one.ok || !stored.has(one.opened.hash));
}

/** Digests of stored records that this message sends again. */
async function readHashes(tx: Tx, chain: ChainState, records: readonly Opened[]): Promise<Map<number, string>> {
  const seqs = records.flatMap((one) => (one.ok && one.opened.record.seq <= chain.last ? [one.opened.record.seq] : []));
  if (seqs.length === 0) return new Map();
  const rows = await tx
    .selectFrom("controller_records")
    .select(["seq", "hash"])
    .where("controller_id", "=", chain.dev)
    .where("epoch", "=", chain.ep)
    .where("seq", "in", seqs.map(String))
    .execute();
  return new Map(rows.map((row) => [Number(row.seq), row.hash]));
}

/** What was issued for this box under the names that these records may ask for, with the strokes that are stored. */
async function readIssued(
  tx: Tx,
  chain: ChainState,
  records: readonly Opened[],
): Promise<Map<string, AuthorisationFacts>> {
  const names = records.flatMap((one) => (one.ok ? listNamedAuthorisations(chain, one.opened) : []));
  if (names.length === 0) return new Map();
  const rows = await tx
    .selectFrom("controller_signatures as s")
    .select(["s.jti", "s.most", "s.nbf", "s.exp"])
    .select((eb) =>
      eb
        .selectFrom("controller_strokes as k")
        .select((inner) => inner.fn.countAll<string>().as("n"))
        .whereRef("k.jti", "=", "s.jti")
        .where("k.out", "<>", "aborted")
        .as("used"),
    )
    .where("s.kind", "=", "authorisation")
    .where("s.controller_id", "=", chain.dev)
    .where("s.jti", "in", [...new Set(names)])
    .execute();
  const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);
  return new Map(
    rows.map((row) => [
      row.jti,
      { max: row.most ?? 0, nbf: seconds(row.nbf), exp: seconds(row.exp), used: Number(row.used ?? 0) },
    ]),
  );
}

/** Strokes that were judged already count for the next record of the same message. */
function countStrokes(issued: Map<string, AuthorisationFacts>, accepted: readonly OpenedRecord[]): void {
  for (const { record } of accepted) {
    if (record.ty !== "stamp.end" || record.out === "aborted") continue;
    const facts = issued.get(record.jti);
    if (facts) issued.set(record.jti, { ...facts, used: facts.used + 1 });
  }
}

async function storeRecords(
  tx: Tx,
  chain: ChainState,
  accepted: readonly OpenedRecord[],
  receivedAt: number,
): Promise<void> {
  if (accepted.length === 0) return;
  await tx
    .insertInto("controller_records")
    .values(
      accepted.map(({ record, hash, text }) => ({
        ...{ controller_id: chain.dev, epoch: chain.ep, seq: record.seq, hash, type: record.ty, record: text },
        jti: "jti" in record ? (record.jti ?? null) : null,
        ...{ device_at: new Date(record.t), received_at: new Date(receivedAt) },
      })),
    )
    .execute();
}

async function storeRefused(
  tx: Tx,
  controllerId: string,
  refused: readonly (Opened & { readonly why: Finding })[],
  receivedAt: number,
): Promise<void> {
  if (refused.length === 0) return;
  const { kept } = await tx
    .selectFrom("controller_refused")
    .select((eb) => eb.fn.countAll<string>().as("kept"))
    .where("controller_id", "=", controllerId)
    .executeTakeFirstOrThrow();
  const room = mostRefused - Number(kept);
  if (room <= 0) return;
  await tx
    .insertInto("controller_refused")
    .values(
      refused.slice(0, room).map(({ text, why }) => ({
        ...{ controller_id: controllerId, digest: sha256Of(text), code: why.code, detail: why.detail },
        ...{ record: text.slice(0, mostKept), received_at: new Date(receivedAt) },
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
