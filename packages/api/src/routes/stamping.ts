import {
  ADAPTER_KINDS,
  AUTHORISATION_TURNS,
  BOX_STANDINGS,
  COPY_STANDINGS,
  COUNT_DIFFERENCES,
  EVIDENCE_GRADES,
  FACE_SIGHTS,
  IMPRESSION_SIGHTS,
  PHOTO_BASES,
  PHOTO_DEMANDS,
  PHOTO_VERDICTS,
  PICTURE_SIGHTS,
  REMOTE_LAPSES,
  REMOTE_LOOK_STATES,
  STAMP_DEBTS,
  STAMP_VERDICTS,
} from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import {
  BodyId,
  ControllerId,
  Day,
  Digest,
  DocumentId,
  Done,
  EvidenceId,
  ImpressionId,
  ImpressionState,
  LocalName,
  LookId,
  PersonRef,
  Placement,
  Presence,
  RefusalView,
  RequestId,
  RequestState,
  SealId,
  Time,
} from "../shapes.ts";
import { GateView } from "./request-parts.ts";

const RequestParams = z.object({ requestId: RequestId });
const ImpressionParams = z.object({ requestId: RequestId, impressionId: ImpressionId });
const Reason = z.string().trim().max(500);

/** authorised ≥ pressed = photographed = registered; what was spoiled was pressed, what nobody can tell counts as used. */
export const HandCounts = z.object({
  authorised: z.number().int(),
  pressed: z.number().int(),
  photographed: z.number().int(),
  registered: z.number().int(),
  spoiled: z.number().int(),
  unknown: z.number().int(),
  released: z.number().int(),
});
/** The four counts, each from the book that keeps it: authorised ≥ counted = photographed = registered. */
export const FourCounts = z.object({
  authorised: z.number().int(),
  counted: z.number().int(),
  photographed: z.number().int(),
  registered: z.number().int(),
  differences: z.array(
    z.object({
      kind: z.enum(COUNT_DIFFERENCES),
      count: z.number().int(),
      follows: z.enum(["goes-on", "released", "told", "debt", "case", "freeze"]),
      dueAt: Time.nullable(),
    }),
  ),
});
export const StampDebt = z.enum(STAMP_DEBTS);

/** What a photo says against the page that was printed, once both were compared. */
const PhotoComparison = z.object({
  verdict: z.enum(PHOTO_VERDICTS),
  /** Whether an impression is seen in its place; null where none was looked for, or the photo does not show the page. */
  impression: z.enum(IMPRESSION_SIGHTS).nullable(),
  /** Whose face the impression has and how it was pressed; null where none was compared, for want of a specimen or of an impression. */
  face: z
    .object({
      sight: z.enum(FACE_SIGHTS),
      /** Of another seal of the entity: its number. */
      otherSeal: z.string().nullable(),
    })
    .nullable(),
  /** What people have to say of it before the photos are confirmed, and whether it froze the request. */
  demands: z.enum(PHOTO_DEMANDS),
  /** What the verdict rests on: our code on the page, or of foreign paper the approved scan alone. */
  basis: z.enum(PHOTO_BASES),
  /** Of foreign paper: the page of the scan that the photo shows, from 1; null where none could be told. */
  shows: z.number().int().nullable(),
  /** What the page's code says, if it has one. */
  code: z.object({ page: z.number().int(), copy: z.number().int(), here: z.boolean() }).nullable(),
  /** Where it differs, the worst first, in millimetres of the page as it is shown. */
  places: z.array(z.object({ xMm: z.number(), yMm: z.number(), widthMm: z.number(), heightMm: z.number() })),
});

/** One press that waits, or waited, for who supervises from elsewhere. */
const RemoteLook = z.object({
  ...{ lookId: LookId, impressionId: ImpressionId, nth: z.number().int() },
  ...{ askedAt: Time, expiresAt: Time, state: z.enum(REMOTE_LOOK_STATES), lapse: z.enum(REMOTE_LAPSES).nullable() },
  /** Its picture, once that has arrived; `unfit` where what arrived is no picture. */
  ...{ evidenceId: EvidenceId.nullable(), unfit: z.boolean() },
  /** What an agreement is bound to: the picture, the impression, the press and what was approved. */
  digest: Digest,
  /** Why it was refused. */
  ...{ answeredAt: Time.nullable(), reason: z.string().nullable() },
});

