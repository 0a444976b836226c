import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import type { Role } from "@chancery/domain";
import { defaultFace } from "@chancery/seal-image";
import { decideStep } from "../features/approvals/service.ts";
import { giveDelegation } from "../features/delegations/service.ts";
import { uploadEvidence } from "../features/evidence/service.ts";
import { issueInvitation } from "../features/identity/invitations.ts";
import { beginStepUp, type PresenceProof, type StepUpAct } from "../features/identity/step-up.ts";
import { hashPasswordInTest } from "../features/identity/test-password.ts";
import { addMatterEvidence, beginMatter, submitMatter } from "../features/matters/ask-matter.ts";
import type { MatterInput } from "../features/matters/matter-rows.ts";
import { getMatter, readSteps } from "../features/matters/store.ts";
import { approveMatterInTest } from "../features/matters/test-matters.ts";
import { invite } from "../features/organisation/account-changes.ts";
import { giveGrant } from "../features/organisation/grants.ts";
import { askForPerson } from "../features/organisation/people-service.ts";
import { confirmPositionsInTest } from "../features/positions/test-positions.ts";
import { beginDraft } from "../features/requests/draft-service.ts";
import { loadRequest } from "../features/requests/load-request.ts";
import { submitRequest } from "../features/requests/submit-service.ts";
import { uploadDocument } from "../features/requests/upload-document.ts";
import type { Draft } from "../features/requests/write-draft.ts";
import { runSealJob } from "../features/sealing/seal-job.ts";
import { uploadFaceImage } from "../features/seals/face-images.ts";
import { freezeSeal } from "../features/seals/service.ts";
import { enterPieceInTest, makeSealInTest } from "../features/seals/test-seals.ts";
import { askSettingChange, decideSetting } from "../features/settings/service.ts";
import { givePresence } from "../features/stamping/service.ts";
import { openFinding } from "../features/tasks/open-finding.ts";
import { openTask } from "../features/tasks/open-task.ts";
import { transact } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { createTestApp, type TestApp } from "../platform/test-app.ts";
import { dayInTest } from "../platform/test-days.ts";
import { createTestEnvironment, type TestEnvironment } from "../platform/test-environment.ts";
import { testContract } from "../platform/test-pdf.ts";
import { redPicture } from "../platform/test-picture.ts";
import { presentInTest } from "../platform/test-walk.ts";
import { type Actor, KINDS, type Kind, type Person } from "./test-actors.ts";
import { custodySubjects } from "./test-custody-subjects.ts";
import { registerSubjects } from "./test-register-subjects.ts";

/** Every photo is a file of its own, as photos are. */
let shades = 0;
const nextShade = (): number => {
  shades += 1;
  return shades;
};

export const worldPassword = "correct horse battery staple";
type Side = "own" | "foreign";

/** Roles over a whole entity; a unit head heads the unit, and custody is named seal by seal. */
const entityRoles: readonly Kind[] = [
  "applicant",
  "legal-reviewer",
  "signatory",
  "seal-administrator",
  "inspector",
  "system-administrator",
];

interface Place {
  entityId: string;
  unitId: string;
}

/** Two entities with everybody of `KINDS` in each, and the subjects that calls are about, made when they are needed. */
export interface World extends TestEnvironment, TestApp {
  readonly own: Place;
  readonly foreign: Place;
  person(who: Person): string;
  /** A person of the own entity who takes no part in the walk. */
  bystander(): Promise<string>;
  /** Somebody invited by this person, or by one who calls nothing, who has not taken up the account. */
  invitee(by: Actor): Promise<string>;
  draftBody(change?: Partial<Draft>): Draft;
  /** The matter of the walk: to stop a seal of the own entity. */
  matterBody(sealId: string): MatterInput;
  readonly settingChange: Parameters<typeof askSettingChange>[2];
  /** A proof of presence the person is able to give, whether or not he may give it. */
  presence(who: Person, act: StepUpAct, subjectId: string, digest: string): Promise<PresenceProof>;
  readonly subjects: Subjects;
  /** The next call finds new subjects in place of those that the last one used. */
  renew(): void;
}

