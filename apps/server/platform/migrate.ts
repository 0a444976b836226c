import { createHash } from "node:crypto";
import { runMigrations } from "graphile-worker";
import { Kysely, PostgresDialect } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import pg from "pg";
import * as first from "../migrations/0001-first.ts";
import * as keeping from "../migrations/0002-keeping.ts";
import * as bodies from "../migrations/0003-bodies.ts";
import * as custody from "../migrations/0004-custody.ts";
import * as life from "../migrations/0005-life.ts";
import * as registers from "../migrations/0006-registers.ts";
import * as guards from "../migrations/0007-guards.ts";
import * as delegation from "../migrations/0008-delegation.ts";
import * as organisation from "../migrations/0009-organisation.ts";
import * as fitness from "../migrations/0010-fitness.ts";
import * as certificateOrder from "../migrations/0011-certificate-order.ts";
import * as manyLines from "../migrations/0012-many-lines.ts";
import * as ruleBook from "../migrations/0013-rule-book.ts";
import * as forms from "../migrations/0014-forms.ts";
import * as openingStock from "../migrations/0015-opening-stock.ts";
import * as specimensLodged from "../migrations/0016-specimens-lodged.ts";
import * as leaveEnd from "../migrations/0017-leave-end.ts";
import * as rulesOfUse from "../migrations/0018-rules-of-use.ts";
import * as backtests from "../migrations/0019-backtests.ts";
import * as deciding from "../migrations/0020-deciding.ts";
import * as secondCounts from "../migrations/0021-second-counts.ts";
import * as positions from "../migrations/0022-positions.ts";
import * as templates from "../migrations/0023-templates.ts";
import * as documentFacts from "../migrations/0024-document-facts.ts";
import * as questions from "../migrations/0025-questions.ts";
import * as emergency from "../migrations/0026-emergency.ts";
import * as standing from "../migrations/0027-standing.ts";
import * as documentClasses from "../migrations/0029-document-classes.ts";
import * as blankSheets from "../migrations/0030-blank-sheets.ts";
import * as documentSeries from "../migrations/0031-document-series.ts";
import * as confidential from "../migrations/0033-confidential.ts";
import * as goesInUse from "../migrations/0034-goes-in-use.ts";
import * as evidenceTakenOut from "../migrations/0036-evidence-taken-out.ts";
import * as joint from "../migrations/0038-joint.ts";
import * as sheetsSealed from "../migrations/0040-sheets-sealed.ts";
import * as lostSeals from "../migrations/0042-lost-seals.ts";
import * as routeShortened from "../migrations/0044-route-shortened.ts";
import * as owedPapers from "../migrations/0046-owed-papers.ts";
import * as jointIndex from "../migrations/0048-joint-index.ts";
import * as byHand from "../migrations/0050-by-hand.ts";
import * as printedCopies from "../migrations/0052-printed-copies.ts";
import * as sheetsByRoute from "../migrations/0060-sheets-by-route.ts";
import * as papersConfirmed from "../migrations/0061-papers-confirmed.ts";
import * as paperReadings from "../migrations/0062-paper-readings.ts";
import * as classConfidential from "../migrations/0063-class-confidential.ts";
import * as controllers from "../migrations/0070-controllers.ts";
import * as controllerJournals from "../migrations/0071-controller-journals.ts";
import * as controllerPhotos from "../migrations/0072-controller-photos.ts";
import * as stampedCopies from "../migrations/0080-stamped-copies.ts";
import * as pageWords from "../migrations/0081-page-words.ts";
import * as authority from "../migrations/0090-authority.ts";
import * as finalCopies from "../migrations/0091-final-copies.ts";
import * as drawnCompared from "../migrations/0092-drawn-compared.ts";
import * as lettersCompared from "../migrations/0093-letters-compared.ts";
import * as makeUp from "../migrations/0096-make-up.ts";
import * as counterChecks from "../migrations/0097-counter-checks.ts";
import * as alarms from "../migrations/0100-alarms.ts";
import * as askedBefore from "../migrations/0104-asked-before.ts";
import * as foreignPaper from "../migrations/0110-foreign-paper.ts";
import * as sealedSheetsStay from "../migrations/0115-sealed-sheets-stay.ts";
import * as slipAnswers from "../migrations/0116-slip-answers.ts";
import * as paperKinds from "../migrations/0119-paper-kinds.ts";
import * as sameWords from "../migrations/0122-same-words.ts";
import * as vendorClouds from "../migrations/0123-vendor-clouds.ts";
import * as counterReadings from "../migrations/0124-counter-readings.ts";
import * as remoteSupervision from "../migrations/0125-remote-supervision.ts";
import * as rulingsWithEvidence from "../migrations/0126-rulings-with-evidence.ts";
import * as emergencyOnPaper from "../migrations/0134-emergency-on-paper.ts";
import * as sheetReports from "../migrations/0135-sheet-reports.ts";
import * as pressPictures from "../migrations/0138-press-pictures.ts";
import * as remoteRefusals from "../migrations/0139-remote-refusals.ts";
import * as controllerSettings from "../migrations/0140-controller-settings.ts";
import * as certificateRenewal from "../migrations/0141-certificate-renewal.ts";
import * as controllerEpochs from "../migrations/0142-controller-epochs.ts";
import * as dockedStamping from "../migrations/0143-docked-stamping.ts";
import * as epochsAgain from "../migrations/0144-epochs-again.ts";
import * as counterBeyond from "../migrations/0145-counter-beyond.ts";
import * as givenPhotos from "../migrations/0147-given-photos.ts";
import * as latePhotos from "../migrations/0148-late-photos.ts";
import * as drawnPhotos from "../migrations/0149-drawn-photos.ts";
import * as bookedByCode from "../migrations/0150-booked-by-code.ts";
import * as plainValues from "../migrations/0151-plain-values.ts";
import * as shownStamping from "../migrations/0154-shown-stamping.ts";
import * as retakenPhotos from "../migrations/0155-retaken-photos.ts";
import * as pagesByCode from "../migrations/0156-pages-by-code.ts";
import * as putAway from "../migrations/0157-put-away.ts";
import * as branchNames from "../migrations/0160-branch-names.ts";
import * as bindingWords from "../migrations/0161-binding-words.ts";
import * as readAgain from "../migrations/0164-read-again.ts";

