import type { GateFacts, GateSeal, PresenceFacts } from "./gate.ts";
import { defaultKindRules } from "./seal-kind.ts";

/** For tests: the moment at which the gate is asked. */
export const now = 1_800_000_000_000;
export const day = 24 * 60 * 60_000;
/** For tests: an important seal in order. */
export const seal: GateSeal = {
  sealId: "seal",
  type: "contract",
  important: true,
  external: true,
  kind: defaultKindRules("contract"),
  state: "in-use",
  certificate: { notBefore: now - day, notAfter: now + day, revoked: false },
  entityId: "ent",
};
export const present = (personId: string): PresenceFacts => ({
  personId,
  digest: "sha256:1",
  at: now - 1000,
  grantInForce: true,
  credentialResetAt: null,
});
export const approved = (kind: "unit-head" | "legal-review" | "signatory", decidedBy: string) => ({
  kind,
  state: "approved",
  decidedBy,
  decidedAt: now - day,
});
/** A use of an important seal for which everything is in order. */
export const facts: GateFacts = {
  now,
  today: "2027-01-15",
  profile: "strict",
  requestId: "req",
  state: "authorised",
  useMode: "electronic",
  entityId: "ent",
  documentClass: "contract",
  className: "contract",
  external: true,
  validUntil: "2027-01-15",
  applicantId: "applicant",
  handlerId: "handler",
  digest: "sha256:1",
  digestNow: "sha256:1",
  steps: [approved("unit-head", "head"), approved("legal-review", "lawyer"), approved("signatory", "signatory")],
  seals: [seal],
  unfinishedPlaces: 0,
  owedPapers: [],
  release: present("custodian"),
  releasedByCustodianOfRecord: true,
  releasedByFit: true,
  confirmation: present("supervisor"),
  authorisedImpressions: 3,
  usedImpressions: 1,
  supervisionAsked: false,
  wantedImpressions: ["imp-1", "imp-2"],
  sealsOnDocuments: [{ sealId: "seal-1", documentId: "doc-1", authorised: 3, used: 1, wanted: 2 }],
};
