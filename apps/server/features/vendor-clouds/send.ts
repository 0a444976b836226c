import { type Refusal, refuse } from "@chancery/domain";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { findClosedGate } from "../controller-stamping/deliver.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { loadRequest } from "../requests/load-request.ts";
import { readHandImpressions, readStamping } from "../stamping/open-stamping.ts";
import { type Authorised, type SealDeviceAdapter, type UseToAuthorise, VendorFault } from "./adapter.ts";
import { askToStop, readVendorAuthorisations, type VendorAuthorisationRow } from "./stop-authorisations.ts";
import { grace } from "./times.ts";
import { findVendorBox, listVendorRefusals } from "./vendor-box.ts";

/** How long an authorisation holds, as those of our own controllers do. */
const life = 2 * 60 * 60_000;
export const useCodePurpose = (authorisationId: string): string => `vendor-use-code ${authorisationId}`;

/**
 * Asks a cloud for what is reserved now and not one impression more, if the gate still says yes with the request held. What is
 * asked stands in the ledger before the cloud hears of it; a call whose answer got lost is never made twice.
 */
export async function sendToCloud(
  env: Environment,
  adapter: SealDeviceAdapter,
  row: VendorAuthorisationRow,
): Promise<void> {
  const use = await transact(env.db, (tx) => prepare(tx, env, adapter, row.authorisation_id));
  if (use === null) return;
  try {
    const made = await adapter.authorise(use);
    await transact(env.db, (tx) => takeAuthorised(tx, env, row.authorisation_id, made));
  } catch (error) {
    if (!(error instanceof VendorFault)) throw error;
    const { kind, code } = error;
    if (kind === "unclear")
      await env.db
        .updateTable("vendor_authorisations")
        .set({ fault: code })
        .where("authorisation_id", "=", row.authorisation_id)
        .execute();
    else
      await transact(env.db, (tx) =>
        refuseIt(tx, env, row, "sending", [refuse("vendor.refused", { answer: code }, "C01")]),
      );
  }
}

