import {
  decideNewInvitation,
  type GrantToRead,
  listAbsent,
  mayReadGrant,
  mayReadPerson,
  type PeopleReader,
  type Role,
} from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import { findGrantLeaves } from "../ledger/read-model.ts";
import { readPeople } from "../requests/read-people.ts";
import { readViewer } from "../seals/visible-seals.ts";
import { readAbsences } from "./absences.ts";
import { readInviters } from "./new-invitation.ts";
import { readDays, readGrants } from "./read-grants.ts";
import { readScopeNames, showScope } from "./scope-names.ts";
import { readWorksWith } from "./works-with.ts";

async function readPeopleReader(reader: Reader, personId: string, now: number): Promise<PeopleReader> {
  return { ...(await readViewer(reader, personId, now)), worksWith: await readWorksWith(reader, personId, now) };
}

/** The people this one may read, with those of their roles that he may read. */
export async function listPeople(
  reader: Reader,
  readerId: string,
  now: number,
): Promise<HandlerAnswer<"GET /v1/people">["items"]> {
  const who = await readPeopleReader(reader, readerId, now);
  const rows = await reader.selectFrom("people").selectAll().orderBy("created_at").execute();
  const grants = (await readGrants(reader, { named: true })).filter((grant) => grant.delegatedBy === undefined);
  const grantsOf = Map.groupBy(grants, (grant) => grant.personId);
  const passkeys = new Set(
    (await reader.selectFrom("passkeys").select("person_id").execute()).map((row) => row.person_id),
  );
  const absences = await readAbsences(reader);
  const dayOf = await readDays(reader, now);
  const away = (personId: string): string | null =>
    absences
      .filter((one) => one.personId === personId && listAbsent([one], dayOf(one.entityId)).length > 0)
      .map((one) => one.to)
      .toSorted()
      .at(-1) ?? null;
  const inviters = await readInviters(
    reader,
    rows.flatMap((row) => (row.state === "invited" ? [row.person_id] : [])),
  );
  return rows.flatMap((row) => {
    const own = grantsOf.get(row.person_id) ?? [];
    if (!mayReadPerson(who, { personId: row.person_id, entityId: row.entity_id, grants: own })) return [];
    return [
      {
        personId: row.person_id,
        awayUntil: away(row.person_id),
        name: { en: row.name_en, zh: row.name_zh },
        login: row.login,
        guest: row.guest,
        unitId: row.unit_id,
        entityId: row.entity_id,
        state: row.state as "active",
        roles: [...new Set(own.filter((grant) => mayReadGrant(who, grant)).map((grant) => grant.role))],
        hasPasskey: passkeys.has(row.person_id),
        lastSignInAt: row.last_sign_in_at?.toISOString() ?? null,
        mayInviteAgain: decideNewInvitation(
          { state: row.state, invitedBy: inviters.get(row.person_id) ?? null },
          readerId,
        ).ok,
      },
    ];
  });
}

/** The newest grants that this person may read, of one holder or for one seal where asked. */
export async function listGrants(
  reader: Reader,
  readerId: string,
  which: { personId?: string | undefined; sealId?: string | undefined },
  now: number,
): Promise<HandlerAnswer<"GET /v1/grants">["items"]> {
  const who = await readPeopleReader(reader, readerId, now);
  let select = reader
    .selectFrom("grants as g")
    .leftJoin("units as u", "u.unit_id", "g.scope_id")
    .leftJoin("seals as s", "s.seal_id", "g.scope_id")
    .leftJoin("position_confirmations as c", "c.grant_id", "g.grant_id")
    .selectAll("g")
    .select(["c.at as confirmed_at"])
    .select((eb) => eb.fn.coalesce("u.entity_id", "s.entity_id", "g.scope_id").as("entity_id"))
    .orderBy("g.granted_at", "desc");
  if (which.personId) select = select.where("g.person_id", "=", which.personId);
  if (which.sealId) select = select.where("g.scope_id", "=", which.sealId);
  const toRead = (row: {
    person_id: string;
    entity_id: string;
    scope_kind: string;
    scope_id: string;
  }): GrantToRead => ({
    ...{ personId: row.person_id, entityId: row.entity_id },
    scope: { kind: row.scope_kind as "seal", id: row.scope_id },
  });
  const rows = (await select.execute()).filter((row) => mayReadGrant(who, toRead(row))).slice(0, 1000);
  const person = await readPeople(
    reader,
    rows.flatMap((row) => [row.person_id, row.granted_by]),
  );
  const nameOf = await readScopeNames(reader);
  const dayOf = await readDays(reader, now);
  const leaves = await findGrantLeaves(
    reader,
    rows.map((row) => row.grant_id),
  );
  return rows.flatMap((row) => {
    const holder = person(row.person_id);
    if (!holder) return [];
    return [
      {
        grantId: row.grant_id,
        person: holder,
        role: row.role as Role,
        scope: showScope({ kind: row.scope_kind, id: row.scope_id }),
        scopeName: nameOf(row.scope_id),
        from: row.from_on,
        to: row.to_on,
        state: stateOn(row, dayOf(row.entity_id)),
        grantedBy: person(row.granted_by),
        grantedAt: row.granted_at.toISOString(),
        risk: row.risk,
        confirmedAt: row.confirmed_at?.toISOString() ?? null,
        leaf: leaves.get(row.grant_id) ?? null,
      },
    ];
  });
}

function stateOn(
  row: { state: string; from_on: string; to_on: string | null },
  day: string,
): "waiting" | "ended" | "future" | "in-force" {
  if (row.state === "waiting") return "waiting";
  if (row.state === "ended" || (row.to_on !== null && row.to_on < day)) return "ended";
  return row.from_on > day ? "future" : "in-force";
}
