import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";
import { writeNumber } from "./cells.ts";
import type { Cell, Column, RuleSet, RulesPageData, TableId, VersionDetail } from "./queries.ts";

export interface AnswerWords {
  readonly key: string;
  readonly label: string;
  readonly says: string;
}

/** `sayCell(column, cell)`: what a row asks of a column, short enough for a table. */
export function useCellWords(): (column: Column, cell: Cell | undefined) => string {
  const t = useText("rulesOfUse");
  const language = useLanguage();
  return (column, cell) => {
    if (cell === undefined) return t("any");
    if ("in" in cell) {
      const names = cell.in.map((value) => {
        const known = column.values.find((one) => one.value === value);
        return known ? nameIn(known.name, language) : value;
      });
      return formatNames(names, language);
    }
    if ("is" in cell) return t(cell.is ? "yes" : "no");
    if ("stated" in cell) return t("unstated");
    const [from, below] = [writeNumber(cell.from), writeNumber(cell.below)];
    if (cell.from === null) return t("below", { below });
    return cell.below === null ? t("from", { from }) : t("between", { from, below });
  };
}

type People = VersionDetail["people"];

/** `sayAnswer(rules, table, place)`: what a row answers, column by column; the columns are the same for every row. */
export function useAnswerWords(
  attachments: RulesPageData["attachments"],
  people: People,
): (rules: RuleSet, table: TableId, place: number) => AnswerWords[] {
  const t = useText("rulesOfUse");
  const word = useWord();
  const language = useLanguage();
  const part = <Key extends Parameters<typeof labelOf>[0]>(key: Key, says: string): AnswerWords => ({
    ...{ key, label: labelOf(key), says },
  });
  function labelOf(
    key:
      | "answer"
      | "stage"
      | "decider"
      | "mode"
      | "hours"
      | "ifNobody"
      | keyof RuleSet["limits"]["rows"][number]["output"],
  ): string {
    return t(`answers.${key}`);
  }
  const paper = (kind: string): string => {
    const known = attachments.find((one) => one.kind === kind);
    return known ? nameIn(known.name, language) : kind;
  };
  return (rules, table, place) => {
    if (table === "scope") {
      const output = rules.scope.rows[place]?.output;
      if (!output) return [];
      const seals = formatNames(
        output.rightSeals.map((type) => word("sealTypes", type)),
        language,
      );
      const papers = formatNames(output.attachments.map(paper), language);
      const more =
        output.answer === "refuse"
          ? t("answers.useInstead", { seals: seals || "–" })
          : output.answer === "ask"
            ? t("answers.withPapers", { papers: papers || "–" })
            : "";
      return [part("answer", [t(`answers.${output.answer}`), more].filter(Boolean).join("\n"))];
    }
    if (table === "route") {
      const output = rules.route.rows[place]?.output;
      if (!output) return [];
      const named = formatNames(
        output.people.map((id) => {
          const person = people.find((one) => one.personId === id);
          return person ? nameIn(person.name, language) : "–";
        }),
        language,
      );
      const decider =
        output.decider === "named"
          ? [nameIn(output.title, language) || t("deciders.named"), named].filter(Boolean).join("\n")
          : t(`deciders.${output.decider}`);
      const mode =
        output.mode === "any"
          ? t("answers.anyOf")
          : output.mode === "all"
            ? t("answers.allOf")
            : t("answers.quorumOf", { count: output.quorum });
      return [
        part("stage", String(output.stage)),
        part("decider", decider),
        part("mode", mode),
        part("hours", output.hours === null ? t("answers.noHours") : t("answers.inHours", { count: output.hours })),
        part("ifNobody", t(output.ifNobody === "skip" ? "answers.skipNobody" : "answers.refuseNobody")),
      ];
    }
    const output = rules.limits.rows[place]?.output;
    if (!output) return [];
    const { impressionsMost: most, validDays: days } = output;
    return [
      part("impressionsMost", most === null ? t("answers.anyNumber") : t("answers.mostOf", { count: most })),
      part("validDays", days === null ? t("answers.toYearEnd") : t("answers.days", { count: days })),
      part("presence", output.presence ? t("answers.each") : t("answers.important")),
      part("supervised", output.supervised ? t("answers.needed") : t("answers.important")),
    ];
  };
}
