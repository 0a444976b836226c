import type { MatterForm } from "./matter-forms.ts";
import type { MatterBody, MatterDetail, MatterKind } from "./queries.ts";

/** An empty matter of a kind; what the kind does not ask for stays null. */
export function beginBody(kind: MatterKind, entityId: string, sealId: string | null): MatterBody {
  return {
    ...{ kind, entityId, unitId: null, sealId, bodyId: null, personId: null },
    ...{ title: "", reason: "", data: {}, effectiveOn: null },
  };
}

/** A matter as it is written again. */
export function bodyOf(
  matter: Pick<MatterDetail, "kind" | "entity" | "unitId" | "seal" | "person" | "title" | "reason" | "data"> &
    Pick<MatterDetail, "effectiveOn">,
): MatterBody {
  return {
    ...beginBody(matter.kind, matter.entity.entityId, matter.seal?.sealId ?? null),
    ...{ unitId: matter.unitId, personId: matter.person?.personId ?? null },
    ...{ title: matter.title, reason: matter.reason, data: matter.data, effectiveOn: matter.effectiveOn },
  };
}

/** The seal that a kind's own fields chose: by its id, or with its entity where the reader may not see the seal itself. */
export type AboutSeal = string | { readonly sealId: string; readonly entityId: string };

/** The body about the seal that the kind's own fields chose; one that is not known leaves it as it is. */
export function followSeal(
  body: MatterBody,
  about: AboutSeal | undefined,
  seals: readonly { readonly sealId: string; readonly entity: { readonly entityId: string } }[],
): MatterBody {
  const known = seals.find((one) => one.sealId === about);
  const seal = typeof about === "object" ? about : known && { sealId: known.sealId, entityId: known.entity.entityId };
  if (!seal || (seal.sealId === body.sealId && seal.entityId === body.entityId)) return body;
  return { ...body, entityId: seal.entityId, sealId: seal.sealId, unitId: null };
}

export type Gap = "title" | "seal" | "unit" | "person" | "pieces";

/** What a draft needs before it can be kept; everything else is asked for when it is submitted. */
export function listGaps(
  body: Pick<MatterBody, "title" | "sealId" | "unitId" | "personId" | "data">,
  { concerns, pieces }: Pick<MatterForm, "concerns" | "pieces">,
): readonly Gap[] {
  const ids = { seal: body.sealId, unit: body.unitId, person: body.personId };
  const { bodies } = body.data;
  const chosen = Array.isArray(bodies) && bodies.length > 0;
  return [
    ...(body.title.trim() === "" ? (["title"] as const) : []),
    ...concerns.filter((one) => ids[one] === null),
    ...(pieces && !chosen ? (["pieces"] as const) : []),
  ];
}
