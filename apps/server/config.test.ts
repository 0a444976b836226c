import assert from "node:assert/strict";
import { test } from "node:test";
import { loadConfig } from "./config.ts";

const accepted: readonly [env: Record<string, string>, part: object][] = [
  [
    {},
    { port: 8080, host: "127.0.0.1", trustProxy: undefined, tls: undefined, publicUrl: undefined, postgresUid: 64123 },
  ],
  [
    { PORT: "9000", HOST: "" },
    { port: 9000, host: "127.0.0.1" },
  ],
  [{ PUBLIC_URL: "http://localhost:9000/" }, { publicUrl: "http://localhost:9000" }],
  [{ HOST: "0.0.0.0", TRUST_PROXY: "10.0.0.1", PUBLIC_URL: "https://seals.example.org" }, { trustProxy: "10.0.0.1" }],
  [
    { TRUST_PROXY: "loopback, 10.1.0.0/16,fd00::/8", PUBLIC_URL: "https://a.example" },
    { trustProxy: "loopback, 10.1.0.0/16,fd00::/8" },
  ],
  [
    { CHANCERY_SAMPLE_REMOTE: "1", LOG_LEVEL: "warn" },
    { sampleRemote: true, lab: false, logLevel: "warn" },
  ],
  [{ CHANCERY_LAB: "1" }, { lab: true }],
  [{}, { gateway: { kind: "embedded", always: false, host: undefined, port: 8883 } }],
  [
    { CHANCERY_MQTT: "embedded", CHANCERY_MQTT_PORT: "0" },
    { gateway: { kind: "embedded", always: true, host: undefined, port: 0 } },
  ],
  [{ CHANCERY_MQTT: "off" }, { gateway: { kind: "off" } }],
  [
    { CHANCERY_MQTT: "mqtts://broker.example.org:8884", CHANCERY_MQTT_CA: "/etc/ca.pem" },
    { gateway: { kind: "broker", url: "mqtts://broker.example.org:8884", ca: "/etc/ca.pem", cert: null, key: null } },
  ],
];
for (const [env, part] of accepted) {
  test(`settings accepted: ${JSON.stringify(env)}`, () => {
    const answer = loadConfig(env);
    assert.ok(answer.ok);
    assert.partialDeepStrictEqual(answer.config, part);
  });
}

const refused: readonly [env: Record<string, string>, says: RegExp[]][] = [
  [{ PORT: "none", LOG_LEVEL: "loud", DATABASE_URL: "mysql://x" }, [/^PORT:/, /^DATABASE_URL:/, /^LOG_LEVEL:/]],
  [
    { PORT: "99999", HOST: "0.0.0.0", TLS_KEY: "a.pem", CHANCERY_MASTER_KEY: "a", CHANCERY_MASTER_KEY_FILE: "b" },
    [/^PORT: is a whole number/, /^TLS_CERT:/, /^CHANCERY_MASTER_KEY:/, /^HOST:.*plain http/],
  ],
  [{ DATABASE_URL: "postgresql://user:secret@[bad" }, [/^DATABASE_URL: (?!.*secret)/]],
  ...["true", "1", "proxy.internal", "10.0.0.0/33", "10.0.0.1,"].map((value): [Record<string, string>, RegExp[]] => [
    { TRUST_PROXY: value },
    [/^TRUST_PROXY: is the address/],
  ]),
  [{ CHANCERY_MQTT: "mqtt://broker.example.org" }, [/^CHANCERY_MQTT: is off, embedded, or a broker's address/]],
  [{ CHANCERY_METRICS_TOKEN: "short" }, [/^CHANCERY_METRICS_TOKEN: has at least 24/]],
  [{ PUBLIC_URL: "http://localhost:8080", TLS_CERT: "a", TLS_KEY: "b" }, [/^PUBLIC_URL: with TLS_CERT/]],
  [{ HOST: "0.0.0.0", TRUST_PROXY: "10.0.0.1" }, [/^PUBLIC_URL: the address people open/]],
  [{ HOST: "0.0.0.0" }, [/^HOST:.*TLS_CERT.*TRUST_PROXY/]],
  [{ PUBLIC_URL: "http://seals.example.org" }, [/^PUBLIC_URL:.*TLS_CERT.*TRUST_PROXY/]],
  [{ PUBLIC_URL: "https://seals.example.org" }, [/^PUBLIC_URL: nothing here speaks https/]],
  [{ PUBLIC_URL: "https://a.example/path" }, [/^PUBLIC_URL: is an address/]],
  [{ TLS_CERT: "a.pem" }, [/^TLS_CERT:.*together/]],
  [{ CHANCERY_MASTER_KEY: "a", CHANCERY_MASTER_KEY_FILE: "b" }, [/^CHANCERY_MASTER_KEY:/]],
  [{ CHANCERY_CONFIG: "/nowhere/at/all.json" }, [/^CHANCERY_CONFIG:.*cannot be read/]],
];
for (const [env, says] of refused) {
  test(`settings refused, all at once: ${JSON.stringify(env)}`, () => {
    const answer = loadConfig(env);
    assert.ok(!answer.ok);
    assert.equal(answer.problems.length, says.length, answer.problems.join("; "));
    for (const [at, pattern] of says.entries()) assert.match(answer.problems[at] ?? "", pattern);
  });
}
