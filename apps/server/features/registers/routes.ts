import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { mayReadForCorrection } from "./correct-line.ts";
import { createExports } from "./exports.ts";
import { findNewest } from "./find-lines.ts";
import { listRegisters } from "./list-registers.ts";
import { isRead, readRegisterReach } from "./reach.ts";
import { showLines } from "./show-lines.ts";
import { dropView, listViews, saveView } from "./views.ts";

type Mine = Extract<keyof Handlers, `${string} /v1/register${string}`>;
const pageSize = 50;

export function registerHandlers(env: Environment, ledger: Ledger): Pick<Handlers, Mine> {
  const exports = createExports(env, ledger);
  return {
    "GET /v1/registers": (_, call) => listRegisters(env, call.person().personId),
    "GET /v1/registers/:register/lines": async ({ params: { register }, query: { after, ...filter } }, call) => {
      const viewer = { personId: call.person().personId, now: env.clock.now() };
      const reach = await readRegisterReach(env.db, viewer.personId, viewer.now);
      const page = await findNewest(env.db, { register, filter, reach }, after ?? null, pageSize);
      return { items: await showLines(env.db, page.lineIds, viewer), next: page.next };
    },
    "GET /v1/registers/:register/lines/:lineId": async ({ params }, call) => {
      const viewer = { personId: call.person().personId, now: env.clock.now() };
      const reach = await readRegisterReach(env.db, viewer.personId, viewer.now);
      const corrected = await mayReadForCorrection(env, viewer.personId, params.lineId);
      const row = await env.db
        .selectFrom("register_lines as l")
        .select("l.line_id")
        .where("l.line_id", "=", params.lineId)
        .where("l.register", "=", params.register)
        .where((eb) => (corrected ? eb.lit(true) : isRead(reach)(eb)))
        .executeTakeFirst();
      const [line] = row ? await showLines(env.db, [row.line_id], viewer) : [];
      if (!line) throw problems.notFound();
      return line;
    },
    "GET /v1/register-views": ({ query }, call) => listViews(env, call.person().personId, query.register),
    "POST /v1/register-views": ({ body }, call) => saveView(env, call.person().personId, body),
    "DELETE /v1/register-views/:viewId": async ({ params }, call) => {
      await dropView(env, call.person().personId, params.viewId);
      return { done: true };
    },
    "GET /v1/register-exports": ({ query }, call) => exports.list(call.person().personId, query.register),
    "POST /v1/register-exports": ({ body }, call) => exports.begin(call.person().personId, body),
    "GET /v1/register-exports/:exportId": ({ params }, call) => exports.get(call.person().personId, params.exportId),
    "GET /v1/register-exports/:exportId/file": ({ params }, call) =>
      exports.fetch(call.person().personId, params.exportId),
  };
}
