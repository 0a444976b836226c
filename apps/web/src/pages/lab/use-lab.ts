import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { titleInBoth } from "../../i18n/i18n.ts";
import { Lab } from "./lab.ts";
import type { LabSnapshot } from "./lab-state.ts";
import { photograph } from "./paper-picture.ts";
import { papers } from "./people.ts";

/** How often time is let pass, in milliseconds. */
const step = 5000;

const still = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, still() ? 0 : ms));

async function begin(): Promise<Lab> {
  const title = (at: 0 | 1 | 2): Promise<string> => titleInBoth("lab", (t) => t(`papers.${papers[at].name}`));
  return Lab.create({
    now: Date.now(),
    random: (size) => crypto.getRandomValues(new Uint8Array(size)),
    titles: await Promise.all([title(0), title(1), title(2)]),
    photograph,
    pause,
  });
}

/** Whether this browser signs on this page. */
export function canSign(): boolean {
  return globalThis.crypto?.subtle !== undefined;
}

/** A lab that lives as long as the page, and its beginning anew. */
export function useLab(): { readonly lab: Lab | undefined; readonly error: unknown; readonly reset: () => void } {
  const [lab, setLab] = useState<Lab>();
  const [error, setError] = useState<unknown>();
  const reset = useCallback(() => {
    setError(undefined);
    begin().then(setLab, setError);
  }, []);
  useEffect(reset, [reset]);
  useEffect(() => {
    if (lab === undefined) return undefined;
    const timer = setInterval(() => {
      if (!lab.snapshot().busy) void lab.letPass(step);
    }, step);
    return () => clearInterval(timer);
  }, [lab]);
  return { lab, error, reset };
}

export function useSnapshot(lab: Lab): LabSnapshot {
  return useSyncExternalStore(lab.subscribe, lab.snapshot);
}
