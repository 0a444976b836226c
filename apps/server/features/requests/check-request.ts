import {
  decidePlaces,
  decideRoute,
  decideSealForDocument,
  type Refusal,
  type RouteStep,
  refuse,
  type SealForEntry,
  type SealType,
  sealTypeDefaults,
} from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { dayIn, readGrants } from "../organisation/read-grants.ts";
import { type LoadedRequest, openPlaces } from "./load-request.ts";

export interface RequestCheck {
  refusals: Refusal[];
  suggested: string[];
  /** Every seal of the entity with what speaks against it on these documents. */
  seals: { sealId: string; refusals: readonly Refusal[] }[];
  route: readonly RouteStep[];
  missing: string[];
  today: string;
  timeZone: string;
  entityCode: string;
  /** The seals of the request, as the rules see them. */
  important: boolean;
}

/** What submitting would be answered, by the same rules: completeness, the right seal, blanks, the route. */
export async function checkRequest(reader: Reader, env: Environment, loaded: LoadedRequest): Promise<RequestCheck> {
  const { row, documents, sealIds } = loaded;
  const missing: string[] = [];
  const refusals: Refusal[] = [];
  if (row.title.trim() === "") missing.push("title");
  if (row.document_class === null) missing.push("documentClass");
  if (row.purpose.trim() === "") missing.push("purpose");
  if (documents.length === 0) missing.push("documents");
  if (documents.some((document) => document.placements.length === 0)) missing.push("placements");
  if (row.external && row.counterparty.trim() === "") missing.push("counterparty");

  const entity =
    row.entity_id === null
      ? undefined
      : await reader.selectFrom("entities").selectAll().where("entity_id", "=", row.entity_id).executeTakeFirst();
  if (!entity) missing.push("entity");
  const installation = await reader.selectFrom("installation").select("profile").executeTakeFirstOrThrow();
  const today = dayIn(entity?.time_zone ?? "UTC", env.clock.now());
  if (row.valid_until !== null && row.valid_until < today) refusals.push(refuse("entry.valid-until-past", {}));
  if (row.valid_until !== null && row.valid_until.slice(0, 4) > today.slice(0, 4))
    refusals.push(refuse("entry.valid-until-next-year", {}));

  const rows = await reader
    .selectFrom("seals")
    .select(["seal_id", "type", "external", "important", "state", "entity_id", "width_mm", "height_mm"])
    .where((eb) =>
      sealIds.length > 0
        ? eb.or([eb("seal_id", "in", sealIds), eb("entity_id", "=", row.entity_id)])
        : eb("entity_id", "=", row.entity_id),
    )
    .execute();
  const asEntry = (seal: (typeof rows)[number]): SealForEntry => ({
    sealId: seal.seal_id,
    type: seal.type as SealType,
    external: seal.external && sealTypeDefaults[seal.type as SealType].external,
    inUse: seal.state === "in-use",
  });
  const chosen = rows.filter((seal) => sealIds.includes(seal.seal_id));
  if (chosen.some((seal) => seal.entity_id !== row.entity_id)) refusals.push(refuse("entry.seals-of-two-entities", {}));
  const own = rows.filter((seal) => seal.entity_id === row.entity_id).map(asEntry);
  let suggested: string[] = [];
  let seals: RequestCheck["seals"] = [];
  if (row.document_class !== null) {
    const { document_class, external } = row;
    const entry = decideSealForDocument(chosen.map(asEntry), document_class, external, own);
    refusals.push(...entry.refusals);
    suggested = [...entry.suggested];
    seals = own.map((seal) => ({
      sealId: seal.sealId,
      refusals: decideSealForDocument([seal], document_class, external, []).refusals,
    }));
  }
  for (const document of documents)
    refusals.push(
      ...decidePlaces(
        document.name,
        document.placements.flatMap(({ sealId, page, xMm, yMm }) => {
          const seal = chosen.find((one) => one.seal_id === sealId);
          const paper = document.pages[page];
          return seal && paper
            ? [{ page, xMm, yMm, seal: { widthMm: seal.width_mm, heightMm: seal.height_mm }, paper }]
            : [];
        }),
      ),
    );

  if (documents.some((document) => document.unfinished.some((place) => !place.answerable)))
    refusals.push(refuse("entry.empty-page", {}, "C05"));
  const open = openPlaces(documents);
  if (open > 0) refusals.push(refuse("entry.unfinished", { places: open }, "C05"));

  let route: readonly RouteStep[] = [];
  if (entity && row.document_class !== null && sealIds.length > 0) {
    const units = await reader
      .selectFrom("units")
      .select(["unit_id", "parent_unit_id"])
      .where("entity_id", "=", entity.entity_id)
      .execute();
    const decided = decideRoute(
      {
        profile: installation.profile as "strict" | "standard" | "small",
        documentClass: row.document_class,
        entityId: entity.entity_id,
        unitId: units.some((unit) => unit.unit_id === row.unit_id) ? row.unit_id : null,
        sealIds,
        applicantId: row.applicant_id,
        handlerId: row.handler_id,
        today,
      },
      units.map((unit) => ({ unitId: unit.unit_id, parentUnitId: unit.parent_unit_id })),
      await readGrants(reader, { entityId: entity.entity_id }),
    );
    if (decided.ok) route = decided.steps;
    else refusals.push(...decided.refusals);
  }
  return {
    refusals,
    suggested,
    seals,
    route,
    missing,
    today,
    timeZone: entity?.time_zone ?? "UTC",
    entityCode: entity?.code ?? "",
    important: chosen.some((seal) => seal.important),
  };
}
