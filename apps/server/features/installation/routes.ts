import { randomBytes } from "node:crypto";
import { describeApi, type OpenApi } from "@chancery/api/openapi";
import type { Role } from "@chancery/domain";
import { sql } from "kysely";
import type { Call, Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError, problems } from "../../platform/problems.ts";
import type { Platform } from "../handlers.ts";
import { describeNewSession } from "../identity/describe-session.ts";
import { hashPassword } from "../identity/password.ts";
import { signIn } from "../identity/sign-in.ts";
import { readGrants } from "../organisation/read-grants.ts";
import { listSummaries } from "../requests/summaries.ts";
import { makeSample, sampleSize } from "./sample/make-sample.ts";
import { digestOfCode, notEmpty, setUp } from "./set-up.ts";

type Mine =
  | "GET /v1/installation"
  | "POST /v1/installation/sample"
  | "GET /v1/installation/sample"
  | "POST /v1/installation/setup"
  | "GET /v1/sample/people"
  | "POST /v1/sample/sign-in"
  | "GET /v1/healthz"
  | "GET /v1/openapi.json"
  | "GET /metrics";

const version = "0.1.0";
const sampleRefused = (): ProblemError =>
  new ProblemError(403, "sample.only-here", {
    en: "The sample opens only on the machine it runs on. Set CHANCERY_SAMPLE_REMOTE=1 to allow it from elsewhere.",
    zh: "示例只能在运行它的机器上打开。如需从别处访问，请设置 CHANCERY_SAMPLE_REMOTE=1。",
  });

/** While the installation is empty: makes a fresh one-time code and prints the link with it on the console. */
export async function printSetupCode(env: Environment, log: (line: string) => void): Promise<void> {
  const row = await env.db.selectFrom("installation").select("state").executeTakeFirstOrThrow();
  if (row.state !== "empty") return;
  const code = randomBytes(12).toString("base64url");
  await env.db
    .updateTable("installation")
    .set({ setup_code_hash: digestOfCode(code) })
    .execute();
  log(`To set up your own organisation: ${env.origin}/setup#code=${code}`);
}

async function readDatabaseVersion(env: Environment): Promise<string> {
  const answer = await sql<{ v: string }>`select current_setting('server_version') as v`.execute(env.db);
  return answer.rows[0]?.v ?? "";
}

