import { copiesMost, type RuleSet } from "@chancery/domain";
import type { Environment } from "../../../platform/environment.ts";
import { beginDraft, discardDraft, saveDraft } from "../../rules/draft-service.ts";
import { readRulesInForce } from "../../rules/read-rules.ts";
import type { PersonKey } from "./sample-crew.ts";
import { approve, ask } from "./sample-matters.ts";

/** Contracts above twenty million are read by the board's office as well, beside the lawyer. */
const withBoardOffice = (rules: RuleSet, people: readonly string[]): RuleSet => ({
  ...rules,
  route: {
    ...rules.route,
    rows: [
      ...rules.route.rows,
      {
        rowId: "board-office",
        cells: { external: { is: true }, amount: { from: 20_000_000, below: null } },
        output: {
          ...{ stage: 2, decider: "named", title: { en: "Board office", zh: "董事会办公室" }, people },
          ...{ mode: "quorum", quorum: 2, hours: 72, ifNobody: "refuse" },
        },
        reason: {
          en: "The board answers for what may decide the company's fate.",
          zh: "关系公司存亡的事项由董事会把关。",
        },
        clause: { en: "articles of association, article 41", zh: "公司章程第四十一条" },
      },
    ],
  },
});

/** Notices for every workshop and the many copies of a tender are pressed in one go, as far as a stamping by hand goes. */
export const withManyCopies = (rules: RuleSet): RuleSet => ({
  ...rules,
  limits: {
    ...rules.limits,
    // Before the rest, and after what is stricter about large amounts.
    rows: rules.limits.rows.flatMap((row) =>
      row.rowId === "else"
        ? [
            {
              rowId: "many-copies",
              cells: { documentClass: { in: ["internal-notice", "tender"] } },
              output: { ...row.output, impressionsMost: copiesMost },
              reason: {
                en: "A notice hangs in every workshop, and a tender goes out in many copies.",
                zh: "通知须张贴到各车间，投标文件须一式多份。",
              },
              clause: { en: "", zh: "" },
            },
            row,
          ]
        : [row],
    ),
  },
});

const changeTitle =
  "Board office above 20 million, notices and tenders in many copies · 两千万以上经董事会办公室，通知和投标文件可多份用印";

/** Rules of the organisation's own in force, and a draft that nobody has proposed yet. */
export async function changeSampleRules(
  env: Environment,
  people: Readonly<Partial<Record<PersonKey, string>>>,
  entityId: string,
): Promise<void> {
  const gao = people.gao ?? "";
  const office = [people.xu, people.meng, people.qin].flatMap((one) => one ?? []);
  const draft = async (note: string, change: (rules: RuleSet) => RuleSet): Promise<string> => {
    const { versionId: from, rules } = await readRulesInForce(env.db);
    const versionId = await beginDraft(env, gao, { from, note });
    await saveDraft(env, gao, versionId, { revision: 1, note, rules: change(rules) });
    return versionId;
  };
  const versionId = await draft(changeTitle, (rules) => withManyCopies(withBoardOffice(rules, office)));
  const { digest } = await env.db
    .selectFrom("rule_versions")
    .select("digest")
    .where("version_id", "=", versionId)
    .executeTakeFirstOrThrow();
  const at = { env, entityId };
  const matterId = await ask(at, "change-rules", gao, {
    ...{ sealId: null, data: { versionId, digest } },
    title: changeTitle,
    reason: "Decided by the board in its spring meeting. · 董事会春季会议决定。",
  });
  await approve(at, matterId);
  await discardDraft(env, gao, await draft("Tried and given up · 试拟后放弃", (rules) => rules));
  await draft("Fewer impressions at once · 减少单次用印枚数", (rules) => ({
    ...rules,
    limits: {
      ...rules.limits,
      rows: rules.limits.rows.map((row) => ({ ...row, output: { ...row.output, impressionsMost: 40 } })),
    },
  }));
}
