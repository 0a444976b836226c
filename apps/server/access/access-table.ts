import type { RouteKey } from "@chancery/api/client";
import { alarmAccess } from "./alarm-access.ts";
import { confidentialAccess } from "./confidential-access.ts";
import { controllerAccess } from "./controller-access.ts";
import { documentSeriesAccess } from "./document-series-access.ts";
import { emergencyAccess } from "./emergency-access.ts";
import { formAccess } from "./form-access.ts";
import { lodgingAccess } from "./lodging-access.ts";
import { openingStockAccess } from "./opening-stock-access.ts";
import { positionAccess } from "./position-access.ts";
import { ruleBookAccess } from "./rule-book-access.ts";
import { rulesAccess } from "./rules-access.ts";
import { sealKindAccess } from "./seal-kind-access.ts";
import { stampingAccess } from "./stamping-access.ts";
import { standingAccess } from "./standing-access.ts";
import { templateAccess } from "./template-access.ts";
import {
  type Actor,
  anyone,
  both,
  everyone,
  except,
  foreign,
  neverApply,
  own,
  ownPeople,
  type Person,
} from "./test-actors.ts";
import { vendorAccess } from "./vendor-access.ts";

/**
 * What is expected of one call, for everybody. Who stands nowhere in a row is refused: 401 where nobody is signed in,
 * 403 `permission.missing` where somebody is.
 */
export interface Access {
  /** What the call is about, where the answer depends on it. */
  readonly of: string;
  readonly allowed: readonly Actor[];
  /** The status of an allowed call; 200 unless the walk cannot give it everything it would need to succeed. */
  readonly answers?: number;
  /** May call, but what is asked for is not there for them: 404. */
  readonly hidden?: readonly Actor[];
  /** May ask for the list, but it does not hold what the row is about. */
  readonly absent?: readonly Actor[];
  /** Each answer is a second's work, and everybody is answered alike: a few are asked in everybody's place. */
  readonly heavy?: true;
  /** Refused with a code of its own. */
  readonly refused?: readonly [status: number, code: string, of: readonly Actor[]];
  /** Others refused with another code. */
  readonly refusedToo?: readonly [status: number, code: string, of: readonly Actor[]];
}

const to = (allowed: readonly Actor[], more: Partial<Omit<Access, "allowed">> = {}): Access[] => [
  { of: "", allowed, ...more },
];
const mayApply = except(everyone, neverApply);
const applicant = own("applicant");
/** Who may see the walk's request once it is authorised: who asked, who decided, who keeps and supervises, who inspects. */
const readers = own("applicant unit-head legal-reviewer signatory custodian supervisor inspector");
/** Accounts are the organisation's, seals an entity's. */
const mayGrantThere = [...own("seal-administrator"), ...both("system-administrator")];
const staff = except(ownPeople, own("guest"));
/** Who keeps, confirms or watches over accounts reads the people of all entities; others those of their own. */
const readsAllPeople = foreign("signatory seal-administrator inspector system-administrator");
const readsPeople = [...except(staff, own("member")), ...readsAllPeople];
const readsRoles = [...staff, ...readsAllPeople];

