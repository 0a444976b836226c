import { openTestEnvironment, type TestHandover } from "../../platform/test-environment.ts";
import { readSealFace } from "../seals/face.ts";
import { openSealSigner } from "../seals/keys.ts";
import { runSealJob, type SealingStep } from "./seal-job.ts";

/** What a second process of the tests is told: to run the job, and where to end itself as a killed one would. */
export interface ChildOrders {
  handover: TestHandover;
  requestId: string;
  /** At the first time it reaches this step, or at the n-th step it reaches. */
  killAt: SealingStep | number;
}

const { handover, requestId, killAt } = JSON.parse(process.argv[2] ?? "") as ChildOrders;
const { env } = await openTestEnvironment(handover);
let reached = 0;
await runSealJob(
  env,
  {
    openSigner: (sealId) => openSealSigner(env, sealId),
    readFace: (sealId) => readSealFace(env, sealId),
    reached: (step) => {
      reached += 1;
      if (killAt === step || killAt === reached) process.kill(process.pid, "SIGKILL");
    },
  },
  requestId,
);
process.exit(7);
