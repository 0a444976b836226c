import type { RouteKey } from "@chancery/api/client";
import { starterCourse, starterCourseId } from "@chancery/domain";
import { acceptInvitation } from "../features/identity/invitations.ts";
import type { StepUpAct } from "../features/identity/step-up.ts";
import { findNewestCheckpoint } from "../features/ledger/read-tiles.ts";
import { type SealStepUpAct, sealActDigest } from "../features/seals/seal-acts.ts";
import { commitmentDigest } from "../features/training/commitment.ts";
import { newId } from "../platform/ids.ts";
import { dayInTest } from "../platform/test-days.ts";
import { testContract } from "../platform/test-pdf.ts";
import { redPicture } from "../platform/test-picture.ts";
import { alarmCalls } from "./alarm-access.ts";
import { confidentialCalls } from "./confidential-access.ts";
import { controllerCalls } from "./controller-access.ts";
import { documentSeriesCalls } from "./document-series-access.ts";
import { emergencyCalls } from "./emergency-access.ts";
import { formCalls } from "./form-access.ts";
import { lodgingCalls } from "./lodging-access.ts";
import { openingStockCalls } from "./opening-stock-access.ts";
import { positionCalls, positionStepUp } from "./position-access.ts";
import { ruleBookCalls, ruleBookStepUp } from "./rule-book-access.ts";
import { rulesCalls } from "./rules-access.ts";
import { sealKindCalls } from "./seal-kind-access.ts";
import { stampingCalls } from "./stamping-access.ts";
import { standingCalls } from "./standing-access.ts";
import { templateCalls } from "./template-access.ts";
import type { Actor } from "./test-actors.ts";
import { closeChecks, openCheckOf } from "./test-check-subjects.ts";
import { type World, worldPassword } from "./test-world.ts";
import { vendorCalls } from "./vendor-access.ts";

/** One call of the walk, as far as it differs from the others. */
export interface TestCall {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  file?: { name: string; bytes: Uint8Array };
  headers?: Record<string, string>;
  /** From another machine. */
  elsewhere?: true;
  /** Leaves what it is about as it was, so that the next one needs no new subject. */
  keeps?: true;
  /** While the installation is the sample. */
  sample?: true;
  /** Whether the answer holds what the call was about. */
  shows?: (answer: string) => boolean;
}
type Make = (world: World, who: Actor) => Promise<TestCall> | TestCall;
type Calls = Readonly<Record<string, Make>>;

export const worldToken = "a token that only the operator knows".replaceAll(" ", "-");
const plain: Calls = { "": () => ({}) };
const today = (): string => dayInTest(Date.now());
const authorised: Make = async (world) => ({ params: pick(await world.subjects.authorised()) });
const draft: Make = async (world) => ({ params: pick(await world.subjects.draft()) });
const pick = ({ requestId }: { requestId: string }): { requestId: string } => ({ requestId });
const askedStep = async (world: World): Promise<{ requestId: string; stepId: string }> => {
  const { requestId, stepId } = await world.subjects.submitted();
  return { requestId, stepId };
};
const ofUpload: Make = async (world) => ({ params: { documentId: (await world.subjects.upload()).documentId } });
const ofDraft: Make = async (world) => ({ params: { documentId: (await world.subjects.draft()).documentId } });
const ofAuthorised: Make = async (world) => ({
  params: { documentId: (await world.subjects.authorised()).documentId },
});
const withQuery =
  (make: Make, query: Record<string, string>): Make =>
  async (world, who) => ({ ...(await make(world, who)), query });

/** Who is not signed in sends a proof of presence that nobody asked for. */
async function presence(world: World, who: Actor, act: StepUpAct, subjectId: string, digest: string) {
  if (who !== "nobody") return world.presence(who, act, subjectId, digest);
  return { stepUpId: newId("stp", Date.now()), proof: { method: "password", password: worldPassword } };
}
const onSeal =
  (act: SealStepUpAct, sealOf: (world: World) => Promise<string>): Make =>
  async (world, who) => {
    const sealId = await sealOf(world);
    const { number } = await world.env.db
      .selectFrom("seals")
      .select("number")
      .where("seal_id", "=", sealId)
      .executeTakeFirstOrThrow();
    const proof = await presence(world, who, act, sealId, await sealActDigest(world.env.db, act, sealId));
    return { params: { sealId }, body: { reason: "A test", typedNumber: number, presence: proof } };
  };
const onRequest =
  (act: "release" | "confirm"): Make =>
  async (world, who) => {
    const { authorised: ready, released } = world.subjects;
    const { requestId, digest } = await (act === "release" ? ready() : released());
    return { params: { requestId }, body: { digest, presence: await presence(world, who, act, requestId, digest) } };
  };
const drafted: Make = async (world) => ({ params: { matterId: (await world.subjects.draftedMatter()).matterId } });
const submitted: Make = async (world) => ({ params: { matterId: (await world.subjects.submittedMatter()).matterId } });
const withBody =
  (make: Make, body: unknown): Make =>
  async (world, who) => ({ ...(await make(world, who)), body });