const StampingView = z.object({
  requestId: RequestId,
  number: z.string(),
  title: z.string(),
  state: RequestState,
  copies: z.number().int(),
  /** Of foreign paper, who printed it: no page bears a code, and each photo is compared with the scan that was approved. */
  paperPrintedBy: z.string().nullable(),
  /** That whoever asked for it has left, and on which day where that is known; null while he is here. */
  applicantLeft: z.object({ on: Day.nullable() }).nullable(),
  /** Of an emergency: when its hours are over; nothing is pressed after them. */
  emergencyUntil: Time.nullable(),
  /** Whether somebody has to see the stamping. */
  supervised: z.boolean(),
  /** What the custodian opens, and the supervisor confirms, in person. */
  digest: Digest,
  documents: z.array(
    z.object({
      documentId: DocumentId,
      name: z.string(),
      pages: z.array(z.object({ widthMm: z.number(), heightMm: z.number() })),
    }),
  ),
  seals: z.array(
    z.object({
      ...{ sealId: SealId, name: LocalName, number: z.string() },
      ...{ round: z.boolean(), widthMm: z.number(), heightMm: z.number() },
    }),
  ),
  /** The pieces that are pressed, and whether each is in the stamper's hand by the books. */
  pieces: z.array(
    z.object({
      ...{ bodyId: BodyId, sealId: SealId, number: z.string(), inHand: z.boolean() },
      /** It was put away before the end, and not brought out for this request again: why, or the matter by which it went. */
      putAway: z
        .object({
          ...{ at: Time, reason: z.string(), matter: z.string().nullable() },
          ...{ open: z.number().int(), total: z.number().int() },
        })
        .nullable(),
    }),
  ),
  /** Who opened it, since when, and when it ended; null before. */
  opened: z.object({ by: PersonRef.nullable(), at: Time }).nullable(),
  ended: z.object({ by: PersonRef.nullable(), at: Time }).nullable(),
  /** The supervisor who confirmed at the beginning. */
  supervisor: z.object({ by: PersonRef.nullable(), at: Time }).nullable(),
  /** Who has looked at the photos. */
  looked: z.object({ by: PersonRef.nullable(), at: Time }).nullable(),
  /** In the order they are stamped: turn by turn, place by place. */
  impressions: z.array(
    z.object({
      impressionId: ImpressionId,
      nth: z.number().int(),
      copy: z.number().int(),
      /** The copy whose turn it was; another than its copy where photos showed that the pile does not lie in order. */
      turn: z.number().int(),
      /** Likewise the document and its page, from 0, whose turn it was. */
      ...{ turnDocumentId: DocumentId, turnPage: z.number().int() },
      documentId: DocumentId,
      sealId: SealId,
      placement: Placement,
      state: ImpressionState,
      at: Time,
      /** Whether its custodian, or a controller's journal, said that it was pressed. */
      pressed: z.boolean(),
      /** How far its count can be trusted; null where it was not made. */
      grade: z.enum(EVIDENCE_GRADES).nullable(),
      /** Its stroke, as the journal of a controller tells it. */
      stroke: z.object({ n: z.number().int(), counter: z.number().int() }).nullable(),
      photo: z
        .object({
          evidenceId: EvidenceId,
          digest: Digest,
          /** How the photo compares with the approved page, once it was compared. */
          comparison: PhotoComparison.nullable(),
          /** Photos before it that could not be read, in their order. */
          earlier: z.array(EvidenceId),
          /** Whether this one could not be read either, and the stamper takes another one of the sheet. */
          retake: z.boolean(),
        })
        .nullable(),
      /** What one person said it was, where nobody can tell; another one agrees or says another thing. */
      proposal: z
        .object({
          by: PersonRef.nullable(),
          at: Time,
          verdict: z.enum(STAMP_VERDICTS),
          reason: z.string(),
          evidenceId: EvidenceId.nullable(),
        })
        .nullable(),
    }),
  ),
  counts: HandCounts,
  /** Photos that are compared with what was approved and were not read yet; one that nobody reads in an hour is waited for no longer. */
  photosBeingRead: z.number().int(),
  debts: z.array(StampDebt),
  /** Whether controllers press, or could: what stands against it before it is opened, and how each box is. */
  controller: z
    .object({
      /** It was opened for controllers; null before it is opened. */
      byController: z.boolean().nullable(),
      /** Beside the title on the screen of the box. */
      code: z.string(),
      refusals: z.array(RefusalView),
      boxes: z.array(
        z.object({
          ...{ controllerId: ControllerId, name: LocalName, heardAt: Time.nullable() },
          /** Of a maker's cloud, whether it answered last: of the box itself it does not say. */
          standing: z.enum(BOX_STANDINGS),
          /** Whether what it says is counted: a stamping at one that was revoked or is in quarantine ends without its word. */
          trusted: z.boolean(),
          sealId: SealId,
          /** Of the newest authorisation, or of what is asked for; null before anything was. */
          turn: z.enum(AUTHORISATION_TURNS).nullable(),
          ...{ most: z.number().int(), used: z.number().int(), until: Time.nullable() },
          /** Presses of it in which the seal never reached the paper, as when it jams: they are given back. */
          givenBack: z.number().int(),
          /** By what way it is reached. */
          kind: z.enum(ADAPTER_KINDS),
          /** What who opened it types at a controller of a maker's cloud; null for everybody else. */
          useCode: z.string().nullable(),
          /** Why the authority signed none. */
          refused: z.array(RefusalView),
        }),
      ),
      /** It was ended, and a box has not said so yet. */
      ending: z.boolean(),
      /** Whether its end waits only for boxes that are not connected: then it may be ended without their word. */
      mayEndUnheard: z.boolean(),
    })
    .nullable(),
  /** Whether its controllers press only in their docking stations. */
  docked: z.boolean(),
  /** Of a supervisor elsewhere: the newest press he was asked about, and how many he agreed to and refused; null beside the box. */
  remote: z.object({ look: RemoteLook.nullable(), pressed: z.number().int(), refused: z.number().int() }).nullable(),
  /** Of a long stamping that has ended: photos that whoever confirms opens one by one, those that differ and a share drawn by lot. */
  photosToOpen: z.array(ImpressionId),
  /** What a confirmation of the photos is bound to; null while there is none to give. */
  photosDigest: Digest.nullable(),
  gate: GateView,
  /** What the reader may do now. */
  actions: z.array(
    z.enum([
      ...(["open", "open-at-controller", "open-remote", "open-docked", "go-on", "supervise", "agree"] as const),
      ...(["report", "spoil", "end", "look", "rule"] as const),
    ]),
  ),
});

