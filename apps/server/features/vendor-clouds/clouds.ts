import { createHash, randomBytes } from "node:crypto";
import { refuse } from "@chancery/domain";
import type { Selectable } from "kysely";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import type { VendorTables } from "../../platform/vendor-schema.ts";
import { readControllerReach } from "../controllers/reach.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import type { SealDeviceAdapter } from "./adapter.ts";
import { createContractLock } from "./contract-lock.ts";
import { stopAll } from "./stop-authorisations.ts";
import { readCloudAddress } from "./vendor-http.ts";

export type CloudRow = Selectable<VendorTables["vendor_clouds"]>;

export interface CloudToRegister {
  readonly entityId: string;
  readonly name: { readonly en: string; readonly zh: string };
  readonly address: string;
  readonly timeZone: string;
  readonly accessToken: string;
  readonly accessSecret: string;
  /** With it the cloud signs its calls; null where it cannot. */
  readonly callKey: string | null;
}

interface Credentials {
  readonly token: string;
  readonly secret: string;
  readonly callKey: string | null;
}

/** Bound to the cloud: credentials moved to another row open nothing. */
const purposeOf = (cloudId: string): string => `vendor-cloud ${cloudId}`;
export const hashOfCallSecret = (secret: string): Buffer => createHash("sha256").update(secret).digest();

/** The adapter of a cloud, with its credentials; they leave this place for its address alone. */
export function openAdapter(env: Environment, cloud: CloudRow): SealDeviceAdapter {
  const plain = env.masterKey.decrypt(cloud.credentials, purposeOf(cloud.cloud_id));
  const credentials = JSON.parse(plain.toString("utf8")) as Credentials;
  return createContractLock({
    ...{ address: cloud.address, timeZone: cloud.time_zone, now: () => env.clock.now() },
    ...credentials,
  });
}

export const readCloud = (reader: Reader, cloudId: string): Promise<CloudRow | undefined> =>
  reader.selectFrom("vendor_clouds").selectAll().where("cloud_id", "=", cloudId).executeTakeFirst();

