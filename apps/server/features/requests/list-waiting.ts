import type { RouteAnswer } from "@chancery/api/client";
import {
  type ClassNames,
  describeRows,
  hasAgreed,
  overdueSince,
  type RuleSet,
  STARTER_SETS,
  starterRules,
} from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { GateView } from "../stamping/gate-facts.ts";
import type { StampingTurn } from "../stamping/turns.ts";
import type { LoadedRequest, LoadedStep } from "./load-request.ts";
import type { PersonRefView } from "./read-people.ts";
import type { readUsualTimes } from "./usual-times.ts";

type Waiting = RouteAnswer<"GET /v1/seal-use-requests/:requestId">["waiting"][number];
type Usual = Awaited<ReturnType<typeof readUsualTimes>>;

/** What a request waits for now: for whom, since when, how long that usually takes. Nothing once it is over. */
export function listWaiting(
  { loaded, turn }: Pick<GateView, "loaded" | "turn">,
  stamping: StampingTurn | null,
  now: number,
  usual: Usual,
  person: (id: string) => PersonRefView | null,
  standIns: readonly string[],
): Waiting[] {
  const { row, steps } = loaded;
  const refs = (ids: readonly string[]) => ids.flatMap((id) => person(id) ?? []);
  const plain = { kind: null, title: null, usual: null, overdueSince: null, needed: 1 };
  switch (row.state) {
    case "draft":
    case "returned":
    case "withdrawn":
      if (loaded.around.applicantLeft) {
        const since = row.updated_at.toISOString();
        return row.state === "returned" ? [{ ...plain, act: "take-back", people: refs(standIns), since }] : [];
      }
      return [{ ...plain, act: "applicant", people: refs([row.applicant_id]), since: row.updated_at.toISOString() }];
    case "in-review":
      return listCurrentGroups(steps).map((group): Waiting => {
        const [step] = group;
        const asked = listAsked(group, steps);
        const late = overdueSince({ state: step.state, dueAt: step.dueAt?.getTime() ?? null }, now);
        return {
          ...{ act: "step", kind: step.kind, title: step.title, people: refs(asked), usual: usual(step.kind) },
          needed: group.length,
          since: sinceWhen(loaded, step)?.toISOString() ?? null,
          overdueSince: late === null ? null : new Date(late).toISOString(),
        };
      });
    case "authorised": {
      if (!turn) {
        const waits = loaded.joint !== null && !hasAgreed(loaded.joint.other.state);
        const since = row.authorised_at?.toISOString() ?? null;
        return waits ? [{ ...plain, act: "other-side", people: [], since }] : [];
      }
      const since = turn.act === "release" ? row.authorised_at : row.released_at;
      const people = refs(turn.people);
      return [{ ...plain, act: turn.act, people, since: since?.toISOString() ?? null, usual: usual(turn.act) }];
    }
    case "frozen":
    case "closed":
    case "opened":
      if (row.use_mode === "by-hand") {
        const since = row.updated_at.toISOString();
        return stamping === null ? [] : [{ ...plain, act: stamping.kind, people: refs(stamping.people), since }];
      }
      if (row.state !== "opened") return [];
      return [{ ...plain, act: "sealing", people: [], since: row.updated_at.toISOString() }];
    default:
      return [];
  }
}

/** Who is asked in a group of steps and has not agreed in it yet. */
function listAsked(group: readonly LoadedStep[], steps: readonly LoadedStep[]): string[] {
  const gave = steps
    .filter((one) => one.groupId === group[0]?.groupId)
    .flatMap((one) => [one.decidedBy, one.decidedFor]);
  return [...new Set(group.flatMap((one) => one.candidates))].filter((one) => !gave.includes(one));
}

/** Everybody whom a request waits for to decide. */
export const listAskedNow = (steps: readonly LoadedStep[]): string[] => [
  ...new Set(listCurrentGroups(steps).flatMap((group) => listAsked(group, steps))),
];

function listCurrentGroups(steps: readonly LoadedStep[]): [LoadedStep, ...LoadedStep[]][] {
  const current = steps.filter((step) => step.state === "current");
  const groups = [...Map.groupBy(current, (step) => step.groupId).values()];
  return groups.flatMap(([first, ...others]) => (first ? [[first, ...others] as [LoadedStep, ...LoadedStep[]]] : []));
}

/** When a step began to wait: with its time, where it has one; else with the last agreement before it. */
function sinceWhen({ row, steps }: LoadedRequest, step: LoadedStep): Date | null {
  if (step.dueAt !== null && step.hours !== null) return new Date(step.dueAt.getTime() - step.hours * 3_600_000);
  const before = steps.flatMap((one) =>
    one.stage < step.stage && one.keptFrom === null && one.decidedAt !== null ? [one.decidedAt.getTime()] : [],
  );
  const submitted = row.submitted_at?.getTime();
  return submitted === undefined ? null : new Date(Math.max(submitted, ...before));
}

/** The rules a request was submitted under; null for requests older than the rules. */
export async function readRulesOf(reader: Reader, versionId: string | null): Promise<RuleSet | null> {
  if (versionId === null) return null;
  const starter = STARTER_SETS.find((id) => id === versionId);
  if (starter) return starterRules(starter);
  const row = await reader
    .selectFrom("rule_versions")
    .select("rules")
    .where("version_id", "=", versionId)
    .executeTakeFirst();
  return row ? (row.rules as unknown as RuleSet) : null;
}

/** The rule that asked for a step, and why the organisation has it; null for what no table asks for. */
export function sayRule(rules: RuleSet, rowId: string, names: ClassNames) {
  const row = rules.route.rows.find((one) => one.rowId === rowId);
  const said = describeRows(rules, "route", names).find((one) => one.rowId === rowId);
  return row && said ? { when: { ...said.when }, reason: { ...row.reason } } : null;
}