export async function createWorld(settings: Parameters<typeof createTestApp>[1] = {}): Promise<World> {
  const place = await createTestEnvironment();
  const { env } = place;
  const at = env.clock.now();
  const now = new Date(at);
  const organisationId = newId("org", at);
  const places: Record<Side, Place> = {
    own: { entityId: newId("ent", at), unitId: newId("unit", at) },
    // Made after one's own, and so not the first entity: ids sort as they were made.
    foreign: { entityId: newId("ent", at + 1), unitId: newId("unit", at + 1) },
  };
  await env.db
    .updateTable("installation")
    .set({ state: "live", organisation_id: organisationId, profile: "strict", name_en: "Lanxi", name_zh: "澜汐" })
    .execute();
  for (const [side, { entityId, unitId }] of Object.entries(places)) {
    const names =
      side === "own"
        ? { name_en: "Lanxi Instruments Ltd", name_zh: "澜汐仪器有限公司" }
        : { name_en: "Lanxi Precision Ltd", name_zh: "澜汐精工有限公司" };
    await env.db
      .insertInto("entities")
      .values({
        ...{ entity_id: entityId, organisation_id: organisationId, code: side === "own" ? "LX" : "LP" },
        ...{ ...names, time_zone: "Asia/Shanghai", created_at: now },
      })
      .execute();
    await env.db
      .insertInto("units")
      .values({ unit_id: unitId, entity_id: entityId, parent_unit_id: null, ...names, created_at: now })
      .execute();
  }
  const passwordHash = await hashPasswordInTest(worldPassword);
  let people = 0;
  const addPerson = async (side: Side, guest = false): Promise<string> => {
    const personId = newId("per", at);
    people += 1;
    await env.db
      .insertInto("people")
      .values({
        ...{ person_id: personId, organisation_id: organisationId, entity_id: places[side].entityId },
        ...{ unit_id: places[side].unitId, name_en: `Person ${people}`, name_zh: `人员${people}` },
        ...{ login: `person-${people}`, state: "active", ledger_salt: randomBytes(16), created_at: now },
        ...{ password_hash: passwordHash, guest },
      })
      .execute();
    return personId;
  };
  const ids = {} as Record<Person, string>;
  for (const side of ["own", "foreign"] as const) {
    for (const kind of KINDS) {
      const personId = await addPerson(side, kind === "guest");
      ids[`${side} ${kind}`] = personId;
      const scope =
        kind === "unit-head"
          ? { scope_kind: "unit" as const, scope_id: places[side].unitId }
          : { scope_kind: "entity" as const, scope_id: places[side].entityId };
      if (kind !== "unit-head" && !entityRoles.includes(kind)) continue;
      await env.db
        .insertInto("grants")
        .values({
          ...{ grant_id: newId("grant", at), person_id: personId, role: kind as Role, ...scope, granted_by: null },
          ...{ from_on: "2026-01-01", state: "given", granted_at: now },
        })
        .execute();
    }
  }
  await confirmPositionsInTest(env);
  const app = await createTestApp(place, settings);
  const made = new Map<string, Promise<unknown>>();
  const used = new Set<string>();
  const once = <T>(name: string, make: () => Promise<T>): Promise<T> => {
    used.add(name);
    const there = (made.get(name) as Promise<T> | undefined) ?? make();
    made.set(name, there);
    return there;
  };
  const world: World = {
    ...place,
    ...app,
    ...places,
    person: (who) => ids[who],
    bystander: () => addPerson("own"),
    invitee: async (by) => {
      const personId = await addPerson("own");
      await env.db.updateTable("people").set({ state: "invited" }).where("person_id", "=", personId).execute();
      const actorId = by === "nobody" ? await addPerson("own") : ids[by];
      await transact(env.db, (tx) => invite(tx, env, actorId, personId, false));
      return personId;
    },
    draftBody: (change = {}) => ({
      ...{ title: "Supply contract", documentClass: "contract", external: true, counterparty: "Beicheng" },
      ...{ amount: null, currency: "CNY", purpose: "Gauges", wantedBy: null, validUntil: null, handlerId: null },
      ...{ entityId: places.own.entityId, documents: [], ...change },
    }),
    matterBody: (sealId) => ({
      ...{ entityId: places.own.entityId, unitId: null, sealId, bodyId: null, personId: null, data: {} },
      ...{ title: "Stop the contract seal", reason: "Worn out", effectiveOn: null },
    }),
    settingChange: { key: "surrenderWithin", value: 2, endsOn: null, reason: "Sooner" },
    presence: async (who, act, subjectId, digest) => {
      const { stepUpId } = await beginStepUp(env, ids[who], act, subjectId, digest);
      return { stepUpId, proof: { method: "password", password: worldPassword } };
    },
    get subjects() {
      return subjects;
    },
    renew: () => {
      for (const name of used) made.delete(name);
      used.clear();
    },
    close: async () => {
      await app.app.close();
      await place.close();
    },
  };
  const subjects = createSubjects(world, once);
  // Seals for the requests, and custody for the people of both entities; these stay.
  await subjects.spare("own");
  await subjects.sealOf("own");
  await subjects.sealOf("foreign");
  used.clear();
  return world;
}

