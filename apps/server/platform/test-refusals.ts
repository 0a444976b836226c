import { ProblemError } from "./problems.ts";

/** The codes of what refused this work, or of the problem it met; nothing where it was done. Other faults are thrown. */
export async function codesOf(work: Promise<unknown>): Promise<string[]> {
  try {
    await work;
    return [];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.refusals.length > 0 ? error.refusals.map((one) => one.code) : [error.code];
  }
}
