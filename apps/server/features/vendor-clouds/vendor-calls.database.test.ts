import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { createTestApp } from "../../platform/test-app.ts";
import { createTestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment } from "../../platform/test-environment.ts";
import { confirmCloud, registerCloud } from "./clouds.ts";

test("C09: a cloud calls in whatever form it has: answered at once, kept byte for byte, signed or not there, its secret in no log", async () => {
  const made = await createTestEnvironment();
  try {
    const { env } = made;
    const crew = await createTestCrew(env);
    // Who keeps a seal of the entity stands at its controllers, too.
    await crew.registerSeal("department", "LX-11");
    const { sealAdministrator, custodian } = crew.people;
    const cloud = await registerCloud(env, sealAdministrator, {
      ...{ entityId: crew.entityId, name: { en: "Cloud", zh: "厂商云" }, address: "https://cloud.example/base" },
      ...{ timeZone: "UTC", accessToken: "a-token", accessSecret: "a-secret", callKey: "a-call-key" },
    });
    const { app, logged } = await createTestApp(made);
    const send = (type: string, payload: string | Buffer, key = "a-call-key", url = cloud.callPath) =>
      app.inject({
        ...{ method: "POST", url, payload },
        headers: {
          ...{ host: "localhost:8080", "content-type": type },
          "x-seal-signature": createHmac("sha256", key).update(payload).digest("hex"),
        },
      });
    // Before a second person confirmed it, nobody calls.
    assert.equal((await send("application/json", "{}")).statusCode, 404);
    await confirmCloud(env, custodian, cloud.cloudId);
    const odd = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
    for (const [type, body] of [
      ["application/json", '{"businessId": 27, "status": "COMPLETE"}'],
      ["application/json", "{broken"],
      ["application/x-www-form-urlencoded", "businessId=27&status=COMPLETE"],
      ["text/xml", "<businessId>27</businessId>"],
      ["application/octet-stream", odd],
    ] as const) {
      const answer = await send(type, body);
      assert.equal(answer.statusCode, 200, type);
      assert.deepEqual(answer.json(), { code: 0, message: "success" });
    }
    const kept = await env.db.selectFrom("vendor_hints").select(["body", "vendor_ref"]).execute();
    assert.equal(kept.length, 5);
    assert.ok(kept.some(({ body }) => body.equals(odd)));
    assert.deepEqual(
      kept.flatMap((one) => one.vendor_ref ?? []),
      ["27"],
    );
    assert.equal((await send("application/json", "{}", "another-key")).statusCode, 404);
    const elsewhere = cloud.callPath.replace(/[^/]+$/, "A".repeat(43));
    assert.equal((await send("application/json", "{}", "a-call-key", elsewhere)).statusCode, 404);
    assert.equal((await send("application/json", "x".repeat(70_000))).statusCode, 413);
    assert.equal((await env.db.selectFrom("vendor_hints").select("key").execute()).length, 5);
    const secret = cloud.callPath.split("/").at(-1) ?? "";
    for (const line of logged)
      for (const word of [secret, "a-token", "a-secret", "a-call-key"]) assert.ok(!line.includes(word));
    await app.close();
  } finally {
    await made.close();
  }
});
