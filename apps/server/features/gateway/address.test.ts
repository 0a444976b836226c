import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, type GatewaySettings } from "./gateway.ts";

const broker = (url: string, change: { host?: string; port?: number } = {}): GatewaySettings["gateway"] => ({
  ...{ kind: "broker", url, host: undefined, port: 8883, ca: null, cert: null, key: null },
  ...change,
});

test("controllers are told of the listener that is theirs, under a name they can reach", () => {
  const at = (gateway: GatewaySettings["gateway"], publicUrl?: string): string | null =>
    addressOf({ host: "127.0.0.1", publicUrl, gateway });
  const seals = "https://seals.example.org";
  assert.equal(at({ kind: "off" }), null);
  const embedded = { kind: "embedded", always: true, host: undefined, port: 8883 } as const;
  assert.equal(at(embedded), "mqtts://127.0.0.1:8883");
  assert.equal(at(embedded, seals), "mqtts://seals.example.org:8883");
  assert.equal(at(broker("mqtts://127.0.0.1:8884"), seals), "mqtts://seals.example.org:8883");
  assert.equal(at(broker("mqtts://127.0.0.1:8884")), "mqtts://127.0.0.1:8883");
  assert.equal(at(broker("mqtts://broker.example.org:8884"), seals), "mqtts://broker.example.org:8883");
  const named = broker("mqtts://10.0.0.7:8884", { host: "boxes.example.org", port: 443 });
  assert.equal(at(named, seals), "mqtts://boxes.example.org:443");
  assert.equal(at(broker("mqtt://localhost:1883"), seals), "mqtt://localhost:1883");
});
