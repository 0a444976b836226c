import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useClock } from "../../i18n/use-format.ts";
import { Tag } from "../../parts/state-tag.tsx";
import type { Look } from "../../parts/states.ts";
import { type JournalEntry, toneOfRecord } from "./lab-log.ts";
import type { LabSnapshot } from "./lab-state.ts";
import { useWords } from "./use-words.ts";

const shownAtFirst = 10;

type Verdict = "kept" | "accept" | "acked" | "pending" | "refuse";
const looks: Readonly<Record<Verdict, Look>> = {
  kept: { tone: "waiting", sign: "dashed" },
  accept: { tone: "action", sign: "clock" },
  acked: { tone: "success", sign: "check" },
  pending: { tone: "warning", sign: "warning" },
  refuse: { tone: "problem", sign: "octagon" },
};

const short = (hash: string): string => hash.slice(7, 13);

/** The journal of the box as it grows, the newest first, each record linked to the one before by its digest. */
export function JournalCard(props: { now: LabSnapshot }): ReactElement {
  const { now } = props;
  const t = useText("lab");
  const [all, setAll] = useState(false);
  const newest = now.entries.toReversed();
  const shown = all ? newest : newest.slice(0, shownAtFirst);
  return (
    <section className="card" aria-labelledby="lab-journal">
      <header>
        <h2 id="lab-journal">{t("journal.title")}</h2>
        <p className="note small">{t("journal.note")}</p>
      </header>
      {newest.length === 0 ? (
        <p className="card-body note">{t("journal.empty")}</p>
      ) : (
        <ol className="lab-chain">
          {shown.map((entry) => (
            <Entry key={entry.text} entry={entry} now={now} />
          ))}
        </ol>
      )}
      {newest.length > shownAtFirst && (
        <p className="lab-more">
          <Button size="small" onClick={() => setAll(!all)}>
            {all ? t("journal.fewer") : t("journal.all", { count: newest.length })}
          </Button>
        </p>
      )}
    </section>
  );
}

function Entry(props: { entry: JournalEntry; now: LabSnapshot }): ReactElement {
  const { entry, now } = props;
  const t = useText("lab");
  const clock = useClock();
  const words = useWords();
  const { record } = entry;
  const verdict = verdictOf(entry, now);
  const forked =
    verdict === "refuse" &&
    now.entries.some((other) => other !== entry && other.record.ep === record.ep && other.record.seq === record.seq);
  const look = looks[verdict];
  return (
    <li data-tone={toneOfRecord(record)}>
      <span className="lab-node" aria-hidden />
      <div className="lab-entry">
        <p>
          <b>{record.ep > 1 ? `${record.ep}/${record.seq}` : record.seq}</b> {words.record(record)}
        </p>
        <p className="lab-entry-facts">
          <span className="mono">{t("journal.link", { prev: short(record.prev), hash: short(entry.hash) })}</span>
          <span>{t("journal.counter", { count: record.imp[0] ?? 0 })}</span>
          <span>{clock(new Date(record.t).toISOString())}</span>
        </p>
        {forked && <p className="lab-fork">{t("journal.fork")}</p>}
      </div>
      <Tag tone={look.tone} sign={look.sign}>
        {t(`journal.verdicts.${verdict}`)}
      </Tag>
    </li>
  );
}

function verdictOf({ verdict, record }: JournalEntry, { view }: LabSnapshot): Verdict {
  if (verdict === undefined) return "kept";
  if (verdict !== "accept") return verdict;
  const acked = view !== undefined && (record.ep < view.ep || record.seq <= view.acked);
  return acked ? "acked" : "accept";
}
