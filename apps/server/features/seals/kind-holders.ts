import { listHolderRefusals, type Refusal, type SealType } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { problems } from "../../platform/problems.ts";
import { findSealType, readKinds, type SealTypeNow, type SealWithKind } from "./seal-types.ts";

/** The kind that a seal is asked for: an own one of the organisation, based on that type, or the type itself. */
export async function readKindWanted(
  reader: Reader,
  wanted: { readonly type: SealType; readonly kindId?: string | null | undefined },
): Promise<SealTypeNow> {
  const kind = await findSealType(reader, wanted.kindId ?? wanted.type);
  if (!kind || kind.type !== wanted.type) throw problems.notFound();
  return kind;
}

interface ToHold {
  readonly personId: string;
  readonly kind: Pick<SealTypeNow, "holders">;
  readonly entityId: string;
  readonly unitId: string | null;
}

/** Why these people may not hold seals of these kinds (C12). */
export async function readHolderRefusals(
  reader: Reader,
  wanted: readonly ToHold[],
): Promise<(personId: string) => Refusal[]> {
  const asked = wanted.filter(({ kind }) => kind.holders !== "anybody");
  if (asked.length === 0) return () => [];
  const people = await reader
    .selectFrom("people")
    .select(["person_id", "entity_id", "unit_id", "guest"])
    .where("person_id", "in", [...new Set(asked.map((one) => one.personId))])
    .execute();
  return (personId) =>
    asked
      .filter((one) => one.personId === personId)
      .flatMap(({ kind, entityId, unitId }) => {
        const person = people.find((one) => one.person_id === personId);
        const from = {
          ...{ entityId: person?.entity_id ?? null, unitId: person?.unit_id ?? null, guest: person?.guest ?? true },
        };
        return listHolderRefusals(kind.holders, from, { entityId, unitId });
      });
}

/** The same for seals that there are. */
export async function listKindRefusals(
  reader: Reader,
  personId: string,
  seals: readonly (SealWithKind & { readonly entity_id: string; readonly unit_id: string | null })[],
): Promise<Refusal[]> {
  const kindOf = await readKinds(reader, seals);
  const refusals = await readHolderRefusals(
    reader,
    seals.map((seal) => ({ personId, kind: kindOf(seal), entityId: seal.entity_id, unitId: seal.unit_id })),
  );
  return refusals(personId);
}
