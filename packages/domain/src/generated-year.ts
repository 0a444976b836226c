import type { PastRequest } from "./backtest.ts";
import { documentClasses, type StarterClassId } from "./document-class.ts";
import { type CounterpartyKind, counterpartyKindNames } from "./fact-sheet.ts";
import { type SealType, sealTypeDefaults } from "./vocabulary.ts";

/** How often each class comes, of a hundred; and the middle of its amounts, 0 where it names none. */
const mix: readonly (readonly [StarterClassId, number, number])[] = [
  ["contract", 26, 180_000],
  ["framework-agreement", 4, 900_000],
  ["tender", 4, 1_500_000],
  ["quotation", 12, 60_000],
  ["guarantee", 1, 2_000_000],
  ["authorisation-letter", 6, 0],
  ["official-letter", 10, 0],
  ["employment-certificate", 9, 0],
  ["labour-contract", 4, 0],
  ["financial-statement", 4, 0],
  ["invoice-document", 6, 40_000],
  ["customs-declaration", 3, 90_000],
  ["internal-notice", 8, 0],
  ["other", 3, 20_000],
];
const kinds = Object.keys(counterpartyKindNames) as CounterpartyKind[];

/** Numbers that look drawn by lot and are the same for the same seed (a linear congruence of 32 bits). */
function createLot(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * A year of requests of a middling company, the same for the same seed: what rules cost can be tried before there is a
 * past. Amounts lie around the middle of their class, some far above; one in twenty names the wrong seal.
 */
export function generateYear(count: number, seed: number): PastRequest[] {
  const lot = createLot(seed);
  const total = mix.reduce((sum, [, share]) => sum + share, 0);
  return Array.from({ length: count }, (_, at): PastRequest => {
    let left = lot() * total;
    const [documentClass, , middle] = mix.find(([, share]) => {
      left -= share;
      return left < 0;
    }) ?? ["other", 0, 0];
    const { external, sealTypes, makesRights } = documentClasses[documentClass];
    // The sum of several draws lies in the middle; its power spreads as amounts do.
    const spread = (lot() + lot() + lot() + lot() - 2) * 2.2;
    const amount = middle === 0 || lot() < 0.1 ? null : Math.round(middle * Math.exp(spread));
    const wrong: SealType = "department";
    const type = lot() < 0.05 ? wrong : (sealTypes[Math.floor(lot() * lot() * sealTypes.length)] ?? wrong);
    return {
      requestId: null,
      number: String(at + 1),
      facts: {
        ...{ documentClass, makesRights, external, amount, currency: "CNY", attachments: [] },
        counterpartyKind: external ? (kinds[2 + Math.floor(lot() * (kinds.length - 2))] ?? "unknown") : "none",
        template: lot() < 0.4 ? "same" : lot() < 0.1 ? "changed" : "none",
        impressions: 1 + Math.floor(lot() * lot() * 6),
        seals: [{ sealId: "seal", type, important: sealTypeDefaults[type].important }],
      },
    };
  });
}
