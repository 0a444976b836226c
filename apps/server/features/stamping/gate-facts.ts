import {
  countBySeal,
  findFreeHolders,
  findSealingHolders,
  findSealingTurn,
  findStandingActs,
  type GateFacts,
  hasAgreed,
  isInForce,
  isSupervisionNeeded,
  listConfirmers,
  listOtherSideRefusals,
  listTakenDuties,
  nameClass,
  type PlacedImpression,
  type PresenceFacts,
  type Profile,
  preferPresent,
  type Refusal,
  type SealType,
  withoutBiasedDelegations,
  withoutOtherSide,
} from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { listUnfitHolders } from "../custody/fit-to-hold.ts";
import { readTags } from "../custody/short-handovers.ts";
import { readOwedPapers } from "../emergency/papers.ts";
import { areSheetsFit } from "../forms/sheets-of-request.ts";
import { readOtherSide } from "../joint/engaged.ts";
import { isOtherFileFit } from "../joint/other-file.ts";
import { readAbsentNow } from "../organisation/absences.ts";
import { dayIn, readGrants } from "../organisation/read-grants.ts";
import { listPlaces } from "../requests/list-places.ts";
import { digestOfRequest, type LoadedRequest, loadRequest, openPlaces } from "../requests/load-request.ts";
import { readKinds, rulesOf } from "../seals/seal-types.ts";
import { readStanding } from "../standing/standing-rows.ts";
import { readBodiesOfUse } from "./bodies-of-use.ts";

export interface GateView {
  facts: GateFacts;
  loaded: LoadedRequest;
  /** Who may release: custodians of every seal, without another duty in the request. */
  custodians: string[];
  /** Who may confirm, or will be able to once it is released: the domain's `listConfirmers`. */
  supervisors: string[];
  /** Everybody free to supervise, also who released: to tell him why he may not confirm too. */
  watchers: readonly string[];
  /** Whose turn it is to bring about the sealing, once the request is authorised. */
  turn: ReturnType<typeof findSealingTurn>;
  supervisionNeeded: boolean;
  /** By hand: the piece of each seal that a person would press. */
  piecesOf(personId: string): ReadonlyMap<string, string>;
  /** The delegation by which a person supervises; null where he does so by a role of his own. */
  delegationOf(personId: string): string | null;
  /** Why a person may not act here: he acted on the other side of the joint request, or stands in for who did. */
  actsOnOtherSide(personId: string): Refusal[];
  /** With `checkFiles`: each document with whether its approved file is in the store, byte for byte. */
  unchanged: ReadonlyMap<string, boolean>;
}

/**
 * Everything the gate wants to know, read in one place. `lock` holds the request and, shared, its seals, so that what
 * the gate saw is still so when the transaction ends. `wanted` are the impressions the answer is for; without them
 * it is asked for all that are left. Files are read and hashed again where `checkFiles` is set.
 */
