import { createContext, useContext, useSyncExternalStore } from "react";
import type { ApplySnapshot, ApplyStore } from "./apply-store.ts";
import type { OpenedDocuments } from "./document-opener.tsx";
import type { WizardStep } from "./steps.ts";

/** The draft under work, and the way between its steps. */
export interface ApplyWork {
  readonly store: ApplyStore;
  readonly goTo: (step: WizardStep) => void;
  readonly opened: OpenedDocuments;
  /** The seal from whose page the reader came to apply; it is offered first where it fits, and explained where not. */
  readonly wishedSealId: string | null;
}

export const ApplyContext = createContext<ApplyWork | null>(null);

/** The draft under work as it stands now, for the parts of the wizard. */
export function useApply(): ApplyWork & ApplySnapshot {
  const work = useContext(ApplyContext);
  if (work === null) throw new Error("A part of the application stands outside it");
  return { ...work, ...useSyncExternalStore(work.store.subscribe, work.store.read) };
}
