import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { readPeople } from "../requests/read-people.ts";
import { watches } from "../tasks/read-model.ts";
import { proposeRotation, type RotationStand, readRotation } from "./rotation.ts";
import { openRotationHandovers } from "./rotation-handovers.ts";

type Mine = "GET /v1/rotation" | "GET /v1/rotation-plan" | "POST /v1/rotation-handovers";

const showSeal = (seal: RotationStand["seal"]) => ({
  sealId: seal.seal_id,
  number: seal.number,
  name: { en: seal.name_en, zh: seal.name_zh },
});

export function rotationHandlers(env: Environment): Pick<Handlers, Mine> {
  const requireWatches = async (personId: string, entityId: string): Promise<void> => {
    const grants = await readGrantsInForce(env.db, env.clock.now(), { personId });
    if (!watches(grants, entityId)) throw problems.notFound();
  };
  return {
    "GET /v1/rotation": async ({ query }, call) => {
      await requireWatches(call.person().personId, query.entityId);
      const stands = await readRotation(env.db, env, query.entityId);
      const named = await readPeople(
        env.db,
        stands.map((one) => one.personId),
      );
      return {
        items: stands.flatMap(({ seal, personId, since, dueOn, state }) => {
          const person = named(personId);
          return person ? [{ seal: showSeal(seal), important: seal.important, person, since, dueOn, state }] : [];
        }),
      };
    },
    "GET /v1/rotation-plan": async ({ query }, call) => {
      await requireWatches(call.person().personId, query.entityId);
      const stands = await readRotation(env.db, env, query.entityId);
      const { moves, left } = await proposeRotation(env.db, env, query.entityId);
      const named = await readPeople(env.db, [
        ...moves.flatMap((move) => [move.leavingId, move.comingId, move.witnessId]),
        ...left.map((one) => one.personId),
      ]);
      const sealOf = (sealId: string) => stands.find((one) => one.seal.seal_id === sealId)?.seal;
      return {
        moves: moves.flatMap((move) => {
          const [seal, leaving] = [sealOf(move.sealId), named(move.leavingId)];
          const [coming, witness] = [named(move.comingId), named(move.witnessId)];
          return seal && leaving && coming && witness ? [{ seal: showSeal(seal), leaving, coming, witness }] : [];
        }),
        left: left.flatMap(({ sealId, personId, dueOn }) => {
          const [seal, person] = [sealOf(sealId), named(personId)];
          return seal && person ? [{ seal: showSeal(seal), person, dueOn }] : [];
        }),
      };
    },
    "POST /v1/rotation-handovers": async ({ body }, call) => ({
      items: await openRotationHandovers(env, call.person().personId, body.entityId, body.moves),
    }),
  };
}
