import type { ControllerView, FindingCode, ReasonCode, Reconciliation } from "@chancery/seallink";
import type { CheatName, CheatResult, JournalEntry, LabEvent } from "./lab-log.ts";
import type { LabRequest } from "./lab-platform.ts";
import type { PaperNumber, PlaceName } from "./people.ts";

/** One impression on a paper, in parts of its width and height. */
export interface Impression {
  readonly x: number;
  readonly y: number;
  readonly turn: number;
}

/** The paper under the box: what it is, and the impressions on it. */
export interface LabPaper {
  readonly requestId: string;
  readonly paper: PaperNumber;
  readonly title: string;
  readonly impressions: readonly Impression[];
}

/** Everything the page shows, as it is at one moment. */
export interface LabSnapshot {
  readonly busy: boolean;
  /** What the platform's clock and the one on the box's board show, in milliseconds since 1970. */
  readonly now: number;
  readonly boardClock: number;
  readonly power: boolean;
  readonly online: boolean;
  readonly doorOpen: boolean;
  readonly battery: number;
  readonly place: PlaceName;
  readonly jammed: boolean;
  readonly cutInStroke: boolean;
  readonly siren: boolean;
  readonly drive: "up" | "down";
  readonly counter: number;
  readonly view: ControllerView | undefined;
  /** Why the last thing that was asked of the box was refused. */
  readonly refusal: ReasonCode | undefined;
  readonly pairing: { readonly code: string; readonly digits: string } | undefined;
  readonly requests: readonly LabRequest[];
  /** Authorisations that wait at the platform until the box is reached. */
  readonly waitingTokens: number;
  readonly entries: readonly JournalEntry[];
  readonly events: readonly LabEvent[];
  readonly chain: {
    readonly last: number;
    readonly pending: number;
    readonly quarantined: FindingCode | null;
  };
  readonly paper: LabPaper | undefined;
  /** The last picture that the camera took: its digest and its bytes. */
  readonly picture: { readonly hash: string; readonly bytes: Uint8Array } | undefined;
  readonly counts: (Reconciliation & { readonly request: LabRequest }) | undefined;
  readonly cheats: ReadonlyMap<CheatName, CheatResult>;
  /** The signed text of the chosen authorisation, or of the last one. */
  readonly token: string | undefined;
}
