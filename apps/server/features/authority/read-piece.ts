import type { PieceInController } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { type Box, handlesOf, type MountedPiece } from "../controllers/read-box.ts";
import { readHeldNow } from "../custody/postings.ts";

/** A piece in its box, as the rules ask of it. */
export async function readPiece(
  reader: Reader,
  of: {
    readonly bodyId: string;
    readonly box: Box | null;
    readonly stamperId: string | null;
    readonly supervisorId: string | null;
  },
): Promise<{ piece: PieceInController; mounted: MountedPiece | undefined }> {
  const { box, bodyId } = of;
  const mounted = box?.mounted.find((one) => one.bodyId === bodyId);
  const knows = (personId: string): boolean => box !== null && handlesOf(box, personId).length > 0;
  const place = (await readHeldNow(reader, [bodyId]))(bodyId).place?.to ?? null;
  return {
    mounted,
    piece: {
      controller:
        box && mounted
          ? { ...box.condition, enrolled: box.enrolled, quarantined: box.quarantined, containerId: box.containerId }
          : null,
      place,
      stamperKnown: of.stamperId !== null && knows(of.stamperId),
      supervisorKnown: of.supervisorId === null ? null : knows(of.supervisorId),
    },
  };
}