export function installationHandlers(env: Environment, platform: Platform): Pick<Handlers, Mine> {
  let progress = { done: 0, total: sampleSize, failed: false };
  let running = false;
  let description: OpenApi | undefined;
  const state = async () => await env.db.selectFrom("installation").selectAll().executeTakeFirstOrThrow();
  const sampleAllowed = (call: Call): boolean => call.fromLoopback || platform.config.sampleRemote;
  const begin = (): void => {
    if (running) return;
    running = true;
    progress = { done: 0, total: sampleSize, failed: false };
    makeSample(env, platform, (done) => {
      progress = { ...progress, done };
      tell();
    })
      .catch((error: unknown) => {
        progress = { ...progress, failed: true };
        env.logger.error({ err: error }, "the sample could not be made");
      })
      .finally(() => {
        running = false;
        tell();
      });
  };
  let next = Promise.withResolvers<void>();
  const tell = (): void => {
    next.resolve();
    next = Promise.withResolvers<void>();
  };
  /** Resolves when the sample is further than that, when nobody works on it any more, or after ten seconds. */
  const waitForProgress = async (after: number): Promise<void> => {
    const enough = Promise.withResolvers<"enough">();
    const timer = setTimeout(() => enough.resolve("enough"), 10_000);
    while (running && progress.done <= after)
      if ((await Promise.race([next.promise, enough.promise])) === "enough") break;
    clearTimeout(timer);
  };
  return {
    "GET /v1/healthz": async () => ({ done: true as const }),
    "GET /v1/openapi.json": async () => {
      // Made when first asked for: most starts never need it.
      description ??= describeApi();
      return description;
    },
    "GET /metrics": () => platform.telemetry.read(),
    "GET /v1/installation": async (_, call) => {
      const row = await state();
      const plain = env.origin.startsWith("http:");
      // Versions and places help who looks for holes. They are for who sets the machine up, and who looks after it.
      const settingUp = ["empty", "preparing-sample"].includes(row.state) && call.fromLoopback;
      const told = settingUp || call.signedIn?.permissions.has("organisation.manage") === true;
      const databaseVersion = told ? ` ${await readDatabaseVersion(env)}` : "";
      return {
        state: row.state as "empty",
        name: row.name_en && row.name_zh ? { en: row.name_en, zh: row.name_zh } : null,
        version,
        sampleAllowed: sampleAllowed(call),
        checks: [
          {
            id: "database" as const,
            state: "good" as const,
            detail: { en: `PostgreSQL${databaseVersion}`, zh: `PostgreSQL${databaseVersion}` },
          },
          {
            id: "ledger-key" as const,
            state: "good" as const,
            detail: { en: platform.ledger.vkey.slice(0, 40), zh: platform.ledger.vkey.slice(0, 40) },
          },
          {
            id: "master-key" as const,
            state: "good" as const,
            detail: told
              ? { en: platform.masterKeyPlace, zh: platform.masterKeyPlace }
              : { en: "in place", zh: "已就绪" },
          },
          {
            id: "transport" as const,
            state: plain ? ("attention" as const) : ("good" as const),
            detail: plain
              ? { en: "Plain http: fine on this machine, not beyond.", zh: "明文 http：仅限本机使用。" }
              : { en: "https", zh: "https" },
          },
        ],
      };
    },
    "POST /v1/installation/sample": async (_, call) => {
      if (!sampleAllowed(call)) throw sampleRefused();
      const claimed = await env.db
        .updateTable("installation")
        .set({ state: "preparing-sample" })
        .where("state", "=", "empty")
        .executeTakeFirst();
      const row = await state();
      if (claimed.numUpdatedRows === 0n && row.state !== "preparing-sample") {
        if (row.state === "sample") return { state: "sample" as const };
        throw notEmpty();
      }
      begin();
      return { state: "preparing-sample" as const };
    },
    "GET /v1/installation/sample": async ({ query }) => {
      if (query.after !== undefined) await waitForProgress(query.after);
      const row = await state();
      // A process that ended in the middle: the next look goes on where it stopped.
      if (row.state === "preparing-sample" && !running && !progress.failed) begin();
      return {
        state: row.state === "preparing-sample" && progress.failed ? ("failed" as const) : (row.state as "empty"),
        done: row.state === "sample" ? progress.total : progress.done,
        total: progress.total,
      };
    },
    "POST /v1/installation/setup": async ({ body }, call) => {
      if ((await state()).state !== "empty") throw notEmpty();
      const personId = await setUp(
        env,
        {
          ...{ profile: body.profile, name: body.organisation, entity: body.entity },
          ...{ administrator: body.administrator, ...(body.starterSet ? { starterSet: body.starterSet } : {}) },
        },
        { kind: "code", setupCode: body.setupCode, passwordHash: await hashPassword(body.administrator.password) },
      );
      return describeNewSession(env, await signIn(env, call, personId, "password"));
    },
    "GET /v1/sample/people": async (_, call) => {
      if ((await state()).state !== "sample") throw problems.notFound();
      if (!sampleAllowed(call)) throw sampleRefused();
      const rows = await env.db
        .selectFrom("people as p")
        .leftJoin("units as u", "u.unit_id", "p.unit_id")
        .leftJoin("entities as e", "e.entity_id", "p.entity_id")
        .selectAll("p")
        .select(["u.name_en as unit_en", "u.name_zh as unit_zh", "e.name_en as entity_en", "e.name_zh as entity_zh"])
        .where("p.state", "=", "active")
        .orderBy("p.created_at")
        .execute();
      const grants = await readGrants(env.db, { named: true });
      const people = [];
      for (const row of rows) {
        people.push({
          personId: row.person_id,
          name: { en: row.name_en, zh: row.name_zh },
          unit: row.unit_en && row.unit_zh ? { en: row.unit_en, zh: row.unit_zh } : null,
          entity: row.entity_en && row.entity_zh ? { en: row.entity_en, zh: row.entity_zh } : null,
          guest: row.guest,
          roles: [
            ...new Set(grants.filter((grant) => grant.personId === row.person_id).map((grant) => grant.role)),
          ] as Role[],
          waiting: (await listSummaries(env, row.person_id, { view: "waiting" })).items.length,
        });
      }
      return { people };
    },
    "POST /v1/sample/sign-in": async ({ body }, call) => {
      if ((await state()).state !== "sample") throw problems.notFound();
      if (!sampleAllowed(call)) throw sampleRefused();
      const person = await env.db
        .selectFrom("people")
        .select("person_id")
        .where("person_id", "=", body.personId)
        .where("state", "=", "active")
        .executeTakeFirst();
      if (!person) throw problems.notFound();
      return describeNewSession(env, await signIn(env, call, person.person_id, "sample"));
    },
  };
}
