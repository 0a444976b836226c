import { FIRST_USE_STEPS, SMALLEST_CREW, STARTER_SETS } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import { BothTexts, Done, LocalName, PersonId, PersonRef, Profile, Role } from "../shapes.ts";
import { SessionView } from "./session.ts";

const MissingRole = z.object({
  role: Role,
  sealName: LocalName.nullable(),
  sentence: BothTexts,
  /** Roles that one person may join with this one; and those that a guest from outside may join besides. */
  joinable: z.array(Role),
  joinableByGuest: z.array(Role),
});

export const installationRoutes = {
  "GET /v1/installation": {
    summary: "What this installation is, for the first page",
    permission: "public",
    response: z.object({
      state: z.enum(["empty", "preparing-sample", "sample", "live"]),
      name: LocalName.nullable(),
      version: z.string(),
      /** Whether the sample may be opened and signed in to from where the caller sits. */
      sampleAllowed: z.boolean(),
      checks: z.array(
        z.object({
          id: z.enum(["database", "ledger-key", "master-key", "transport"]),
          state: z.enum(["good", "attention"]),
          detail: BothTexts,
        }),
      ),
    }),
  },
  "POST /v1/installation/sample": {
    summary: "Fill an empty installation with the sample organisation",
    permission: "public",
    response: z.object({ state: z.enum(["preparing-sample", "sample"]) }),
    limitPerMinute: 10,
  },
  "GET /v1/installation/sample": {
    summary:
      "How far the sample organisation is; with `after`, answered when it is further than that, or ten seconds later",
    permission: "public",
    query: z.object({ after: z.coerce.number().int().min(0).optional() }),
    response: z.object({
      state: z.enum(["empty", "preparing-sample", "sample", "live", "failed"]),
      done: z.number().int(),
      total: z.number().int(),
    }),
  },
  "POST /v1/installation/setup": {
    summary: "Set up an empty installation, with the one-time code printed on the console",
    permission: "public",
    limitPerMinute: 10,
    body: z.object({
      setupCode: z.string().min(8).max(200),
      profile: Profile,
      /** The rules of use to begin with; left out: those of the profile. */
      starterSet: z.enum(STARTER_SETS).optional(),
      organisation: LocalName,
      entity: z.object({
        name: LocalName,
        code: z.string().regex(/^[A-Z][A-Z0-9]{1,7}$/),
        timeZone: z.string().max(60),
      }),
      administrator: z.object({
        name: LocalName,
        login: z.string().trim().min(2).max(100),
        password: z.string().min(12).max(500),
      }),
    }),
    response: SessionView,
  },
  "GET /v1/sample/people": {
    summary: "The people of the sample, to sign in as by a click",
    permission: "public",
    response: z.object({
      people: z.array(
        z.object({
          personId: PersonId,
          name: LocalName,
          unit: LocalName.nullable(),
          entity: LocalName.nullable(),
          guest: z.boolean(),
          roles: z.array(Role),
          waiting: z.number().int(),
        }),
      ),
    }),
  },
  "POST /v1/sample/sign-in": {
    summary: "Sign in as a person of the sample",
    permission: "public",
    body: z.object({ personId: PersonId }),
    response: SessionView,
  },
  "GET /v1/crew": {
    summary: "Which people are still missing, and step by step what keeps the organisation from its first use",
    permission: "session",
    response: z.object({
      /** Everybody is there for using each seal. */
      complete: z.boolean(),
      /** Seals that nobody could take over from who keeps them; null where the first one is still to come. */
      alone: z.array(z.object({ sealId: z.string().nullable(), sentence: BothTexts })),
      /** Whether some seal could be used today. */
      usable: z.boolean(),
      missing: z.array(MissingRole.extend({ sealId: z.string().nullable() })),
      /** What is still to be done before the first use, in order; told to who gives roles or confirms accounts. */
      steps: z.array(
        z.object({
          kind: z.enum(FIRST_USE_STEPS),
          person: PersonRef.nullable(),
          roles: z.array(Role),
          /** Positions that wait for their holder, each with the seal it was given for. */
          positions: z.array(z.object({ role: Role, sealName: LocalName.nullable() })),
          /** Whether an inspector may consent to it, because the profile alone lets the roles meet. */
          loosened: z.boolean(),
          /** Who may do it now; where nobody may, who may as soon as his account and his position are in force. */
          by: z.array(PersonRef),
          later: z.array(PersonRef),
          sealId: z.string().nullable(),
          matterId: z.string().nullable(),
          missing: MissingRole.nullable(),
        }),
      ),
      /** How the smallest organisation shares its duties; empty in the other profiles. */
      plan: z.array(z.object({ who: z.enum(SMALLEST_CREW), guest: z.boolean(), roles: z.array(Role) })),
    }),
  },
  "GET /v1/healthz": { summary: "Whether the process answers", permission: "public", response: Done },
  "GET /v1/openapi.json": {
    summary: "This contract, as an OpenAPI 3.1 document",
    permission: "public",
    response: z.looseObject({ openapi: z.string() }),
  },
  "GET /metrics": {
    summary: "Figures of the process for Prometheus; from this machine, or with the operator's token",
    permission: "operator",
    response: "text",
    mediaType: "text/plain",
  },
} as const satisfies Record<string, Route>;
