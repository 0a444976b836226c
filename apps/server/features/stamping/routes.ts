import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { beginStepUp, verifyPresence } from "../identity/step-up.ts";
import { requireSeesMatter } from "../matters/may-see.ts";
import { getMatter } from "../matters/store.ts";
import { getPositionDigest } from "../positions/confirm.ts";
import { readLookDigest } from "../remote-supervision/answer.ts";
import { requireMaySee } from "../requests/may-see.ts";
import { readPeople } from "../requests/read-people.ts";
import { getReadingDigest } from "../rule-book/confirm.ts";
import { requireVisible } from "../seals/read-model.ts";
import { sealActDigest } from "../seals/seal-acts.ts";
import { commitmentDigest } from "../training/commitment.ts";
import { showGate } from "./gate-view.ts";
import { digestOfStamping } from "./look.ts";
import { readHandImpressions } from "./open-stamping.ts";
import { askGateFor, type GateOutcome, givePresence, type PresenceAct, type StampWay } from "./service.ts";

type Mine =
  | "POST /v1/step-ups"
  | "GET /v1/seal-use-requests/:requestId/gate"
  | "POST /v1/seal-use-requests/:requestId/stamping"
  | "POST /v1/seal-use-requests/:requestId/release"
  | "POST /v1/seal-use-requests/:requestId/confirm";

export function stampingHandlers(env: Environment): Pick<Handlers, Mine> {
  const show = async ({ answer, view }: GateOutcome) => {
    const ids = [
      ...view.custodians,
      ...view.supervisors,
      view.loaded.row.applicant_id,
      ...view.loaded.steps.flatMap((step) => step.candidates),
    ];
    return showGate(answer, view, await readPeople(env.db, ids));
  };
  const present = async (
    act: PresenceAct,
    requestId: string,
    body: { digest: string; presence: Parameters<typeof verifyPresence>[3]; stampedWith?: StampWay },
    call: Parameters<typeof verifyPresence>[1],
  ) => {
    const { personId } = call.person();
    await requireMaySee(env.db, personId, requestId, env.clock.now());
    await verifyPresence(env, call, { act, subjectId: requestId, digest: body.digest }, body.presence);
    const outcome = await givePresence(
      env,
      personId,
      act,
      requestId,
      body.digest,
      body.presence.stepUpId,
      body.stampedWith,
    );
    return { sealing: outcome.sealing, gate: await show(outcome) };
  };
  return {
    "POST /v1/step-ups": async ({ body }, call) => {
      const { personId } = call.person();
      if (body.act === "commitment") return beginStepUp(env, personId, body.act, personId, commitmentDigest(personId));
      if (body.act === "rule-book")
        return beginStepUp(
          env,
          personId,
          body.act,
          body.versionId,
          await getReadingDigest(env, personId, body.versionId),
        );
      if (body.act === "position")
        return beginStepUp(env, personId, body.act, personId, await getPositionDigest(env, personId, body.grantIds));
      if ("sealId" in body) {
        await requireVisible(env, personId, body.sealId);
        return beginStepUp(env, personId, body.act, body.sealId, await sealActDigest(env.db, body.act, body.sealId));
      }
      if ("matterId" in body) {
        const matter = await getMatter(env.db, body.matterId);
        await requireSeesMatter(env.db, personId, matter, env.clock.now());
        if (!matter.digest) throw problems.notFound();
        return beginStepUp(env, personId, body.act, body.matterId, matter.digest);
      }
      await requireMaySee(env.db, personId, body.requestId, env.clock.now());
      if (body.act === "remote-press") {
        const digest = await readLookDigest(env.db, body.requestId, body.lookId);
        return beginStepUp(env, personId, body.act, body.lookId, digest);
      }
      const row = await env.db
        .selectFrom("seal_use_requests")
        .select(["digest", "state", "use_mode"])
        .where("request_id", "=", body.requestId)
        .executeTakeFirst();
      if (!row?.digest) throw problems.notFound();
      // When a stamping has ended its photos are what is confirmed.
      const ofPhotos = body.act === "confirm" && row.use_mode === "by-hand" && row.state === "closed";
      const digest = ofPhotos ? digestOfStamping(await readHandImpressions(env.db, body.requestId)) : row.digest;
      return beginStepUp(env, personId, body.act, body.requestId, digest);
    },
    "GET /v1/seal-use-requests/:requestId/gate": async ({ params }, call) => {
      await requireMaySee(env.db, call.person().personId, params.requestId, env.clock.now());
      return show(await askGateFor(env, params.requestId));
    },
    "POST /v1/seal-use-requests/:requestId/stamping": async ({ params, body }, call) => {
      const { sealing, gate } = await present("release", params.requestId, body, call);
      return { open: sealing || gate.allowed, gate };
    },
    "POST /v1/seal-use-requests/:requestId/release": async ({ params, body }, call) =>
      present("release", params.requestId, body, call),
    "POST /v1/seal-use-requests/:requestId/confirm": async ({ params, body }, call) =>
      present("confirm", params.requestId, body, call),
  };
}
