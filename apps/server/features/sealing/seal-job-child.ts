import { openTestEnvironment, type TestHandover } from "../../platform/test-environment.ts";
import { readSealFace } from "../seals/face.ts";
import { openSealSigner } from "../seals/keys.ts";
import { runSealJob, type SealingStep } from "./seal-job.ts";

/** A second process for the tests: runs the sealing job and ends itself with SIGKILL at the step it is told. */
const { handover, requestId, killAt } = JSON.parse(process.argv[2] ?? "") as {
  handover: TestHandover;
  requestId: string;
  killAt: SealingStep;
};
const { env } = await openTestEnvironment(handover);
await runSealJob(
  env,
  {
    openSigner: (sealId) => openSealSigner(env, sealId),
    readFace: (sealId) => readSealFace(env, sealId),
    reached: (step) => {
      if (step === killAt) process.kill(process.pid, "SIGKILL");
    },
  },
  requestId,
);
process.exit(7);
