import type { RouteAnswer } from "@chancery/api/client";
import { type AuthorisationTurn, isBeyondWord } from "@chancery/domain";
import { codeShown } from "@chancery/seallink";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { toRefusalView } from "../../platform/refusals.ts";
import { isLiving, readAuthorisations } from "../authority/authorisation-rows.ts";
import { shortCodeOf } from "../authority/short-code.ts";
import { findBoxOf, readStandings } from "../controllers/read-box.ts";
import type { GateView } from "../stamping/gate-facts.ts";
import type { HandImpressionRow, StampingRow } from "../stamping/open-stamping.ts";
import { showVendorBox } from "../vendor-clouds/show-vendor-box.ts";
import { listRefusalsOfPieces } from "./ask-authorisations.ts";
import { readAwaited } from "./end-at-controller.ts";

type View = RouteAnswer<"GET /v1/seal-use-requests/:requestId/stamping">["controller"];
type BoxView = NonNullable<View>["boxes"][number];

/** How the controllers of a stamping are; null where none of its pieces sits in one. */
export async function showControllers(
  reader: Reader,
  env: Environment,
  view: GateView,
  stamping: StampingRow | undefined,
  of: { readonly impressions: readonly HandImpressionRow[]; readonly personId: string },
): Promise<View> {
  const { row } = view.loaded;
  if (stamping && !stamping.by_controller) return null;
  const stamperId = stamping?.opened_by ?? row.released_by ?? of.personId;
  const used = [...new Set(of.impressions.map(({ bodyId }) => bodyId))];
  const bodyIds = used.length > 0 ? used : [...view.piecesOf(stamperId).values()];
  const boxes: BoxView[] = [];
  for (const bodyId of bodyIds) {
    const box =
      (await showVendorBox(reader, env, view, { bodyId, personId: of.personId })) ??
      (await showBox(reader, view, bodyId));
    if (box) boxes.push(box);
  }
  if (!stamping && boxes.length === 0) return null;
  // Who is elsewhere needs no finger on the box.
  const supervisorId = view.supervisionNeeded && !row.remote ? row.confirmed_by : null;
  const refusals = stamping
    ? []
    : await listRefusalsOfPieces(reader, view.facts.entityId, bodyIds, {
        ...{ stamperId, supervisorId, emergency: row.emergency_until !== null },
      });
  return {
    ...{ byController: stamping ? true : row.released_by === null ? null : row.by_controller },
    ...{ code: codeAtBox(row), refusals: refusals.map(toRefusalView), boxes },
    ending: stamping?.end_asked_at != null && stamping.ended_at === null,
    mayEndUnheard: stamping?.ended_at === null && (await readAwaited(reader, row.request_id)).unheard,
  };
}

/** What the screen of the box shows beside this request. */
const codeAtBox = (row: GateView["loaded"]["row"]): string =>
  row.emergency_until === null ? shortCodeOf(row.request_id) : codeShown({ doc: [], sub: row.request_id });

async function showBox(reader: Reader, view: GateView, bodyId: string): Promise<BoxView | null> {
  const { row } = view.loaded;
  const told = (await readAuthorisations(reader, row.request_id)).filter((one) => one.body_id === bodyId);
  const newest = told[0];
  const there = await findBoxOf(reader, view.facts.entityId, bodyId);
  const controllerId = newest?.controller_id ?? there?.box.controllerId;
  if (controllerId === undefined) return null;
  const box = await reader
    .selectFrom("controllers as c")
    .leftJoin("controller_presence as p", "p.controller_id", "c.controller_id")
    .select(["c.name_en", "c.name_zh", "p.heard_at"])
    .where("c.controller_id", "=", controllerId)
    .executeTakeFirstOrThrow();
  const { seal_id: sealId } = await reader
    .selectFrom("seal_bodies")
    .select("seal_id")
    .where("body_id", "=", bodyId)
    .executeTakeFirstOrThrow();
  const ask = await reader
    .selectFrom("controller_asks")
    .select(["state", "refusals"])
    .where("request_id", "=", row.request_id)
    .where("kind", "=", "authorisation")
    .where("controller_id", "=", controllerId)
    .orderBy("asked_at", "desc")
    .limit(1)
    .executeTakeFirst();
  const refused =
    ask?.state === "refused"
      ? ((ask.refusals as { list?: Parameters<typeof toRefusalView>[0][] } | null)?.list ?? [])
      : [];
  const strokes = await reader
    .selectFrom("controller_strokes")
    .select((eb) => [
      eb.fn.countAll<string>().filterWhere("out", "<>", "aborted").as("used"),
      eb.fn.countAll<string>().filterWhere("out", "=", "aborted").as("aborted"),
    ])
    .where("jti", "=", newest?.jti ?? "")
    .executeTakeFirstOrThrow();
  const turn: AuthorisationTurn | null =
    ask?.state === "asked" ? "asked" : ask?.state === "refused" ? "refused" : newest ? turnOf(newest.state) : null;
  const standing = (await readStandings(reader, [controllerId])).get(controllerId) ?? "offline";
  return {
    ...{ controllerId, name: { en: box.name_en, zh: box.name_zh } },
    ...{ standing, trusted: !isBeyondWord(standing) },
    ...{ heardAt: box.heard_at?.toISOString() ?? null, sealId, turn, most: newest?.most ?? 0 },
    ...{ used: Number(strokes.used), givenBack: Number(strokes.aborted) },
    ...{ until: newest?.exp.toISOString() ?? null, refused: refused.map(toRefusalView) },
    ...{ kind: "direct", useCode: null },
  };
}

function turnOf(state: Parameters<typeof isLiving>[0]): AuthorisationTurn {
  if (!isLiving(state)) return "over";
  return state === "draft" || state === "approved" ? "asked" : (state as AuthorisationTurn);
}
