import { presentBox, startBox } from "../../controllers/box.ts";
import { confirmController } from "../../controllers/enrol.ts";
import { ingestRecords } from "../../controllers/ingest.ts";
import { registerController } from "../../controllers/service.ts";
import { addContainer } from "../../custody/containers.ts";
import { sampleSession } from "../../gateway/gateway.ts";
import { takePresence } from "../../gateway/presence.ts";
import type { SampleForCustody } from "./custody.ts";

const boxes = [
  { name: { en: "Front desk", zh: "前台" }, address: "B座 3 层前台 · Block B, floor 3", serial: "YK-2026-0417" },
  { name: { en: "Works office", zh: "厂区办公室" }, address: "厂区一楼 · Works, ground floor", serial: "YK-2026-0418" },
];

/** One controller that two people enrolled, and one whose box nobody has paired yet. */
export async function enrolSampleControllers({ env, people, entityId }: SampleForCustody): Promise<void> {
  for (const [at, { name, address, serial }] of boxes.entries()) {
    const { containerId } = await addContainer(env, people.gao, {
      ...{
        entityId,
        kind: "controller",
        address,
        camera: "",
        insideMonitoring: true,
        goodForImportant: true,
        locks: [],
      },
      name: { en: `Controller, ${name.en}`, zh: `印控仪（${name.zh}）` },
    });
    const { controllerId, pairingCode } = await registerController(env, people.gao, {
      ...{ entityId, serial, model: "S1", name, containerId },
    });
    if (at > 0) continue;
    const presented = await presentBox(env, { serial, pairingCode });
    await confirmController(env, people.chen, controllerId, presented.comparisonCode);
    const { controller } = await startBox(env, presented);
    await ingestRecords(env, {
      ...{ controllerId, payload: Buffer.from((await controller.printJournal()).trim()) },
      ...{ receivedAt: env.clock.now(), liveAfter: null },
    });
    // It is made up, and nobody is there now.
    for (const s of ["online", "offline"])
      await takePresence(
        env,
        controllerId,
        Buffer.from(JSON.stringify({ s, sid: sampleSession, fw: "1.0.0", ep: 1, seq: 1, bat: 82, net: "4g" })),
      );
  }
}