const keeping =
  (make: Make): Make =>
  async (world, who) => ({ ...(await make(world, who)), keeps: true });
const ofFile: Make = async (world) => ({ params: { evidenceId: await world.subjects.evidence() } });
const ofMatterFile: Make = async (world) => ({ params: { evidenceId: await world.subjects.matterEvidence() } });
const matterFiles: Calls = { "an upload of the asker's": ofFile, "a file of a submitted matter": ofMatterFile };
const personOf = (world: World, who: Actor): string => world.person(who === "nobody" ? "own member" : who);
const seal: Make = async (world) => ({ params: { sealId: await world.subjects.sealOf("own") } });
const grantFor = async (world: World, kind: "entity" | "seal", personId?: string) => ({
  personId: personId ?? (await world.bystander()),
  role: "certificate-keeper",
  scope:
    kind === "entity" ? { kind, entityId: world.own.entityId } : { kind, sealId: await world.subjects.sealOf("own") },
  from: today(),
  to: null,
});
/** What the own signatory could delegate to somebody, from tomorrow on. */
const delegationOf = async (world: World) => {
  const { grant_id: grantId } = await world.env.db
    .selectFrom("grants")
    .select("grant_id")
    .where("person_id", "=", world.person("own signatory"))
    .executeTakeFirstOrThrow();
  const day = dayInTest(Date.now() + 86_400_000);
  return {
    ...{ grantId, scope: { kind: "entity", entityId: world.own.entityId } },
    ...{ delegateId: await world.bystander(), from: day, to: day },
  };
};
/** The tile or bundle of the ledger's first leaves, under its C2SP name. */
const firstTile = async (world: World): Promise<string> => {
  const size = (await findNewestCheckpoint(world.env.db))?.size ?? 0;
  return size >= 256 ? "000" : `000.p/${size}`;
};
/** Asks for the proof of the leaf of the newest such event. */
const entryOf = async (
  world: World,
  event: { type: string; seal_id?: string; request_id?: string },
): Promise<TestCall> => {
  await world.ledger.drain();
  let query = world.env.db
    .selectFrom("events as e")
    .innerJoin("ledger_entries as l", "l.leaf_hash", "e.leaf_hash")
    .select("l.seq")
    .where("e.type", "=", event.type)
    .orderBy("l.seq", "desc");
  if (event.seal_id) query = query.where("e.seal_id", "=", event.seal_id);
  if (event.request_id) query = query.where("e.request_id", "=", event.request_id);
  const { seq } = await query.executeTakeFirstOrThrow();
  return { params: { index: String(seq) }, shows: (text) => /^extra /m.test(text) };
};
const listed = (id: string) => (text: string) => text.includes(id);

const safeFields = {
  ...{ kind: "safe", name: { en: "Safe", zh: "保险柜" }, address: "Room 1", insideMonitoring: true, camera: "" },
  goodForImportant: true,
};

/** A link that was used stays so, whoever tries it: one serves a world. */
const usedInvitations = new WeakMap<World, Promise<string>>();
async function useInvitation(world: World): Promise<string> {
  const token = await world.subjects.invitation();
  await acceptInvitation(world.env, quietCall, token, worldPassword);
  world.renew();
  return token;
}

let names = 0;
const fresh = (): string => {
  names += 1;
  return `N${names}`;
};