/** A cloud's row, held, for somebody who may do this with it; to others there is nothing there. */
export async function lockCloud(
  tx: Tx,
  env: Environment,
  personId: string,
  cloudId: string,
  may: "manages" | "revokes",
): Promise<CloudRow> {
  const row = await tx
    .selectFrom("vendor_clouds")
    .selectAll()
    .where("cloud_id", "=", cloudId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  const reach = await readControllerReach(tx, personId, env.clock.now());
  if (!row || !reach[may].has(row.entity_id)) throw problems.notFound();
  return row;
}

/** Registers a cloud; a second person confirms it. The address for its calls is told this once, for it holds a secret. */
export async function registerCloud(
  env: Environment,
  personId: string,
  wanted: CloudToRegister,
): Promise<{ cloudId: string; callPath: string }> {
  const address = readCloudAddress(wanted.address);
  if (address === null) throw refusedBy([refuse("vendor.address-unfit", {}, "C18")]);
  return transact(env.db, async (tx) => {
    const now = env.clock.now();
    const reach = await readControllerReach(tx, personId, now);
    if (!reach.manages.has(wanted.entityId)) throw problems.notFound();
    const cloudId = newId("vcl", now);
    const callSecret = randomBytes(32).toString("base64url");
    const credentials: Credentials = {
      ...{ token: wanted.accessToken, secret: wanted.accessSecret, callKey: wanted.callKey },
    };
    await tx
      .insertInto("vendor_clouds")
      .values({
        ...{ cloud_id: cloudId, entity_id: wanted.entityId, maker: "contract-lock", address },
        ...{ name_en: wanted.name.en, name_zh: wanted.name.zh, time_zone: wanted.timeZone },
        credentials: env.masterKey.encrypt(Buffer.from(JSON.stringify(credentials)), purposeOf(cloudId)),
        ...{ call_hash: hashOfCallSecret(callSecret), signs_calls: wanted.callKey !== null },
        ...{ state: "awaiting-confirmation", registered_by: personId, registered_at: new Date(now) },
      })
      .execute();
    await recordEvent(tx, env, {
      ...{ type: "VendorCloudRegistered", actorId: personId },
      facts: { cloud: cloudId, address, signsCalls: wanted.callKey !== null },
    });
    return { cloudId, callPath: `/v1/vendor-calls/${cloudId}/${callSecret}` };
  });
}

/** A second person confirms a cloud: whose word will count impressions is nothing that one person decides. */
export async function confirmCloud(env: Environment, personId: string, cloudId: string): Promise<void> {
  await transact(env.db, async (tx) => {
    const row = await lockCloud(tx, env, personId, cloudId, "manages");
    if (row.state !== "awaiting-confirmation") throw refusedBy([refuse("vendor.not-waiting", {}, "C18")]);
    if (row.registered_by === personId) throw refusedBy([refuse("vendor.confirm-self", {}, "C18")]);
    const now = new Date(env.clock.now());
    await tx
      .updateTable("vendor_clouds")
      .set({ state: "in-use", confirmed_by: personId, confirmed_at: now })
      .where("cloud_id", "=", cloudId)
      .execute();
    await recordEvent(tx, env, {
      ...{ type: "VendorCloudConfirmed", actorId: personId, facts: { cloud: cloudId, address: row.address } },
    });
  });
}

/** Ends a cloud at once, by one person: nothing more is asked of it but to end what it still allows. */
export async function endCloud(env: Environment, personId: string, cloudId: string, reason: string): Promise<void> {
  await transact(env.db, async (tx) => {
    const row = await lockCloud(tx, env, personId, cloudId, "revokes");
    if (row.state === "ended") throw refusedBy([refuse("vendor.not-in-use", {}, "C18")]);
    const now = new Date(env.clock.now());
    await tx
      .updateTable("vendor_clouds")
      .set({ state: "ended", ended_by: personId, ended_at: now, end_reason: reason })
      .where("cloud_id", "=", cloudId)
      .execute();
    await stopAll(tx, env, { cloudId });
    await recordEvent(tx, env, {
      ...{ type: "VendorCloudEnded", actorId: personId, facts: { cloud: cloudId }, comment: reason },
    });
  });
}

/** Says by which mobile number a cloud knows a person; null: not any more. It is nobody's but who manages controllers there. */
export async function nameInCloud(
  env: Environment,
  actorId: string,
  of: { readonly cloudId: string; readonly personId: string; readonly mobile: string | null },
): Promise<void> {
  await transact(env.db, async (tx) => {
    const row = await lockCloud(tx, env, actorId, of.cloudId, "manages");
    const now = new Date(env.clock.now());
    const grants = await readGrantsInForce(tx, now.getTime(), { personId: of.personId });
    if (of.mobile !== null && !grants.some(({ entityId }) => entityId === row.entity_id))
      throw refusedBy([refuse("vendor.person-unfit", {}, "C12")]);
    const key = { cloud_id: of.cloudId, person_id: of.personId };
    if (of.mobile === null)
      await tx
        .deleteFrom("vendor_people")
        .where("cloud_id", "=", of.cloudId)
        .where("person_id", "=", of.personId)
        .execute();
    else
      await tx
        .insertInto("vendor_people")
        .values({ ...key, mobile: of.mobile, set_by: actorId, set_at: now })
        .onConflict((conflict) =>
          conflict
            .columns(["cloud_id", "person_id"])
            .doUpdateSet({ mobile: of.mobile ?? "", set_by: actorId, set_at: now }),
        )
        .execute();
    await recordEvent(tx, env, {
      ...{ type: "VendorPersonNamed", actorId, personId: of.personId },
      facts: { cloud: of.cloudId, known: of.mobile !== null },
    });
  });
}
