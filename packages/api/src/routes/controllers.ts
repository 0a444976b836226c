import { CONTROLLER_ORDERS, CONTROLLER_ORDERS_SHOWN, CONTROLLER_STATES } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import {
  BodyId,
  ControllerId,
  Done,
  EntityId,
  EntityRef,
  LocalName,
  PersonId,
  PersonRef,
  RefusalView,
  SealId,
  Time,
} from "../shapes.ts";
import { ContainerId } from "./custody.ts";
import { AdapterView } from "./vendor-clouds.ts";

const Params = z.object({ controllerId: ControllerId });
/** What stands on the box's plate. */
const Plate = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,39}$/);
const Reason = z.string().trim().min(1).max(1000);
/** The pairing code is shown once: only its digest is kept. */
const PairingMade = z.object({ controllerId: ControllerId, pairingCode: z.string(), expiresAt: Time });

const ControllerView = z.object({
  controllerId: ControllerId,
  entity: EntityRef,
  name: LocalName,
  /** Empty while the second person is to read it from the plate of a controller of a maker's cloud. */
  serial: z.string(),
  model: z.string(),
  state: z.enum(CONTROLLER_STATES),
  container: z.object({ containerId: ContainerId, name: LocalName }).nullable(),
  registered: z.object({ by: PersonRef.nullable(), at: Time }),
  /** While it is being enrolled. */
  pairing: z
    .object({
      by: PersonRef.nullable(),
      at: Time,
      expiresAt: Time,
      /** Its time or its tries are over: a new code is needed. */
      over: z.boolean(),
      triesLeft: z.number().int(),
      /** What the box said of itself. The six digits stand on its screen, and are never told here. */
      presented: z
        .object({
          at: Time,
          model: z.string(),
          firmware: z.string(),
          counters: z.array(z.number().int()),
          comparisonsLeft: z.number().int(),
        })
        .nullable(),
    })
    .nullable(),
  enrolled: z
    .object({
      by: PersonRef.nullable(),
      at: Time,
      /** Null for one that a maker's cloud answers for: it has no key with us. */
      key: z
        .object({
          algorithm: z.enum(["EdDSA", "ES256"]),
          firmware: z.string(),
          certificate: z.object({ serial: z.string(), sha256: z.string(), notAfter: Time }),
        })
        .nullable(),
    })
    .nullable(),
  /** What it says of itself and has sent; null until it is enrolled. */
  journal: z
    .object({
      online: z.boolean(),
      heardAt: Time.nullable(),
      battery: z.number().int().nullable(),
      network: z.string().nullable(),
      firmware: z.string().nullable(),
      epoch: z.number().int(),
      /** The last record that is stored, and those that wait for an earlier one. */
      last: z.number().int(),
      waiting: z.number().int(),
      /** Records that the box had written when it connected and that are not stored yet. */
      backlog: z.number().int().nullable(),
      /** Impressions of each slot over its whole life, as its drive counts them. */
      counters: z.array(z.number().int()),
      quarantined: z.object({ code: z.string(), says: LocalName }).nullable(),
      refused: z.number().int(),
      /** Photos that records named: those that are here, and those still owed. */
      photos: z.object({ stored: z.number().int(), owed: z.number().int() }),
    })
    .nullable(),
  /** Why it cannot stamp now; empty where nothing hinders it. */
  hindrances: z.array(RefusalView),
  revoked: z.object({ by: PersonRef.nullable(), at: Time, reason: z.string() }).nullable(),
  adapter: AdapterView,
  mayManage: z.boolean(),
  /** The reader is a second person to this enrolment. */
  mayConfirm: z.boolean(),
  mayRevoke: z.boolean(),
});

/** A piece of a seal, as an order names it. */
const OrderPiece = z.object({ bodyId: BodyId, sealId: SealId, number: z.string(), name: LocalName });

