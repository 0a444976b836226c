import {
  addDays,
  COUNTERPARTY_KINDS,
  type CounterpartyKind,
  classIn,
  type DecisiveFacts,
  decideByRules,
  decideRoute,
  decideScope,
  decideSealForDocument,
  findScopeFault,
  listApplicantRefusals,
  nameClass,
  type Objection,
  type Profile,
  type Refusal,
  type RequestFacts,
  type RouteStep,
  type RuleSet,
  type RulesDecision,
  refuse,
  type SealForEntry,
  type SealType,
} from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { listChoiceRefusals } from "../document-classes/class-matter.ts";
import { decideEmergency } from "../emergency/ask-emergency.ts";
import type { WhoDecides } from "../organisation/who-decides.ts";
import { listGone, listNamed } from "../rules/named-people.ts";
import type { RulesInForce } from "../rules/read-rules.ts";
import { decideStanding } from "../standing/use-standing.ts";
import { copiesOf } from "./list-places.ts";
import type { LoadedRequest } from "./load-request.ts";

/** A seal as the entry check asks of it. */
export interface SealOfUse {
  readonly entry: SealForEntry;
  readonly entityId: string;
  readonly important: boolean;
}

/** Everything a use is judged by besides the facts of its documents; read once, asked for each reading of them. */
export interface UseAtHand {
  readonly loaded: LoadedRequest;
  readonly entityId: string | null;
  readonly profile: Profile;
  readonly today: string;
  readonly inForce: RulesInForce;
  readonly who: WhoDecides;
  readonly chosen: readonly SealOfUse[];
  /** Every seal of the entity. */
  readonly own: readonly SealOfUse[];
  /** What reviewers said against its documents; read where the way passes over reviewers. */
  readonly objections: readonly Objection[];
}

export interface UseJudged {
  readonly refusals: readonly Refusal[];
  readonly suggested: readonly string[];
  readonly seals: readonly { sealId: string; refusals: readonly Refusal[] }[];
  readonly route: readonly RouteStep[];
  readonly rules: { versionId: string; decided: RulesDecision; rules: RuleSet };
  /** What the organisation set besides. */
  readonly settings: RulesInForce["settings"];
  /** What the rules were asked. */
  readonly asked: RequestFacts;
}

/** What seals, rules and route say of a use, if these are its facts. */
export async function judgeUse(
  reader: Reader,
  env: Environment,
  { loaded, entityId, profile, today, inForce, who, chosen, own, objections }: UseAtHand,
  decisive: DecisiveFacts,
): Promise<UseJudged> {
  const { row } = loaded;
  // Of a series the strictest document decides, and all of them have the same seals (domain/series.ts).
  const documents = loaded.series ? loaded.documents.slice(0, 1) : loaded.documents;
  const { documentClass, external } = decisive;
  const { classes } = loaded.facts;
  const { makesRights } = classIn(classes, documentClass);
  const asked = {
    ...{ documentClass, makesRights, external, template: decisive.template, currency: decisive.currency },
    counterpartyKind: readCounterpartyKind(row.counterparty_kind),
    amount: decisive.amountMinor === null ? null : decisive.amountMinor / 100,
    impressions: copiesOf(row) * documents.reduce((sum, document) => sum + document.placements.length, 0),
  };
  const sealOf = ({ entry, important }: SealOfUse) => ({
    ...{ sealId: entry.sealId, type: entry.type as SealType, important },
    outOfScope: findScopeFault(entry, documentClass, external) !== null,
  });
  const forRules = {
    ...{ ...asked, seals: chosen.map(sealOf) },
    attachments: loaded.attachments.map((one) => one.kind),
  };
  const ordinary = decideByRules(inForce.rules, forRules);
  const { grants, units, absent } = who;
  const isEmergency = row.emergency_reason !== null;
  const underStanding = row.standing_id !== null;
  const { decided, refusals: ofItsWay } =
    underStanding && entityId !== null
      ? await decideStanding(reader, loaded, ordinary, { ...asked, today, rules: inForce.rules, objections })
      : isEmergency && entityId !== null
        ? await decideEmergency(reader, env, loaded, ordinary, { grants, today, objections })
        : { decided: ordinary, refusals: [] };
  const refusedByRules = (seal: SealOfUse): Refusal[] => {
    const one = sealOf(seal);
    const { refusal } = decideScope(inForce.rules, asked, one);
    return refusal && !one.outOfScope ? [refusal] : [];
  };
  const entry = decideSealForDocument(
    chosen.map((seal) => seal.entry),
    documentClass,
    external,
    own.map((seal) => seal.entry),
    classes,
  );
  // A rule names a class by its id; people know it by its name.
  const named = (refusal: Refusal): Refusal =>
    refusal.facts.documentClass === documentClass
      ? { ...refusal, facts: { ...refusal.facts, documentClass: nameClass(classes, documentClass) } }
      : refusal;
  const refusals: Refusal[] = [
    ...listChoiceRefusals(classes, loaded.facts.declared.documentClass),
    ...[...ofItsWay, ...entry.refusals, ...decided.refusals].map(named),
  ];
  const mayStand = (sealId: string): boolean =>
    own.some((seal) => seal.entry.sealId === sealId && refusedByRules(seal).length === 0);
  const seals = own.map((seal) => ({
    sealId: seal.entry.sealId,
    refusals: [
      ...decideSealForDocument([seal.entry], documentClass, external, [], classes).refusals,
      ...refusedByRules(seal).map(named),
    ],
  }));
  const { validDays } = decided.limits;
  if (validDays !== null && row.valid_until !== null && row.valid_until > addDays(today, validDays))
    refusals.push(refuse("rules.valid-too-long", { days: validDays }, "C02"));
  let route: readonly RouteStep[] = [];
  if (entityId !== null && loaded.sealIds.length > 0) {
    const { applicant_id: applicantId, handler_id: handlerId } = row;
    const routed = decideRoute(
      {
        ...{ profile, entityId, sealIds: loaded.sealIds, applicantId, handlerId, today },
        unitId: units.some((unit) => unit.unitId === row.unit_id) ? row.unit_id : null,
        absent,
        gone: await listGone(reader, listNamed(inForce.rules)),
        emergency: isEmergency,
      },
      decided.steps,
      units,
      grants,
    );
    const held = chosen.map((seal) => ({
      ...{ sealId: seal.entry.sealId, entityId: seal.entityId },
      // An emergency is sealed before a second person, whatever the seal.
      important: seal.important || isEmergency,
    }));
    refusals.push(...listApplicantRefusals({ profile, applicantId, handlerId, seals: held, grants, today }));
    // Under a standing authorisation nobody is asked again, the authorised signatory neither.
    if (!underStanding) {
      if (routed.ok) route = routed.steps;
      else refusals.push(...routed.refusals);
    }
  }
  const rules = { versionId: inForce.versionId, decided, rules: inForce.rules };
  return {
    refusals,
    suggested: entry.suggested.filter(mayStand),
    seals,
    route,
    rules,
    settings: inForce.settings,
    asked: forRules,
  };
}

/** What the applicant said of the other side; the rules are strict where he said nothing. */
export function readCounterpartyKind(kind: string | null): CounterpartyKind {
  return COUNTERPARTY_KINDS.find((one) => one === kind) ?? "unknown";
}
