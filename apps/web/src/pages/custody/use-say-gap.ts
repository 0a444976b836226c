import { useText } from "../../i18n/i18n.ts";
import type { CustodyGap } from "./custody-gaps.ts";

/** The complaint of a field, where it is one of those that lack their answer. */
export function useSayGap(missing: readonly string[]): (gap: CustodyGap) => string | undefined {
  const t = useText("custody");
  return (gap) => (missing.includes(gap) ? t(`forms.gaps.${gap}`) : undefined);
}
