import { listPermissions, type Permission } from "./permissions.ts";
import { type Grant, scopesMeet } from "./separation-matrix.ts";

/** Somebody who asks who the people are and what they may do. */
export interface PeopleReader {
  readonly personId: string;
  readonly guest: boolean;
  /** Null for people of the organisation as a whole. */
  readonly entityId: string | null;
  /** His grants in force. */
  readonly grants: readonly Grant[];
  /** People who stand in the matters and requests that he has a part in. */
  readonly worksWith: ReadonlySet<string>;
}

export interface PersonToRead {
  readonly personId: string;
  readonly entityId: string | null;
  /** Everything that was given to him. */
  readonly grants: readonly GrantToRead[];
}
export type GrantToRead = Pick<Grant, "personId" | "entityId" | "scope">;

/** Whoever keeps the accounts, confirms them or watches over roles does so for all entities. */
const ofAllEntities: readonly Permission[] = ["person.manage", "person.confirm", "separation.read"];

function readsAll({ guest, grants }: PeopleReader): boolean {
  if (guest) return false;
  const wide = grants.filter((grant) => grant.scope.kind === "entity" && grant.delegatedBy === undefined);
  const permissions = listPermissions(wide.map((grant) => grant.role));
  return ofAllEntities.some((one) => permissions.has(one));
}

/** Whether the reader holds a role there; who belongs to no entity and holds any, holds it for all. */
const holdsIn = (reader: PeopleReader, entityId: string): boolean =>
  reader.grants.some((grant) => reader.entityId === null || grant.entityId === entityId);

/**
 * Whether a role that somebody holds is read (C11): one's own; where the reader's own roles reach it; by staff, those of
 * the entity they belong to or hold a role in, for they have to know whom to turn to. Denied by default.
 */
export function mayReadGrant(reader: PeopleReader, grant: GrantToRead): boolean {
  if (grant.personId === reader.personId || readsAll(reader)) return true;
  if (reader.grants.some((own) => scopesMeet(own, grant))) return true;
  if (reader.guest) return false;
  return reader.entityId === null || reader.entityId === grant.entityId || holdsIn(reader, grant.entityId);
}

/**
 * Whether a person is read at all (C11): oneself; whom one works with; who holds a role that one may read; and by staff
 * with a role in the entity, everybody of it. A guest from outside meets only those he works with. Denied by default.
 */
export function mayReadPerson(reader: PeopleReader, person: PersonToRead): boolean {
  if (person.personId === reader.personId || reader.worksWith.has(person.personId) || readsAll(reader)) return true;
  if (person.grants.some((grant) => mayReadGrant(reader, grant))) return true;
  if (reader.guest || reader.grants.length === 0) return false;
  return person.entityId === null || holdsIn(reader, person.entityId);
}
