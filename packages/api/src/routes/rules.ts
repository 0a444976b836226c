import {
  ATTACHMENT_KINDS,
  BACKTEST_CHANGES,
  COUNTERPARTY_KINDS,
  FACT_IDS,
  STARTER_SETS,
  STEP_KINDS,
  STEP_MODES,
  TABLE_IDS,
  tableLimits,
} from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import {
  BacktestId,
  BothTexts,
  Day,
  Digest,
  DocumentClass,
  Done,
  EntityRef,
  List,
  LocalName,
  MatterId,
  MatterState,
  PersonId,
  PersonRef,
  RefusalView,
  RequestId,
  RulesVersionId,
  SealType,
  Time,
} from "../shapes.ts";
import { RunningRequest, VersionId } from "./running-requests.ts";

const WEAKENINGS = [
  ...(["empty", "gone", "less", "fewer", "skipped", "too-complex"] as const),
  ...([
    "allowed",
    "papers",
    "impressions",
    "validity",
    "presence",
    "supervision",
    "not-compared",
    "valued-less",
  ] as const),
] as const;
const Fact = z.enum(FACT_IDS);
const Text = z.object({ en: z.string().max(tableLimits.text), zh: z.string().max(tableLimits.text) });
const Amount = z.number().min(0).max(1e15);
const Cell = z.union([
  z.strictObject({ in: z.array(z.string().max(60)).min(1).max(tableLimits.values) }),
  z.strictObject({ is: z.boolean() }),
  z.strictObject({ from: Amount.nullable(), below: Amount.nullable() }),
  z.strictObject({ stated: z.literal(false) }),
]);
const tableOf = <Output extends z.ZodType>(output: Output) =>
  z.object({
    inputs: z.array(Fact).max(FACT_IDS.length),
    rows: z
      .array(
        z.object({
          /** Lasting; a decision names it. */
          rowId: z.string().regex(/^[a-z0-9-]{1,60}$/),
          /** What the row asks; a fact that is not there is not asked. */
          cells: z.partialRecord(Fact, Cell),
          output,
          reason: Text,
          clause: Text,
        }),
      )
      .max(tableLimits.rows),
  });
const Attachment = z.enum(ATTACHMENT_KINDS);
const ScopeOutput = z.object({
  answer: z.enum(["allow", "refuse", "ask"]),
  /** Where it refuses: the seals that are right, the most fitting first. */
  rightSeals: z.array(SealType).max(19),
  attachments: z.array(Attachment).max(8),
});
const RouteOutput = z.object({
  /** Steps of one stage wait side by side; the signatory's is 9, after every other. */
  stage: z.number().int().min(1).max(9),
  decider: z.enum(STEP_KINDS),
  title: Text,
  people: z.array(PersonId).max(40),
  mode: z.enum(STEP_MODES),
  quorum: z.number().int().min(2).max(40),
  hours: z.number().int().min(1).max(1440).nullable(),
  ifNobody: z.enum(["refuse", "skip"]),
});
const LimitOutput = z.object({
  impressionsMost: z.number().int().min(1).max(100_000).nullable(),
  validDays: z.number().int().min(1).max(366).nullable(),
  presence: z.boolean(),
  supervised: z.boolean(),
});
/** The three tables, and how amounts of other currencies count in them. */
export const RuleSetShape = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/),
  rates: z.record(z.string().regex(/^[A-Z]{3}$/), z.number().min(0.0001).max(1e9)),
  scope: tableOf(ScopeOutput),
  route: tableOf(RouteOutput),
  limits: tableOf(LimitOutput),
});

const Table = z.enum(TABLE_IDS);
const Atom = z.union([
  z.object({ kind: z.literal("value"), value: z.string() }),
  z.object({ kind: z.literal("switch"), value: z.boolean() }),
  z.object({ kind: z.literal("range"), from: z.number(), below: z.number().nullable() }),
  z.object({ kind: z.literal("unstated") }),
]);
const Fault = z.object({
  table: Table,
  kind: z.enum(["gap", "overlap", "unreachable", "too-complex", "unstated-passes", "row", "size"]),
  /** Whether it keeps the rules from being proposed; else it warns, whoever writes them and whoever decides on them. */
  blocking: z.boolean(),
  rowIds: z.array(z.string()),
  /** Of a gap or an overlap: where it lies. */
  region: z.partialRecord(Fact, z.array(Atom)).nullable(),
  sentence: BothTexts,
});

