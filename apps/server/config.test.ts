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
    { CHANCERY_SAMPLE_REMOTE: "1", LOG_LEVEL: "warn" },
    { sampleRemote: true, logLevel: "warn" },
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