/** How to reach the server with the role that may migrate: the embedded server's, or DATABASE_URL's. */
export type AdminConnection = pg.ClientConfig & { database: string };
/** Connections for the roles the application works with; it never works as the role that migrates. */
export interface RoleConnections {
  app: pg.PoolConfig;
  sequencer: pg.PoolConfig;
  jobs: pg.PoolConfig;
}
export type MigrateAnswer =
  | { ok: true; connections: RoleConnections }
  | { ok: false; code: "database.too-old" | "database.other-version" | "database.roles-missing"; message: string };

/** The roles of one installation, each named `prefix_kind`. */
export const roleKinds = ["owner", "app", "sequencer", "jobs", "authority"] as const;
type RoleKind = (typeof roleKinds)[number];

/**
 * Brings the database to the newest schema and makes the roles: owner (migrations only), app, sequencer, jobs, authority.
 * `rolePassword` gives a stable secret for each role (derived from the master key); it is set anew at each start, so a
 * changed master key does not lock anybody out.
 */
export async function migrate(admin: AdminConnection, rolePassword: (role: string) => string): Promise<MigrateAnswer> {
  const client = new pg.Client(admin);
  await client.connect();
  try {
    const version = Number((await client.query("show server_version_num")).rows[0].server_version_num);
    if (version < 150000)
      return {
        ok: false,
        code: "database.too-old",
        message: `PostgreSQL 15 or newer is needed; this server is ${version}.`,
      };
    await client.query("select pg_advisory_lock(7262347)");
    const names = await roleNames(client, admin.database);
    const foreign = await findForeignMigration(client, names.owner, Object.keys(listMigrations(names)));
    if (foreign !== null)
      return {
        ok: false,
        code: "database.other-version",
        message: `These data were last used by another version of Chancery (their schema has ${foreign}, which this one does not know). Start that version or a newer one; nothing was changed.`,
      };
    const missing = await makeRoles(client, names, admin.database, rolePassword);
    if (missing) return { ok: false, code: "database.roles-missing", message: missing };
    await migrateSchema(admin, names);
    const connect = (kind: RoleKind): pg.PoolConfig => {
      const { connectionString: _, ...rest } = admin;
      return { ...rest, user: names[kind], password: rolePassword(names[kind]) };
    };
    await runGraphileMigrations(connect("jobs"), client, names);
    return { ok: true, connections: { app: connect("app"), sequencer: connect("sequencer"), jobs: connect("jobs") } };
  } finally {
    await client.end();
  }
}

