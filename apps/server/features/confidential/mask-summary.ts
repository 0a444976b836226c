import type { Summary } from "../requests/summaries.ts";

/**
 * What a list tells of a confidential request to who does not read it: that it is there, whose it is, with which seals and
 * how far. Everything else is left out by name, so that what is added to a summary is masked until somebody says otherwise.
 */
export function maskSummary(summary: Summary): Summary {
  const { requestId, number, state, applicant, entity, unit, seals, documents, impressions } = summary;
  const { waitingFor, waitingKind, overdueSince, updatedAt, submittedAt, emergency, joint, useMode, copies } = summary;
  return {
    ...{ requestId, number, state, applicant, entity, unit, seals, documents, impressions },
    ...{ waitingFor, waitingKind, overdueSince, updatedAt, submittedAt, joint, useMode, copies },
    emergency: emergency && { reason: "", until: emergency.until },
    ...{ confidential: "masked", title: "", documentClass: null, external: false, counterparty: "" },
    ...{
      // The rules name a step by what makes it necessary.
      waitingTitle: null,
      counterpartyKind: null,
      amount: null,
      decidingAmount: null,
      currency: summary.currency,
      quick: null,
      wantedBy: null,
    },
  };
}
