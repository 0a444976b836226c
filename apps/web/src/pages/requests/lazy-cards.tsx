import { lazyPart } from "../../parts/lazy-part.tsx";
import type { RequestDetail } from "./queries.ts";

/** Cards of a request that most requests have not. */
export const EmergencyCard = lazyPart<{ request: RequestDetail }>(
  ["emergency", "matters"],
  async () => (await import("./emergency-card.tsx")).EmergencyCard,
);
export const EmergencyPictures = lazyPart<{ requestId: string }>(
  ["emergency", "matters"],
  async () => (await import("./emergency-card.tsx")).EmergencyPictures,
);
export const JointCard = lazyPart<{ request: RequestDetail }>(
  ["joint"],
  async () => (await import("./joint-card.tsx")).JointCard,
);
export const SeriesSample = lazyPart<{ request: RequestDetail }>(
  ["series"],
  async () => (await import("../series/series-sample.tsx")).SeriesSample,
);
export const SeriesCard = lazyPart<{ request: RequestDetail; folded?: boolean }>(
  ["series"],
  async () => (await import("../series/series-card.tsx")).SeriesCard,
);
export const CopiesCard = lazyPart<{ requestId: string }>(
  ["copies", "matters"],
  async () => (await import("../stamped-copies/copies-card.tsx")).CopiesCard,
);
export const RequestForms = lazyPart<{ requestId: string }>(
  ["forms"],
  async () => (await import("../forms/request-forms.tsx")).RequestForms,
);