/** A request of the applicant's, which only he may change; others do not even learn that it exists. */
const ofApplicant = (of: string, more: Partial<Access> = {}): Access => ({
  of,
  allowed: applicant,
  hidden: except(mayApply, applicant),
  ...more,
});
const ofAskedHead: Access = {
  of: "a request the unit head is asked about",
  allowed: own("unit-head"),
  hidden: [...own("legal-reviewer signatory"), ...foreign("unit-head legal-reviewer signatory")],
};
const ofReaders = (of: string): Access => ({ of, allowed: readers, hidden: except(everyone, readers) });
/** Who may see a submitted matter about the own entity's seal: who asked, who decides, who watches, who holds the seal. */
const matterReaders = own(
  "signatory custodian supervisor certificate-keeper seal-administrator inspector system-administrator",
);
/** The asker's own, until it is submitted and for what only he may do with it. */
const ofAsker = (of: string): Access => ({
  of,
  allowed: own("seal-administrator"),
  hidden: except(everyone, own("seal-administrator")),
});
const ofMatterReaders = (of: string): Access => ({
  of,
  allowed: matterReaders,
  hidden: except(everyone, matterReaders),
});
/** Who reads a line about the own entity's seal: who watches over the entity, and who holds the seal. */
const lineReaders = own("inspector seal-administrator custodian supervisor certificate-keeper");
const ofCustodian = (of: string): Access => ({
  of,
  allowed: own("custodian"),
  hidden: except(everyone, own("custodian")),
});
/** Who has to do with where a seal lies: who keeps it, who watches its use, who runs it, who inspects. */
const seesContainers = own("custodian supervisor seal-administrator inspector");
const watchers = own("seal-administrator inspector system-administrator");
const secondPeople = both("signatory seal-administrator system-administrator");
const ofSeal = (of: string, who: readonly Person[], alike: readonly Person[]): Access => ({
  of,
  allowed: who,
  hidden: alike,
});

/** Nobody delegates, or learns of, what another holds. */
const ofSignatory = (of: string): Access => ({
  of,
  allowed: own("signatory"),
  hidden: except(everyone, own("signatory")),
});

/** Entries of the ledger go to those who inspect, and to those whose pages show the same event. */
const ofEntry = (of: string, allowed: readonly Person[]): Access => ({
  of,
  allowed,
  absent: except(anyone, [...allowed]),
});

const confirming: Access = {
  of: "a new person who waits",
  allowed: both("signatory seal-administrator"),
  refused: [409, "account.may-not-confirm", both("inspector")],
};

