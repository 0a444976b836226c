import type { Environment } from "../../platform/environment.ts";
import type { Telemetry } from "../../platform/telemetry.ts";
import { readMailStatus } from "./send-alarm-mail.ts";

/** Alarms that wait for somebody, and mail about them that did not go. */
export function addAlarmFigures(env: Environment, telemetry: Telemetry): void {
  telemetry.addGauge("chancery_alarms_open", "Alarms of controllers that nobody has acknowledged", async () => {
    const { count } = await env.db
      .selectFrom("alarms")
      .select((eb) => eb.fn.countAll<string>().as("count"))
      .where("state", "=", "open")
      .executeTakeFirstOrThrow();
    return Number(count);
  });
  telemetry.addGauge(
    "chancery_alarm_mails_unsent",
    "Mails about alarms of the last day that were not sent; anything but 0 wants a person",
    async () => (await readMailStatus(env)).unsent,
  );
}