export type Subjects = ReturnType<typeof createSubjects>;

function createSubjects(world: World, once: <T>(name: string, make: () => Promise<T>) => Promise<T>) {
  const { env } = world;
  let numbers = 0;
  /** An important seal that others keep, because nobody may keep all of an entity's. */
  const spare = async (side: Side): Promise<void> => {
    await makeSealInTest(env, {
      actorId: world.person(`${side} seal-administrator`),
      ...{ type: "official", entityId: world[side].entityId, unitId: null, name: { en: "Company seal", zh: "公章" } },
      ...{ number: "S-0", external: true, keyAlgorithm: "ecdsa-p256" },
      face: { kind: "generated", spec: defaultFace("official", "澜汐仪器有限公司") },
      custodians: [await world.bystander(), await world.bystander()],
      ...{ supervisor: null, certificateKeeper: null },
    });
  };
  const register = async (side: Side): Promise<string> => {
    numbers += 1;
    const { sealId } = await makeSealInTest(env, {
      actorId: world.person(`${side} seal-administrator`),
      ...{
        type: "contract",
        entityId: world[side].entityId,
        unitId: null,
        name: { en: "Contract seal", zh: "合同章" },
      },
      ...{ number: `S-${numbers}`, external: true, keyAlgorithm: "ecdsa-p256" },
      face: { kind: "generated", spec: defaultFace("contract", "澜汐仪器有限公司") },
      custodians: [world.person(`${side} custodian`), await second(side)],
      supervisor: world.person(`${side} supervisor`),
      certificateKeeper: world.person(`${side} certificate-keeper`),
    });
    return sealId;
  };
  const seconds: Partial<Record<Side, string>> = {};
  const second = async (side: Side): Promise<string> => {
    seconds[side] ??= await world.bystander();
    return seconds[side];
  };
  const applicant = (): string => world.person("own applicant");
  let papers = 0;
  /** A contract with the counterparty that is declared; each a paper of its own, for whoever was added to one follows it. */
  const upload = (fileName = "contract.pdf", party?: string) => {
    papers += 1;
    const stream = Readable.from([testContract({}, `${papers + 300} gauges`, party)]);
    return uploadDocument(env, applicant(), { stream, fileName });
  };
  const draft = async (
    change: Partial<Draft> = {},
    fileName?: string,
  ): Promise<{ requestId: string; documentId: string }> => {
    const { documentId } = await upload(fileName, change.counterparty);
    const placements = [{ sealId: await sealOf("own"), page: 0, xMm: 20, yMm: 200 }];
    const { requestId } = await beginDraft(
      env,
      applicant(),
      world.draftBody({ documents: [{ documentId, placements, answers: [] }], ...change }),
    );
    return { requestId, documentId };
  };
  const digestOf = async (requestId: string): Promise<string> =>
    (await loadRequest(env.db, requestId)).row.digest ?? "";
  type Drafted = Awaited<ReturnType<typeof draft>>;
  const submitDraft = async (made: Drafted) => {
    await submitRequest(env, applicant(), made.requestId);
    const { steps } = await loadRequest(env.db, made.requestId);
    return { ...made, digest: await digestOf(made.requestId), stepId: steps[0]?.stepId ?? "" };
  };
  const submitted = async (change: Partial<Draft> = {}, fileName?: string) =>
    submitDraft(await draft(change, fileName));
  const authorise = async (made: Awaited<ReturnType<typeof submitDraft>>) => {
    for (const kind of ["unit-head", "legal-reviewer", "signatory"] as const) {
      const personId = world.person(`own ${kind}`);
      const { steps } = await loadRequest(env.db, made.requestId);
      await decideStep(env, personId, {
        ...{ requestId: made.requestId, stepId: steps.find((step) => step.state === "current")?.stepId ?? "" },
        ...{ decision: "approve", comment: "", digest: made.digest },
        presence: {
          stepUpId: await presentInTest(env, personId, "approve", made.requestId, made.digest),
          method: "password",
        },
      });
    }
    return made;
  };
  const authorised = async (change: Partial<Draft> = {}, fileName?: string) =>
    authorise(await submitted(change, fileName));
  const stamp = async (made: { requestId: string; digest: string }, act: "release" | "confirm", kind: Kind) => {
    const personId = world.person(`own ${kind}`);
    const stepUpId = await presentInTest(env, personId, act, made.requestId, made.digest);
    await givePresence(env, personId, act, made.requestId, made.digest, stepUpId);
  };
  const released = async (change: Partial<Draft> = {}, fileName?: string) => {
    const made = await authorised(change, fileName);
    await stamp(made, "release", "custodian");
    return made;
  };
  const sealDraft = async (drafted: Drafted): Promise<void> => {
    const made = await authorise(await submitDraft(drafted));
    await stamp(made, "release", "custodian");
    await stamp(made, "confirm", "supervisor");
    await runSealJob(env, world.sealing, made.requestId);
  };
  const sealed = async (change: Partial<Draft> = {}, fileName?: string) => {
    const made = await released(change, fileName);
    await stamp(made, "confirm", "supervisor");
    await runSealJob(env, world.sealing, made.requestId);
    return made;
  };
  const frozen = async (): Promise<string> => {
    const sealId = await register("own");
    await freezeSeal(env, { sealId, actorId: world.person("own inspector"), reason: "test", stepUpId: null });
    return sealId;
  };
  const piece = async (): Promise<{ sealId: string; bodyId: string }> => {
    const sealId = await register("own");
    return { sealId, bodyId: await enterPieceInTest(env, sealId) };
  };
  const grant = async (role: Role, scope: { kind: "entity" | "seal"; id: string }, personId: string): Promise<string> =>
    (
      await transact(env.db, (tx) =>
        giveGrant(tx, env, { actorId: world.person("own system-administrator"), personId, role, scope }),
      )
    ).grantId;
  const invitation = async (): Promise<string> => {
    const personId = await world.bystander();
    await env.db.updateTable("people").set({ state: "invited" }).where("person_id", "=", personId).execute();
    const link = await transact(env.db, (tx) => issueInvitation(tx, env, personId, { reset: false }));
    return link.split("/").at(-1) ?? "";
  };
  const newcomer = async (): Promise<string> => {
    numbers += 1;
    const { accountChangeId } = await askForPerson(env, world.person("own system-administrator"), {
      ...{ name: { en: "Newcomer", zh: "新人" }, login: `newcomer-${numbers}`, guest: false, unitId: null },
      entityId: world.own.entityId,
      grants: [{ role: "certificate-keeper", scope: { kind: "entity", id: world.own.entityId } }],
    });
    return accountChangeId ?? "";
  };
  const passkey = async (personId: string): Promise<string> => {
    const now = env.clock.now();
    const passkeyId = newId("key", now);
    await env.db
      .insertInto("passkeys")
      .values({
        ...{ passkey_id: passkeyId, person_id: personId, credential_id: passkeyId, public_key: Buffer.alloc(1) },
        ...{ counter: 0, transports: [], label: "test", created_at: new Date(now) },
      })
      .execute();
    return passkeyId;
  };
  const faceImage = async (): Promise<string> =>
    (await uploadFaceImage(env, world.person("own seal-administrator"), Readable.from([redPicture()]))).imageId;
  const asker = (): string => world.person("own seal-administrator");
  const draftMatter = async (change: Partial<MatterInput> = {}): Promise<{ matterId: string; sealId: string }> => {
    const sealId = await register("own");
    const { matterId } = await beginMatter(env, asker(), "stop", { ...world.matterBody(sealId), ...change });
    return { matterId, sealId };
  };
  const askedSeal = async (): Promise<string> => {
    numbers += 1;
    const { matterId } = await beginMatter(env, asker(), "engrave", {
      ...world.matterBody(""),
      sealId: null,
      data: {
        ...{ type: "department", name: { en: "New", zh: "新" }, number: `S-${numbers}`, external: false },
        face: { kind: "generated", spec: defaultFace("department", "澜汐仪器有限公司") },
        ...{ physical: null, electronic: { keyAlgorithm: "ecdsa-p256", filing: false } },
        ...{ custodians: [], supervisor: null, certificateKeeper: null },
      },
    });
    await submitMatter(env, asker(), matterId);
    return matterId;
  };
  const submitMatterOf = async (change: Partial<MatterInput> = {}) => {
    const made = await draftMatter(change);
    await submitMatter(env, asker(), made.matterId);
    const row = await getMatter(env.db, made.matterId);
    const [step] = await readSteps(env.db, row);
    return { ...made, digest: row.digest ?? "", stepId: step?.step_id ?? "" };
  };
  /** Takes effect so late that the walk never sees the day. */
  const approvedMatter = async () => {
    const made = await submitMatterOf({ effectiveOn: "2099-12-31" });
    await approveMatterInTest(env, made.matterId, world.person("own signatory"));
    return made;
  };
  const evidence = async (personId: string): Promise<string> =>
    (await uploadEvidence(env, personId, { stream: Readable.from([redPicture(nextShade())]), fileName: "photo.png" }))
      .evidenceId;
  /** The same file as another person's own, without looking at it once more. */
  const evidenceOf = async (personId: string): Promise<string> => {
    const row = await env.db
      .selectFrom("evidence")
      .selectAll()
      .where("evidence_id", "=", await once("evidence", () => evidence(asker())))
      .executeTakeFirstOrThrow();
    const evidenceId = newId("ev", env.clock.now());
    await env.db
      .insertInto("evidence")
      .values({ ...row, location: null, evidence_id: evidenceId, uploaded_by: personId })
      .execute();
    return evidenceId;
  };
  const matterEvidence = async (): Promise<string> => {
    const evidenceId = await evidence(asker());
    const { matterId } = await submitMatterOf();
    await addMatterEvidence(env, asker(), { matterId, slot: "decision", evidenceId });
    return evidenceId;
  };
  const task = async (): Promise<string> => {
    numbers += 1;
    const opened = await transact(env.db, (tx) =>
      openTask(tx, env, {
        ...{
          kind: "issue-receipt",
          subjectKey: `walk:${numbers}`,
          entityId: world.own.entityId,
          dueAt: null,
          actorId: null,
        },
        assigneeId: world.person("own custodian"),
      }),
    );
    return opened?.taskId ?? "";
  };
  const finding = async (): Promise<string> => {
    numbers += 1;
    const opened = await transact(env.db, (tx) =>
      openFinding(tx, env, {
        ...{ control: "C10", source: "walk", subjectKey: `walk:${numbers}`, entityId: world.own.entityId },
        actorId: null,
      }),
    );
    return opened?.findingId ?? "";
  };
  /** One change at a time may wait for a setting. */
  const noSettingChange = async (): Promise<void> => {
    const rows = await env.db
      .selectFrom("setting_changes")
      .select("setting_change_id")
      .where("state", "=", "waiting")
      .execute();
    for (const row of rows) await decideSetting(env, await world.bystander(), row.setting_change_id, false);
  };
  const settingChangeOf = async (personId: string): Promise<string> => {
    await noSettingChange();
    return (await askSettingChange(env, personId, world.settingChange)).settingChangeId;
  };
  // Named apart from `once`, or the walk would take new seals of custody each time.
  const seals = new Map<Side, Promise<string>>();
  const sealOf = (side: Side): Promise<string> => {
    const there = seals.get(side) ?? register(side);
    seals.set(side, there);
    return there;
  };
  return {
    spare,
    sealOf,
    ...custodySubjects(world, once, sealOf),
    ...registerSubjects(world, once, sealOf),
    seal: () => once("seal", () => register("own")),
    piece: () => once("piece", piece),
    frozenSeal: () => once("frozen seal", frozen),
    upload: () => once("upload", () => upload()),
    draft: () => once("draft", () => draft()),
    submitted: () => once("submitted", () => submitted()),
    authorised: () => once("authorised", () => authorised()),
    released: () => once("released", () => released()),
    sealed: () => once("sealed", () => sealed()),
    confidential: () => once("confidential", () => submitted({ confidential: { reason: "A test", readers: [] } })),
    /** A request that says what it is told to, sealed. */
    sealedOf: sealed,
    /** A draft of the applicant's that is there already, sealed. */
    sealDraft,
    invitation: () => once("invitation", invitation),
    newcomer: () => once("newcomer", newcomer),
    faceImage: () => once("face image", faceImage),
    passkeyOf: (personId: string) => once(`passkey of ${personId}`, () => passkey(personId)),
    strangersPasskey: () => once("stranger's passkey", async () => passkey(await world.bystander())),
    draftedMatter: () => once("drafted matter", draftMatter),
    askedSeal: () => once("asked seal", askedSeal),
    submittedMatter: () => once("submitted matter", submitMatterOf),
    approvedMatter: () => once("approved matter", approvedMatter),
    evidence: () => once("evidence", () => evidence(asker())),
    evidenceOf: (personId: string) => once(`evidence of ${personId}`, () => evidenceOf(personId)),
    strangersEvidence: () => once("stranger's evidence", async () => evidenceOf(await world.bystander())),
    matterEvidence: () => once("evidence of a matter", matterEvidence),
    task: () => once("task", task),
    finding: () => once("finding", finding),
    noSettingChange,
    settingChangeOf,
    delegation: () =>
      once("delegation", async () => {
        const delegatorId = world.person("own signatory");
        const { grant_id: grantId } = await env.db
          .selectFrom("grants")
          .select("grant_id")
          .where("person_id", "=", delegatorId)
          .executeTakeFirstOrThrow();
        const day = dayInTest(env.clock.now() + 86_400_000);
        const given = await giveDelegation(env, delegatorId, {
          ...{ grantId, scope: { kind: "entity", id: world.own.entityId }, delegateId: await world.bystander() },
          ...{ from: day, to: day, reason: "On leave" },
        });
        return given.delegationId;
      }),
    /** A position that its holder has not confirmed: a unit's, from next century on, which changes nothing else. */
    positionOf: async (personId: string): Promise<string> => {
      const grantId = newId("grant", env.clock.now());
      await env.db
        .insertInto("grants")
        .values({
          ...{ grant_id: grantId, person_id: personId, role: "unit-head", scope_kind: "unit" },
          ...{ scope_id: world.foreign.unitId, from_on: "2100-01-01", state: "given", granted_by: null },
          granted_at: new Date(env.clock.now()),
        })
        .execute();
      return grantId;
    },
    grant: () =>
      once("grant", async () =>
        grant("certificate-keeper", { kind: "entity", id: world.own.entityId }, await world.bystander()),
      ),
  };
}