/** One picture of a press: to be seen by its evidence, or said to be on its way, lacking, or never taken. */
const PressPicture = z.object({
  sight: z.enum(PICTURE_SIGHTS),
  /** When its box took it, by the box's clock. */
  at: Time.nullable(),
  evidenceId: EvidenceId.nullable(),
});

const PressPictures = z.object({
  /** In the order they were pressed. */
  presses: z.array(
    z.object({
      ...{ nth: z.number().int(), at: Time },
      /** Who told of it: a signed record, a maker's cloud, or a person. */
      told: z.enum(["record", "vendor-cloud", "person"]),
      /** The impression it made; null where it made none, or one too many. */
      impression: z
        .object({
          ...{ impressionId: ImpressionId, nth: z.number().int(), copy: z.number().int(), page: z.number().int() },
          /** Of several documents, which. */
          document: z.string().nullable(),
          state: ImpressionState,
          grade: z.object({ grade: z.enum(EVIDENCE_GRADES), name: LocalName, says: LocalName }).nullable(),
        })
        .nullable(),
      /** Its stroke, as the journal of a controller tells it. */
      stroke: z
        .object({
          ...{ n: z.number().int(), counter: z.number().int(), serial: z.string() },
          out: z.enum(["done", "aborted", "unknown"]),
        })
        .nullable(),
      /** By hand, and with a maker's cloud, none is taken before a press. */
      before: z.array(PressPicture),
      after: z.array(PressPicture),
    }),
  ),
  /** How many pictures there should be, and how many of them cannot be seen and will not come. */
  ...{ pictures: z.number().int(), lacking: z.number().int() },
});