export async function readGateFacts(
  reader: Reader,
  env: Environment,
  requestId: string,
  options: {
    lock?: boolean;
    checkFiles?: boolean;
    wanted?: readonly string[];
    /** Of those that are only about to be reserved: where they are to stand. */
    wantedPlaces?: readonly PlacedImpression[];
  } = {},
): Promise<GateView> {
  const loaded = await loadRequest(reader, requestId, options.lock === true);
  const { row, documents, steps, sealIds } = loaded;
  const now = env.clock.now();
  const entity =
    row.entity_id === null
      ? undefined
      : await reader
          .selectFrom("entities")
          .select("time_zone")
          .where("entity_id", "=", row.entity_id)
          .executeTakeFirst();
  const today = dayIn(entity?.time_zone ?? "UTC", now);
  const sealQuery = reader
    .selectFrom("seals")
    .select(["seal_id", "type", "kind_id", "important", "external", "state", "entity_id"])
    .where("seal_id", "in", sealIds.length > 0 ? sealIds : [""]);
  const seals = await (options.lock ? sealQuery.forShare() : sealQuery).execute();
  const kindOf = await readKinds(reader, seals);
  const impressions = await reader
    .selectFrom("impressions")
    .select(["impression_id", "state", "seal_id", "document_id", "copy", "body_id"])
    .where("request_id", "=", requestId)
    .execute();
  const bodies = await readBodiesOfUse(reader, {
    ...{ mode: row.use_mode, sealIds, releasedBy: row.released_by },
    used: [...new Set(impressions.flatMap((one) => one.body_id ?? []))],
  });
  const unconfirmed = await reader
    .selectFrom("seal_bodies")
    .select("seal_id")
    .where("to_confirm", "=", true)
    .where("seal_id", "in", sealIds.length > 0 ? sealIds : [""])
    .execute();
  const tagOf = await readTags(
    reader,
    sealIds.flatMap((sealId) => bodies.pieceOf(sealId) ?? []),
  );
  const certificates = await reader
    .selectFrom("certificates")
    .select(["seal_id", "not_before", "not_after", "revoked_at"])
    .where("kind", "=", "seal")
    .where("seal_id", "in", sealIds.length > 0 ? sealIds : [""])
    .orderBy("not_after", "desc")
    .execute();
  const otherSide = await readOtherSide(reader, env, loaded);
  const engaged = otherSide?.engaged ?? [];
  const ofEntity = row.entity_id === null ? [] : await readGrants(reader, { entityId: row.entity_id });
  const { profile } = await reader.selectFrom("installation").select("profile").executeTakeFirstOrThrow();
  const places = seals.map((seal) => ({ sealId: seal.seal_id, entityId: seal.entity_id }));
  const taken = listTakenDuties({ applicantId: row.applicant_id, handlerId: row.handler_id, steps });
  const grants = withoutOtherSide(ofEntity, engaged);
  const counting = withoutBiasedDelegations(profile as Profile, grants, [
    ...taken,
    ...(row.released_by ? [{ personId: row.released_by, duty: "custodian" as const }] : []),
  ]);
  const holders = findSealingHolders(counting, places, today);
  const own = findSealingHolders(
    counting.filter((grant) => grant.delegatedBy === undefined),
    places,
    today,
  );
  const fit = findFreeHolders(profile as Profile, holders, taken);
  const free = { ...fit, custodians: fit.custodians.filter(bodies.ofRecord) };
  const absent = await readAbsentNow(reader, now);
  const presentOf = (turn: ReturnType<typeof findSealingTurn>): ReturnType<typeof findSealingTurn> =>
    turn && { ...turn, people: preferPresent(turn.people, absent) };
  const supervisionAsked = loaded.limits?.supervised === true || loaded.sheets.length > 0;
  const emergency = row.emergency_until === null ? null : { until: row.emergency_until.getTime() };
  const made = { useMode: row.use_mode, byController: row.by_controller, emergency };
  const supervisionNeeded = isSupervisionNeeded({ ...made, supervisionAsked, seals });
  const standing = findStandingActs({
    releasedBy: row.released_by,
    releasedAt: row.released_at?.getTime() ?? null,
    confirmedBy: row.confirmed_by,
    confirmedAt: row.confirmed_at?.getTime() ?? null,
    now,
  });
  const agreed = loaded.joint === null || hasAgreed(loaded.joint.other.state);
  const unchanged = options.checkFiles ? await checkFiles(env, loaded) : new Map<string, boolean>();

  const authorisation = row.standing_id === null ? null : await readStanding(reader, row.standing_id, requestId);
  const wanted = options.wanted ?? [];
  const isWanted = new Set(wanted);
  const begun = impressions.flatMap(({ impression_id: id, seal_id: sealId, document_id: documentId, copy, ...one }) =>
    one.state === "released" ? [] : [{ id, sealId, documentId, ...(one.body_id === null ? {} : { copy }) }],
  );
  const approved = listPlaces(loaded);
  const presence = async (
    personId: string | null,
    at: Date | null,
    stepUpId: string | null,
    holders: readonly string[],
  ): Promise<PresenceFacts | null> => {
    if (!personId || !at || !stepUpId) return null;
    const stepUp = await reader
      .selectFrom("step_ups as s")
      .innerJoin("people as p", "p.person_id", "s.person_id")
      .select(["s.digest", "p.credential_reset_at", "p.state"])
      .where("s.step_up_id", "=", stepUpId)
      .where("s.person_id", "=", personId)
      .executeTakeFirst();
    return stepUp
      ? {
          personId,
          digest: stepUp.digest,
          at: at.getTime(),
          grantInForce: holders.includes(personId) && stepUp.state === "active",
          credentialResetAt: stepUp.credential_reset_at?.getTime() ?? null,
        }
      : null;
  };
  return {
    loaded,
    custodians: [...free.custodians],
    supervisors: listConfirmers(free, standing.releasedBy),
    watchers: free.supervisors,
    // Nobody is asked to seal one side before the other has agreed.
    turn:
      row.state === "authorised" && agreed
        ? presentOf(findSealingTurn(free, { ...standing, supervisionNeeded }))
        : null,
    supervisionNeeded,
    piecesOf: bodies.piecesOf,
    delegationOf: (personId) =>
      own.supervisors.includes(personId)
        ? null
        : (counting.find(
            ({ role, delegatedBy, ...grant }) =>
              role === "supervisor" &&
              delegatedBy !== undefined &&
              grant.personId === personId &&
              grant.from <= today &&
              (grant.to === null || grant.to >= today),
          )?.grantId ?? null),
    unchanged,
    actsOnOtherSide: (personId) =>
      listOtherSideRefusals({
        ...{ actorId: personId, engaged, other: otherSide?.other ?? null },
        // One who could act here by a delegation alone stands in for its giver.
        standsFor: own.supervisors.includes(personId)
          ? null
          : (ofEntity.find((one) => one.personId === personId && engaged.includes(one.delegatedBy ?? ""))
              ?.delegatedBy ?? null),
      }),
    facts: {
      joint: loaded.joint && {
        ...{ otherState: loaded.joint.other.state, other: loaded.joint.other.number, engaged },
        otherFileFits: options.checkFiles ? await isOtherFileFit(reader, env, loaded) : true,
      },
      makeUp: loaded.makeUp,
      standing: authorisation && { inForce: isInForce(authorisation, today), counted: authorisation.counted },
      ...made,
      supervisionAsked,
      now,
      today,
      profile: profile as Profile,
      requestId,
      state: row.state,
      entityId: row.entity_id ?? "",
      documentClass: row.document_class,
      className: nameClass(loaded.facts.classes, row.document_class ?? "other"),
      external: row.external,
      validUntil: row.valid_until,
      applicantId: row.applicant_id,
      handlerId: row.handler_id,
      digest: row.digest,
      digestNow: [...unchanged.values()].includes(false) ? null : digestOfRequest(loaded),
      steps: steps.map((step) => ({
        kind: step.kind,
        state: step.state,
        decidedBy: step.decidedBy,
        decidedFor: step.decidedFor,
        decidedAt: step.decidedAt?.getTime() ?? null,
      })),
      seals: seals.map((seal) => {
        const certificate = certificates.find((one) => one.seal_id === seal.seal_id);
        return {
          sealId: seal.seal_id,
          type: seal.type as SealType,
          important: seal.important,
          external: seal.external,
          kind: rulesOf(kindOf(seal), loaded.facts.classes),
          state: bodies.stateOf(seal.seal_id),
          tag: tagOf(bodies.pieceOf(seal.seal_id)),
          entityId: seal.entity_id,
          unconfirmed: unconfirmed.some((body) => body.seal_id === seal.seal_id),
          certificate: certificate
            ? {
                notBefore: certificate.not_before.getTime(),
                notAfter: certificate.not_after.getTime(),
                revoked: certificate.revoked_at !== null,
              }
            : null,
        };
      }),
      unfinishedPlaces: openPlaces(documents),
      owedPapers: await readOwedPapers(reader, loaded),
      sheetsFit: areSheetsFit(loaded.sheets, row),
      release: await presence(row.released_by, row.released_at, row.release_step_up, holders.custodians),
      confirmation: await presence(row.confirmed_by, row.confirmed_at, row.confirm_step_up, holders.supervisors),
      releasedByCustodianOfRecord: row.released_by !== null && bodies.ofRecord(row.released_by),
      releasedByFit: await isFitForAll(reader, env, row.released_by, seals),
      authorisedImpressions: approved.length,
      usedImpressions: impressions.filter(
        (impression) => impression.state !== "released" && !isWanted.has(impression.impression_id),
      ).length,
      wantedImpressions: wanted,
      sealsOnDocuments: countBySeal(
        approved,
        begun.filter((one) => !isWanted.has(one.id)),
        [...begun.filter((one) => isWanted.has(one.id)), ...(options.wantedPlaces ?? [])],
      ),
    },
  };
}

/** Whether who released is fit today for every seal of the request (C12); nobody is asked where nobody did. */
async function isFitForAll(
  reader: Reader,
  env: Environment,
  personId: string | null,
  seals: Parameters<typeof listUnfitHolders>[2][],
): Promise<boolean> {
  if (personId === null) return false;
  for (const seal of seals) if ((await listUnfitHolders(reader, env, seal, [personId])).length > 0) return false;
  return true;
}

/** Each document with whether its approved file is in the store, byte for byte. */
async function checkFiles(env: Environment, { documents }: LoadedRequest): Promise<ReadonlyMap<string, boolean>> {
  const checked = new Map<string, boolean>();
  for (const { documentId, digest } of documents) checked.set(documentId, (await env.files.read(digest)).ok);
  return checked;
}
