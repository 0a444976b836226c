import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactElement } from "react";
import { api } from "../../api.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message, type MessageTone } from "../../parts/message.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { ledgerStateQuery } from "./ledger-state.ts";

const TONES: Readonly<Record<"good" | "bad" | "running" | "never", MessageTone>> = {
  good: "success",
  bad: "problem",
  running: "action",
  never: "warning",
};
const SHOWN = 20;

/** The server's own recomputation of the ledger: what it said last, and a way to have it done now. */
export function SelfCheckCard(): ReactElement {
  const t = useText("ledger");
  const language = useLanguage();
  const moment = useMoment();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(ledgerStateQuery);
  const check = useMutation({
    mutationFn: () => {
      const answer = api("POST /v1/ledger/check");
      // The check has begun once the server works on it: from here on its progress is asked for.
      setTimeout(() => void queries.invalidateQueries(ledgerStateQuery), 100);
      return answer;
    },
    onSettled: () => queries.invalidateQueries(ledgerStateQuery),
  });
  const state = data?.check.state;
  const running = check.isPending || state === "running";
  return (
    <section className="card" aria-labelledby="self-check-title">
      <header>
        <h2 id="self-check-title">{t("check.title")}</h2>
        <Button size="small" loading={running} onClick={() => check.mutate()}>
          {t("check.run")}
        </Button>
      </header>
      <div className="card-body stack">
        <p className="note">{t("check.lead")}</p>
        {/* A check that takes longer than the connection lasts goes on; only its progress is asked for then. */}
        <ErrorPanel error={state === "running" ? error : (check.error ?? error)} onRetry={() => void refetch()} />
        {!data && !error && <LinesSkeleton lines={3} />}
        {data && running && (
          <div className="progress" role="status">
            <span>{t("check.progress", { done: state === "running" ? data.check.leaves : 0, total: data.size })}</span>
            <progress
              aria-label={t("check.states.running")}
              value={state === "running" ? data.check.leaves : 0}
              max={Math.max(data.size, 1)}
            />
          </div>
        )}
        {data && state && !running && (
          <Message tone={TONES[state]} title={t(`check.states.${state}`)} live>
            {data.check.at && <p>{t("check.checked", { at: moment(data.check.at), leaves: data.check.leaves })}</p>}
            {state === "bad" && <p>{t("check.badWhy")}</p>}
            {data.check.findings.length > 0 && (
              <ul className="findings-list">
                {data.check.findings.slice(0, SHOWN).map((finding) => (
                  <li key={`${finding.code} ${finding.text.en}`}>{finding.text[language]}</li>
                ))}
              </ul>
            )}
          </Message>
        )}
      </div>
    </section>
  );
}