/** Stamping by hand: opened by the custodian, copy by copy and place by place, each with its photo, then looked at. */
export const stampingRoutes = {
  "GET /v1/seal-use-requests/:requestId/stamping": {
    summary: "A request that is stamped by hand: its impressions, photos and counts, and what is owed",
    permission: "request.read",
    params: RequestParams,
    response: StampingView,
  },
  "GET /v1/seal-use-requests/:requestId/press-pictures": {
    summary:
      "Each press of a stamping in its order, with the pictures taken before and after it, and those that are missing",
    permission: "request.read",
    params: RequestParams,
    response: PressPictures,
  },
  "POST /v1/seal-use-requests/:requestId/stamping": {
    summary: "The custodian opens the stamping with his proof of presence, or goes on with it another day",
    permission: "request.release",
    idempotent: true,
    params: RequestParams,
    body: z.object({
      ...{ digest: Digest, presence: Presence },
      stampedWith: z.enum(["hand", "controller", "remote", "docked"]).default("hand"),
    }),
    response: z.object({ open: z.boolean(), gate: GateView }),
  },
  "POST /v1/seal-use-requests/:requestId/impressions/:impressionId/photo": {
    summary:
      "The stamper pressed it, spoiled it, or takes a photo again that could not be read: with the photo of the paper. The same photo sent again counts once",
    permission: "request.release",
    params: ImpressionParams,
    query: z.object({ report: z.enum(["pressed", "spoiled", "retaken"]), reason: Reason.default("") }),
    upload: true,
    response: z.object({ state: ImpressionState, ended: z.boolean() }),
  },
  "POST /v1/seal-use-requests/:requestId/impressions/:impressionId/report": {
    summary: "The stamper did not press it, or cannot tell",
    permission: "request.release",
    params: ImpressionParams,
    body: z.object({ report: z.enum(["not-pressed", "cannot-tell"]), reason: Reason.default("") }),
    response: z.object({ state: ImpressionState, ended: z.boolean() }),
  },
  "POST /v1/seal-use-requests/:requestId/stamping/end": {
    summary: "End the stamping: what was not pressed is released",
    permission: "request.release",
    params: RequestParams,
    body: z.object({
      reason: Reason.default(""),
      /** Not to wait for a controller that is not connected: what it has not told of is not known until two people decide. */
      unheard: z.boolean().default(false),
    }),
    response: Done,
  },
  "POST /v1/seal-use-requests/:requestId/stamping/looks/:lookId": {
    summary:
      "Who supervises from elsewhere agrees to one press with his proof of presence on its picture, or refuses it",
    permission: "request.supervise",
    idempotent: true,
    params: RequestParams.extend({ lookId: LookId }),
    body: z.discriminatedUnion("verdict", [
      z.object({ verdict: z.literal("agree"), digest: Digest, presence: Presence }),
      z.object({ verdict: z.literal("refuse"), reason: Reason }),
    ]),
    response: Done,
  },
  "POST /v1/seal-use-requests/:requestId/stamping/photos": {
    summary: "Say whether the photos show what was approved: the supervisor in person, or somebody afterwards",
    permission: "request.read",
    params: RequestParams,
    body: z.object({
      digest: Digest,
      wrong: z.array(z.object({ impressionId: ImpressionId, reason: Reason })).max(3000),
      /** Why photos are right although the comparison says another thing. */
      answers: z
        .array(z.object({ impressionId: ImpressionId, reason: Reason }))
        .max(3000)
        .default([]),
      /** Photos that were opened one by one. */
      opened: z.array(ImpressionId).max(3000).default([]),
      note: Reason.default(""),
      presence: Presence.optional(),
    }),
    response: Done,
  },
  "POST /v1/seal-use-requests/:requestId/impressions/:impressionId/ruling": {
    summary: "One of two people says what an impression was that nobody can tell",
    permission: "request.read",
    params: ImpressionParams,
    body: z.object({ verdict: z.enum(STAMP_VERDICTS), reason: Reason, evidenceId: EvidenceId.nullable() }),
    response: z.object({ decided: z.boolean() }),
  },
  "POST /v1/seal-use-requests/:requestId/documents/:documentId/copies": {
    summary: "Copies to print, each page with its code; told in the ledger",
    permission: "request.read",
    params: RequestParams.extend({ documentId: DocumentId }),
    body: z.object({ from: z.number().int(), to: z.number().int() }),
    limitPerMinute: 20,
    response: "binary",
    mediaType: "application/pdf",
  },
  "GET /v1/printed-pages/:code": {
    summary: "What the code on a printed page stands for, for whoever holds the paper",
    permission: "public",
    params: z.object({ code: z.string().max(100) }),
    limitPerMinute: 20,
    response: z.object({
      number: z.string(),
      entity: LocalName,
      /** Null where the organisation does not show it, and for a confidential request. */
      title: z.string().nullable(),
      authorisedOn: Day.nullable(),
      ...{ page: z.number().int(), pages: z.number().int(), copy: z.number().int(), copies: z.number().int() },
      /** The first sixteen digits of the approved document's SHA-256. */
      digest: z.string(),
      standing: z.enum(COPY_STANDINGS),
    }),
  },
} as const satisfies Record<string, Route>;
