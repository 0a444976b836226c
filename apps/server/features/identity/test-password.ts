import { hashPassword } from "./password.ts";

/**
 * A hash for the people of a test's world at the least cost there is: each proof of presence by password would cost the
 * walk as much as it costs whoever guesses.
 */
export const hashPasswordInTest = (password: string): Promise<string> =>
  hashPassword(password, { memory: 8, passes: 1 });
