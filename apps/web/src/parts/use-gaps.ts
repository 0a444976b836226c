import { type FormEvent, useEffect, useRef, useState } from "react";
import { useText } from "../i18n/i18n.ts";

/** What a field lacks: it is empty, nothing is chosen in it, or it is not ticked. Other faults bring their own words. */
export type GapKind = "missing" | "choose" | "tick";
const KINDS: readonly string[] = ["missing", "choose", "tick"] satisfies readonly GapKind[];

/**
 * The one way of forms: their button can always be pressed. A press that finds something missing acts on nothing, marks
 * every gap at its field, and leads to the first; what is mended loses its mark at once.
 */
export function useGaps<Gap extends string>(
  gaps: Readonly<Record<Gap, GapKind | string | false>>,
): {
  /** Of the form, or of whatever holds its fields. */
  readonly ref: (holder: HTMLElement | null) => void;
  readonly problem: (gap: Gap) => string | undefined;
  /** Acts where nothing is missing. */
  readonly press: (act: () => void) => (event?: FormEvent) => void;
  /** Whether it was pressed while something was missing. */
  readonly tried: boolean;
} {
  const t = useText("parts");
  const fields = useRef<HTMLElement | null>(null);
  const [times, setTimes] = useState(0);
  useEffect(() => {
    if (times > 0) fields.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [times]);
  return {
    ref: (holder) => {
      fields.current = holder;
    },
    problem: (gap) => {
      const lacks = gaps[gap];
      if (times === 0 || lacks === false) return undefined;
      return KINDS.includes(lacks) ? t(`gaps.${lacks as GapKind}`) : lacks;
    },
    press: (act) => (event) => {
      event?.preventDefault();
      if (Object.values(gaps).some((lacks) => lacks !== false)) setTimes((before) => before + 1);
      else act();
    },
    tried: times > 0,
  };
}
