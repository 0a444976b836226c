import { ADAPTER_KINDS, DEVICE_CAPS } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import { ControllerId, Done, EntityId, EntityRef, LocalName, PersonId, PersonRef, Time } from "../shapes.ts";
import { ContainerId } from "./custody.ts";

const CloudId = z.string().regex(/^vcl_[0-9a-f-]{36}$/);
const Params = z.object({ cloudId: CloudId });
const Reason = z.string().trim().min(1).max(1000);
/** What stands on the box's plate. */
const Plate = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,39}$/);
const Secret = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{6,200}$/);
const act = z.object({ by: PersonRef.nullable(), at: Time });

/** By what way a controller is reached, and what that way can do. */
export const AdapterView = z.object({
  kind: z.enum(ADAPTER_KINDS),
  /** What it cannot do. */
  missing: z.array(z.enum(DEVICE_CAPS)),
  slots: z.number().int(),
  /** The cloud that answers for it; null for one of our own protocol. */
  cloud: z.object({ cloudId: CloudId, name: LocalName }).nullable(),
  /** Entries of the number on its plate that are left; null once it is confirmed, and where none is asked for. */
  entriesLeft: z.number().int().nullable(),
});

const CloudView = z.object({
  cloudId: CloudId,
  entity: EntityRef,
  name: LocalName,
  address: z.string(),
  timeZone: z.string(),
  signsCalls: z.boolean(),
  state: z.enum(["awaiting-confirmation", "in-use", "ended"]),
  registered: act,
  confirmed: act.nullable(),
  ended: act.extend({ reason: z.string() }).nullable(),
  /** When it last answered a question about an authorisation, and why the newest question failed since; null where none did. */
  answeredAt: Time.nullable(),
  fault: z.string().nullable(),
  /** Whom it knows. Numbers are shown to who manages controllers alone, and only their end. */
  people: z.array(z.object({ person: PersonRef, mobileEnd: z.string() })),
  /** People of its entity, to be named in it. */
  others: z.array(PersonRef),
  mayManage: z.boolean(),
  mayConfirm: z.boolean(),
  mayEnd: z.boolean(),
});

/** Clouds of other makers and their controllers: by two people each, as our own are enrolled (SealLink 1, clause 3.16). */
export const vendorCloudRoutes = {
  "GET /v1/vendor-clouds": {
    summary: "The makers' clouds that the caller may know of, those that wait for a second person first",
    permission: "controller.read",
    response: z.object({ items: z.array(CloudView) }),
  },
  "POST /v1/vendor-clouds": {
    summary:
      "Register a maker's cloud with the credentials it is asked by; the path for its calls holds a secret and is shown this once",
    permission: "controller.manage",
    body: z.object({
      entityId: EntityId,
      name: LocalName,
      address: z.string().trim().min(1).max(300),
      timeZone: z.string().refine((zone) => Intl.supportedValuesOf("timeZone").includes(zone) || zone === "UTC"),
      accessToken: Secret,
      accessSecret: Secret,
      /** With it the cloud signs its calls (HMAC-SHA-256 of the body, hex, in x-seal-signature); null where it cannot. */
      callKey: Secret.nullable(),
    }),
    response: z.object({ cloudId: CloudId, callPath: z.string() }),
  },
  "POST /v1/vendor-clouds/:cloudId/confirmation": {
    summary: "Confirm a maker's cloud, as a second person",
    permission: "controller.manage",
    params: Params,
    response: Done,
  },
  "POST /v1/vendor-clouds/:cloudId/end": {
    summary: "End a maker's cloud at once: what it still allows is ended there, and nothing more is asked of it",
    permission: "controller.revoke",
    params: Params,
    body: z.object({ reason: Reason }),
    response: Done,
  },
  "POST /v1/vendor-clouds/:cloudId/people": {
    summary: "Say by which mobile number a maker's cloud knows a person; null: not any more",
    permission: "controller.manage",
    params: Params,
    body: z.object({
      personId: PersonId,
      mobile: z
        .string()
        .trim()
        .regex(/^[+]?[0-9]{5,20}$/)
        .nullable(),
    }),
    response: Done,
  },
  "POST /v1/vendor-clouds/:cloudId/controllers": {
    summary: "Register a controller of a maker's cloud; a second person confirms it by the number on its plate",
    permission: "controller.manage",
    params: Params,
    body: z.object({ deviceNo: Plate, model: Plate, name: LocalName, containerId: ContainerId }),
    response: z.object({ controllerId: ControllerId }),
  },
  "POST /v1/vendor-controllers/:controllerId/confirmation": {
    summary: "Confirm a controller of a maker's cloud, as a second person before it, by the number on its plate",
    permission: "controller.manage",
    params: z.object({ controllerId: ControllerId }),
    body: z.object({ deviceNo: Plate }),
    response: Done,
    limitPerMinute: 20,
  },
  "POST /v1/vendor-calls/:cloudId/:secret": {
    summary: "A maker's cloud calls; what it says is a hint, and the cloud is asked itself; for clouds",
    permission: "public",
    params: z.object({ cloudId: CloudId, secret: z.string().regex(/^[A-Za-z0-9_-]{43}$/) }),
    raw: true,
    bodyLimitBytes: 64 * 1024,
    limitPerMinute: 600,
    response: z.object({ code: z.literal(0), message: z.literal("success") }),
  },
} as const satisfies Record<string, Route>;
