import type { HandoverCause, RotationMove } from "@chancery/domain";
import { joinHalves } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { problems } from "../../platform/problems.ts";
import type { MatterInput } from "../matters/matter-rows.ts";
import { readLocksOf } from "./locks.ts";
import { custodiansOf, readHeldNow } from "./postings.ts";

/** Why it is prepared, in both languages: the beginning of its title, and its reason. */
interface HandoverWords {
  readonly cause: HandoverCause;
  readonly title: { readonly en: string; readonly zh: string };
  readonly reason: string;
}

/** A handover as a matter, with everything of the seal that the leaving custodian answers for and the locks he holds there. */
export async function prepareHandover(
  reader: Reader,
  entityId: string,
  { sealId, leavingId, comingId, witnessId }: RotationMove,
  { cause, title, reason }: HandoverWords,
): Promise<MatterInput> {
  const seal = await reader
    .selectFrom("seals")
    .select(["number", "name_en", "name_zh"])
    .where("seal_id", "=", sealId)
    .where("entity_id", "=", entityId)
    .executeTakeFirst();
  if (!seal) throw problems.notFound();
  const bodies = await reader
    .selectFrom("seal_bodies")
    .select(["body_id", "condition"])
    .where("seal_id", "=", sealId)
    .execute();
  const held = await readHeldNow(
    reader,
    bodies.map((body) => body.body_id),
  );
  const kept = bodies.filter((body) => custodiansOf(held(body.body_id)).includes(leavingId));
  const containers = kept.flatMap((body) => {
    const place = held(body.body_id).place?.to;
    return place?.startsWith("container:") ? [place.slice("container:".length)] : [];
  });
  const locks = (await readLocksOf(reader, leavingId)).filter((lock) => containers.includes(lock.containerId));
  return {
    ...{ entityId, unitId: null, sealId, bodyId: null, personId: null, effectiveOn: null },
    title: joinHalves({
      en: `${title.en}: ${seal.name_en} ${seal.number}`,
      zh: `${title.zh}：${seal.name_zh} ${seal.number}`,
    }),
    reason,
    data: {
      ...{ transferorId: leavingId, receiverId: comingId, witnessId, cause },
      ...{
        place: "–",
        at: null,
        bodies: kept.map((body) => ({ bodyId: body.body_id, condition: body.condition ?? "good" })),
      },
      ...{ lockIds: locks.map((lock) => lock.lockId), deviceRights: "", books: "", requestIds: [] },
    },
  };
}
