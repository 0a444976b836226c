export { DecisionEvidence, LedgerEntryBody } from "./decision-evidence.ts";
export { Problem } from "./problem.ts";
export type { RawResponse, Route } from "./route.ts";
export { StoredRuleBook } from "./routes/rule-book.ts";
export { RuleSetShape } from "./routes/rules.ts";
export { type RouteKey, type Routes, routes } from "./routes.ts";
export { Day, FaceSpec, LocalName, PersonId, Presence, RefusalView, SealType, Time } from "./shapes.ts";