export const calls: Readonly<Record<RouteKey, Calls>> = {
  "GET /v1/healthz": plain,
  "GET /v1/openapi.json": plain,
  "GET /v1/installation": {
    "what it is": () => ({}),
    "where the master key lies, and the database's version": () => ({
      shows: (text) => /a place of the walk/.test(text) && /PostgreSQL \d/.test(text),
    }),
  },
  "GET /metrics": {
    "from this machine": () => ({}),
    "from elsewhere": () => ({ elsewhere: true }),
    "from elsewhere, with the operator's token": () => ({
      elsewhere: true,
      headers: { authorization: `Bearer ${worldToken}` },
    }),
    "from elsewhere, with another token": () => ({
      elsewhere: true,
      headers: { authorization: `Bearer ${worldToken.slice(1)}` },
    }),
  },
  "POST /v1/installation/sample": { "from this machine": () => ({}), "from elsewhere": () => ({ elsewhere: true }) },
  "GET /v1/installation/sample": plain,
  "POST /v1/installation/setup": {
    "": () => ({
      body: {
        ...{ setupCode: "a code of some length", profile: "strict", organisation: { en: "X", zh: "某" } },
        entity: { name: { en: "X", zh: "某" }, code: "XX", timeZone: "UTC" },
        administrator: { name: { en: "X", zh: "某" }, login: "somebody", password: worldPassword },
      },
    }),
  },
  "GET /v1/sample/people": {
    "of a live organisation": () => ({}),
    "of the sample, from this machine": () => ({ sample: true }),
    "of the sample, from elsewhere": () => ({ sample: true, elsewhere: true }),
  },
  "POST /v1/sample/sign-in": {
    "of a live organisation": (world) => ({ body: { personId: world.person("own member") } }),
    "of the sample, from this machine": (world) => ({
      sample: true,
      body: { personId: world.person("own member") },
    }),
    "of the sample, from elsewhere": (world) => ({
      ...{ sample: true, elsewhere: true },
      body: { personId: world.person("own member") },
    }),
  },
  "GET /v1/crew": plain,

  "GET /v1/session": plain,
  "POST /v1/sessions": {
    "with the right password": async () => ({ body: { login: "person-1", password: worldPassword } }),
    "with a wrong one": () => ({ body: { login: fresh(), password: "not the password at all" } }),
  },
  "POST /v1/sessions/passkey-options": plain,
  "POST /v1/sessions/passkey": { "": () => ({ body: { challengeId: "chg_none", response: {} } }) },
  "DELETE /v1/session": plain,
  "GET /v1/passkeys": plain,
  "POST /v1/passkeys/options": { "": () => ({ body: { password: worldPassword } }) },
  "POST /v1/passkeys": { "": () => ({ body: { challengeId: "chg_none", label: "A key", response: {} } }) },
  "DELETE /v1/passkeys/:passkeyId": {
    "one's own": async (world, who) => ({
      params: {
        passkeyId: await world.subjects.passkeyOf(world.person(who === "nobody" ? "own member" : who)),
      },
    }),
    "another person's": async (world) => ({ params: { passkeyId: await world.subjects.strangersPasskey() } }),
  },
  "POST /v1/session/password": { "": () => ({ body: { current: worldPassword, next: worldPassword } }) },
  "POST /v1/step-ups": {
    "an authorised request": async (world) => ({
      keeps: true,
      body: { act: "approve", ...pick(await world.subjects.authorised()) },
    }),
    "the applicant's draft": async (world) => ({
      keeps: true,
      body: { act: "approve", ...pick(await world.subjects.draft()) },
    }),
    "a seal": async (world) => ({
      keeps: true,
      body: { act: "seal-freeze", sealId: await world.subjects.sealOf("own") },
    }),
    "a submitted matter": async (world) => ({
      keeps: true,
      body: { act: "matter-approve", matterId: (await world.subjects.submittedMatter()).matterId },
    }),
    "a drafted matter": async (world) => ({
      keeps: true,
      body: { act: "matter-approve", matterId: (await world.subjects.draftedMatter()).matterId },
    }),
    "the letter of custodians": () => ({ keeps: true, body: { act: "commitment" } }),
    "a version of the rule book": ruleBookStepUp,
    "a position of one's own": positionStepUp,
  },
  "GET /v1/invitations/:token": {
    "one that was made": async (world) => ({ params: { token: await world.subjects.invitation() } }),
    "one that was not": () => ({ params: { token: "x".repeat(43) } }),
  },
  "POST /v1/invitations/:token/accept": {
    "one that was made": async (world) => ({
      params: { token: await world.subjects.invitation() },
      body: { password: worldPassword },
    }),
    "one that was used": async (world) => {
      const used = usedInvitations.get(world) ?? useInvitation(world);
      usedInvitations.set(world, used);
      return { params: { token: await used }, body: { password: worldPassword } };
    },
  },

  "GET /v1/organisation": plain,
  "POST /v1/entities": { "": () => ({ body: { name: { en: "New", zh: "新" }, code: fresh(), timeZone: "UTC" } }) },
  "POST /v1/units": {
    "": (world) => ({ body: { entityId: world.own.entityId, parentUnitId: null, name: { en: "New", zh: "新" } } }),
  },
  "POST /v1/units/:unitId/change-preview": {
    "": (world) => ({
      params: { unitId: world.own.unitId },
      body: { kind: "close-unit", peopleTo: null },
    }),
  },
  "POST /v1/entities/:entityId/representative-preview": {
    "": (world) => ({ params: { entityId: world.own.entityId }, body: { lapseOn: "2099-06-30" } }),
  },
  "GET /v1/people": {
    oneself: (world, who) => ({ shows: listed(personOf(world, who)) }),
    "somebody of the entity without a role": async (world) => ({ shows: listed(await world.bystander()) }),
    "who keeps a seal of the entity": (world) => ({ shows: listed(world.person("own custodian")) }),
  },
  "POST /v1/people": {
    "": (world) => ({
      body: {
        ...{ name: { en: "New", zh: "新" }, login: fresh(), guest: false, unitId: null, grants: [] },
        entityId: world.own.entityId,
      },
    }),
  },
  "POST /v1/people/:personId/credential-reset": {
    "": async (world) => ({ params: { personId: await world.bystander() }, body: { reason: "Lost" } }),
  },
  "POST /v1/people/:personId/invitation": {
    "whom the reader invited": async (world, who) => ({ params: { personId: await world.invitee(who) } }),
    "whom another invited": async (world) => ({ params: { personId: await world.invitee("nobody") } }),
  },
  "GET /v1/account-changes": {
    "a new person who waits": async (world) => ({ shows: listed(await world.subjects.newcomer()) }),
  },
  "POST /v1/account-changes/:accountChangeId/confirm": {
    "a new person who waits": async (world) => ({ params: { accountChangeId: await world.subjects.newcomer() } }),
  },
  "POST /v1/account-changes/:accountChangeId/decline": {
    "a new person who waits": async (world) => ({
      params: { accountChangeId: await world.subjects.newcomer() },
      body: { reason: "Not ours" },
    }),
  },
  "GET /v1/grants": {
    "for a seal of the entity": async (world) => {
      const sealId = await world.subjects.sealOf("own");
      return { query: { sealId }, shows: listed(sealId) };
    },
  },
  "POST /v1/grants/check": { "for the whole entity": async (world) => ({ body: await grantFor(world, "entity") }) },
  "POST /v1/grants": {
    "for the whole entity": async (world) => ({ body: await grantFor(world, "entity") }),
    "for a seal": async (world) => ({ body: await grantFor(world, "seal") }),
    "to oneself": async (world, who) => ({
      body: await grantFor(world, "entity", world.person(who === "nobody" ? "own member" : who)),
    }),
  },
  "POST /v1/grants/:grantId/end": {
    "for the whole entity": async (world) => ({
      params: { grantId: await world.subjects.grant() },
      body: { reason: "Over" },
    }),
  },
  "GET /v1/separation": plain,
  "POST /v1/separation/checks": { "": () => ({ keeps: true }) },

  "GET /v1/delegations": { "one's own": () => ({}), "all of them": () => ({ query: { view: "all" } }) },
  "POST /v1/delegations/check": {
    "of the signatory's grant": async (world) => ({ body: await delegationOf(world), keeps: true }),
  },
  "POST /v1/delegations": {
    "of the signatory's grant": async (world) => ({ body: { ...(await delegationOf(world)), reason: "On leave" } }),
  },
  "POST /v1/delegations/:delegationId/end": {
    "one that the signatory gave": async (world) => ({
      params: { delegationId: await world.subjects.delegation() },
      body: { reason: "Back again" },
    }),
  },

  "GET /v1/seals": {
    "the entity's seal": async (world) => ({ shows: listed(await world.subjects.sealOf("own")) }),
  },
  "GET /v1/seal-choices": {
    "the entity's seal": async (world) => ({ shows: listed(await world.subjects.sealOf("own")) }),
  },
  "GET /v1/seal-numbers": {
    "of the own entity": async (world) => {
      await world.subjects.sealOf("own");
      return { shows: listed(world.own.entityId) };
    },
  },
  ...sealKindCalls,
  "POST /v1/seals/check": {
    "in the own entity": (world) => ({
      body: {
        ...{ type: "department", entityId: world.own.entityId },
        ...{ custodians: [], supervisor: null, certificateKeeper: null },
      },
    }),
  },
  "GET /v1/seals/:sealId": { "the entity's seal": seal },
  "GET /v1/seals/:sealId/face.svg": { "the entity's seal": seal },
  "GET /v1/seals/:sealId/face.png": { "the entity's seal": seal },
  "GET /v1/seals/:sealId/certificate.pem": { "the entity's seal": seal },
  "POST /v1/seals/:sealId/freeze": { "a seal in use": onSeal("seal-freeze", (world) => world.subjects.seal()) },
  "POST /v1/seals/:sealId/unfreeze": {
    "a frozen seal": onSeal("seal-unfreeze", (world) => world.subjects.frozenSeal()),
  },
  "POST /v1/seals/:sealId/report-loss": {
    "a seal with a piece": async (world) => {
      const { sealId, bodyId } = await world.subjects.piece();
      return { params: { sealId }, body: { bodyId, reason: "Not in its safe" } };
    },
  },
  "GET /v1/seal-bodies/:bodyId/specimen.png": {
    "the entity's piece": async (world) => ({ params: { bodyId: (await world.subjects.piece()).bodyId } }),
  },
  "GET /v1/matters/:matterId/face.svg": {
    "a seal that is asked for": async (world) => ({ params: { matterId: await world.subjects.askedSeal() } }),
  },
  "GET /v1/seal-glyphs": { "": () => ({ query: { text: "章" } }) },
  "POST /v1/seal-face-images": { "": () => ({ file: { name: "seal.png", bytes: redPicture() } }) },
  "GET /v1/seal-face-images/:imageId": {
    "another person's": async (world) => ({ params: { imageId: await world.subjects.faceImage() } }),
  },
  "GET /v1/certification-authority/root.pem": plain,
  "GET /v1/certification-authority/issuing.pem": plain,
  "GET /v1/certification-authority/revocations.crl": plain,
  "GET /v1/controls": plain,

  "GET /v1/document-classes": plain,
  "POST /v1/documents": { "": () => ({ file: { name: "contract.pdf", bytes: testContract() } }) },
  "GET /v1/documents/:documentId": {
    "an upload of the applicant's": ofUpload,
    "in the applicant's draft": ofDraft,
    "in an authorised request": ofAuthorised,
  },
  "GET /v1/documents/:documentId/file": {
    "an upload of the applicant's": ofUpload,
    "in an authorised request": ofAuthorised,
  },
  "GET /v1/documents/:documentId/places": {
    "an upload of the applicant's": withQuery(ofUpload, { text: "buyer" }),
    "in an authorised request": withQuery(ofAuthorised, { text: "buyer" }),
  },
  "GET /v1/seal-use-requests": {
    "the applicant's draft": async (world) => ({
      query: { view: "all" },
      shows: listed((await world.subjects.draft()).requestId),
    }),
    "an authorised request": async (world) => ({
      query: { view: "all" },
      shows: listed((await world.subjects.authorised()).requestId),
    }),
  },
  "POST /v1/seal-use-requests": {
    "without documents": (world) => ({ body: world.draftBody() }),
    "with a document of the applicant's": async (world) => {
      const { documentId } = await world.subjects.upload();
      return { body: world.draftBody({ documents: [{ documentId, placements: [], answers: [] }] }) };
    },
  },
  "PUT /v1/seal-use-requests/:requestId": {
    "the applicant's draft": async (world, who) => ({
      ...(await draft(world, who)),
      body: { ...world.draftBody(), version: 1 },
    }),
  },
  "DELETE /v1/seal-use-requests/:requestId": { "the applicant's draft": draft },
  "POST /v1/seal-use-requests/:requestId/check": {
    "the applicant's draft": async (world, who) => ({ ...(await draft(world, who)), keeps: true }),
  },
  "POST /v1/seal-use-requests/:requestId/submit": { "the applicant's draft": draft },
  "GET /v1/seal-use-requests/:requestId": {
    "the applicant's draft": draft,
    "a request the unit head is asked about": async (world) => ({ params: pick(await world.subjects.submitted()) }),
    "a confidential one the unit head is asked about": async (world) => ({
      params: pick(await world.subjects.confidential()),
    }),
    "an authorised request": authorised,
  },
  "POST /v1/seal-use-requests/:requestId/decisions": {
    "a request the unit head is asked about": async (world, who) => {
      const { requestId, stepId, digest } = await world.subjects.submitted();
      const proof = await presence(world, who, "approve", requestId, digest);
      return { params: { requestId }, body: { stepId, decision: "approve", comment: "", digest, presence: proof } };
    },
  },
  "POST /v1/seal-use-requests/:requestId/facts": {
    "a request the unit head is asked about": async (world) => {
      const { requestId, digest } = await world.subjects.submitted();
      return { params: { requestId }, keeps: true, body: { key: "a", ruling: "declared", reason: "A test", digest } };
    },
  },
  "GET /v1/seal-use-requests/:requestId/comparisons/:documentId": {
    "an authorised request": async (world) => ({
      params: {
        ...pick(await world.subjects.authorised()),
        documentId: "doc_00000000-0000-7000-8000-000000000000",
      },
    }),
  },
  "POST /v1/seal-use-requests/approve-several": {
    "a request that is not there": () => ({
      body: {
        items: [
          {
            requestId: "req_00000000-0000-7000-8000-000000000000",
            stepId: "step_00000000-0000-7000-8000-000000000000",
            digest: `sha256:${"0".repeat(64)}`,
          },
        ],
      },
    }),
  },
  "GET /v1/seal-use-requests/:requestId/steps/:stepId/people": {
    "a request the unit head is asked about": async (world) => ({ params: await askedStep(world) }),
  },
  "POST /v1/seal-use-requests/:requestId/steps/:stepId/reviewers": {
    "a request the unit head is asked about": async (world) => ({
      params: await askedStep(world),
      body: { personId: await world.bystander(), place: "before", reason: "Knows it" },
    }),
  },
  "POST /v1/seal-use-requests/:requestId/steps/:stepId/transfer": {
    "a request the unit head is asked about": async (world) => ({
      params: await askedStep(world),
      body: { personId: await world.bystander(), reason: "Away" },
    }),
  },
  "POST /v1/seal-use-requests/:requestId/comments": {
    "the applicant's draft": async (world, who) => ({
      ...(await draft(world, who)),
      keeps: true,
      body: { text: "A word" },
    }),
    "an authorised request": async (world, who) => ({
      ...(await authorised(world, who)),
      keeps: true,
      body: { text: "A word" },
    }),
  },
  "POST /v1/seal-use-requests/:requestId/withdraw": {
    "a request the unit head is asked about": async (world) => ({
      params: pick(await world.subjects.submitted()),
      body: { reason: "Not needed" },
    }),
  },
  "GET /v1/seal-use-requests/:requestId/gate": { "an authorised request": authorised },
  "GET /v1/seal-use-requests/:requestId/decision-evidence": { "an authorised request": authorised },
  "POST /v1/seal-use-requests/:requestId/release": { "an authorised request": onRequest("release") },
  "POST /v1/seal-use-requests/:requestId/confirm": { "a request that its custodian released": onRequest("confirm") },
  "GET /v1/seal-use-requests/:requestId/sealed/:documentId": {
    "a sealed file": async (world) => {
      const { requestId, documentId } = await world.subjects.sealed();
      return { params: { requestId, documentId } };
    },
  },
  "GET /v1/seal-use-requests/:requestId/sealed": {
    "a sealed file": async (world) => ({ params: { requestId: (await world.subjects.sealed()).requestId } }),
  },
  "GET /v1/overview": plain,

  "GET /v1/matter-kinds": plain,
  "GET /v1/matters": {
    "a drafted matter": async (world) => ({
      query: { view: "all" },
      shows: listed((await world.subjects.draftedMatter()).matterId),
    }),
    "a submitted matter": async (world) => ({
      query: { view: "all" },
      shows: listed((await world.subjects.submittedMatter()).matterId),
    }),
    "one that waits for the reader": async (world) => ({
      query: { view: "waiting" },
      shows: listed((await world.subjects.submittedMatter()).matterId),
    }),
  },
  "POST /v1/matters": {
    "to stop the entity's seal": async (world) => ({
      body: { kind: "stop", ...world.matterBody(await world.subjects.sealOf("own")) },
    }),
  },
  "PUT /v1/matters/:matterId": {
    "a drafted matter": async (world) => {
      const { matterId, sealId } = await world.subjects.draftedMatter();
      return { params: { matterId }, body: world.matterBody(sealId) };
    },
  },
  "POST /v1/matters/:matterId/check": { "a drafted matter": keeping(drafted) },
  "POST /v1/matters/:matterId/submit": { "a drafted matter": drafted },
  "GET /v1/matters/:matterId": { "a drafted matter": drafted, "a submitted matter": submitted },
  "POST /v1/matters/:matterId/decisions": {
    "a submitted matter": async (world, who) => {
      const { matterId, stepId, digest } = await world.subjects.submittedMatter();
      const proof = await presence(world, who, "matter-approve", matterId, digest);
      return { params: { matterId }, body: { stepId, decision: "approve", comment: "", digest, presence: proof } };
    },
  },
  "POST /v1/matters/:matterId/withdraw": { "a submitted matter": withBody(submitted, { reason: "Not needed" }) },
  "POST /v1/matters/:matterId/cancel": { "a drafted matter": withBody(drafted, { reason: "Not needed" }) },
  "POST /v1/matters/:matterId/evidence": {
    "a file of one's own": async (world, who) => {
      const { matterId } = await world.subjects.submittedMatter();
      const evidenceId = await world.subjects.evidenceOf(personOf(world, who));
      return { keeps: true, params: { matterId }, body: { slot: "decision", evidenceId } };
    },
    "another person's file": async (world) => {
      const { matterId } = await world.subjects.submittedMatter();
      return { params: { matterId }, body: { slot: "decision", evidenceId: await world.subjects.strangersEvidence() } };
    },
  },
  "DELETE /v1/matters/:matterId/evidence/:slot/:evidenceId": {
    // Who takes one out of a draft of his own is asked in the tests of matters.
    "a file that the matter does not hold": async (world) => {
      const { matterId } = await world.subjects.draftedMatter();
      return { params: { matterId, slot: "decision", evidenceId: await world.subjects.strangersEvidence() } };
    },
  },
  "POST /v1/matters/:matterId/confirm": {
    "a part the matter does not have": async (world, who) => {
      const { matterId, digest } = await world.subjects.approvedMatter();
      const proof = await presence(world, who, "matter-confirm", matterId, digest);
      return { params: { matterId }, body: { part: "witness", digest, facts: {}, presence: proof } };
    },
  },
  "POST /v1/matters/:matterId/carry-out": {
    "an approved matter of a later day": async (world) => {
      const { matterId, digest } = await world.subjects.approvedMatter();
      return { params: { matterId }, body: { digest } };
    },
  },
  "POST /v1/evidence": { "": () => ({ file: { name: "photo.png", bytes: redPicture() } }) },
  "GET /v1/evidence/:evidenceId": matterFiles,
  "GET /v1/evidence/:evidenceId/file": matterFiles,
  "GET /v1/evidence/:evidenceId/preview": matterFiles,
  "GET /v1/tasks": {
    "the reader's own": async (world) => ({ query: { view: "mine" }, shows: listed(await world.subjects.task()) }),
    "all of the entity's": async (world) => ({ query: { view: "all" }, shows: listed(await world.subjects.task()) }),
  },
  "POST /v1/tasks/:taskId/done": {
    "the custodian's": async (world) => ({
      params: { taskId: await world.subjects.task() },
      body: { note: "Done", evidenceId: null },
    }),
  },
  "GET /v1/findings": {
    "of the entity": async (world) => ({ shows: listed(await world.subjects.finding()) }),
  },
  "POST /v1/findings/:findingId/close": {
    "of the entity": async (world) => ({
      params: { findingId: await world.subjects.finding() },
      body: { note: "Put right" },
    }),
  },
  "GET /v1/settings": plain,
  "POST /v1/setting-changes": {
    "": async (world) => {
      await world.subjects.noSettingChange();
      return { body: world.settingChange };
    },
  },
  "POST /v1/setting-changes/:settingChangeId/decide": {
    "asked for by another person": async (world) => ({
      params: { settingChangeId: await world.subjects.settingChangeOf(await world.bystander()) },
      body: { confirm: false },
    }),
    "asked for by oneself": async (world, who) => ({
      params: { settingChangeId: await world.subjects.settingChangeOf(personOf(world, who)) },
      body: { confirm: false },
    }),
  },
  "GET /v1/calendars/:entityId": { "": (world) => ({ params: { entityId: world.own.entityId } }) },
  "PUT /v1/calendars/:entityId": {
    "": (world) => ({
      params: { entityId: world.own.entityId },
      body: { weekend: [6, 7], days: [{ day: "2026-10-01", kind: "holiday", name: "国庆节" }] },
    }),
  },

  "GET /v1/seals/:sealId/custody": {
    "who keeps the entity's seal": async (world, who) => ({
      ...(await seal(world, who)),
      shows: listed(world.person("own custodian")),
    }),
    "where the entity's seal lies": async (world, who) => ({
      ...(await seal(world, who)),
      shows: (answer) => /"whole":true/.test(answer) && /"stays":\[\{/.test(answer),
    }),
  },
  "GET /v1/custody/mine": plain,
  "GET /v1/custody/holdings": {
    "one's own": (world, who) => ({ query: { personId: personOf(world, who) } }),
    "another person's": async (world) => ({ query: { personId: await world.bystander() } }),
  },
  "POST /v1/custody/bodies/:bodyId/lock-away": {
    "a piece in hand": async (world) => {
      const { bodyId, containerId } = await world.subjects.pieceInHand();
      return { params: { bodyId }, body: { containerId } };
    },
  },
  "POST /v1/custody/bodies/:bodyId/bring-out": {
    "a piece in its safe": async (world) => ({
      params: { bodyId: (await world.subjects.pieceInSafe()).bodyId },
      body: { purpose: "other", aboutId: null, reason: "A test" },
    }),
  },
  "POST /v1/custody/openings/:openingId/confirm": {
    "one that waits for the supervisor's lock": async (world) => ({
      params: { openingId: await world.subjects.opening() },
    }),
  },
  "GET /v1/containers": {
    "the entity's": async (world) => ({ shows: listed((await world.subjects.safe()).containerId) }),
  },
  "POST /v1/containers": {
    "in the own entity": (world) => ({ body: { entityId: world.own.entityId, locks: [], ...safeFields } }),
  },
  "PUT /v1/containers/:containerId": {
    "the entity's": async (world) => ({
      params: { containerId: (await world.subjects.safe()).containerId },
      body: { ...safeFields, closed: false },
    }),
  },
  "PUT /v1/containers/:containerId/locks/:lockId/holder": {
    "the entity's": async (world) => {
      const { containerId, lockIds } = await world.subjects.safe();
      return { params: { containerId, lockId: lockIds[0] ?? "" }, body: { personId: null } };
    },
  },
  "GET /v1/take-outs": plain,

  "GET /v1/registers": plain,
  "GET /v1/registers/:register/lines": {
    "a line about the entity's seal": async (world) => ({
      params: { register: "custody" },
      query: { sealId: await world.subjects.sealOf("own") },
      shows: listed(await world.subjects.line()),
    }),
  },
  "GET /v1/registers/:register/lines/:lineId": {
    "a line about the entity's seal": async (world) => ({
      params: { register: "custody", lineId: await world.subjects.line() },
    }),
  },
  "GET /v1/register-views": {
    "a view of the custodian's": async (world) => ({
      query: { register: "custody" },
      shows: listed(await world.subjects.view()),
    }),
  },
  "POST /v1/register-views": {
    "": () => ({ body: { register: "custody", name: "This year", filter: { from: today() } }, keeps: true }),
  },
  "DELETE /v1/register-views/:viewId": {
    "a view of the custodian's": async (world) => ({ params: { viewId: await world.subjects.view() } }),
  },
  "GET /v1/register-exports": {
    "an export of the custodian's": async (world) => ({
      query: { register: "custody" },
      shows: listed(await world.subjects.exported()),
    }),
  },
  "POST /v1/register-exports": {
    "": () => ({ body: { register: "custody", format: "csv", language: "en", filter: {} }, keeps: true }),
  },
  "GET /v1/register-exports/:exportId": {
    "an export of the custodian's": async (world) => ({ params: { exportId: await world.subjects.exported() } }),
  },
  "GET /v1/register-exports/:exportId/file": {
    "an export of the custodian's": async (world) => ({ params: { exportId: await world.subjects.exported() } }),
  },

  "GET /v1/ledger/key": plain,
  "GET /v1/ledger/checkpoint": plain,
  ...ruleBookCalls,
  ...rulesCalls,
  ...emergencyCalls,
  ...confidentialCalls,
  ...standingCalls,
  ...stampingCalls,
  ...templateCalls,
  ...documentSeriesCalls,
  ...positionCalls,
  "GET /v1/training": plain,
  "GET /v1/courses/:courseId": { "": () => ({ params: { courseId: starterCourseId } }) },
  "GET /v1/courses/:courseId/source": { "": () => ({ params: { courseId: starterCourseId } }) },
  "PUT /v1/courses/:courseId": {
    "": () => ({
      keeps: true,
      params: { courseId: newId("crs", Date.now()) },
      body: { ...starterCourse, forCustody: false, documents: [], version: 0, reason: "A test" },
    }),
  },
  "POST /v1/courses/:courseId/attempts": {
    "": () => ({
      keeps: true,
      params: { courseId: starterCourseId },
      body: {
        version: 1,
        answers: starterCourse.questions.map(({ questionId, right: choice }) => ({ questionId, choice })),
      },
    }),
  },
  "POST /v1/commitments": {
    "": async (world, who) => {
      const personId = who === "nobody" ? "" : world.person(who);
      const digest = commitmentDigest(personId);
      return { keeps: true, body: { digest, presence: await presence(world, who, "commitment", personId, digest) } };
    },
  },
  "GET /v1/custodian-fitness": {
    "the own entity's": (world) => ({ query: { entityId: world.own.entityId } }),
  },
  "GET /v1/rotation": { "the own entity's": (world) => ({ query: { entityId: world.own.entityId } }) },
  "GET /v1/rotation-plan": { "the own entity's": (world) => ({ query: { entityId: world.own.entityId } }) },
  "POST /v1/rotation-handovers": {
    "a seal of the own entity": async (world) => {
      const [leavingId, comingId] = [world.person("own custodian"), await world.bystander()];
      const witnessId = world.person("own inspector");
      const move = { sealId: await world.subjects.sealOf("own"), leavingId, comingId, witnessId };
      return { body: { entityId: world.own.entityId, moves: [move] } };
    },
  },

  ...openingStockCalls,

  "GET /v1/storage-checks": {
    "of the own entity's pieces": async (world) => ({ shows: listed((await openCheckOf(world)).checkId) }),
  },
  "POST /v1/storage-checks": {
    "in the own entity": async (world) => {
      await world.subjects.pieceInHand();
      await closeChecks(world, "surprise");
      return { keeps: true, body: { entityId: world.own.entityId, kind: "surprise", count: 1 } };
    },
  },
  "POST /v1/storage-checks/:checkId/answers": {
    "a piece of the own entity": async (world) => {
      const { checkId, bodyId } = await openCheckOf(world);
      const found = { containerId: null, holderId: null, evidenceId: null, counter: null, note: "" };
      return { keeps: true, params: { checkId }, body: { bodyId, ...found } };
    },
  },
  "POST /v1/unknown-seals": {
    "in the own entity": async (world, who) => {
      const evidenceId = await world.subjects.evidenceOf(world.person(who === "nobody" ? "own member" : who));
      return { keeps: true, body: { entityId: world.own.entityId, evidenceId, note: "In a drawer" } };
    },
  },

  ...formCalls,
  ...lodgingCalls,
  ...controllerCalls,
  ...vendorCalls,
  ...alarmCalls,

  "GET /v1/ledger/tile/*": {
    hashes: async (world) => ({ params: { "*": `0/${await firstTile(world)}` } }),
    "entries, under their C2SP name": async (world) => ({ params: { "*": `entries/${await firstTile(world)}` } }),
  },
  "GET /v1/ledger/entry-bundle/*": { "": async (world) => ({ params: { "*": await firstTile(world) } }) },
  "GET /v1/ledger/leaves/:index/proof": {
    "the proof": () => ({ params: { index: "0" } }),
    "the entry of a seal's event with it": async (world) =>
      entryOf(world, { type: "SealRegistered", seal_id: await world.subjects.sealOf("own") }),
    "the entry of an authorised request's event with it": async (world) =>
      entryOf(world, { type: "SealUseRequestAuthorised", request_id: (await world.subjects.authorised()).requestId }),
    "the entry of a grant with it": async (world) => {
      await world.subjects.grant();
      return entryOf(world, { type: "GrantGiven" });
    },
    "the entry of a new person with it": async (world) => {
      await world.subjects.newcomer();
      return entryOf(world, { type: "PersonAsked" });
    },
  },
  "GET /v1/ledger/inclusion": { "": () => ({ query: { index: "0", size: "1" } }) },
  "GET /v1/ledger/consistency": { "": () => ({ query: { from: "1", to: "2" } }) },
  "GET /v1/ledger/entries": plain,
  "GET /v1/ledger/state": plain,
  "POST /v1/ledger/check": plain,

  "POST /v1/verifications": { "": () => ({ file: { name: "contract.pdf", bytes: testContract() } }) },
  "GET /v1/verifications/:digest": {
    "a file that was sealed here": async (world) => {
      const { requestId } = await world.subjects.sealed();
      const row = await world.env.db
        .selectFrom("request_documents")
        .select("sealed_digest")
        .where("request_id", "=", requestId)
        .executeTakeFirstOrThrow();
      return { params: { digest: row.sealed_digest ?? "" } };
    },
    "another file": () => ({ params: { digest: `sha256:${"0".repeat(64)}` } }),
  },
};

const quietCall = {
  ...{ requestId: "test", signedIn: null, address: "192.0.2.1", fromLoopback: false },
  person: () => {
    throw new Error("nobody is signed in");
  },
  setSession: () => undefined,
  clearSession: () => undefined,
  raw: () => ({ body: Buffer.alloc(0), header: () => undefined }),
  upload: () => Promise.reject(new Error("no upload")),
};
