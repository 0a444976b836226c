import type { RouteAnswer } from "@chancery/api/client";
import { askGate, countHand, hasAgreed, isVendorLiving, maySpoil, refuse, type StampDebt } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { isLiving, readAuthorisations } from "../authority/authorisation-rows.ts";
import { listRefusalsOfPieces } from "../controller-stamping/ask-authorisations.ts";
import { listDockHindrances } from "../controller-stamping/may-be-docked.ts";
import { showControllers } from "../controller-stamping/show-controller.ts";
import { readHeldNow } from "../custody/postings.ts";
import { readPauses } from "../custody/stampings-of-piece.ts";
import { countBeingRead, hasOwnPhoto, readSeen } from "../printed-copies/read-seen.ts";
import { readComparisons } from "../printed-copies/show-readings.ts";
import { listRemoteHindrances } from "../remote-supervision/may-be-remote.ts";
import { showRemote } from "../remote-supervision/show-remote.ts";
import { showApplicantLeft } from "../requests/applicant-left.ts";
import { listPlaces } from "../requests/list-places.ts";
import { type PersonRefView, readPeople } from "../requests/read-people.ts";
import { readVendorAuthorisations } from "../vendor-clouds/stop-authorisations.ts";
import { readGrades } from "./evidence-grades.ts";
import { partsOf, readDebts, readLookers } from "./follow-stamping.ts";
import { type GateView, readGateFacts } from "./gate-facts.ts";
import { showGate } from "./gate-view.ts";
import { digestOfStamping, listLookConfirmers, listShown, listToOpen } from "./look.ts";
import {
  type HandImpressionRow,
  listReserved,
  readHandImpressions,
  readStamping,
  type StampingRow,
} from "./open-stamping.ts";
import { listEnders } from "./report.ts";
import { isToBeRetaken } from "./retake-photo.ts";
import { listRulers, readProposals } from "./rule-impression.ts";

type View = RouteAnswer<"GET /v1/seal-use-requests/:requestId/stamping">;
type Action = View["actions"][number];

/** A request that is stamped by hand, as this person sees it. Whether he may see it the caller has asked. */
export async function readStampingView(env: Environment, personId: string, requestId: string): Promise<View> {
  // Counted before the state is read: what the last of them brings about is then in the answer that says that none is left.
  const photosBeingRead = await countBeingRead(env.db, env.clock.now(), requestId);
  // What is reserved is what may still be pressed: the gate is asked for it.
  const wanted = await listReserved(env.db, requestId);
  const view = await readGateFacts(env.db, env, requestId, { checkFiles: true, wanted });
  const { row, documents, sealIds } = view.loaded;
  if (row.use_mode !== "by-hand" || row.digest === null) throw refusedBy([refuse("stamping.not-by-hand")]);
  const stamping = await readStamping(env.db, requestId);
  const impressions = await readHandImpressions(env.db, requestId);
  const proposals = await readProposals(env.db, requestId);
  const debts = stamping ? await readDebts(env.db, stamping) : [];
  const comparisons = await readComparisons(env.db, requestId);
  const grades = new Map((await readGrades(env.db, [requestId])).map((one) => [one.impressionId, one.grade]));
  const strokes = stamping?.by_controller ? await readStrokes(env.db, impressions) : new Map<string, never>();
  const person = await readPeople(env.db, [
    ...[...view.custodians, ...view.supervisors, row.applicant_id, row.confirmed_by, row.released_by],
    ...[stamping?.opened_by, stamping?.ended_by, stamping?.looked_by],
    ...[...proposals.values()].map((one) => one.by_person),
    ...view.loaded.steps.flatMap((step) => step.candidates),
  ]);
  const seals = await env.db
    .selectFrom("seals")
    .select(["seal_id", "number", "name_en", "name_zh", "width_mm", "height_mm", "face_shape"])
    .where("seal_id", "in", ["", ...sealIds])
    .execute();
  return {
    ...{ requestId, number: row.number ?? "", title: row.title, state: row.state, copies: row.copies ?? 1 },
    ...{ paperPrintedBy: row.paper_printed_by, emergencyUntil: row.emergency_until?.toISOString() ?? null },
    applicantLeft: await showApplicantLeft(env.db, view.loaded),
    ...{ supervised: stamping?.supervised ?? view.supervisionNeeded, digest: row.digest },
    documents: documents.map(({ documentId, name, pages }) => ({ documentId, name, pages })),
    seals: seals.map((seal) => ({
      ...{ sealId: seal.seal_id, number: seal.number, name: { en: seal.name_en, zh: seal.name_zh } },
      ...{ widthMm: seal.width_mm, heightMm: seal.height_mm, round: seal.face_shape === "circle" },
    })),
    pieces: await readPieces(env.db, view, stamping, impressions, personId),
    ...showPeople(view, stamping, person),
    impressions: impressions.map((one, at) => {
      const proposal = proposals.get(one.impressionId);
      return {
        ...{ impressionId: one.impressionId, nth: at + 1, copy: one.copy, turn: one.turn },
        ...{ turnDocumentId: one.turnDocumentId, turnPage: one.turnPage },
        documentId: one.documentId,
        ...{ sealId: one.sealId, placement: one.placement, state: one.state, at: one.at.toISOString() },
        ...{ pressed: one.pressed, stroke: strokes.get(one.impressionId) ?? null },
        grade: grades.get(one.impressionId) ?? null,
        photo:
          one.evidenceId && one.photo
            ? {
                ...{ evidenceId: one.evidenceId, digest: one.photo },
                comparison: comparisons.get(one.impressionId) ?? null,
                earlier: [...one.earlier],
                retake:
                  stamping !== undefined &&
                  isToBeRetaken({ state: row.state, stamping }, one, comparisons.get(one.impressionId)),
              }
            : null,
        proposal: proposal
          ? {
              ...{ by: person(proposal.by_person), at: proposal.at.toISOString(), verdict: proposal.verdict },
              ...{ reason: proposal.reason, evidenceId: proposal.evidence_id },
            }
          : null,
      };
    }),
    counts: await countStamping(env.db, view, impressions),
    ...{ photosBeingRead, debts },
    controller: await showControllers(env.db, env, view, stamping, { impressions, personId }),
    docked: stamping ? stamping.docked : row.docked,
    remote: await showRemote(env.db, env, { remote: row.remote, stamping, requestId, impressions }),
    photosToOpen: stamping ? [...listToOpen(stamping, impressions, comparisons)] : [],
    photosDigest: listShown(impressions).length > 0 ? digestOfStamping(impressions) : null,
    gate: showGate(askGate(view.facts), view, person),
    actions: await listActions(env, view, stamping, { personId, debts, impressions }),
  };
}