async function prepare(
  tx: Tx,
  env: Environment,
  adapter: SealDeviceAdapter,
  authorisationId: string,
): Promise<UseToAuthorise | null> {
  const asked = await tx
    .selectFrom("vendor_authorisations")
    .select("request_id")
    .where("authorisation_id", "=", authorisationId)
    .executeTakeFirstOrThrow();
  // Holds the request first, as everybody does.
  const closed = await findClosedGate(tx, env, asked.request_id, true);
  const row = await tx
    .selectFrom("vendor_authorisations")
    .selectAll()
    .where("authorisation_id", "=", authorisationId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (row.state !== "asked") return null;
  const { row: request } = await loadRequest(tx, row.request_id);
  const stamping = await readStamping(tx, row.request_id);
  const box = await findVendorBox(tx, request.entity_id ?? "", row.body_id);
  const own = (await readHandImpressions(tx, row.request_id)).filter((one) => one.bodyId === row.body_id);
  const most = own.filter(({ state }) => state === "reserved").length;
  const now = env.clock.now();
  const earlier = (await readVendorAuthorisations(tx, row.request_id)).filter((one) => one.body_id === row.body_id);
  // Whatever may still be used there counts against what is left.
  const unclear = earlier.some(({ state, ends_at: end }) => state === "lost" && (end?.getTime() ?? 0) + grace > now);
  const here = box !== null && box.controllerId === row.controller_id;
  const refusals: Refusal[] = [
    ...(closed === null ? [] : [refuse("authorisation.not-open", {}, "C01")]),
    ...(here ? await listVendorRefusals(tx, box, row.person_id) : [refuse("controller.use-books-differ", {}, "C13")]),
    ...(most < 1 ? [refuse("authorisation.nothing-left", {}, "C09")] : []),
    ...(unclear ? [refuse("vendor.earlier-unclear", {}, "C09")] : []),
  ];
  if (refusals.length > 0 || !stamping || !here) {
    await refuseIt(tx, env, row, "asked", refusals, closed);
    return null;
  }
  const until = now + life;
  await tx
    .updateTable("vendor_authorisations")
    .set({
      ...{ state: "sending", most, begins_at: new Date(now), ends_at: new Date(until), sent_at: new Date(now) },
      asked_cloud_at: new Date(now),
    })
    .where("authorisation_id", "=", authorisationId)
    .execute();
  await recordEvent(tx, env, {
    ...{ type: "VendorAuthorisationAsked", actorId: null, requestId: row.request_id },
    facts: {
      ...{ authorisation: authorisationId, controller: row.controller_id, cloud: row.cloud_id, most },
      ...{ until: new Date(until).toISOString(), requestDigest: request.digest },
    },
  });
  const open = earlier.find(({ vendor_ref: ref, finished_at: finished }) => ref !== null && finished === null);
  const person = await tx
    .selectFrom("people as p")
    .innerJoin("vendor_people as v", "v.person_id", "p.person_id")
    .select(["p.name_zh", "v.mobile"])
    .where("v.cloud_id", "=", row.cloud_id)
    .where("p.person_id", "=", row.person_id)
    .executeTakeFirstOrThrow();
  const { name_zh: organisation } = await tx
    .selectFrom("entities")
    .select("name_zh")
    .where("entity_id", "=", request.entity_id ?? "")
    .executeTakeFirstOrThrow();
  return {
    ...{ authorisationId, organisation, deviceNo: box.deviceNo },
    adds: adapter.caps.append ? (open?.vendor_ref ?? null) : null,
    // The title of a confidential request is told to nobody outside.
    subject: request.confidential_reason === null ? request.title.slice(0, 100) : (request.number ?? "…"),
    uses: [{ name: person.name_zh, mobile: person.mobile, count: most, from: now, until }],
  };
}

async function refuseIt(
  tx: Tx,
  env: Environment,
  row: VendorAuthorisationRow,
  from: "asked" | "sending",
  refusals: readonly Refusal[],
  gate: string | null = null,
): Promise<void> {
  const updated = await tx
    .updateTable("vendor_authorisations")
    .set({ state: "refused", refusals: JSON.stringify({ list: refusals }) })
    .where("authorisation_id", "=", row.authorisation_id)
    .where("state", "=", from)
    .executeTakeFirst();
  if (updated.numUpdatedRows === 0n) return;
  await recordEvent(tx, env, {
    ...{ type: "VendorAuthorisationRefused", actorId: null, requestId: row.request_id },
    facts: {
      ...{ authorisation: row.authorisation_id, why: refusals.map(({ code }) => code).join(" ") },
      ...(gate === null ? {} : { gate }),
    },
  });
}

/** The cloud took it: its reference and, kept encrypted, the code that who stamps types at the controller. */
async function takeAuthorised(tx: Tx, env: Environment, authorisationId: string, made: Authorised): Promise<void> {
  const row = await tx
    .selectFrom("vendor_authorisations")
    .selectAll()
    .where("authorisation_id", "=", authorisationId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (row.state !== "sending" && row.state !== "lost") return;
  const code = made.useCode;
  await tx
    .updateTable("vendor_authorisations")
    .set({
      // Nobody waits any more for what was lost: it only has to be ended, and asked what was pressed with it.
      ...{ state: row.state === "lost" ? ("over" as const) : ("open" as const), fault: null },
      ...{ vendor_ref: made.ref, vendor_auth: made.auth, answered_at: new Date(env.clock.now()) },
      use_code: code === null ? null : env.masterKey.encrypt(Buffer.from(code), useCodePurpose(authorisationId)),
    })
    .where("authorisation_id", "=", authorisationId)
    .execute();
  await recordEvent(tx, env, {
    ...{ type: "VendorAuthorisationAccepted", actorId: null, requestId: row.request_id },
    facts: { authorisation: authorisationId, reference: made.ref, part: made.auth, found: row.state === "lost" },
  });
}

/**
 * What became of a call whose answer got lost: the cloud is asked under our own name for it. Where it knows nothing, nothing is
 * asked anew; should it turn up later, it is ended at once and whatever was pressed with it is counted.
 */
export async function recoverFromCloud(
  env: Environment,
  adapter: SealDeviceAdapter,
  row: VendorAuthorisationRow,
): Promise<"found" | "unknown"> {
  const made = await adapter.find(row.authorisation_id);
  return transact(env.db, async (tx) => {
    if (made === null) {
      const updated = await tx
        .updateTable("vendor_authorisations")
        .set({ state: "lost", over_at: new Date(env.clock.now()) })
        .where("authorisation_id", "=", row.authorisation_id)
        .where("state", "=", "sending")
        .executeTakeFirst();
      if (updated.numUpdatedRows > 0n)
        await recordEvent(tx, env, {
          ...{ type: "VendorAuthorisationMissed", actorId: null, requestId: row.request_id },
          facts: { authorisation: row.authorisation_id, controller: row.controller_id },
        });
      return "unknown";
    }
    if (row.state === "lost") await askToStop(tx, env, row);
    await takeAuthorised(tx, env, row.authorisation_id, made);
    return "found";
  });
}
