import { bringOut, lockAway } from "../features/custody/move-piece.ts";
import { addPieceInTest, addSafeInTest } from "../features/custody/test-custody.ts";
import type { Environment } from "../platform/environment.ts";
import type { Person } from "./test-actors.ts";

interface CustodyWorld {
  readonly env: Environment;
  readonly own: { readonly entityId: string };
  person(who: Person): string;
}

/** Pieces and containers that the walk's calls of custody are about: two locks, held by custodian and supervisor. */
export function custodySubjects(
  world: CustodyWorld,
  once: <T>(name: string, make: () => Promise<T>) => Promise<T>,
  sealOf: (side: "own") => Promise<string>,
) {
  const { env } = world;
  const custodian = (): string => world.person("own custodian");
  const safe = () =>
    addSafeInTest(
      env,
      { entityId: world.own.entityId, people: { sealAdministrator: world.person("own seal-administrator") } },
      [custodian(), world.person("own supervisor")],
    );
  const pieceInHand = async () => {
    const { containerId } = await safe();
    return { bodyId: await addPieceInTest(env, await sealOf("own")), containerId };
  };
  const pieceInSafe = async () => {
    const piece = await pieceInHand();
    await lockAway(env, custodian(), piece);
    return piece;
  };
  const opening = async (): Promise<string> => {
    const { bodyId } = await pieceInSafe();
    const { openingId } = await bringOut(env, custodian(), {
      bodyId,
      purpose: "other",
      aboutId: null,
      reason: "A test",
    });
    return openingId ?? "";
  };
  return {
    safe: () => once("safe", safe),
    pieceInHand: () => once("piece in hand", pieceInHand),
    pieceInSafe: () => once("piece in safe", pieceInSafe),
    opening: () => once("opening", opening),
  };
}
