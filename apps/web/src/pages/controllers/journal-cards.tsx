import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import type { text } from "../../i18n/controllers.en.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { type Journal, journalQuery } from "./queries.ts";

/** What was found in what a controller sent, and its newest records. */
export function JournalCards({ controllerId }: { controllerId: string }): ReactElement {
  const { data, error, refetch } = useQuery(journalQuery(controllerId));
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <div className="card card-body">
        <LinesSkeleton lines={5} />
      </div>
    );
  return (
    <>
      <FindingsCard findings={data.findings} />
      <RecordsCard records={data.records} />
    </>
  );
}

function FindingsCard({ findings }: { findings: Journal["findings"] }): ReactElement {
  const t = useText("controllers");
  const language = useLanguage();
  const moment = useMoment();
  return (
    <section className="card" aria-labelledby="controller-found">
      <header>
        <h2 id="controller-found">{t("found.title")}</h2>
      </header>
      {findings.length === 0 && <p className="card-body note">{t("found.none")}</p>}
      {findings.length > 0 && (
        <ul className="controller-lines">
          {findings.map((one) => (
            <li key={`${one.epoch} ${one.seq} ${one.code}`}>
              <strong>{one.says[language]}</strong>
              <p className="note">{one.todo[language]}</p>
              <p className="note small">{t("found.at", { seq: one.seq, at: moment(one.at) })}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

type Word = keyof typeof text.records;

function RecordsCard({ records }: { records: Journal["records"] }): ReactElement {
  const t = useText("controllers");
  const language = useLanguage();
  const moment = useMoment();
  return (
    <section className="card" aria-labelledby="controller-journal">
      <header>
        <h2 id="controller-journal">{t("journal.title")}</h2>
      </header>
      {records.length === 0 && <p className="card-body note">{t("journal.none")}</p>}
      {records.length > 0 && (
        <div className="table-card">
          <table className="table table-rows">
            <thead>
              <tr>
                <th scope="col" className="number">
                  {t("journal.number")}
                </th>
                <th scope="col">{t("journal.what")}</th>
                <th scope="col">{t("journal.made")}</th>
                <th scope="col">{t("journal.came")}</th>
              </tr>
            </thead>
            <tbody>
              {records.map((record) => (
                <tr key={`${record.epoch} ${record.seq}`}>
                  <td className="number" data-label={t("journal.number")}>
                    {record.seq}
                  </td>
                  <td>
                    {record.alarm ? (
                      <strong>{record.alarm[language]}</strong>
                    ) : (
                      t(`records.${record.type.replace(".", "-") as Word}`)
                    )}
                  </td>
                  <td data-label={t("journal.made")}>{moment(record.at)}</td>
                  <td data-label={t("journal.came")}>{moment(record.receivedAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
