import type { Environment } from "../../platform/environment.ts";
import { type CopiesSaid, moveCopies } from "./move-copies.ts";

const nothing = { receiver: "", way: null, courier: "", reason: "", evidenceId: null } as const;
/** Says in a test where copies went: what is not said is left open. */
export const moveInTest = (
  env: Environment,
  personId: string,
  requestId: string,
  said: Pick<CopiesSaid, "act" | "copies"> & Partial<CopiesSaid>,
): Promise<void> => moveCopies(env, personId, requestId, { ...nothing, ...said });