/** How the authority of the controllers reaches the database: with a role of its own, beside the application's. */
export function authorityConnection(app: pg.PoolConfig, rolePassword: (role: string) => string): pg.PoolConfig {
  const user = String(app.user).replace(/_app$/, "_authority");
  return { ...app, user, password: rolePassword(user) };
}

async function roleNames(client: pg.Client, database: string): Promise<Record<RoleKind, string>> {
  // Roles belong to the whole server: the prefix keeps two installations on one server apart, and is written into the
  // database so that a copy of it goes on with the roles it was granted to.
  const known = await client.query("select to_regclass('public.role_prefix') is not null as there");
  let prefix = `chancery_${createHash("sha256").update(database).digest("hex").slice(0, 8)}`;
  if (known.rows[0].there) prefix = (await client.query("select prefix from role_prefix")).rows[0].prefix;
  return {
    ...{ owner: `${prefix}_owner`, app: `${prefix}_app`, sequencer: `${prefix}_sequencer`, jobs: `${prefix}_jobs` },
    authority: `${prefix}_authority`,
  };
}

async function makeRoles(
  client: pg.Client,
  names: Record<RoleKind, string>,
  database: string,
  rolePassword: (role: string) => string,
): Promise<string | null> {
  const statements: string[] = [];
  for (const kind of roleKinds) {
    const there = await client.query("select 1 from pg_roles where rolname = $1", [names[kind]]);
    if (there.rowCount === 0)
      statements.push(
        `create role ${names[kind]} ${kind === "owner" ? "nologin" : "login"} nosuperuser nocreatedb nocreaterole`,
      );
  }
  const quoted = client.escapeIdentifier(database);
  const rights = [
    `grant ${names.owner} to current_user`,
    `grant connect on database ${quoted} to ${names.app}, ${names.sequencer}, ${names.jobs}, ${names.authority}`,
    `grant create, usage on schema public to ${names.owner}`,
    `grant usage on schema public to ${names.jobs}`,
    `grant ${names.jobs} to current_user`,
    `create schema if not exists graphile_worker authorization ${names.jobs}`,
  ];
  try {
    for (const statement of [...statements, ...rights]) await client.query(statement);
    for (const kind of roleKinds) {
      if (kind !== "owner")
        await client.query(`alter role ${names[kind]} password ${client.escapeLiteral(rolePassword(names[kind]))}`);
    }
    return null;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== "42501") throw error;
    // It makes five roles, and sets their passwords at each start; so it needs the right to, and the database itself.
    const { me } = (await client.query<{ me: string }>("select quote_ident(current_user) as me")).rows[0] ?? { me: "" };
    return `The role of DATABASE_URL may not make the roles this product works with. Have an administrator of the server run: alter role ${me} createrole; alter database ${quoted} owner to ${me}; then start again.`;
  }
}

/** What was done to the data so far, against what this version would have done: the first of it that is unknown here. */
async function findForeignMigration(
  client: pg.Client,
  owner: string,
  known: readonly string[],
): Promise<string | null> {
  const { rows: there } = await client.query<{ kept: boolean; mine: boolean | null }>(
    `select to_regclass('kysely_migration') is not null as kept,
       has_table_privilege(to_regclass('kysely_migration'), 'select') as mine`,
  );
  if (there[0]?.kept !== true) return null;
  // Whoever migrates may become the owner, and is not always given what is the owner's.
  if (there[0].mine !== true) await client.query(`set role ${owner}`);
  const { rows } = await client.query<{ name: string }>('select name from kysely_migration order by name collate "C"');
  await client.query("reset role");
  const order = known.toSorted();
  return rows.find(({ name }, at) => order[at] !== name)?.name ?? null;
}

