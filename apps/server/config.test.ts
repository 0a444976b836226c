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
    {
      gateway: {
        ...{ kind: "broker", url: "mqtts://broker.example.org:8884", host: undefined, port: 8883 },
        ...{ ca: "/etc/ca.pem", cert: null, key: null },
      },
    },
  ],
  [{}, { mail: null }],
  [
    { SMTP_URL: "smtp://seals%40example.org:p%40ss@mail.example.org", MAIL_FROM: "Seals 印章 <seals@Example.org>" },
    {
      mail: {
        ...{ host: "mail.example.org", port: 587, implicitTls: false, startTls: "required", caFile: null },
        login: { user: "seals@example.org", password: "p@ss" },
        from: { name: "Seals 印章", address: "seals@example.org" },
      },
    },
  ],
  [
    { SMTP_URL: "smtps://[2001:db8::1]:4650/", MAIL_FROM: "seals@example.org" },
    { mail: { host: "2001:db8::1", port: 4650, implicitTls: true, login: null, from: { name: "" } } },
  ],
  [
    { SMTP_URL: "smtp://localhost:25", MAIL_FROM: "seals@example.org" },
    { mail: { host: "localhost", port: 25, startTls: "opportunistic" } },
  ],
  [
    { SMTP_URL: "smtp://relay.example.org", MAIL_FROM: "seals@example.org", SMTP_STARTTLS: "off" },
    { mail: { startTls: "off", login: null } },
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
  ...[
    "mail.example.org",
    "http://mail.example.org",
    "smtp://user:hidden%ZZ@mail.example.org",
    "smtp://mail.example.org/path",
    "smtp://mail.example.org?x=1",
  ].map((value): [Record<string, string>, RegExp[]] => [
    { SMTP_URL: value, MAIL_FROM: "seals@example.org" },
    [/^SMTP_URL: is a mail server's address (?!.*hidden)/],
  ]),
  ...["Seals", "seals@example.org\r\nBcc: x@example.org", 'x" <seals@example.org>'].map(
    (value): [Record<string, string>, RegExp[]] => [
      { SMTP_URL: "smtp://mail.example.org", MAIL_FROM: value },
      [/^MAIL_FROM: is the address that mail comes from/],
    ],
  ),
  [{ SMTP_URL: "smtp://mail.example.org" }, [/^MAIL_FROM: goes with SMTP_URL/]],
  [
    { MAIL_FROM: "seals@example.org", SMTP_PASSWORD_FILE: "/nowhere", SMTP_STARTTLS: "off", SMTP_CA: "/nowhere" },
    [/^MAIL_FROM: goes with/, /^SMTP_PASSWORD_FILE: goes with/, /^SMTP_STARTTLS: goes with/, /^SMTP_CA: goes with/],
  ],
  [
    {
      ...{ SMTP_URL: "smtp://user:secret@mail.example.org", MAIL_FROM: "seals@example.org" },
      ...{ SMTP_PASSWORD_FILE: "/nowhere/password", SMTP_CA: "/nowhere/ca.pem", SMTP_STARTTLS: "off" },
    },
    [
      /^SMTP_CA: \/nowhere\/ca.pem cannot be read/,
      /^SMTP_PASSWORD_FILE: SMTP_URL holds a password already(?!.*secret)/,
      /^SMTP_PASSWORD_FILE: \/nowhere\/password cannot be read/,
      /^SMTP_STARTTLS: a password goes only over TLS(?!.*secret)/,
    ],
  ],
  [
    { SMTP_URL: "smtp://user@mail.example.org", MAIL_FROM: "seals@example.org" },
    [/^SMTP_PASSWORD_FILE: the login of SMTP_URL has no password/],
  ],
  [
    { SMTP_URL: "smtps://mail.example.org", MAIL_FROM: "seals@example.org", SMTP_STARTTLS: "required" },
    [/^SMTP_STARTTLS: goes with smtp:\/\//],
  ],
  [{ SMTP_STARTTLS: "maybe" }, [/^SMTP_STARTTLS: is required, opportunistic or off/]],
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
