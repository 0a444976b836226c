import type { Environment } from "../../../platform/environment.ts";
import { dayIn } from "../../organisation/read-grants.ts";
import type { PersonKey } from "./sample-crew.ts";
import { approve, ask } from "./sample-matters.ts";
import type { SampleRequest } from "./sample-requests.ts";
import { employmentCertificate } from "./sample-templates.ts";

const day = 24 * 60 * 60_000;
const dayOf = (at: number): string => dayIn("Asia/Shanghai", at);

/** Certificates of employment for banks are sealed without a new approval each: agreed to once, by lawyer and signatory. */
export async function giveSampleStanding(
  env: Environment,
  people: Readonly<Partial<Record<PersonKey, string>>>,
  of: { readonly entityId: string; readonly sealId: string },
): Promise<string> {
  const at = { env, entityId: of.entityId };
  const now = env.clock.now();
  const { template_id: templateId } = await env.db
    .selectFrom("template_versions")
    .select("template_id")
    .where("document_class", "=", "employment-certificate")
    .executeTakeFirstOrThrow();
  const matterId = await ask(at, "standing-authorisation", people.jiang ?? "", {
    sealId: of.sealId,
    title: "在职证明（银行用） · Certificates of employment for banks",
    reason: "Asked for by banks every week, always the same. · 银行每周索取，内容固定。",
    data: {
      ...{ templateId, counterpartyKinds: ["bank"], limit: 0, currency: "CNY", count: 60 },
      ...{ from: dayOf(now + day), to: dayOf(now + 170 * day) },
    },
  });
  await approve(at, matterId);
  await approve(at, matterId);
  const { standing_id } = await env.db
    .selectFrom("standing_authorisations")
    .select("standing_id")
    .where("matter_id", "=", matterId)
    .executeTakeFirstOrThrow();
  return standing_id;
}

const certificate = (daysAgo: number, who: string, id: string, since: string, post: string): SampleRequest => ({
  ...{ daysAgo, applicant: "xu", title: `在职证明：${who}`, file: `在职证明-${who}.pdf` },
  ...{ documentClass: "employment-certificate", external: true, amount: null, purpose: "办理住房贷款" },
  ...{ counterparty: "澜江银行", counterpartyKind: "bank", seal: "personnel", end: "sealed", standing: true },
  pages: employmentCertificate("澜江银行", who, id, since, post),
});

/** The first is always drawn to be looked at afterwards. */
export const standingRequests: readonly SampleRequest[] = [
  certificate(2, "周明澈", "330100199003070017", "2019 年 6 月 3 日", "采购专员"),
  certificate(1, "陆文", "330100198811120021", "2016 年 3 月 1 日", "厂办主管"),
];