function listMigrations(names: Record<RoleKind, string>): Record<string, Migration> {
  return {
    "0001-first": {
      up: (at) =>
        first.up(at, { app: names.app, sequencer: names.sequencer, prefix: names.owner.replace(/_owner$/, "") }),
    },
    "0002-keeping": { up: (at) => keeping.up(at, names) },
    "0003-bodies": { up: (at) => bodies.up(at, names) },
    "0004-custody": { up: (at) => custody.up(at, names) },
    "0005-life": { up: (at) => life.up(at, names) },
    "0006-registers": { up: (at) => registers.up(at, names) },
    "0007-guards": { up: (at) => guards.up(at, names) },
    "0008-delegation": { up: (at) => delegation.up(at, names) },
    "0009-organisation": { up: (at) => organisation.up(at) },
    "0010-fitness": { up: (at) => fitness.up(at, names) },
    "0011-certificate-order": { up: (at) => certificateOrder.up(at) },
    "0012-many-lines": { up: (at) => manyLines.up(at) },
    "0013-rule-book": { up: (at) => ruleBook.up(at, names) },
    "0014-forms": { up: (at) => forms.up(at, names) },
    "0015-opening-stock": { up: (at) => openingStock.up(at, names) },
    "0016-specimens-lodged": { up: (at) => specimensLodged.up(at, names) },
    "0017-leave-end": { up: (at) => leaveEnd.up(at) },
    "0018-rules-of-use": { up: (at) => rulesOfUse.up(at, names) },
    "0019-backtests": { up: (at) => backtests.up(at, names) },
    "0020-deciding": { up: (at) => deciding.up(at, names) },
    "0021-second-counts": { up: (at) => secondCounts.up(at, names) },
    "0022-positions": { up: (at) => positions.up(at) },
    "0023-templates": { up: (at) => templates.up(at, names) },
    "0024-document-facts": { up: (at) => documentFacts.up(at, names) },
    "0025-questions": { up: (at) => questions.up(at, names) },
    "0026-emergency": { up: (at) => emergency.up(at, names) },
    "0027-standing": { up: (at) => standing.up(at, names) },
    "0029-document-classes": { up: (at) => documentClasses.up(at, names) },
    "0030-blank-sheets": { up: (at) => blankSheets.up(at, names) },
    "0031-document-series": { up: (at) => documentSeries.up(at, names) },
    "0033-confidential": { up: (at) => confidential.up(at, names) },
    "0034-goes-in-use": { up: (at) => goesInUse.up(at) },
    "0036-evidence-taken-out": { up: (at) => evidenceTakenOut.up(at, names) },
    "0038-joint": { up: (at) => joint.up(at) },
    "0040-sheets-sealed": { up: (at) => sheetsSealed.up(at, names) },
    "0042-lost-seals": { up: (at) => lostSeals.up(at) },
    "0044-route-shortened": { up: (at) => routeShortened.up(at) },
    "0046-owed-papers": { up: (at) => owedPapers.up(at, names) },
    "0048-joint-index": { up: (at) => jointIndex.up(at) },
    "0050-by-hand": { up: (at) => byHand.up(at, names) },
    "0052-printed-copies": { up: (at) => printedCopies.up(at, names) },
    "0060-sheets-by-route": { up: (at) => sheetsByRoute.up(at) },
    "0061-papers-confirmed": { up: (at) => papersConfirmed.up(at) },
    "0062-paper-readings": { up: (at) => paperReadings.up(at, names) },
    "0063-class-confidential": { up: (at) => classConfidential.up(at) },
    "0070-controllers": { up: (at) => controllers.up(at, names) },
    "0071-controller-journals": { up: (at) => controllerJournals.up(at, names) },
    "0072-controller-photos": { up: (at) => controllerPhotos.up(at, names) },
    "0080-stamped-copies": { up: (at) => stampedCopies.up(at, names) },
    "0081-page-words": { up: (at) => pageWords.up(at) },
    "0090-authority": { up: (at) => authority.up(at, names) },
    "0091-final-copies": { up: (at) => finalCopies.up(at, names) },
    "0092-drawn-compared": { up: (at) => drawnCompared.up(at) },
    "0093-letters-compared": { up: (at) => lettersCompared.up(at) },
    "0096-make-up": { up: (at) => makeUp.up(at) },
    "0097-counter-checks": { up: (at) => counterChecks.up(at, names) },
    "0100-alarms": { up: (at) => alarms.up(at, names) },
    "0104-asked-before": { up: (at) => askedBefore.up(at) },
    "0110-foreign-paper": { up: (at) => foreignPaper.up(at) },
    "0115-sealed-sheets-stay": { up: (at) => sealedSheetsStay.up(at) },
    "0116-slip-answers": { up: (at) => slipAnswers.up(at, names) },
    "0119-paper-kinds": { up: (at) => paperKinds.up(at) },
    "0122-same-words": { up: (at) => sameWords.up(at) },
    "0123-vendor-clouds": { up: (at) => vendorClouds.up(at, names) },
    "0124-counter-readings": { up: (at) => counterReadings.up(at, names) },
    "0125-remote-supervision": { up: (at) => remoteSupervision.up(at, names) },
    "0126-rulings-with-evidence": { up: (at) => rulingsWithEvidence.up(at) },
    "0134-emergency-on-paper": { up: (at) => emergencyOnPaper.up(at) },
    "0135-sheet-reports": { up: (at) => sheetReports.up(at, names) },
    "0138-press-pictures": { up: (at) => pressPictures.up(at) },
    "0139-remote-refusals": { up: (at) => remoteRefusals.up(at, names) },
    "0140-controller-settings": { up: (at) => controllerSettings.up(at, names) },
    "0141-certificate-renewal": { up: (at) => certificateRenewal.up(at, names) },
    "0142-controller-epochs": { up: (at) => controllerEpochs.up(at, names) },
    "0143-docked-stamping": { up: (at) => dockedStamping.up(at) },
    "0144-epochs-again": { up: (at) => epochsAgain.up(at) },
    "0145-counter-beyond": { up: (at) => counterBeyond.up(at) },
    "0147-given-photos": { up: (at) => givenPhotos.up(at) },
    "0148-late-photos": { up: (at) => latePhotos.up(at) },
    "0149-drawn-photos": { up: (at) => drawnPhotos.up(at) },
    "0150-booked-by-code": { up: (at) => bookedByCode.up(at, names) },
    "0151-plain-values": { up: (at) => plainValues.up(at) },
    "0154-shown-stamping": { up: (at) => shownStamping.up(at) },
    "0155-retaken-photos": { up: (at) => retakenPhotos.up(at, names) },
    "0156-pages-by-code": { up: (at) => pagesByCode.up(at) },
    "0157-put-away": { up: (at) => putAway.up(at, names) },
    "0160-branch-names": { up: (at) => branchNames.up(at) },
    "0161-binding-words": { up: (at) => bindingWords.up(at) },
    "0164-read-again": { up: (at) => readAgain.up(at) },
  };
}

