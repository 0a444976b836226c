import {
  type ApplicationFacts,
  type ApplicationField,
  addDays,
  COUNTERPARTY_KINDS,
  type CounterpartyKind,
  decideByRules,
  decidePlaces,
  decideRoute,
  decideScope,
  decideSealForDocument,
  findScopeFault,
  lastDayOfValidity,
  listApplicantRefusals,
  listApplicationRefusals,
  listMissingFields,
  type Profile,
  type Refusal,
  type RouteStep,
  type RuleSet,
  type RulesDecision,
  refuse,
  type SealForEntry,
  type SealType,
  type StepKept,
} from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { decideEmergency } from "../emergency/ask-emergency.ts";
import { listNamedRefusals } from "../forms/request-forms.ts";
import { readAbsentNow } from "../organisation/absences.ts";
import { dayIn, readGrants, readUnits } from "../organisation/read-grants.ts";
import { listGone, listNamed } from "../rules/named-people.ts";
import { readRulesInForce } from "../rules/read-rules.ts";
import { readKinds, rulesOf } from "../seals/seal-types.ts";
import { askQuestions } from "./ask-questions.ts";
import { digestParts, type PartDigests, planKeeping } from "./keep-approvals.ts";
import { type AnsweredQuestion, type LoadedRequest, openPlaces } from "./load-request.ts";

export interface RequestCheck {
  refusals: Refusal[];
  suggested: string[];
  /** Every seal of the entity with what speaks against it on these documents. */
  seals: { sealId: string; refusals: readonly Refusal[] }[];
  route: readonly RouteStep[];
  missing: ApplicationField[];
  /** What the rules of use say: their version, the rows that fired, the limits, the papers they ask for. */
  rules: { versionId: string; decided: RulesDecision; rules: RuleSet } | null;
  today: string;
  timeZone: string;
  entityCode: string;
  /** What is asked about it, with the answers the draft has; nothing is refused for it. */
  questions: AnsweredQuestion[];
  /** What stands of the round that was returned, step by step of the route; and what the next one rests on. */
  keeping: readonly StepKept[];
  parts: PartDigests | null;
  validUntil: string | null;
  /** The seals of the request, as the rules see them. */
  important: boolean;
}