/** The stroke of each impression that a controller pressed. */
async function readStrokes(reader: Reader, impressions: readonly HandImpressionRow[]) {
  const rows = await reader
    .selectFrom("controller_strokes")
    .select(["impression_id", "n", "counter"])
    .where("impression_id", "in", ["", ...impressions.map(({ impressionId }) => impressionId)])
    .execute();
  return new Map(rows.map((row) => [row.impression_id ?? "", { n: row.n, counter: Number(row.counter) }]));
}

export async function countStamping(
  reader: Reader,
  { loaded }: Pick<GateView, "loaded">,
  impressions: readonly HandImpressionRow[],
): Promise<ReturnType<typeof countHand>> {
  const seen = await readSeen(reader, [loaded.row.request_id]);
  return countHand(
    listPlaces(loaded).length,
    impressions.map(({ impressionId, state, pressed }) => ({
      ...{ state, pressed, photographed: hasOwnPhoto(seen, impressionId) },
    })),
  );
}

function showPeople(
  { loaded: { row } }: GateView,
  stamping: StampingRow | undefined,
  person: (id: string | null) => PersonRefView | null,
): Pick<View, "opened" | "ended" | "supervisor" | "looked"> {
  const act = (by: string | null | undefined, at: Date | null | undefined) =>
    at ? { by: person(by ?? null), at: at.toISOString() } : null;
  return {
    opened: act(stamping?.opened_by, stamping?.opened_at),
    ended: act(stamping?.ended_by, stamping?.ended_at),
    supervisor: act(row.confirmed_by, row.confirmed_at),
    looked: act(stamping?.looked_by, stamping?.looked_at),
  };
}

/** The pieces the stamping was opened with; before, those that this person would open it with. */
async function readPieces(
  reader: Reader,
  view: GateView,
  stamping: StampingRow | undefined,
  impressions: readonly HandImpressionRow[],
  personId: string,
): Promise<View["pieces"]> {
  const stamper = stamping?.opened_by ?? personId;
  const used = [...new Set(impressions.map(({ bodyId }) => bodyId))];
  const bodyIds = used.length > 0 ? used : [...view.piecesOf(stamper).values()];
  const rows = await reader
    .selectFrom("seal_bodies")
    .select(["body_id", "seal_id", "number"])
    .where("body_id", "in", ["", ...bodyIds])
    .orderBy("number")
    .execute();
  const held = await readHeldNow(reader, bodyIds);
  const pauses = (await readPauses(reader, stamping ? [stamping.request_id] : [])).filter(
    (one) => one.resumed_at === null,
  );
  return rows.map((row) => {
    const pause = stamping?.ended_at === null ? pauses.find((one) => one.body_id === row.body_id) : undefined;
    return {
      ...{ bodyId: row.body_id, sealId: row.seal_id, number: row.number },
      inHand: held(row.body_id).place?.to === `person:${stamper}`,
      putAway: pause
        ? {
            at: pause.at.toISOString(),
            reason: pause.reason,
            matter: pause.matter,
            open: pause.open,
            total: pause.total,
          }
        : null,
    };
  });
}

