import type { MatterDefinition } from "./matter.ts";
import { custodyMatters } from "./matters-custody.ts";
import { formMatters } from "./matters-forms.ts";
import { organisationMatters } from "./matters-organisation.ts";
import { sealMatters } from "./matters-seal.ts";
import { standingMatters } from "./matters-standing.ts";
import { stockMatters } from "./matters-stock.ts";

/** Every kind of matter, by area. A kind is added to the list of its area, and answered by one handler of the server. */
export const matterDefinitions = {
  ...sealMatters,
  ...custodyMatters,
  ...organisationMatters,
  ...formMatters,
  ...stockMatters,
  ...standingMatters,
} as const satisfies Record<string, MatterDefinition>;

export type MatterKind = keyof typeof matterDefinitions;
export const MATTER_KINDS = Object.keys(matterDefinitions) as readonly MatterKind[];

/** The definition of a kind, seen as every definition is. */
export function matterDefinition(kind: MatterKind): MatterDefinition {
  return matterDefinitions[kind];
}