/** What submitting would be answered, by the same rules: completeness, the right seal, blanks, the route. */
export async function checkRequest(reader: Reader, env: Environment, loaded: LoadedRequest): Promise<RequestCheck> {
  const { row, documents, sealIds } = loaded;
  const entity =
    row.entity_id === null
      ? undefined
      : await reader.selectFrom("entities").selectAll().where("entity_id", "=", row.entity_id).executeTakeFirst();
  const installation = await reader.selectFrom("installation").select("profile").executeTakeFirstOrThrow();
  const profile = installation.profile as Profile;
  const today = dayIn(entity?.time_zone ?? "UTC", env.clock.now());
  const rows = await reader
    .selectFrom("seals as s")
    .leftJoin("seal_bodies as b", (join) => join.onRef("b.seal_id", "=", "s.seal_id").on("b.kind", "=", "electronic"))
    .select(["s.seal_id", "type", "kind_id", "external", "important", "b.state", "entity_id", "width_mm", "height_mm"])
    .where((eb) =>
      sealIds.length > 0
        ? eb.or([eb("s.seal_id", "in", sealIds), eb("entity_id", "=", row.entity_id)])
        : eb("entity_id", "=", row.entity_id),
    )
    .execute();
  const kindOf = await readKinds(reader, rows);
  const asEntry = (seal: (typeof rows)[number]): SealForEntry => ({
    sealId: seal.seal_id,
    type: seal.type as SealType,
    external: seal.external,
    kind: rulesOf(kindOf(seal)),
    // A file is sealed with the key; a piece that is used says nothing for it.
    inUse: seal.state === "in-use",
  });
  const chosen = rows.filter((seal) => sealIds.includes(seal.seal_id));
  const application: ApplicationFacts = {
    title: row.title,
    purpose: row.purpose,
    documentClass: row.document_class,
    external: row.external,
    counterparty: row.counterparty,
    entityId: entity?.entity_id ?? null,
    impressions: documents.map((document) => document.placements.length),
    sealEntities: chosen.map((seal) => seal.entity_id),
    validUntil: row.valid_until,
    today,
  };
  const missing = listMissingFields(application);
  const refusals: Refusal[] = listApplicationRefusals(application);
  const own = rows.filter((seal) => seal.entity_id === row.entity_id).map(asEntry);
  let suggested: string[] = [];
  let seals: RequestCheck["seals"] = [];
  let byRules: RequestCheck["rules"] = null;
  let questions: AnsweredQuestion[] = [];
  if (row.document_class !== null) {
    const { document_class, external } = row;
    const inForce = await readRulesInForce(reader);
    const asked = {
      ...{ documentClass: document_class, external, template: "none" as const, currency: row.currency },
      counterpartyKind: readCounterpartyKind(row.counterparty_kind),
      amount: row.amount === null ? null : Number(row.amount),
      impressions: documents.reduce((sum, document) => sum + document.placements.length, 0),
    };
    const sealOf = (seal: (typeof rows)[number]) => ({
      ...{ sealId: seal.seal_id, type: seal.type as SealType, important: seal.important },
      outOfScope: findScopeFault(asEntry(seal), document_class, external) !== null,
    });
    const forRules = { ...asked, seals: chosen.map(sealOf), attachments: loaded.attachments.map((one) => one.kind) };
    let decided = decideByRules(inForce.rules, forRules);
    if (row.emergency_reason !== null && entity) {
      const grants = await readGrants(reader, { entityId: entity.entity_id });
      const emergency = await decideEmergency(reader, env, loaded, decided, { grants, today });
      decided = emergency.decided;
      refusals.push(...emergency.refusals);
    }
    byRules = { versionId: inForce.versionId, decided, rules: inForce.rules };
    questions = await askQuestions(reader, env, loaded, inForce.rules, forRules);
    const refusedByRules = (seal: (typeof rows)[number]): Refusal[] => {
      const one = sealOf(seal);
      const { refusal } = decideScope(inForce.rules, asked, one);
      return refusal && !one.outOfScope ? [refusal] : [];
    };
    const entry = decideSealForDocument(chosen.map(asEntry), document_class, external, own);
    refusals.push(...entry.refusals, ...decided.refusals);
    const mayStand = (sealId: string): boolean =>
      rows.some((seal) => seal.seal_id === sealId && refusedByRules(seal).length === 0);
    suggested = entry.suggested.filter(mayStand);
    seals = rows
      .filter((seal) => seal.entity_id === row.entity_id)
      .map((seal) => ({
        sealId: seal.seal_id,
        refusals: [
          ...decideSealForDocument([asEntry(seal)], document_class, external, []).refusals,
          ...refusedByRules(seal),
        ],
      }));
    const { validDays } = decided.limits;
    if (validDays !== null && row.valid_until !== null && row.valid_until > addDays(today, validDays))
      refusals.push(refuse("rules.valid-too-long", { days: validDays }, "C02"));
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

  if (loaded.forms.length > 0) {
    const request = { requestId: row.request_id, applicantId: row.applicant_id, entityId: row.entity_id };
    refusals.push(...(await listNamedRefusals(reader, request, loaded.forms)));
  }

  let route: readonly RouteStep[] = [];
  if (entity && byRules !== null && sealIds.length > 0) {
    const units = await readUnits(reader, entity.entity_id);
    const grants = await readGrants(reader, { entityId: entity.entity_id });
    const { applicant_id: applicantId, handler_id: handlerId } = row;
    const decided = decideRoute(
      {
        profile,
        entityId: entity.entity_id,
        unitId: units.some((unit) => unit.unitId === row.unit_id) ? row.unit_id : null,
        sealIds,
        applicantId,
        handlerId,
        today,
        absent: await readAbsentNow(reader, env.clock.now()),
        gone: await listGone(reader, listNamed(byRules.rules)),
        emergency: row.emergency_reason !== null,
      },
      byRules.decided.steps,
      units,
      grants,
    );
    const seals = chosen.map((seal) => ({
      sealId: seal.seal_id,
      entityId: seal.entity_id,
      // An emergency is sealed before a second person, whatever the seal.
      important: seal.important || row.emergency_reason !== null,
    }));
    refusals.push(...listApplicantRefusals({ profile, applicantId, handlerId, seals, grants, today }));
    if (decided.ok) route = decided.steps;
    else refusals.push(...decided.refusals);
  }
  const validUntil = byRules && lastDayOfValidity(row.valid_until, today, byRules.decided.limits.validDays);
  const parts =
    byRules &&
    digestParts({
      ...{ documents, forms: loaded.forms, attachments: loaded.attachments, questions },
      row: {
        ...{ ...row, valid_until: validUntil, rules_version: byRules.versionId },
        ...{
          rules_fired: { ...byRules.decided.fired },
          emergency_until: row.emergency_reason === null ? null : new Date(0),
        },
      },
    });
  return {
    ...{ keeping: parts ? planKeeping(loaded, route, parts) : [], parts, validUntil },
    refusals,
    suggested,
    seals,
    route,
    missing,
    rules: byRules,
    questions,
    today,
    timeZone: entity?.time_zone ?? "UTC",
    entityCode: entity?.code ?? "",
    important: chosen.some((seal) => seal.important),
  };
}

/** What the applicant said of the other side; the rules are strict where he said nothing. */
function readCounterpartyKind(kind: string | null): CounterpartyKind {
  return COUNTERPARTY_KINDS.find((one) => one === kind) ?? "unknown";
}