const Version = z.object({
  /** A version of the organisation's own, or a starter set. */
  versionId: VersionId,
  /** Counted from 1 as they took force; null for a draft, 0 for a starter set. */
  number: z.number().int().nullable(),
  state: z.enum(["draft", "in-force", "replaced", "starter"]),
  note: z.string(),
  writtenBy: PersonRef.nullable(),
  updatedAt: Time.nullable(),
  inForceAt: Time.nullable(),
  /** When the next version took its place; null while none has. */
  replacedAt: Time.nullable(),
  /** Of a draft: how much keeps it from being proposed. */
  faults: z.number().int().nullable(),
  /** Of a draft: other rules took force since it was begun, so that it can not be proposed any more. */
  outdated: z.boolean(),
  /** The newest matter that asks, or asked, for it. */
  matter: z.object({ matterId: MatterId, number: z.string().nullable(), state: MatterState }).nullable(),
});
const RowView = z.object({ rowId: z.string(), when: BothTexts, what: BothTexts });
const Reading = z.object({
  /** Each row as a sentence. */
  sentences: z.record(Table, z.array(RowView)),
  faults: z.array(Fault),
  /** In what the tables ask less than those they are compared with: allowed, and nobody should approve it unseen. */
  warnings: z.array(z.object({ kind: z.enum(WEAKENINGS), sentence: BothTexts })),
  /** How amounts are counted. */
  money: BothTexts,
  /** Rows and rates (`money`, by the code of the currency) that differ: of what was ever in force from what it replaced, of anything else from the rules in force. */
  changes: z.array(
    z.object({
      table: z.enum([...TABLE_IDS, "money"]),
      rowId: z.string(),
      kind: z.enum(["added", "removed", "changed", "moved"]),
      before: BothTexts.nullable(),
      after: BothTexts.nullable(),
    }),
  ),
});
const VersionDetail = Reading.extend({
  version: Version,
  /** What a change is made on; goes up with every save. */
  revision: z.number().int(),
  digest: Digest,
  rules: RuleSetShape,
  /** People whom a row names. */
  people: z.array(PersonRef),
});
const Column = z.object({
  fact: Fact,
  name: LocalName,
  kind: z.enum(["choice", "switch", "number"]),
  values: z.array(z.object({ value: z.string(), name: LocalName })),
  optional: z.boolean(),
});