const OrdersView = z.object({
  mayManage: z.boolean(),
  /** Seals that sit in it, and whom it knows by which finger, as its journal tells of orders that were carried out. */
  mounted: z.array(z.object({ slot: z.number().int(), tag: z.string(), piece: OrderPiece.nullable() })),
  fingers: z.array(z.object({ handle: z.string(), person: PersonRef.nullable() })),
  /** The newest orders. */
  orders: z.array(
    z.object({
      askId: z.string(),
      kind: z.enum(CONTROLLER_ORDERS_SHOWN),
      askedAt: Time,
      /** The two who carry it out. */
      by: z.array(PersonRef),
      piece: OrderPiece.nullable(),
      person: PersonRef.nullable(),
      state: z.enum(["asked", "signed", "refused", "done", "over"]),
      refusals: z.array(RefusalView),
    }),
  ),
  /** What the reader could put in, and people of its entity. */
  pieces: z.array(OrderPiece),
  people: z.array(PersonRef),
});

const TicketParams = z.object({ ticket: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });
const PhotoProgress = z.object({
  state: z.enum(["owed", "stored"]),
  sizeBytes: z.number().int(),
  partBytes: z.number().int(),
  /** Numbers of the parts that are here. */
  have: z.array(z.number().int()),
});

/** Seal controllers: enrolment by two people (docs/seallink.md, clause 3.2). */
export const controllerRoutes = {
  "GET /v1/controllers": {
    summary: "The seal controllers that the caller may know of, those that wait for somebody first",
    permission: "controller.read",
    response: z.object({
      items: z.array(ControllerView),
      gateway: z.object({
        state: z.enum(["off", "starting", "running", "deaf", "failed"]),
        /** Where controllers find it. */
        address: z.string().nullable(),
      }),
      /** How mail about alarms fared on the last day: how many wait or were given up, and the newest fault as a code. */
      mail: z.object({
        state: z.enum(["off", "works", "failing"]),
        unsent: z.number().int(),
        fault: z.string().nullable(),
      }),
    }),
  },
  "GET /v1/controllers/:controllerId": {
    summary: "One seal controller",
    permission: "controller.read",
    params: Params,
    response: ControllerView,
  },
  "GET /v1/controllers/:controllerId/journal": {
    summary: "The newest records of a controller and what was found in them",
    permission: "controller.read",
    params: Params,
    response: z.object({
      records: z.array(
        z.object({
          epoch: z.number().int(),
          seq: z.number().int(),
          type: z.string(),
          /** What an alarm of the box means; null for any other record. */
          alarm: LocalName.nullable(),
          /** As the box's clock had it, and when it arrived. */
          at: Time,
          receivedAt: Time,
          hash: z.string(),
        }),
      ),
      findings: z.array(
        z.object({
          code: z.string(),
          epoch: z.number().int(),
          seq: z.number().int(),
          at: Time,
          says: LocalName,
          todo: LocalName,
        }),
      ),
    }),
  },
  "GET /v1/controllers/:controllerId/orders": {
    summary: "What sits in a controller, whom it knows, and the orders that two people carry out at it",
    permission: "controller.read",
    params: Params,
    response: OrdersView,
  },
  "POST /v1/controllers/:controllerId/orders": {
    summary: "Have an order signed that the caller and a second person carry out at the box with their fingers",
    permission: "controller.manage",
    params: Params,
    body: z.object({
      kind: z.enum(CONTROLLER_ORDERS),
      secondPersonId: PersonId,
      /** Of mount and unmount. */
      bodyId: BodyId.optional(),
      slotNumber: z.number().int().min(0).max(15).optional(),
      /** Of mount: the number of the radio tag on the seal, as the box reads it. */
      radioTag: z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[0-9A-F]{8,32}$/)
        .optional(),
      /** Of cred-add: whose finger; of cred-del: which. */
      personId: PersonId.optional(),
      handle: z
        .string()
        .regex(/^[a-z]{2,8}:[A-Za-z0-9]{1,32}$/)
        .optional(),
    }),
    response: z.object({ askId: z.string() }),
  },
  "POST /v1/controllers": {
    summary: "Register a controller and make its pairing code, which is shown this once",
    permission: "controller.manage",
    body: z.object({
      entityId: EntityId,
      serial: Plate,
      model: Plate,
      name: LocalName,
      containerId: ContainerId.nullable(),
    }),
    response: PairingMade,
  },
  "POST /v1/controllers/:controllerId/pairing-code": {
    summary: "Make a new pairing code; the old one, and what a box presented with it, no longer count",
    permission: "controller.manage",
    params: Params,
    response: PairingMade,
  },
  "POST /v1/controllers/:controllerId/confirmation": {
    summary:
      "Confirm, as a second person at the box, the six digits that stand on its screen; its certificate is issued by that",
    permission: "controller.manage",
    params: Params,
    body: z.object({
      comparisonCode: z
        .string()
        .trim()
        .regex(/^\d{6}$/),
    }),
    response: Done,
    limitPerMinute: 20,
  },
  "POST /v1/controllers/:controllerId/refusal": {
    summary: "Decline the box that presented itself; a new pairing code is needed after that",
    permission: "controller.manage",
    params: Params,
    body: z.object({ reason: Reason }),
    response: Done,
  },
  "POST /v1/controllers/:controllerId/revocation": {
    summary: "Revoke a controller at once: its certificate ends, and nothing that it sends counts any more",
    permission: "controller.revoke",
    params: Params,
    body: z.object({ reason: Reason }),
    response: Done,
  },
  "POST /v1/controller-enrolments": {
    summary: "A controller presents its pairing code with its certification request (PKCS #10, base64); for devices",
    permission: "public",
    limitPerMinute: 20,
    body: z.object({
      serial: Plate,
      model: Plate,
      pairingCode: z.string().max(40),
      request: z.base64().max(4000),
      firmware: z.string().trim().min(1).max(40),
      counters: z.array(z.number().int().min(0).max(1_000_000_000)).min(1).max(16),
    }),
    response: z.object({
      /** Asks for the answer later; known to this device alone. */
      ticket: z.string(),
      /** The authority's public key (SPKI, base64), from which the device makes its comparison code. */
      platformKey: z.string(),
    }),
  },
  "GET /v1/controller-enrolments/:ticket": {
    summary:
      "What became of an enrolment: the device's certificate and its exact answer once a second person confirmed; for devices",
    permission: "public",
    limitPerMinute: 120,
    params: TicketParams,
    response: z.object({
      state: z.enum(["waiting", "confirmed", "over"]),
      /** The text whose digest the journal begins from; null until then. */
      answer: z.string().nullable(),
    }),
  },
  "GET /v1/controller-photos/:ticket": {
    summary: "Which parts of a photo are here already; for devices",
    permission: "public",
    limitPerMinute: 600,
    params: TicketParams,
    response: PhotoProgress,
  },
  "POST /v1/controller-photos/:ticket/parts": {
    summary:
      "One part of a photo that a signed record named, in any order; with the last one its digest is compared; for devices",
    permission: "public",
    limitPerMinute: 1200,
    params: TicketParams,
    query: z.object({ part: z.coerce.number().int().min(0).max(255) }),
    upload: true,
    response: PhotoProgress,
  },
  "GET /v1/controller-authority/revocations": {
    summary:
      "The revocation list of the controllers' authority, PEM, made anew at each call; for a broker of one's own",
    permission: "public",
    limitPerMinute: 60,
    response: "text",
    mediaType: "application/x-pem-file",
  },
  "POST /v1/controller-authority/broker": {
    summary: "Certify a broker of one's own (PKCS #10, base64) under the names that controllers call it by, PEM",
    permission: "operator",
    body: z.object({
      request: z.base64().max(4000),
      names: z
        .array(z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/))
        .min(1)
        .max(10),
    }),
    response: "text",
    mediaType: "application/x-pem-file",
  },
  "GET /v1/controller-authority": {
    summary: "The certificate of the controllers' authority, PEM, for a broker of one's own",
    permission: "public",
    response: "text",
    mediaType: "application/pem-certificate-chain",
  },
} as const satisfies Record<string, Route>;
