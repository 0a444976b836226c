/** Fewer decided steps than these say nothing about how long one usually takes. */
export const fewestSamples = 5;
/** How far back decided steps are looked at. */
export const usualDays = 90;

/** How long a step usually takes, in the unit people think in; null where nothing can be said. */
export function tellUsualTime(medianHours: number, samples: number): { unit: "hours" | "days"; count: number } | null {
  if (samples < fewestSamples) return null;
  const hours = Math.max(1, Math.round(medianHours));
  return hours <= 48 ? { unit: "hours", count: hours } : { unit: "days", count: Math.round(medianHours / 24) };
}