const CaseFacts = z.object({
  sealType: SealType,
  important: z.boolean(),
  documentClass: DocumentClass,
  external: z.boolean(),
  counterpartyKind: z.enum(COUNTERPARTY_KINDS),
  amount: z.number().min(0).max(1e15).nullable(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  template: z.enum(["none", "same", "changed"]),
  impressions: z.number().int().min(0).max(100_000),
});
const Counts = z.record(z.string(), z.number());
const Outcome = z.object({ refused: z.boolean(), papers: z.number().int(), steps: Counts });
const Backtest = z.object({
  backtestId: BacktestId,
  /** Null for a generated year. */
  period: z.object({ from: Day, to: Day }).nullable(),
  /** Whether it was the draft as it is now. */
  current: z.boolean(),
  askedBy: PersonRef.nullable(),
  askedAt: Time,
  state: z.enum(["waiting", "running", "done", "failed"]),
  done: z.number().int(),
  total: z.number().int(),
  result: z
    .object({
      requests: z.number().int(),
      changed: z.number().int(),
      by: Counts,
      /** Agreements more and less, by kind of step. */
      added: Counts,
      saved: Counts,
      hoursAdded: z.number().nullable(),
      hoursSaved: z.number().nullable(),
      /** Examples that the reader may not see: they are counted and not listed. */
      untold: z.number().int(),
      examples: z.array(
        z.object({
          /** Only where the reader may see it. */
          requestId: RequestId.nullable(),
          number: z.string(),
          changes: z.array(z.enum(BACKTEST_CHANGES)),
          /** How it goes by the rules in force, and by the draft; null where a backtest is older than that was kept. */
          outcomes: z.object({ before: Outcome, after: Outcome }).nullable(),
          /**
           * What it was: of a real one only where the reader may see it, or writes the rules and it is not confidential; then without
           * title and unit, as a generated one.
           */
          what: z
            .object({
              title: z.string().nullable(),
              unit: LocalName.nullable(),
              documentClass: DocumentClass.nullable(),
              external: z.boolean(),
              amount: z.string().nullable(),
              currency: z.string(),
              sealType: SealType.nullable(),
            })
            .nullable(),
        }),
      ),
    })
    .nullable(),
});
const CaseAnswer = z.object({
  scope: RowView.nullable(),
  route: z.array(RowView),
  limits: RowView.nullable(),
  refusals: z.array(RefusalView),
});
/** Tables with as many rows and as long texts as they may have: kept, and written out as models. */
const rulesBodyBytes = 24 * 1024 * 1024;
const VersionParams = z.object({ versionId: VersionId });

/** The rules of use: decision tables, written as drafts, checked, tried, decided by a second person, kept by version. */
export const rulesRoutes = {
  "GET /v1/rules": {
    summary:
      "The rules of use in force, their versions, drafts for who may write them, and the columns tables may have",
    permission: "rules.read",
    response: z.object({
      inForce: VersionDetail,
      versions: z.array(Version),
      columns: z.record(Table, z.array(Column)),
      attachments: z.array(z.object({ kind: Attachment, name: LocalName })),
      starterSets: z.array(z.object({ id: z.enum(STARTER_SETS), name: LocalName })),
      mayWrite: z.boolean(),
      /** Entities in which the reader may ask for a change. */
      mayAskIn: z.array(EntityRef),
    }),
  },
  "GET /v1/rules/running": {
    summary:
      "Requests in review that were promised earlier rules, and which of them may be named to take those in force",
    permission: "rules.write",
    query: z.object({
      /** In the number, or the title of what the caller may open. */
      search: z.string().max(100).optional(),
      /** These alone, with commas between them: those that a matter was to name. */
      named: z
        .string()
        .regex(/^req_[0-9a-f-]{36}(?:,req_[0-9a-f-]{36}){0,49}$/)
        .optional(),
      after: z.string().max(100).optional(),
    }),
    /** The oldest come first. */
    response: List(RunningRequest.extend({ refusal: RefusalView.nullable() })).extend({
      inForce: VersionId,
      /** How many there are in all that were asked for. */
      total: z.number().int(),
      /** How many one matter names. */
      most: z.number().int(),
    }),
  },
  "GET /v1/rules/versions/:versionId": {
    summary: "One version with its rows as sentences, its faults, and what it changes",
    permission: "rules.read",
    params: VersionParams,
    response: VersionDetail,
  },
  "POST /v1/rules/drafts": {
    summary: "Begin a draft from a version or a starter set; a roll-back is a draft from an older version",
    permission: "rules.write",
    body: z.object({ from: VersionId, note: z.string().trim().max(500) }),
    response: z.object({ versionId: RulesVersionId }),
  },
  "POST /v1/rules/imports": {
    summary: "Begin a draft from a file of decision models that was exported here",
    permission: "rules.write",
    body: z.object({ note: z.string().trim().max(500), text: z.string().max(10_000_000) }),
    bodyLimitBytes: rulesBodyBytes,
    response: z.object({ versionId: RulesVersionId }),
  },
  "PUT /v1/rules/versions/:versionId": {
    summary: "Save a draft; what is wrong with it is told and hinders only proposing it",
    permission: "rules.write",
    params: z.object({ versionId: RulesVersionId }),
    body: z.object({ revision: z.number().int(), note: z.string().trim().max(500), rules: RuleSetShape }),
    bodyLimitBytes: rulesBodyBytes,
    limitPerMinute: 60,
    response: VersionDetail,
  },
  "DELETE /v1/rules/versions/:versionId": {
    summary: "Discard a draft",
    permission: "rules.write",
    params: z.object({ versionId: RulesVersionId }),
    response: Done,
  },
  "POST /v1/rules/versions/:versionId/try": {
    summary: "What a version would decide on a case: the rows that fire, and their answers",
    permission: "rules.read",
    params: VersionParams,
    body: z.object({ cases: z.array(CaseFacts).min(1).max(50) }),
    response: z.object({ answers: z.array(CaseAnswer) }),
  },
  "POST /v1/rules/checks": {
    summary: "What tables that are being written say, before they are saved: sentences, faults, changes, cases",
    permission: "rules.write",
    body: z.object({ rules: RuleSetShape, cases: z.array(CaseFacts).max(50) }),
    response: Reading.extend({ answers: z.array(CaseAnswer) }),
    limitPerMinute: 240,
  },
  "POST /v1/rules/versions/:versionId/backtests": {
    summary:
      "Try a draft on requests of these days, or on a generated year: what it would have changed, and what it costs",
    permission: "rules.write",
    params: z.object({ versionId: RulesVersionId }),
    body: z.object({
      period: z
        .object({ from: Day, to: Day })
        .refine(({ from, to }) => from <= to, {
          ...{ path: ["to"], error: "lies before the first day", params: { zh: "早于起始日" } },
        })
        .nullable(),
    }),
    response: z.object({ backtestId: BacktestId }),
    limitPerMinute: 10,
  },
  "GET /v1/rules/versions/:versionId/backtests": {
    summary: "What was tried with a draft, the newest first, each with how far it has come",
    permission: "rules.read",
    params: VersionParams,
    response: z.object({ items: z.array(Backtest) }),
  },
  "GET /v1/rules/versions/:versionId/file": {
    summary: "A version as decision models, to keep or to bring in elsewhere",
    permission: "rules.read",
    params: VersionParams,
    response: "binary",
    mediaType: "application/json",
    limitPerMinute: 20,
  },
} as const satisfies Record<string, Route>;
