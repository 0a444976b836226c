import { type Grant, listPermissions, type Permission, type Role } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { problems } from "../../platform/problems.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";

export interface SealPlace {
  sealId: string;
  entityId: string;
}

/** What decides which seals a person sees: the entity he belongs to, and his grants in force today. */
export interface Viewer {
  personId: string;
  /** Null for people of the organisation as a whole, who see every entity; guests see only what a grant names. */
  entityId: string | null;
  guest: boolean;
  grants: readonly Grant[];
}

export async function readViewer(reader: Reader, personId: string, now: number): Promise<Viewer> {
  const person = await reader
    .selectFrom("people")
    .select(["entity_id", "guest"])
    .where("person_id", "=", personId)
    .executeTakeFirst();
  if (!person) throw problems.notFound();
  return {
    personId,
    entityId: person.entity_id,
    guest: person.guest,
    grants: await readGrantsInForce(reader, now, { personId }),
  };
}

const reaches = (grant: Grant, seal: SealPlace): boolean =>
  grant.entityId === seal.entityId && (grant.scope.kind !== "seal" || grant.scope.id === seal.sealId);

/** A seal is seen by the people of its entity, by those of the organisation as a whole, and by whoever a grant reaches. */
export function maySee(viewer: Viewer, seal: SealPlace): boolean {
  const belongs = !viewer.guest && (viewer.entityId === null || viewer.entityId === seal.entityId);
  return belongs || viewer.grants.some((grant) => reaches(grant, seal));
}

/** Whether one of the person's roles that reach this seal carries the permission. */
export function mayActOn(viewer: Viewer, seal: SealPlace, permission: Permission): boolean {
  const roles: Role[] = viewer.grants.filter((grant) => reaches(grant, seal)).map((grant) => grant.role);
  return listPermissions(roles).has(permission);
}
