import { useState } from "react";
import { deriveCases, keepCases, readCases } from "./cases.ts";
import type { CaseFacts, RuleSet } from "./queries.ts";

export interface Cases {
  readonly items: readonly CaseFacts[];
  /** Which of them is shown. */
  readonly chosen: number;
  readonly choose: (at: number) => void;
  readonly change: (items: readonly CaseFacts[], chosen: number) => void;
}

/** The cases to try on a version: kept in this browser, to begin with derived from its limits. */
export function useCases(versionId: string, rules: RuleSet): Cases {
  const [items, setItems] = useState(() => readCases(localStorage, versionId) ?? deriveCases(rules));
  const [chosen, choose] = useState(0);
  return {
    ...{ items, chosen, choose },
    change: (changed, at) => {
      setItems([...changed]);
      choose(at);
      keepCases(localStorage, versionId, changed);
    },
  };
}
