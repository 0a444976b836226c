import { Day, FaceSpec, LocalName, PersonId, SealType } from "@chancery/api";
import { z } from "zod";
import { BodyIdText } from "../custody/handover-matter.ts";

const Face = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("generated"), spec: FaceSpec }),
  z.object({
    kind: z.literal("image"),
    imageId: z.string().max(80),
    widthMm: z.number().min(5).max(100),
    heightMm: z.number().min(5).max(100),
  }),
]);

/** What is made of a seal: numbered pieces, an electronic body, or both. */
export const BodiesWanted = z.object({
  physical: z.object({ pieces: z.number().int().min(1).max(9), material: z.string().trim().max(60) }).nullable(),
  electronic: z
    .object({
      keyAlgorithm: z.enum(["ecdsa-p256", "rsa-2048", "rsa-3072"]),
      /** Whether the electronic body is filed with an authority before it is used; its type may demand it anyhow. */
      filing: z.boolean(),
    })
    .nullable(),
});
export type BodiesToMake = z.output<typeof BodiesWanted>;

/** A seal as it is asked for: everything that is decided about it before it exists (C23). */
export const SealWanted = BodiesWanted.extend({
  type: SealType,
  /** An own kind of the organisation, based on that type. */
  kindId: z
    .string()
    .regex(/^kind_[0-9a-f-]{36}$/)
    .nullish(),
  name: LocalName,
  number: z.string().trim().min(1).max(40),
  external: z.boolean(),
  face: Face,
  /** The custodian, and the second one or the deputy. */
  custodians: z.array(PersonId).max(2),
  supervisor: PersonId.nullable(),
  /** The supervisor's last day and the risk, where he holds roles that only the profile lets meet with this one. */
  supervisorTo: Day.nullish(),
  supervisorRisk: z.string().trim().max(500).nullish(),
  certificateKeeper: PersonId.nullable(),
});
export type SealToMake = z.output<typeof SealWanted>;

const Bodies = z.array(BodyIdText).min(1).max(12);
export const BodiesOnly = z.object({ bodyIds: Bodies });

/** A piece that was engraved and filed before the platform was there. */
export const PieceToEnter = z.object({
  material: z.string().trim().max(60),
  madeBy: z.string().trim().max(200),
  filingNumber: z.string().trim().max(60),
  filedOn: Day.nullable(),
  /** Who has it now. */
  holderId: PersonId,
  specimenWidthMm: z.number().min(3).max(120),
});
export const PieceReceived = z.object({
  bodyIds: Bodies,
  madeBy: z.string().trim().min(1).max(200),
  receiverId: PersonId,
});
export const SealFiled = z.object({
  bodyIds: Bodies,
  filingNumber: z.string().trim().min(1).max(60),
  filedOn: Day,
});
export const SpecimenKept = z.object({
  bodyId: BodyIdText,
  /** How wide the whole picture is on paper, in millimetres: what its scale is counted from. */
  specimenWidthMm: z.number().min(3).max(400),
  witnessId: PersonId,
});
export const SealIssued = z.object({
  bodyIds: Bodies,
  scope: z.string().trim().min(1).max(1000),
  /** Who is told and confirms it: people of the units that will use it. */
  recipients: z.array(PersonId).max(60),
});
export const SealSurrendered = z.object({
  bodyIds: Bodies,
  transferorId: PersonId,
  receiverId: PersonId,
  /** Which books come with it. */
  books: z.string().trim().min(1).max(500),
});
export const SealedUp = z.object({
  bodyIds: Bodies,
  containerId: z.string().regex(/^con_[0-9a-f-]{36}$/),
  tag: z.string().trim().min(1).max(40),
  executorId: PersonId,
  witnessId: PersonId,
});
export const Destruction = z.object({
  bodyIds: Bodies,
  executors: z.array(PersonId).length(2),
  witnessId: PersonId,
  /** How: cut, melted, ground. */
  method: z.string().trim().max(200),
});
export const SealFound = z.object({
  bodyIds: Bodies,
  where: z.string().trim().min(1).max(300),
  holderId: PersonId,
  matchesSpecimen: z.boolean(),
});
export const CertificateRenewed = z.object({ keyAlgorithm: z.enum(["ecdsa-p256", "rsa-2048", "rsa-3072"]) });
export const CertificateRevoked = z.object({ cause: z.enum(["keyCompromise", "cessationOfOperation"]) });
