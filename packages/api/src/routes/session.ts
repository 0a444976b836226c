import { z } from "zod";
import type { Route } from "../route.ts";
import {
  Day,
  Digest,
  Done,
  EntityRef,
  GrantId,
  LocalName,
  LookId,
  MatterId,
  PasskeyId,
  PermissionName,
  PersonId,
  RequestId,
  Role,
  RuleBookVersionId,
  StepUpId,
  Time,
  UnitRef,
} from "../shapes.ts";

export const SessionView = z.object({
  person: z.object({ personId: PersonId, name: LocalName, login: z.string(), guest: z.boolean() }),
  unit: UnitRef.nullable(),
  entities: z.array(EntityRef),
  /** The zone of the reader's own entity, in which its days and times are told; null for a guest of none. */
  timeZone: z.string().nullable(),
  roles: z.array(Role),
  permissions: z.array(PermissionName),
  organisation: LocalName,
  sample: z.boolean(),
  /** Whether the page of the virtual controller is there. */
  lab: z.boolean(),
  hasPasskey: z.boolean(),
  hasPassword: z.boolean(),
  expiresAt: Time,
  /** The last day of the leave that the reader is on today. */
  awayUntil: Day.nullable(),
  /** To be sent back as the header `x-csrf-token` with every request that changes something. */
  csrfToken: z.string(),
  /** What waits for this person, for the numbers in the menu. */
  waiting: z.object({
    inbox: z.number().int(),
    releases: z.number().int(),
    confirmations: z.number().int(),
    accounts: z.number().int(),
    /** Matters whose current step is this person's to decide. */
    matters: z.number().int(),
    /** Open tasks that are this person's, by name or by role. */
    tasks: z.number().int(),
    /** 1 where the version of the rule book in force is still to be confirmed. */
    ruleBook: z.number().int(),
    /** Positions given to this person that he has not confirmed. */
    positions: z.number().int(),
    /** Alarms of controllers that wait for this person's word. */
    alarms: z.number().int(),
    /** Containers whose opening waits for this person's lock. */
    openings: z.number().int(),
  }),
});

const WebAuthnJson = z.record(z.string(), z.unknown());

export const sessionRoutes = {
  "GET /v1/session": { summary: "Who is signed in", permission: "session", response: SessionView },
  "POST /v1/sessions": {
    summary: "Sign in with a password",
    permission: "public",
    limitPerMinute: 20,
    body: z.object({ login: z.string().trim().min(1).max(100), password: z.string().min(1).max(500) }),
    response: SessionView,
  },
  "POST /v1/sessions/passkey-options": {
    summary: "Begin to sign in with a passkey",
    permission: "public",
    limitPerMinute: 30,
    response: z.object({ challengeId: z.string(), options: WebAuthnJson }),
  },
  "POST /v1/sessions/passkey": {
    summary: "Sign in with a passkey",
    permission: "public",
    limitPerMinute: 20,
    body: z.object({ challengeId: z.string().max(100), response: WebAuthnJson }),
    response: SessionView,
  },
  "DELETE /v1/session": { summary: "Sign out", permission: "session", response: Done },
  "GET /v1/passkeys": {
    summary: "One's own passkeys",
    permission: "session",
    response: z.object({
      items: z.array(
        z.object({ passkeyId: PasskeyId, label: z.string(), createdAt: Time, lastUsedAt: Time.nullable() }),
      ),
    }),
  },
  "POST /v1/passkeys/options": {
    summary: "Begin to add a passkey; asks for the password, or an existing passkey, again",
    permission: "session",
    body: z.object({ password: z.string().max(500).optional() }),
    response: z.object({ challengeId: z.string(), options: WebAuthnJson }),
  },
  "POST /v1/passkeys": {
    summary: "Add a passkey",
    permission: "session",
    body: z.object({
      challengeId: z.string().max(100),
      label: z.string().trim().min(1).max(80),
      response: WebAuthnJson,
    }),
    response: z.object({ passkeyId: PasskeyId }),
  },
  "DELETE /v1/passkeys/:passkeyId": {
    summary: "Remove one's own passkey",
    permission: "session",
    params: z.object({ passkeyId: PasskeyId }),
    response: Done,
  },
  "POST /v1/session/password": {
    summary: "Change one's own password",
    permission: "session",
    limitPerMinute: 10,
    body: z.object({ current: z.string().min(1).max(500), next: z.string().min(12).max(500) }),
    response: Done,
  },
  "POST /v1/step-ups": {
    summary: "Ask for a fresh proof of presence bound to the digest of what is to be done",
    permission: "session",
    limitPerMinute: 60,
    body: z.discriminatedUnion("act", [
      z.object({ act: z.enum(["approve", "reject", "return"]), requestId: RequestId }),
      z.object({ act: z.enum(["release", "confirm"]), requestId: RequestId }),
      z.object({ act: z.literal("remote-press"), requestId: RequestId, lookId: LookId }),
      z.object({
        act: z.enum(["seal-freeze", "seal-unfreeze"]),
        sealId: z.string().max(60),
      }),
      z.object({ act: z.enum(["matter-approve", "matter-confirm", "matter-carry-out"]), matterId: MatterId }),
      z.object({ act: z.literal("commitment") }),
      z.object({ act: z.literal("rule-book"), versionId: RuleBookVersionId }),
      z.object({ act: z.literal("position"), grantIds: z.array(GrantId).min(1).max(200) }),
    ]),
    response: z.object({
      stepUpId: StepUpId,
      /** What the proof is bound to. */
      digest: Digest,
      expiresAt: Time,
      methods: z.array(z.enum(["passkey", "password", "sample"])),
      passkeyOptions: WebAuthnJson.nullable(),
    }),
  },
  "GET /v1/invitations/:token": {
    summary: "Whom an invitation is for",
    permission: "public",
    limitPerMinute: 30,
    params: z.object({ token: z.string().min(20).max(200) }),
    response: z.object({
      name: LocalName,
      login: z.string(),
      organisation: LocalName,
      reset: z.boolean(),
      expiresAt: Time,
      /** The zone of the person's entity, in which the time is told; null where he belongs to none. */
      timeZone: z.string().nullable(),
    }),
  },
  "POST /v1/invitations/:token/accept": {
    summary: "Accept an invitation, or a credential reset, by choosing a password",
    permission: "public",
    limitPerMinute: 10,
    params: z.object({ token: z.string().min(20).max(200) }),
    body: z.object({ password: z.string().min(12).max(500) }),
    response: SessionView,
  },
} as const satisfies Record<string, Route>;
