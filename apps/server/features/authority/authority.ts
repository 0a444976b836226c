import type { Refusal } from "@chancery/domain";
import { type Signer, signCosign, signOrder, signRevocation, signToken, signTwin } from "@chancery/seallink";
import { sql } from "kysely";
import type pg from "pg";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { openPlatformSigner, sha256Of } from "../controllers/authority.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { type Ask, askedChannel, signedChannel } from "./ask.ts";
import { judgeAsk, type Signable } from "./judge-ask.ts";

/**
 * What signs for controllers (SealLink 1, clauses 3.5, 3.10, 3.11). It works with a role of the database that reads what the
 * gate asks and writes signatures with their events, so that whoever holds the application's role can ask and never sign.
 */
export interface Authority {
  /** Answers everything that was asked; resolves with the controllers for which something was signed. */
  drain(): Promise<readonly string[]>;
  /** Follows what is asked until it is stopped. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** First key of the advisory locks under which a controller's next serial number is taken. */
const serialLock = 0x4348_4155;
const lookAgain = 5000;

export function createAuthority(env: Environment, pool: pg.Pool): Authority {
  let running: Promise<readonly string[]> | null = null;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;
  let listener: pg.PoolClient | null = null;
  const drainAll = async (): Promise<readonly string[]> => {
    const signedFor = new Set<string>();
    do {
      again = false;
      for (const askId of await listAsks(env)) {
        // One that cannot be answered keeps no other one waiting; it is tried again.
        const controllerId = await answer(env, askId).catch((error: unknown) => {
          env.logger.error({ err: error, askId }, "the authority could not answer what was asked");
          return null;
        });
        if (controllerId !== null) signedFor.add(controllerId);
      }
    } while (again && !stopped);
    return [...signedFor];
  };
  const drain = (): Promise<readonly string[]> => {
    if (running) {
      again = true;
      return running;
    }
    running = drainAll().finally(() => {
      running = null;
    });
    return running;
  };
  const wake = (): void => {
    if (!stopped) drain().catch((error: unknown) => env.logger.error({ err: error }, "the authority could not sign"));
  };
  const listen = async (): Promise<void> => {
    const client = await pool.connect();
    listener = client;
    client.on("notification", wake);
    client.on("error", () => {
      if (listener === client) listener = null;
      client.release(true);
    });
    await client.query(`listen ${askedChannel}`);
  };
  return {
    drain,
    start: async () => {
      await listen();
      // A notification that was lost, with its connection or before it, costs some seconds.
      timer = setInterval(() => {
        if (listener === null) listen().catch(() => undefined);
        wake();
      }, lookAgain);
      timer.unref();
      wake();
    },
    stop: async () => {
      stopped = true;
      if (timer) clearInterval(timer);
      await running?.catch(() => undefined);
      const client = listener;
      listener = null;
      client?.release(true);
    },
  };
}

async function listAsks(env: Environment): Promise<string[]> {
  const rows = await env.db
    .selectFrom("controller_asks")
    .select("ask_id")
    .where("state", "=", "asked")
    .orderBy("asked_at")
    .orderBy("ask_id")
    .limit(200)
    .execute();
  return rows.map((row) => row.ask_id);
}

/** Answers one ask in one transaction: the signature, its event and the ask's state are there together, or nothing is. */
async function answer(env: Environment, askId: string): Promise<string | null> {
  return transact(env.db, async (tx) => {
    const row = await tx
      .selectFrom("controller_asks")
      .selectAll()
      .where("ask_id", "=", askId)
      .where("state", "=", "asked")
      // Another authority at the same moment takes another one.
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (!row) return null;
    await sql`select pg_advisory_xact_lock(${serialLock}, hashtext(${row.controller_id}))`.execute(tx);
    const asked = { ...row.body, kind: row.kind, requestId: row.request_id } as unknown as Ask;
    const judged = await judgeAsk(tx, env, { ask: asked, controllerId: row.controller_id, askedBy: row.asked_by });
    const decided = { decided_at: new Date(env.clock.now()) };
    if (!judged.ok) {
      await refuseAsk(tx, askId, judged.refusals, decided.decided_at);
      return null;
    }
    await sign(tx, env, { askId, controllerId: row.controller_id, askedBy: row.asked_by }, judged.value);
    await tx
      .updateTable("controller_asks")
      .set({ state: "signed", jti: judged.value.jti, ...decided })
      .where("ask_id", "=", askId)
      .execute();
    await sql`select pg_notify(${signedChannel}, ${row.controller_id})`.execute(tx);
    return row.controller_id;
  });
}

const refuseAsk = (tx: Tx, askId: string, refusals: readonly Refusal[], at: Date): Promise<unknown> =>
  tx
    .updateTable("controller_asks")
    .set({ state: "refused", refusals: JSON.stringify({ list: refusals }), decided_at: at })
    .where("ask_id", "=", askId)
    .execute();

const eventOf = {
  authorisation: "ControllerAuthorisationIssued",
  revocation: "ControllerRevocationIssued",
  order: "ControllerOrderIssued",
  agreement: "ControllerAgreementIssued",
  settings: "ControllerSettingsIssued",
  "remote-refusal": "ControllerRefusalIssued",
} as const;

async function sign(
  tx: Tx,
  env: Environment,
  of: { readonly askId: string; readonly controllerId: string; readonly askedBy: string | null },
  wanted: Signable,
): Promise<void> {
  const signer = await openPlatformSigner(tx, env, "seallink-authority-1", "authority_signing_keys");
  const token = await signText(wanted, signer);
  const { jti, kind, asn, epoch } = wanted;
  const about = { requestId: wanted.requestId, sealId: wanted.sealId };
  const digest = `sha256:${sha256Of(token)}`;
  const { eventId } = await recordEvent(tx, env, {
    ...{ type: eventOf[kind], actorId: of.askedBy, ...about },
    facts: {
      ...{ controller: of.controllerId, epoch, asn, jti, digest, kid: signer.kid },
      ...(wanted.most === null ? {} : { most: wanted.most, until: wanted.exp }),
      ...wanted.facts,
    },
  });
  await tx
    .insertInto("controller_signatures")
    .values({
      ...{ jti, controller_id: of.controllerId, epoch, asn, kind, ask_id: of.askId, request_id: wanted.requestId },
      ...{ body_id: wanted.bodyId, most: wanted.most, kid: signer.kid, digest, token, event_id: eventId },
      ...{ nbf: new Date(wanted.nbf * 1000), exp: new Date(wanted.exp * 1000), signed_at: new Date(env.clock.now()) },
    })
    .execute();
  if (kind !== "authorisation" || wanted.requestId === null || wanted.bodyId === null || wanted.most === null) return;
  await tx
    .insertInto("controller_authorisations")
    .values({
      ...{ jti, controller_id: of.controllerId, request_id: wanted.requestId, body_id: wanted.bodyId },
      ...{ most: wanted.most, state: "signed" },
    })
    .execute();
}

async function signText(wanted: Signable, signer: Signer): Promise<string> {
  const signed = await signClaims(wanted, signer);
  if (!signed.ok) throw new Error(`the authority made claims that no controller would take: ${signed.detail}`);
  return signed.value;
}

function signClaims(wanted: Signable, signer: Signer): ReturnType<typeof signToken> {
  switch (wanted.kind) {
    case "authorisation":
      return signToken(wanted.claims, signer);
    case "order":
      return signOrder(wanted.claims, signer);
    case "revocation":
      return signRevocation(wanted.claims, signer);
    case "agreement":
    case "remote-refusal":
      return signCosign(wanted.claims, signer);
    case "settings":
      return signTwin(wanted.claims, signer);
  }
}
