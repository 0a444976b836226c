import type { MatterDefinition } from "./matter.ts";

/** Matters of units, people and the rule book. */
export const organisationMatters = {} as const satisfies Record<string, MatterDefinition>;
