import { formatAmount } from "../i18n/format.ts";
import { useLanguage, useText } from "../i18n/i18n.ts";
import type { RequestSummary } from "./request-line.tsx";

type Amounts = Pick<RequestSummary, "amount" | "currency" | "decidingAmount">;

/** The amount of a request for a line of a list: first what decides; where that is the document's word, the declared one after it. */
export function useRequestAmount(): (request: Amounts) => string {
  const t = useText("parts");
  const language = useLanguage();
  return ({ amount, currency, decidingAmount }) => {
    const declared = amount ? formatAmount(amount, currency, language) : "";
    if (decidingAmount === null) return declared;
    return t("request.readAmount", {
      read: formatAmount(decidingAmount.amount, decidingAmount.currency, language),
      declared: declared || t("none"),
    });
  };
}
