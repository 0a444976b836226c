import { dayIn } from "../features/organisation/read-grants.ts";

/** The day (YYYY-MM-DD) an instant falls on for the organisations of the tests, which all keep the time of Shanghai. */
export function dayInTest(at: number): string {
  return dayIn("Asia/Shanghai", at);
}
