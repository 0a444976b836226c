import { Lab } from "./lab.ts";
import type { LabPaper } from "./lab-state.ts";

const describe = (paper: LabPaper | undefined): string =>
  `${paper?.requestId ?? "nothing"} ${paper?.impressions.length ?? 0}`;

/** A lab at noon whose randomness counts up and whose camera writes down how often the paper was stamped. */
export function makeLab(): Promise<Lab> {
  let count = 0;
  return Lab.create({
    now: Date.UTC(2026, 11, 1, 12),
    random: (size) => {
      count += 1;
      return Uint8Array.from({ length: size }, (_, at) => (count >> (8 * (at % 4))) & 255);
    },
    titles: ["Contract", "Letter", "Certificate"],
    photograph: (seen) => new TextEncoder().encode(seen === "face" ? seen : describe(seen)),
  });
}