export const accessTable: Readonly<Record<RouteKey, readonly Access[]>> = {
  // The installation.
  "GET /v1/healthz": to(anyone),
  "GET /v1/openapi.json": to(anyone),
  "GET /v1/installation": [
    { of: "what it is", allowed: anyone },
    {
      of: "where the master key lies, and the database's version",
      allowed: both("system-administrator"),
      absent: except(anyone, both("system-administrator")),
    },
  ],
  "GET /metrics": [
    { of: "from this machine", allowed: anyone },
    { of: "from elsewhere", allowed: [], hidden: anyone },
    { of: "from elsewhere, with the operator's token", allowed: anyone },
    { of: "from elsewhere, with another token", allowed: [], hidden: anyone },
  ],
  "POST /v1/installation/sample": [
    { of: "from this machine", allowed: [], refused: [409, "installation.not-empty", anyone] },
    { of: "from elsewhere", allowed: [], refused: [403, "sample.only-here", anyone] },
  ],
  "GET /v1/installation/sample": to(anyone),
  "POST /v1/installation/setup": to([], { refused: [409, "installation.not-empty", anyone] }),
  "GET /v1/sample/people": [
    { of: "of a live organisation", allowed: [], hidden: anyone },
    { of: "of the sample, from this machine", allowed: anyone },
    { of: "of the sample, from elsewhere", allowed: [], refused: [403, "sample.only-here", anyone] },
  ],
  "POST /v1/sample/sign-in": [
    { of: "of a live organisation", allowed: [], hidden: anyone },
    { of: "of the sample, from this machine", allowed: anyone },
    { of: "of the sample, from elsewhere", allowed: [], refused: [403, "sample.only-here", anyone] },
  ],
  "GET /v1/crew": to(everyone),

  // Signing in, and what is one's own.
  "GET /v1/session": to(everyone),
  "POST /v1/sessions": [
    { of: "with the right password", allowed: anyone },
    { of: "with a wrong one", allowed: [], refused: [401, "sign-in.refused", anyone] },
  ],
  "POST /v1/sessions/passkey-options": to(anyone),
  "POST /v1/sessions/passkey": to(anyone, { answers: 409 }),
  "DELETE /v1/session": to(everyone),
  "GET /v1/passkeys": to(everyone),
  "POST /v1/passkeys/options": to(everyone),
  "POST /v1/passkeys": to(everyone, { answers: 409 }),
  "DELETE /v1/passkeys/:passkeyId": [
    { of: "one's own", allowed: everyone },
    { of: "another person's", allowed: [], hidden: everyone },
  ],
  "POST /v1/session/password": to(everyone),
  "POST /v1/step-ups": [
    ofReaders("an authorised request"),
    { of: "the applicant's draft", allowed: [], hidden: everyone },
    { of: "a seal", allowed: staff, hidden: except(everyone, staff) },
    ofMatterReaders("a submitted matter"),
    { of: "a drafted matter", allowed: [], hidden: everyone },
    { of: "the letter of custodians", allowed: everyone },
    { of: "a version of the rule book", allowed: everyone },
    { of: "a position of one's own", allowed: everyone },
  ],
  "GET /v1/invitations/:token": [
    { of: "one that was made", allowed: anyone },
    { of: "one that was not", allowed: [], hidden: anyone },
  ],
  "POST /v1/invitations/:token/accept": [
    { of: "one that was made", allowed: anyone },
    { of: "one that was used", allowed: [], hidden: anyone },
  ],

  // The organisation. Its accounts are one matter: system administrators, and those who confirm, act for all entities.
  "GET /v1/organisation": to(everyone),
  "POST /v1/entities": to(both("system-administrator")),
  "POST /v1/units": to(both("system-administrator")),
  // What lies under way is shown to those who ask for it, decide it or watch over it.
  "POST /v1/units/:unitId/change-preview": to(
    own("unit-head signatory seal-administrator inspector system-administrator"),
  ),
  "POST /v1/entities/:entityId/representative-preview": to(
    own("signatory seal-administrator inspector system-administrator"),
  ),
  "GET /v1/people": [
    { of: "oneself", allowed: everyone },
    { of: "somebody of the entity without a role", allowed: readsPeople, absent: except(everyone, readsPeople) },
    { of: "who keeps a seal of the entity", allowed: readsRoles, absent: except(everyone, readsRoles) },
  ],
  "POST /v1/people": to(both("system-administrator")),
  "POST /v1/people/:personId/credential-reset": to(both("system-administrator")),
  "POST /v1/people/:personId/invitation": [
    {
      of: "whom the reader invited",
      allowed: both("system-administrator"),
    },
    {
      of: "whom another invited",
      allowed: [],
      refused: [409, "invitation.of-another", both("system-administrator")],
    },
  ],
  "GET /v1/account-changes": [
    {
      of: "a new person who waits",
      allowed: both("system-administrator seal-administrator signatory inspector"),
      absent: except(everyone, both("system-administrator seal-administrator signatory inspector")),
    },
  ],
  // An inspector consents to a pair of roles that the profile loosens, and to nothing else.
  "POST /v1/account-changes/:accountChangeId/confirm": [confirming],
  "POST /v1/account-changes/:accountChangeId/decline": [confirming],
  "GET /v1/grants": [{ of: "for a seal of the entity", allowed: readsRoles, absent: except(everyone, readsRoles) }],
  "POST /v1/grants/check": [{ of: "for the whole entity", allowed: mayGrantThere }],
  "POST /v1/grants": [
    { of: "for the whole entity", allowed: mayGrantThere },
    { of: "for a seal", allowed: mayGrantThere },
    { of: "to oneself", allowed: [], refused: [409, "grant.to-oneself", mayGrantThere] },
  ],
  "POST /v1/grants/:grantId/end": [{ of: "for the whole entity", allowed: mayGrantThere }],
  "GET /v1/separation": to(both("seal-administrator inspector system-administrator")),
  "POST /v1/separation/checks": to(both("seal-administrator inspector system-administrator")),

  // Delegations: of one's own grant, ended by either of the two or by the entity's seal administrator.
  "GET /v1/delegations": [
    { of: "one's own", allowed: everyone },
    { of: "all of them", allowed: both("seal-administrator inspector system-administrator") },
  ],
  "POST /v1/delegations/check": [ofSignatory("of the signatory's grant")],
  "POST /v1/delegations": [ofSignatory("of the signatory's grant")],
  "POST /v1/delegations/:delegationId/end": [
    {
      of: "one that the signatory gave",
      allowed: own("signatory seal-administrator"),
      hidden: except(everyone, own("signatory seal-administrator")),
    },
  ],

  // Seals.
  "GET /v1/seals": [{ of: "the entity's seal", allowed: staff, absent: except(everyone, staff) }],
  "GET /v1/seal-choices": [{ of: "the entity's seal", allowed: staff, absent: except(everyone, staff) }],
  "GET /v1/seal-numbers": [
    {
      of: "of the own entity",
      allowed: own("seal-administrator system-administrator"),
      absent: foreign("seal-administrator system-administrator"),
    },
  ],
  ...sealKindAccess,
  "POST /v1/seals/check": [
    {
      of: "in the own entity",
      allowed: own("seal-administrator system-administrator"),
      hidden: foreign("seal-administrator system-administrator"),
    },
  ],
  "GET /v1/seals/:sealId": [{ of: "the entity's seal", allowed: staff, hidden: except(everyone, staff) }],
  "GET /v1/seals/:sealId/face.svg": [{ of: "the entity's seal", allowed: staff, hidden: except(everyone, staff) }],
  "GET /v1/seals/:sealId/face.png": [{ of: "the entity's seal", allowed: staff, hidden: except(everyone, staff) }],
  "GET /v1/seals/:sealId/certificate.pem": [
    { of: "the entity's seal", allowed: staff, hidden: except(everyone, staff) },
  ],
  "POST /v1/seals/:sealId/freeze": [
    ofSeal(
      "a seal in use",
      own("custodian supervisor seal-administrator inspector"),
      foreign("custodian supervisor seal-administrator inspector"),
    ),
  ],
  "POST /v1/seals/:sealId/unfreeze": [
    ofSeal("a frozen seal", own("seal-administrator"), foreign("seal-administrator")),
  ],
  "POST /v1/seals/:sealId/report-loss": [
    ofSeal(
      "a seal with a piece",
      own("custodian supervisor seal-administrator inspector"),
      foreign("custodian supervisor seal-administrator inspector"),
    ),
  ],
  "GET /v1/seal-bodies/:bodyId/specimen.png": [
    {
      // At full size it is a template for a forger (C23); this custodian keeps the piece.
      of: "the entity's piece",
      allowed: own("legal-reviewer signatory custodian supervisor seal-administrator inspector"),
      hidden: except(everyone, own("legal-reviewer signatory custodian supervisor seal-administrator inspector")),
    },
  ],
  "GET /v1/matters/:matterId/face.svg": [
    {
      of: "a seal that is asked for",
      allowed: own("signatory seal-administrator inspector system-administrator"),
      hidden: except(everyone, own("signatory seal-administrator inspector system-administrator")),
    },
  ],
  "GET /v1/seal-glyphs": to(everyone),
  "POST /v1/seal-face-images": to(both("seal-administrator system-administrator")),
  "GET /v1/seal-face-images/:imageId": [
    {
      of: "another person's",
      allowed: own("seal-administrator"),
      hidden: [...own("system-administrator"), ...foreign("seal-administrator system-administrator")],
    },
  ],
  "GET /v1/certification-authority/root.pem": to(anyone),
  "GET /v1/certification-authority/issuing.pem": to(anyone),
  "GET /v1/certification-authority/revocations.crl": to(anyone),
  "GET /v1/controls": to(everyone),

  // Requests for the use of a seal.
  "GET /v1/document-classes": to(everyone),
  "POST /v1/documents": to(mayApply),
  "GET /v1/documents/:documentId": [
    { of: "an upload of the applicant's", allowed: applicant, hidden: except(everyone, applicant) },
    { of: "in the applicant's draft", allowed: applicant, hidden: except(everyone, applicant) },
    ofReaders("in an authorised request"),
  ],
  "GET /v1/documents/:documentId/file": [
    { of: "an upload of the applicant's", allowed: applicant, hidden: except(everyone, applicant) },
    ofReaders("in an authorised request"),
  ],
  "GET /v1/documents/:documentId/places": [
    { of: "an upload of the applicant's", allowed: applicant, hidden: except(mayApply, applicant) },
    {
      of: "in an authorised request",
      allowed: except(readers, neverApply),
      hidden: except(mayApply, readers),
    },
  ],
  "GET /v1/seal-use-requests": [
    { of: "the applicant's draft", allowed: applicant, absent: except(everyone, applicant) },
    { of: "an authorised request", allowed: readers, absent: except(everyone, readers) },
  ],
  "POST /v1/seal-use-requests": [
    { of: "without documents", allowed: mayApply },
    {
      of: "with a document of the applicant's",
      allowed: applicant,
      refused: [400, "input.incomplete", except(mayApply, applicant)],
    },
  ],
  "PUT /v1/seal-use-requests/:requestId": [ofApplicant("the applicant's draft")],
  "DELETE /v1/seal-use-requests/:requestId": [ofApplicant("the applicant's draft")],
  "POST /v1/seal-use-requests/:requestId/check": [ofApplicant("the applicant's draft")],
  "POST /v1/seal-use-requests/:requestId/submit": [ofApplicant("the applicant's draft")],
  "GET /v1/seal-use-requests/:requestId": [
    { of: "the applicant's draft", allowed: applicant, hidden: except(everyone, applicant) },
    {
      of: "a request the unit head is asked about",
      allowed: own("applicant unit-head inspector"),
      hidden: except(everyone, own("applicant unit-head inspector")),
    },
    {
      of: "a confidential one the unit head is asked about",
      allowed: own("applicant unit-head"),
      hidden: except(everyone, own("applicant unit-head inspector")),
      refused: [403, "confidential.needs-access", own("inspector")],
    },
    ofReaders("an authorised request"),
  ],
  "POST /v1/seal-use-requests/:requestId/decisions": [ofAskedHead],
  // Each line is answered for itself; what one may not see is told there as not found.
  "POST /v1/seal-use-requests/approve-several": [
    { of: "a request that is not there", allowed: both("unit-head legal-reviewer signatory") },
  ],
  "GET /v1/seal-use-requests/:requestId/steps/:stepId/people": [ofAskedHead],
  "POST /v1/seal-use-requests/:requestId/steps/:stepId/reviewers": [ofAskedHead],
  "POST /v1/seal-use-requests/:requestId/steps/:stepId/transfer": [
    { ...ofAskedHead, allowed: [], refused: [409, "step.not-entitled", own("unit-head")] },
  ],
  "POST /v1/seal-use-requests/:requestId/facts": [
    { ...ofAskedHead, allowed: [], refused: [409, "facts.not-yours", own("unit-head")] },
  ],
  // Nothing was compared in the walk, so that who may read it is told the same as who may not.
  "GET /v1/seal-use-requests/:requestId/comparisons/:documentId": [
    { ...ofReaders("an authorised request"), answers: 404 },
  ],
  "POST /v1/seal-use-requests/:requestId/comments": [
    { of: "the applicant's draft", allowed: applicant, hidden: except(everyone, applicant) },
    ofReaders("an authorised request"),
  ],
  "POST /v1/seal-use-requests/:requestId/withdraw": [ofApplicant("a request the unit head is asked about")],
  "GET /v1/seal-use-requests/:requestId/gate": [ofReaders("an authorised request")],
  "GET /v1/seal-use-requests/:requestId/decision-evidence": [ofReaders("an authorised request")],
  "POST /v1/seal-use-requests/:requestId/release": [
    ofSeal("an authorised request", own("custodian"), foreign("custodian")),
  ],
  "POST /v1/seal-use-requests/:requestId/confirm": [
    // The second custodian may supervise what the first releases; who released may not.
    {
      ...ofSeal("a request that its custodian released", own("supervisor"), foreign("supervisor custodian")),
      refused: [409, "gate.duties-apart.not", own("custodian")],
    },
  ],
  "GET /v1/seal-use-requests/:requestId/sealed/:documentId": [ofReaders("a sealed file")],
  "GET /v1/seal-use-requests/:requestId/sealed": [ofReaders("a sealed file")],
  "GET /v1/overview": to(everyone),

  // Matters; the walk's is to stop the entity's seal, asked for by its seal administrator and decided by the signatory.
  "GET /v1/matter-kinds": to(everyone),
  "GET /v1/matters": [
    { of: "a drafted matter", allowed: own("seal-administrator"), absent: except(everyone, own("seal-administrator")) },
    { of: "a submitted matter", allowed: matterReaders, absent: except(everyone, matterReaders) },
    { of: "one that waits for the reader", allowed: own("signatory"), absent: except(everyone, own("signatory")) },
  ],
  "POST /v1/matters": [{ of: "to stop the entity's seal", allowed: own("seal-administrator system-administrator") }],
  "PUT /v1/matters/:matterId": [ofAsker("a drafted matter")],
  "POST /v1/matters/:matterId/check": [ofAsker("a drafted matter")],
  "POST /v1/matters/:matterId/submit": [ofAsker("a drafted matter")],
  "GET /v1/matters/:matterId": [ofAsker("a drafted matter"), ofMatterReaders("a submitted matter")],
  "POST /v1/matters/:matterId/decisions": [
    {
      of: "a submitted matter",
      allowed: own("signatory"),
      refused: [409, "matter.not-a-candidate", except(matterReaders, own("signatory"))],
      hidden: except(everyone, matterReaders),
    },
  ],
  "POST /v1/matters/:matterId/withdraw": [ofAsker("a submitted matter")],
  "POST /v1/matters/:matterId/cancel": [ofAsker("a drafted matter")],
  "POST /v1/matters/:matterId/evidence": [
    ofMatterReaders("a file of one's own"),
    { of: "another person's file", allowed: [], hidden: everyone },
  ],
  "DELETE /v1/matters/:matterId/evidence/:slot/:evidenceId": [
    {
      of: "a file that the matter does not hold",
      allowed: [],
      hidden: everyone,
    },
  ],
  "POST /v1/matters/:matterId/confirm": [
    // Nobody confirms the stop of a seal; who may confirm what has such parts is asked in the tests of those matters.
    { of: "a part the matter does not have", allowed: [], hidden: everyone },
  ],
  "POST /v1/matters/:matterId/carry-out": [
    {
      of: "an approved matter of a later day",
      allowed: [],
      refused: [409, "matter.not-yet", own("seal-administrator system-administrator")],
      hidden: except(everyone, matterReaders),
    },
  ],
  "POST /v1/evidence": to(everyone),
  "GET /v1/evidence/:evidenceId": [
    ofAsker("an upload of the asker's"),
    ofMatterReaders("a file of a submitted matter"),
  ],
  "GET /v1/evidence/:evidenceId/file": [
    ofAsker("an upload of the asker's"),
    ofMatterReaders("a file of a submitted matter"),
  ],
  "GET /v1/evidence/:evidenceId/preview": [
    ofAsker("an upload of the asker's"),
    ofMatterReaders("a file of a submitted matter"),
  ],
  "GET /v1/tasks": [
    { of: "the reader's own", allowed: own("custodian"), absent: except(everyone, own("custodian")) },
    {
      of: "all of the entity's",
      allowed: [...own("custodian"), ...watchers],
      absent: except(everyone, own("custodian"), watchers),
    },
  ],
  "POST /v1/tasks/:taskId/done": [
    { of: "the custodian's", allowed: own("custodian"), hidden: except(everyone, own("custodian")) },
  ],
  "GET /v1/findings": [
    {
      of: "of the entity",
      allowed: own("seal-administrator inspector"),
      absent: foreign("seal-administrator inspector"),
    },
  ],
  "POST /v1/findings/:findingId/close": [
    {
      of: "of the entity",
      allowed: own("seal-administrator inspector"),
      hidden: foreign("seal-administrator inspector"),
    },
  ],

  // Settings are the organisation's: those who answer for the rules act for all entities, always two of them.
  "GET /v1/settings": to(everyone),
  "POST /v1/setting-changes": to(both("seal-administrator system-administrator")),
  "POST /v1/setting-changes/:settingChangeId/decide": [
    { of: "asked for by another person", allowed: secondPeople },
    { of: "asked for by oneself", allowed: [], refused: [409, "setting.second-person", secondPeople] },
  ],
  "GET /v1/calendars/:entityId": to(everyone),
  "PUT /v1/calendars/:entityId": to(both("system-administrator")),

  // Custody: whom to ask for a seal is told to whoever may see it, where it lies to who has to do with that; moving it is
  // its custodians'.
  "GET /v1/seals/:sealId/custody": [
    { of: "who keeps the entity's seal", allowed: staff, hidden: except(everyone, staff) },
    {
      of: "where the entity's seal lies",
      allowed: seesContainers,
      absent: except(staff, seesContainers),
      hidden: except(everyone, staff),
    },
  ],
  "GET /v1/custody/mine": to(everyone),
  "GET /v1/custody/holdings": [
    { of: "one's own", allowed: everyone },
    {
      of: "another person's",
      allowed: both("seal-administrator inspector"),
      hidden: except(everyone, both("seal-administrator inspector")),
    },
  ],
  "POST /v1/custody/bodies/:bodyId/lock-away": [ofSeal("a piece in hand", own("custodian"), foreign("custodian"))],
  "POST /v1/custody/bodies/:bodyId/bring-out": [ofSeal("a piece in its safe", own("custodian"), foreign("custodian"))],
  "POST /v1/custody/openings/:openingId/confirm": [
    {
      of: "one that waits for the supervisor's lock",
      allowed: own("supervisor"),
      refused: [409, "container.opening-not-yours", except(staff, own("supervisor"))],
      hidden: except(everyone, staff),
    },
  ],
  "GET /v1/containers": [{ of: "the entity's", allowed: seesContainers, absent: except(everyone, seesContainers) }],
  "POST /v1/containers": [
    { of: "in the own entity", allowed: own("seal-administrator"), hidden: foreign("seal-administrator") },
  ],
  "PUT /v1/containers/:containerId": [ofSeal("the entity's", own("seal-administrator"), foreign("seal-administrator"))],
  "PUT /v1/containers/:containerId/locks/:lockId/holder": [
    ofSeal("the entity's", own("seal-administrator"), foreign("seal-administrator")),
  ],
  "GET /v1/take-outs": to(everyone),

  // Registers: who watches over the entity reads all, others what names them or is about a seal they hold.
  "GET /v1/registers": to(everyone),
  "GET /v1/registers/:register/lines": [
    { of: "a line about the entity's seal", allowed: lineReaders, absent: except(everyone, lineReaders) },
  ],
  "GET /v1/registers/:register/lines/:lineId": [
    { of: "a line about the entity's seal", allowed: lineReaders, hidden: except(everyone, lineReaders) },
  ],
  "GET /v1/register-views": [
    { of: "a view of the custodian's", allowed: own("custodian"), absent: except(everyone, own("custodian")) },
  ],
  "POST /v1/register-views": to(everyone),
  "DELETE /v1/register-views/:viewId": [ofCustodian("a view of the custodian's")],
  "GET /v1/register-exports": [
    { of: "an export of the custodian's", allowed: own("custodian"), absent: except(everyone, own("custodian")) },
  ],
  "POST /v1/register-exports": to(everyone, { heavy: true }),
  "GET /v1/register-exports/:exportId": [ofCustodian("an export of the custodian's")],
  "GET /v1/register-exports/:exportId/file": [ofCustodian("an export of the custodian's")],

  // Training is everybody's own; who watches over an entity sees who of its custodians is fit.
  ...ruleBookAccess,
  ...rulesAccess,
  ...emergencyAccess,
  ...confidentialAccess,
  ...standingAccess,
  ...stampingAccess,
  ...templateAccess,
  ...documentSeriesAccess,
  ...positionAccess,
  "GET /v1/training": to(everyone),
  "GET /v1/courses/:courseId": to(everyone),
  "GET /v1/courses/:courseId/source": to(both("seal-administrator")),
  "PUT /v1/courses/:courseId": to(both("seal-administrator")),
  "POST /v1/courses/:courseId/attempts": to(everyone),
  "POST /v1/commitments": to(everyone),
  "GET /v1/custodian-fitness": [
    {
      of: "the own entity's",
      allowed: own("seal-administrator inspector"),
      hidden: foreign("seal-administrator inspector"),
    },
  ],
  "GET /v1/rotation": [
    {
      of: "the own entity's",
      allowed: own("seal-administrator inspector"),
      hidden: foreign("seal-administrator inspector"),
    },
  ],
  "GET /v1/rotation-plan": [
    { of: "the own entity's", allowed: own("seal-administrator"), hidden: foreign("seal-administrator") },
  ],
  "POST /v1/rotation-handovers": [
    { of: "a seal of the own entity", allowed: own("seal-administrator"), hidden: foreign("seal-administrator") },
  ],

  // Checks: who answers for a piece, and who watches over the entity, sees them; anybody reports a seal in no register.
  "GET /v1/storage-checks": [
    {
      of: "of the own entity's pieces",
      allowed: own("custodian seal-administrator inspector system-administrator"),
      absent: except(everyone, own("custodian seal-administrator inspector system-administrator")),
    },
  ],
  "POST /v1/storage-checks": [
    {
      of: "in the own entity",
      allowed: own("seal-administrator inspector"),
      hidden: foreign("seal-administrator inspector"),
    },
  ],
  "POST /v1/storage-checks/:checkId/answers": [
    {
      of: "a piece of the own entity",
      allowed: own("custodian seal-administrator inspector"),
      hidden: except(everyone, own("custodian seal-administrator inspector")),
    },
  ],
  "POST /v1/unknown-seals": [{ of: "in the own entity", allowed: ownPeople, hidden: except(everyone, ownPeople) }],

  // Controlled forms: who keeps, watches or has them.
  ...formAccess,
  ...openingStockAccess,
  // Specimens lodged with banks and others.
  ...lodgingAccess,
  ...controllerAccess,
  ...vendorAccess,
  ...alarmAccess,

  // The ledger: what C2SP publishes is everybody's; the entries themselves are for those who inspect.
  "GET /v1/ledger/key": to(anyone),
  "GET /v1/ledger/checkpoint": to(anyone),
  "GET /v1/ledger/tile/*": [
    { of: "hashes", allowed: anyone },
    { of: "entries, under their C2SP name", allowed: both("inspector") },
  ],
  "GET /v1/ledger/entry-bundle/*": to(both("inspector")),
  "GET /v1/ledger/leaves/:index/proof": [
    { of: "the proof", allowed: anyone },
    ofEntry("the entry of a seal's event with it", [...staff, ...foreign("inspector")]),
    ofEntry("the entry of an authorised request's event with it", [...readers, ...foreign("inspector")]),
    ofEntry("the entry of a grant with it", readsRoles),
    ofEntry("the entry of a new person with it", both("inspector")),
  ],
  "GET /v1/ledger/inclusion": to(anyone),
  "GET /v1/ledger/consistency": to(anyone),
  "GET /v1/ledger/entries": to(both("inspector")),
  "GET /v1/ledger/state": to(both("inspector system-administrator")),
  "POST /v1/ledger/check": to(both("inspector system-administrator")),

  // Verifying is for anyone.
  "POST /v1/verifications": to(anyone, { heavy: true }),
  "GET /v1/verifications/:digest": [
    { of: "a file that was sealed here", allowed: anyone, heavy: true },
    { of: "another file", allowed: [], hidden: anyone },
  ],
};
