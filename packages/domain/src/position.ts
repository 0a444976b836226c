import { jobDescriptions } from "./job-descriptions.ts";
import { type Decision, refuse } from "./refusal.ts";
import type { LocalName, Role } from "./vocabulary.ts";

/** The version of the job descriptions' texts; who confirmed an earlier one has confirmed. */
export const jobDescriptionVersion = 1;

/** What a position is, as its holder confirms it before it takes force. */
export interface JobDescription {
  readonly duties: readonly LocalName[];
  /** What its holder may never do. */
  readonly never: readonly LocalName[];
  readonly deputy: LocalName;
  readonly reportsTo: LocalName;
}

/** A grant as its holder sees it: the role, where, and for which days. */
export interface Position {
  readonly grantId: string;
  readonly role: Role;
  readonly scopeKind: "entity" | "unit" | "seal";
  readonly scopeId: string;
  readonly from: string;
  readonly to: string | null;
}

/** What a confirmation is bound to: who confirms, each position with its days, and the text of its description. */
export function positionDigestInput(personId: string, positions: readonly Position[]): string {
  const inOrder = positions.toSorted((a, b) => (a.grantId < b.grantId ? -1 : 1));
  return [
    `chancery position v${jobDescriptionVersion}`,
    personId,
    ...inOrder.flatMap((one) => {
      const { duties, never, deputy, reportsTo } = jobDescriptions[one.role];
      return [
        `${one.grantId} ${one.role} ${one.scopeKind} ${one.scopeId} ${one.from} ${one.to ?? "open"}`,
        ...[...duties, ...never, deputy, reportsTo].map(({ en, zh }) => `${en}\n${zh}`),
      ];
    }),
  ].join("\n");
}

export interface PositionsConfirmed {
  readonly type: "PositionsConfirmed";
  readonly positions: readonly Position[];
}

/** Whether a person may confirm these positions: each is given to him, and waits for him. */
export function decidePositionConfirmation(
  wanted: readonly string[],
  waiting: readonly Position[],
): Decision<PositionsConfirmed> {
  const ids = [...new Set(wanted)];
  const positions = waiting.filter((one) => ids.includes(one.grantId));
  if (ids.length === 0 || positions.length !== ids.length)
    return { ok: false, refusals: [refuse("position.not-waiting", {}, "C11")] };
  return { ok: true, events: [{ type: "PositionsConfirmed", positions }] };
}
