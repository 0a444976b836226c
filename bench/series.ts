import { decideStep } from "../apps/server/features/approvals/service.ts";
import { makeSeries } from "../apps/server/features/document-series/make-series.ts";
import {
  applyForSeries,
  beginInTest,
  openAllDrawn,
  registerForm,
  testLine,
  testList,
} from "../apps/server/features/document-series/test-series.ts";
import { checkRequest } from "../apps/server/features/requests/check-request.ts";
import { loadRequest } from "../apps/server/features/requests/load-request.ts";
import { submitRequest } from "../apps/server/features/requests/submit-service.ts";
import { runSealJob } from "../apps/server/features/sealing/seal-job.ts";
import { sealingPorts } from "../apps/server/features/sealing/test-sealing.ts";
import { createTestCrew } from "../apps/server/platform/test-crew.ts";
import { presentInTest, releaseInTest } from "../apps/server/platform/test-walk.ts";
import { withDatabase } from "./database.ts";
import { makeEnvironment } from "./environment.ts";
import type { BenchLine } from "./line.ts";

/** So many documents of one list, and what they may take; somebody waits at the page for all but the sealing. */
const documents = Number(process.env.SERIES_DOCUMENTS ?? 300);
const limits = { making: 30_000, check: 2000, submit: 2000, sealing: 120_000 } as const;

/** A series from its list to its last sealed file, on the embedded server. */
export function benchSeries(): Promise<BenchLine[]> {
  return withDatabase(async (connections, folder) => {
    const env = await makeEnvironment(connections, folder);
    const took: Record<keyof typeof limits, number> = { making: 0, check: 0, submit: 0, sealing: 0 };
    const time = async <T>(what: keyof typeof limits, act: () => Promise<T>): Promise<T> => {
      const begun = performance.now();
      const made = await act();
      took[what] = performance.now() - begun;
      return made;
    };
    try {
      const crew = await createTestCrew(env);
      const { applicant } = crew.people;
      const sealId = await crew.registerSeal("contract", "LX-01");
      const { versionId } = await registerForm(env, crew);
      const list = testList(Array.from({ length: documents }, (_, at) => testLine(at + 1)));
      const seriesId = await time("making", async () => {
        const begun = await beginInTest(env, crew, versionId, list);
        await makeSeries(env, begun.seriesId ?? "");
        return begun.seriesId ?? "";
      });
      const requestId = await applyForSeries(env, crew, sealId, seriesId);
      const { refusals } = await time("check", async () =>
        checkRequest(env.db, env, await loadRequest(env.db, requestId)),
      );
      if (refusals.length > 0) throw new Error(`the series is refused: ${refusals.map(({ code }) => code).join(" ")}`);
      await time("submit", () => submitRequest(env, applicant, requestId));
      for (;;) {
        const { row, steps } = await loadRequest(env.db, requestId);
        const step = steps.find((one) => one.state === "current");
        const person = step?.candidates.find((id) => Object.values(crew.people).includes(id));
        if (!step || !person) break;
        await openAllDrawn(env, person, requestId);
        const [digest, stepId] = [row.digest ?? "", step.stepId];
        const stepUpId = await presentInTest(env, person, "approve", requestId, digest);
        const presence = { stepUpId, method: "password" } as const;
        await decideStep(env, person, { requestId, stepId, decision: "approve", comment: "", digest, presence });
      }
      await time("sealing", async () => {
        await releaseInTest(env, crew, requestId);
        await runSealJob(env, sealingPorts({ env }), requestId);
      });
      const { row } = await loadRequest(env.db, requestId);
      if (row.state !== "registered") throw new Error(`the series is ${row.state}`);
    } finally {
      await env.db.destroy();
    }
    return (Object.keys(limits) as (keyof typeof limits)[]).map((what) => ({
      ...{ name: `series of ${documents}: ${what}`, value: took[what], unit: "ms" },
      ...{ ratio: limits[what] / took[what], against: `at most ${limits[what] / 1000} s` },
    }));
  });
}
