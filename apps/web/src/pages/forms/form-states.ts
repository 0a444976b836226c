import type { Sign, Tone } from "../../parts/states.ts";
import type { FormState, SeriesSummary } from "./queries.ts";

/** In the order people ask for them: what is left, what is out, what became of the rest. */
export const FORM_STATES = [
  "in-stock",
  "issued",
  "used",
  "voided",
  "missing",
  "destroyed",
] as const satisfies FormState[];

export const formLook: Readonly<Record<FormState, { readonly tone: Tone; readonly sign: Sign }>> = {
  "in-stock": { tone: "success", sign: "check" },
  issued: { tone: "action", sign: "export" },
  used: { tone: "ended", sign: "box" },
  voided: { tone: "ended", sign: "stop" },
  missing: { tone: "problem", sign: "octagon" },
  destroyed: { tone: "ended", sign: "stop" },
};

/** States that hold any number, in their order; what is in stock is told even where it is none. */
export function listCounts(
  counts: SeriesSummary["counts"],
): readonly { readonly state: FormState; readonly count: number }[] {
  return FORM_STATES.map((state) => ({ state, count: counts[state] })).filter(
    ({ state, count }) => count > 0 || state === "in-stock",
  );
}

export const isFormState = (value: unknown): value is FormState => FORM_STATES.some((state) => state === value);

/** `SJ000001`: how the first number of a series is written. */
export const writeExample = ({ prefix, digits }: { prefix: string; digits: number }, number: number): string =>
  `${prefix}${String(number).padStart(digits, "0")}`;

/** What a dialog gives as an example: the range that an act would take first, else two numbers of the series. */
export function exampleOf(
  series: {
    readonly prefix: string;
    readonly digits: number;
    readonly ranges: readonly { state: FormState; written: string }[];
  },
  state: FormState,
): string {
  const found = series.ranges.find((range) => range.state === state);
  return found?.written ?? `${writeExample(series, 1)}–${writeExample(series, 20)}`;
}
