import { paths } from "../../paths.ts";
import type { RequestFilter, RequestSummary } from "./queries.ts";

export const INBOX_VIEWS = ["waiting", "decided", "copied", "mine"] as const;
export type InboxView = (typeof INBOX_VIEWS)[number];
export const LIST_VIEWS = ["mine", "custody", "all"] as const;
export type ListView = (typeof LIST_VIEWS)[number];

const SEAL_ID = /^seal_[0-9a-f-]{36}$/;

/** The part of the inbox that an address names; what waits, where it names none. */
export function findInboxView(named: unknown): InboxView {
  return INBOX_VIEWS.find((view) => view === named) ?? "waiting";
}

/** The filters of the list in an address: unknown ones are left out, so that an old link still shows a list. */
export function findListFilter(
  search: Readonly<Record<string, unknown>>,
  states: readonly RequestSummary["state"][],
): RequestFilter {
  const state = states.find((one) => one === search.state);
  // An address turns a search for digits into a number.
  const words = typeof search.search === "number" ? search.search.toString() : search.search;
  return {
    view: LIST_VIEWS.find((view) => view === search.view) ?? "mine",
    ...(typeof search.sealId === "string" && SEAL_ID.test(search.sealId) ? { sealId: search.sealId } : {}),
    ...(state ? { state } : {}),
    ...(typeof words === "string" && words.trim() !== "" ? { search: words.slice(0, 100) } : {}),
  };
}

/** Where a row leads: to the act that waits for the reader, a draft to where it is written, anything else to its page. */
export function addressOf(
  request: Pick<RequestSummary, "requestId" | "state" | "useMode" | "waitingKind">,
  view: InboxView | ListView,
): string {
  if (view === "waiting" && request.useMode === "by-hand") {
    if (request.waitingKind === "photos") return paths.photos(request.requestId);
    // At the paper, with the seal: where it is begun, seen and gone on with.
    if (request.state === "authorised" || request.state === "opened") return paths.stamp(request.requestId);
  }
  if (view === "waiting") return paths.decide(request.requestId);
  if (view === "mine" && request.state === "draft") return paths.editRequest(request.requestId);
  return paths.request(request.requestId);
}
