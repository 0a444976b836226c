import type { RouteAnswer } from "../api.ts";

type SealSummary = RouteAnswer<"GET /v1/seals">["items"][number];
type RequestDetail = RouteAnswer<"GET /v1/seal-use-requests/:requestId">;
type PersonState = RouteAnswer<"GET /v1/people">["items"][number]["state"];
type GrantState = RouteAnswer<"GET /v1/grants">["items"][number]["state"];

/**
 * How a state is shown: tone, sign and the name of its word. The word is in the texts of `terms`, under `states.<kind>`.
 * Tones and signs follow one table for the whole product, so that a state looks the same wherever it stands.
 */
export type Tone = "success" | "action" | "warning" | "frozen" | "waiting" | "ended" | "problem" | "plain";
export type Sign =
  | "check"
  | "clock"
  | "export"
  | "swap"
  | "warning"
  | "pause"
  | "dashed"
  | "box"
  | "stop"
  | "octagon"
  | "lock";
export interface Look {
  readonly tone: Tone;
  readonly sign: Sign;
}
/** What a face says about its seal: it may be used, it may not now, never again, or it does not exist yet. */
export type FaceState = "live" | "pale" | "approved" | "ended" | "none";

const GOOD: Look = { tone: "success", sign: "check" };
const RUNNING: Look = { tone: "action", sign: "clock" };
const WAITING: Look = { tone: "waiting", sign: "dashed" };
const FROZEN: Look = { tone: "frozen", sign: "pause" };
const PUT_AWAY: Look = { tone: "ended", sign: "box" };
const VOID: Look = { tone: "ended", sign: "stop" };
const PROBLEM: Look = { tone: "problem", sign: "octagon" };
const SOON: Look = { tone: "warning", sign: "warning" };

const SEAL_LOOKS = {
  requested: WAITING,
  "approved-for-engraving": WAITING,
  made: WAITING,
  filed: WAITING,
  "awaiting-issue": WAITING,
  "in-use": GOOD,
  "in-handover": { tone: "warning", sign: "swap" },
  "taken-out": { tone: "action", sign: "export" },
  frozen: FROZEN,
  stopped: VOID,
  surrendered: PUT_AWAY,
  "sealed-up": PUT_AWAY,
  destroyed: VOID,
  cancelled: VOID,
  lost: PROBLEM,
  void: VOID,
} as const satisfies Record<SealSummary["state"], Look>;

const REQUEST_LOOKS = {
  draft: WAITING,
  "in-review": RUNNING,
  authorised: RUNNING,
  opened: RUNNING,
  closed: GOOD,
  registered: GOOD,
  returned: SOON,
  rejected: PROBLEM,
  withdrawn: VOID,
  cancelled: VOID,
  expired: VOID,
  frozen: FROZEN,
} as const satisfies Record<RequestDetail["state"], Look>;

/** A request that is stamped by hand, while it is and afterwards. */
const BY_HAND_LOOKS = { opened: RUNNING, closed: RUNNING } as const satisfies Partial<
  Record<RequestDetail["state"], Look>
>;

const MATTER_LOOKS = {
  draft: WAITING,
  "in-review": RUNNING,
  returned: SOON,
  approved: RUNNING,
  done: GOOD,
  rejected: PROBLEM,
  withdrawn: VOID,
  cancelled: VOID,
} as const satisfies Record<RouteAnswer<"GET /v1/matters">["items"][number]["state"], Look>;

const TASK_LOOKS = {
  open: RUNNING,
  done: GOOD,
  cancelled: VOID,
} as const satisfies Record<RouteAnswer<"GET /v1/tasks">["items"][number]["state"], Look>;

const IMPRESSION_LOOKS = {
  reserved: WAITING,
  sealed: RUNNING,
  pressed: RUNNING,
  unknown: SOON,
  settled: GOOD,
  spoiled: VOID,
  released: VOID,
} as const satisfies Record<RequestDetail["impressionList"][number]["state"], Look>;

const CERTIFICATE_LOOKS = {
  none: WAITING,
  valid: GOOD,
  expiring: SOON,
  expired: PROBLEM,
  revoked: PROBLEM,
} as const satisfies Record<SealSummary["certificateState"], Look>;

const PERSON_LOOKS = {
  "awaiting-confirmation": WAITING,
  invited: RUNNING,
  active: GOOD,
  locked: FROZEN,
  departed: PUT_AWAY,
} as const satisfies Record<PersonState, Look>;

const GRANT_LOOKS = {
  waiting: WAITING,
  "in-force": GOOD,
  future: RUNNING,
  ended: PUT_AWAY,
} as const satisfies Record<GrantState, Look>;

const STEP_LOOKS = {
  waiting: WAITING,
  current: RUNNING,
  approved: GOOD,
  rejected: PROBLEM,
  returned: SOON,
  voided: VOID,
} as const satisfies Record<RequestDetail["steps"][number]["state"], Look>;

export const LOOKS = {
  seal: SEAL_LOOKS,
  request: REQUEST_LOOKS,
  byHand: BY_HAND_LOOKS,
  matter: MATTER_LOOKS,
  task: TASK_LOOKS,
  impression: IMPRESSION_LOOKS,
  certificate: CERTIFICATE_LOOKS,
  person: PERSON_LOOKS,
  grant: GRANT_LOOKS,
  step: STEP_LOOKS,
} as const;

export type StateKind = keyof typeof LOOKS;

/** Whose words a request's state has: what is stamped by hand is not called sealed. */
export const requestKind = (request: Pick<RequestDetail, "useMode" | "state">): StateKind =>
  request.useMode === "by-hand" && Object.hasOwn(BY_HAND_LOOKS, request.state) ? "byHand" : "request";

/** The look of a state; one that this page does not know yet stands as a plain fact, never as a good one. */
export function findLook(kind: StateKind, state: string): Look {
  const looks: Readonly<Record<string, Look>> = LOOKS[kind];
  return Object.hasOwn(looks, state) ? (looks[state] ?? WAITING) : { tone: "plain", sign: "dashed" };
}

/** How a seal's face is drawn in a state: vermilion only while the seal may be used. */
export function faceStateOf(sealState: string): FaceState {
  if (sealState === "in-use") return "live";
  if (["frozen", "made", "filed", "awaiting-issue", "in-handover", "taken-out"].includes(sealState)) return "pale";
  // Approved and not engraved yet: what will be made is known and shown, and nothing can show it on paper.
  if (sealState === "approved-for-engraving") return "approved";
  return sealState === "requested" ? "none" : "ended";
}

/** How the face of a seal is drawn: an electronic one in use whose certificate does not hold may not be used either. */
export function faceStateOfSeal(seal: Pick<SealSummary, "state" | "certificateState" | "body">): FaceState {
  const holds = seal.body !== "electronic" || ["valid", "expiring"].includes(seal.certificateState);
  return seal.state === "in-use" && !holds ? "pale" : faceStateOf(seal.state);
}
