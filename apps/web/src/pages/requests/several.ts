import type { RequestSummary } from "./queries.ts";

type Row = Pick<RequestSummary, "requestId" | "quick" | "documentClass">;

/** What may be ticked: low-risk requests, and once one is ticked only those of its class. */
export function mayTick(request: Row, ticked: readonly Row[], most: number): boolean {
  if (request.quick === null) return false;
  if (ticked.some((one) => one.requestId === request.requestId)) return true;
  return ticked.length < most && ticked.every((one) => one.documentClass === request.documentClass);
}

/** Those of the ticked that still stand in the list: another may have decided them meanwhile. */
export function listTicked<R extends Row>(items: readonly R[], ticked: readonly string[]): R[] {
  return items.filter((one) => one.quick !== null && ticked.includes(one.requestId));
}
