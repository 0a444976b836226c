import { MAIL_LANGUAGES } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import {
  AlarmId,
  ControllerId,
  Done,
  EntityRef,
  LocalName,
  LookId,
  PersonId,
  PersonRef,
  RequestId,
  SealId,
  Time,
} from "../shapes.ts";

const AlarmView = z.object({
  alarmId: AlarmId,
  code: z.string(),
  speed: z.enum(["at-once", "same-day"]),
  state: z.enum(["open", "acknowledged"]),
  says: LocalName,
  todo: LocalName,
  controller: z.object({
    controllerId: ControllerId,
    serial: z.string(),
    name: LocalName,
    place: LocalName.nullable(),
  }),
  entity: EntityRef,
  /** Seals that sat in it when the alarm was raised. */
  seals: z.array(z.object({ sealId: SealId, number: z.string(), name: LocalName })),
  raisedAt: Time,
  lastAt: Time,
  /** How often it was seen since. */
  times: z.number().int(),
  /** 0: told to those whom it concerns; then how often it went up. */
  level: z.number().int(),
  /** When it goes up unless somebody acknowledges it; null: by no clock. */
  escalatesAt: Time.nullable(),
  told: z.array(
    z.object({
      person: PersonRef,
      level: z.number().int(),
      at: Time,
      /** `none`: no mail was asked for; `not-needed`: it was acknowledged before. */
      mail: z.enum(["none", "waiting", "sent", "failed", "not-needed"]),
      /** Why the mail was not sent at the last try: a code. */
      mailFault: z.string().nullable(),
    }),
  ),
  /** `ends`: it acknowledged the alarm; other words are of those who keep a seal of the box. */
  words: z.array(z.object({ person: PersonRef, at: Time, word: z.string(), ends: z.boolean() })),
  /** The reader was told of it and it is open. */
  mayAnswer: z.boolean(),
  /** The reader kept a seal of the box when it was raised: somebody else acknowledges. */
  keepsSeal: z.boolean(),
});

const MailAddressView = z.object({
  mailAddress: z.string().nullable(),
  /** Null: in both languages. */
  mailLanguage: z.enum(MAIL_LANGUAGES).nullable(),
  /** Whether a mail server is configured. */
  sends: z.boolean(),
});
const MailAddressBody = z.object({
  mailAddress: z.string().trim().min(3).max(254).nullable(),
  mailLanguage: z.enum(MAIL_LANGUAGES).nullable(),
});
const OfPerson = z.object({ personId: PersonId });

/** Alarms of seal controllers, and where people are written to about them (docs/seallink.md; SealLink 1, clause 3.12). */
export const alarmRoutes = {
  "GET /v1/alarms": {
    summary: "Alarms that the caller was told of or watches over, newest first",
    permission: "session",
    query: z.object({ state: z.enum(["open", "acknowledged"]).optional(), after: AlarmId.optional() }),
    response: z.object({ items: z.array(AlarmView), next: AlarmId.nullable() }),
  },
  "GET /v1/alarms/urgent": {
    summary: "Alarms, and presses that wait for his word, that the caller has to look at at once",
    permission: "session",
    response: z.object({
      items: z.array(z.object({ alarmId: AlarmId, raisedAt: Time, says: LocalName, controllerName: LocalName })),
      /** Of stampings that he supervises from elsewhere. */
      presses: z.array(z.object({ lookId: LookId, requestId: RequestId, expiresAt: Time, controllerName: LocalName })),
    }),
  },
  "POST /v1/alarms/:alarmId/acknowledgement": {
    summary: "Say what an alarm was; it ends it unless the caller keeps a seal of the box",
    permission: "session",
    params: z.object({ alarmId: AlarmId }),
    body: z.object({ reason: z.string().trim().min(1).max(2000) }),
    response: z.object({ acknowledged: z.boolean() }),
  },
  "GET /v1/session/mail-address": {
    summary: "Where one is written to oneself",
    permission: "session",
    response: MailAddressView,
  },
  "POST /v1/session/mail-address": {
    summary: "Change where one is written to oneself",
    permission: "session",
    limitPerMinute: 20,
    body: MailAddressBody,
    response: Done,
  },
  "GET /v1/people/:personId/mail-address": {
    summary: "Where a person is written to",
    permission: "person.manage",
    params: OfPerson,
    response: MailAddressView,
  },
  "POST /v1/people/:personId/mail-address": {
    summary: "Change where a person is written to",
    permission: "person.manage",
    params: OfPerson,
    body: MailAddressBody,
    response: Done,
  },
} as const satisfies Record<string, Route>;