async function migrateSchema(admin: AdminConnection, names: Record<RoleKind, string>): Promise<void> {
  const pool = new pg.Pool({ ...admin, max: 1, options: `-c role=${names.owner}` });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    const { error } = await new Migrator({
      db,
      provider: { getMigrations: async () => listMigrations(names) },
    }).migrateToLatest();
    if (error) throw error;
  } finally {
    await db.destroy();
  }
}

/** The job tables belong to a role of their own; the application may only enqueue, through one function. */
async function runGraphileMigrations(
  jobs: pg.PoolConfig,
  client: pg.Client,
  names: Record<RoleKind, string>,
): Promise<void> {
  // It asks for its schema "if not exists", which needs the right to create one even though the schema is there.
  const database = client.escapeIdentifier(String(jobs.database));
  await client.query(`grant create on database ${database} to ${names.jobs}`);
  const pool = new pg.Pool({ ...jobs, max: 1 });
  const ignore = (): void => undefined;
  pool.on("error", ignore);
  pool.on("connect", (connection) => connection.on("error", ignore));
  try {
    await runMigrations({ pgPool: pool });
  } finally {
    await pool.end();
    await client.query(`revoke create on database ${database} from ${names.jobs}`);
  }
  await client.query(`set role ${names.jobs}`);
  await client.query(`create or replace function graphile_worker.enqueue(task text, payload json, job_key text) returns void
    language sql security definer set search_path = graphile_worker, pg_temp
    as $$ select graphile_worker.add_job(task, payload, job_key := job_key, max_attempts := 25) $$`);
  await client.query("revoke all on function graphile_worker.enqueue(text, json, text) from public");
  await client.query(`grant usage on schema graphile_worker to ${names.app}`);
  await client.query(`grant execute on function graphile_worker.enqueue(text, json, text) to ${names.app}`);
  await client.query("reset role");
}
