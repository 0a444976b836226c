import type { MatterDefinition } from "./matter.ts";

/** Matters of custody: what leaves its place, and for how long. */
export const custodyMatters = {} as const satisfies Record<string, MatterDefinition>;
