import { CHECK_KINDS, counterMost, READING_VERDICTS } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import {
  BodyId,
  Done,
  EntityId,
  EntityRef,
  EvidenceId,
  List,
  LocalName,
  PersonId,
  PersonRef,
  SealId,
  Time,
} from "../shapes.ts";

const CheckId = z.string().regex(/^chk_[0-9a-f-]{36}$/);
const ContainerId = z.string().regex(/^con_[0-9a-f-]{36}$/);
const SealRef = z.object({ sealId: SealId, number: z.string(), name: LocalName });
const Place = z.object({
  person: PersonRef.nullable(),
  container: z.object({ containerId: ContainerId, name: LocalName }).nullable(),
});

/** Storage checks and stock-takes: book against real, answered by phone. */
export const checkRoutes = {
  "GET /v1/storage-checks": {
    summary: "Checks with their pieces: those one answers for, or all of an entity one watches over, open ones first",
    permission: "check.answer",
    response: List(
      z.object({
        checkId: CheckId,
        kind: z.enum(CHECK_KINDS),
        kindName: LocalName,
        entity: EntityRef,
        openedBy: PersonRef.nullable(),
        openedAt: Time,
        dueAt: Time,
        overdue: z.boolean(),
        closedAt: Time.nullable(),
        /** Published with the draw; its digest stood in the ledger before. */
        seed: z.string(),
        pieces: z.number().int(),
        answered: z.number().int(),
        differences: z.number().int(),
        /** Containers of the entity to choose from, as long as the reader sees a piece nobody has answered for. */
        places: z.array(
          z.object({
            containerId: ContainerId,
            name: LocalName,
            /** Whether it is a controller: whoever finds a piece in it reads the number that it shows for the seal. */
            counts: z.boolean(),
          }),
        ),
        items: z.array(
          z.object({
            bodyId: BodyId,
            bodyNumber: z.string(),
            seal: SealRef,
            custodians: z.array(PersonRef),
            mayAnswer: z.boolean(),
            /** Who alone may answer, where the word of who keeps the piece is not enough; null for every other. */
            confirmers: z.array(PersonRef).nullable(),
            /** Told once it was answered: before, whoever answers says what he finds, not what he should. */
            book: Place.nullable(),
            real: Place.nullable(),
            missing: z.boolean(),
            difference: z.enum(["check.missing", "check.other-holder", "check.other-place"]).nullable(),
            answeredAt: Time.nullable(),
            answeredBy: PersonRef.nullable(),
            /** The photo of the piece: whoever reads this line may read it. */
            evidenceId: EvidenceId.nullable(),
            note: z.string().nullable(),
            /** The number that was read off the controller, null where it could not be, and what came of it. */
            reading: z.object({ read: z.number().int().nullable(), verdict: z.enum(READING_VERDICTS) }).nullable(),
          }),
        ),
      }),
    ),
  },
  "POST /v1/storage-checks": {
    summary: "Begin a stock-take of all pieces of an entity, or a surprise check of some drawn by lot",
    permission: "check.open",
    idempotent: true,
    body: z.object({
      entityId: EntityId,
      kind: z.enum(["stock-take", "surprise"]),
      /** How many are drawn; of a stock-take all are checked. */
      count: z.number().int().min(1).max(500),
    }),
    response: z.object({ checkId: CheckId, seed: z.string(), pieces: z.number().int() }),
  },
  "POST /v1/storage-checks/:checkId/answers": {
    summary: "Say where a piece is now and who holds it, with a photo; neither: it was not found",
    permission: "check.answer",
    idempotent: true,
    params: z.object({ checkId: CheckId }),
    body: z.object({
      bodyId: BodyId,
      containerId: ContainerId.nullable(),
      holderId: PersonId.nullable(),
      evidenceId: EvidenceId.nullable(),
      /** The number on the controller, of a piece that is found in the one it is mounted in; null: it cannot be read, and the note says why. */
      counter: z.number().int().min(0).max(counterMost).nullable(),
      note: z.string().trim().max(1000),
    }),
    response: z.object({ agrees: z.boolean() }),
  },
  "POST /v1/unknown-seals": {
    summary: "Report a seal that is in no register, with a photo",
    permission: "check.answer",
    idempotent: true,
    body: z.object({ entityId: EntityId, evidenceId: EvidenceId, note: z.string().trim().min(1).max(1000) }),
    response: Done,
  },
} as const satisfies Record<string, Route>;