/** Whether every piece that this person would press sits in a controller that would press it. */
async function mayOpenAtController(env: Environment, view: GateView, personId: string): Promise<boolean> {
  const pieces = [...view.piecesOf(personId).values()];
  const by = { stamperId: personId, supervisorId: null, emergency: view.facts.emergency !== null };
  return pieces.length > 0 && (await listRefusalsOfPieces(env.db, view.facts.entityId, pieces, by)).length === 0;
}

/** Whether impressions are left that no authorisation covers: what was signed is over, or nothing was. */
async function isUnauthorised(
  reader: Reader,
  requestId: string,
  impressions: readonly HandImpressionRow[],
): Promise<boolean> {
  if (!impressions.some(({ state }) => state === "reserved")) return false;
  const asked = await reader
    .selectFrom("controller_asks")
    .select("ask_id")
    .where("request_id", "=", requestId)
    .where("kind", "=", "authorisation")
    .where("state", "=", "asked")
    .executeTakeFirst();
  if (asked || (await readAuthorisations(reader, requestId)).some(({ state }) => isLiving(state))) return false;
  return !(await readVendorAuthorisations(reader, requestId)).some(({ state }) => isVendorLiving(state));
}

/** What this person may do now; each act asks the rules again. */
export async function listActions(
  env: Environment,
  view: GateView,
  stamping: StampingRow | undefined,
  of: {
    readonly personId: string;
    readonly debts: readonly StampDebt[];
    readonly impressions: readonly HandImpressionRow[];
  },
): Promise<Action[]> {
  const { personId, debts } = of;
  const { row } = view.loaded;
  const actions: Action[] = [];
  const mayOpen = view.custodians.includes(personId) && (!view.facts.joint || hasAgreed(view.facts.joint.otherState));
  const unmet = askGate(view.facts).conditions.filter(({ met }) => !met);
  const isPresence = ({ id }: (typeof unmet)[number]): boolean =>
    id === "custodian-present" || id === "supervisor-confirmed";
  const stale = unmet.some(isPresence);
  // What another thing has closed, such as a frozen seal, no presence opens again.
  const blocked = unmet.some((one) => !isPresence(one));
  if (!stamping) {
    if (row.state === "authorised" && view.turn?.act === "release" && mayOpen) {
      actions.push("open");
      if (await mayOpenAtController(env, view, personId)) {
        actions.push("open-at-controller");
        const pieces = [...view.piecesOf(personId).values()];
        if ((await listRemoteHindrances(env.db, view, pieces)).length === 0) actions.push("open-remote");
        if ((await listDockHindrances(env.db, view, pieces)).length === 0) actions.push("open-docked");
      }
    }
    if (view.turn?.act === "confirmation" && view.turn.people.includes(personId)) actions.push("supervise");
    return actions;
  }
  // A sheet is seen to be bad after it was pressed, also when it was the last.
  if (stamping.opened_by === personId && of.impressions.some(({ state }) => maySpoil({ request: row.state, state })))
    actions.push("spoil");
  if (row.state === "opened") {
    const mine = stamping.opened_by === personId;
    const unauthorised = stamping.by_controller && (await isUnauthorised(env.db, row.request_id, of.impressions));
    const ending = stamping.end_asked_at !== null;
    if (mine && (stale || unauthorised) && mayOpen && !ending && !blocked) actions.push("go-on");
    if (stale && personId !== stamping.opened_by && view.facts.release && view.watchers.includes(personId))
      actions.push("supervise");
    if (stamping.remote && !mine && row.confirmed_by === personId && stamping.ended_at === null) actions.push("agree");
    if (mine) actions.push("report");
    if ((await listEnders(env.db, stamping)).includes(personId)) actions.push("end");
  }
  // Nothing more is pressed while it is frozen; who has it in hand may still end it.
  if (row.state === "frozen" && stamping.ended_at === null && (await listEnders(env.db, stamping)).includes(personId))
    actions.push("end");
  const parts = partsOf(view, stamping);
  if (parts.includes(personId)) return actions;
  const looks = debts.includes("confirmation")
    ? listLookConfirmers(view)
    : debts.includes("look")
      ? ((await readLookers(env.db, env, view, stamping))?.people ?? [])
      : [];
  if (row.state === "closed" && looks.includes(personId)) actions.push("look");
  if (debts.includes("ruling") && (await listRulers(env.db, env, view)).has(personId)) actions.push("rule");
  return actions;
}
