import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay, useMoment } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { usePresence } from "../../parts/presence-dialog.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { TickField } from "../../parts/tick-field.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { type MyPosition, myPositionsQuery } from "./queries.ts";
import "./positions.css";

/** One's own positions: those that wait are read and confirmed together, with one proof of presence. */
export function MyPositions(): ReactElement {
  const t = useText("ruleBook");
  const queries = useQueryClient();
  const presence = usePresence();
  const [read, setRead] = useState(false);
  const gaps = useGaps({ read: !read && "tick" });
  const { data, error, refetch } = useQuery(myPositionsQuery);
  const waiting = data?.waiting ?? null;
  const count = waiting?.grantIds.length ?? 0;
  const confirm = useMutation({
    mutationFn: async () => {
      if (waiting === null) return;
      const { grantIds } = waiting;
      const given = await presence.ask({ act: "position", grantIds }, t("positions.saying", { count }));
      if (given) await api("POST /v1/positions/confirmations", { body: { grantIds, ...given } });
    },
    onSuccess: () => setRead(false),
    // What a position allows shows on every page.
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <section className="card" aria-labelledby="positions">
      <header>
        <h2 id="positions">{t("positions.title")}</h2>
        {count > 0 && (
          <Tag tone="action" sign="clock">
            {t("positions.waiting", { count })}
          </Tag>
        )}
      </header>
      {(error || !data || data.items.length === 0) && (
        <div className="card-body">
          <ErrorPanel error={error} onRetry={() => void refetch()} />
          {!data && !error && <LinesSkeleton lines={3} />}
          {data?.items.length === 0 && <EmptyState title={t("positions.none")}>{t("positions.noneWhy")}</EmptyState>}
        </div>
      )}
      <ul className="rows">
        {data?.items.map((position) => (
          <li key={position.grantId} className="rows-line">
            <PositionLine position={position} />
          </li>
        ))}
      </ul>
      {count > 0 && (
        <div ref={gaps.ref} className="card-body stack position-act">
          <p className="note">{t("positions.waitingWhy")}</p>
          <TickField checked={read} problem={gaps.problem("read")} onChange={setRead}>
            {t("positions.read")}
          </TickField>
          <ErrorPanel error={confirm.error} />
          <div>
            <Button
              type="primary"
              size="large"
              loading={confirm.isPending}
              onClick={gaps.press(() => confirm.mutate())}
            >
              {t("positions.act", { count })}
            </Button>
          </div>
        </div>
      )}
      {presence.dialog}
    </section>
  );
}

function PositionLine({ position }: { position: MyPosition }): ReactElement {
  const t = useText("ruleBook");
  const language = useLanguage();
  const word = useWord();
  const day = useDay();
  const moment = useMoment();
  const { description, confirmedAt, inForceBy, setting } = position;
  const byHolder = inForceBy === null || inForceBy === "holder" || inForceBy === "set-up";
  const days =
    position.to === null
      ? t("positions.since", { from: day(position.from) })
      : t("positions.between", { from: day(position.from), to: day(position.to) });
  return (
    <div className="grow stack stack-tight">
      <div className="row">
        <strong className="grow position-name">
          {t("positions.where", { role: word("roles", position.role), place: nameIn(position.scopeName, language) })}
        </strong>
        {confirmedAt ? (
          <Tag tone={byHolder ? "success" : "plain"} sign="check">
            {byHolder ? t("positions.confirmed", { at: moment(confirmedAt) }) : t(`positions.needsNone.${inForceBy}`)}
          </Tag>
        ) : (
          <Tag tone="waiting" sign="dashed">
            {t("positions.unconfirmed")}
          </Tag>
        )}
      </div>
      <span className="note small">
        {days}
        {position.grantedBy && ` · ${t("positions.by", { name: nameIn(position.grantedBy.name, language) })}`}
      </span>
      {setting && (
        <span className="note small">
          {t("positions.switchedOff", {
            asked: setting.askedBy ? nameIn(setting.askedBy.name, language) : "–",
            confirmed: setting.confirmedBy ? nameIn(setting.confirmedBy.name, language) : "–",
            at: moment(setting.at),
          })}
        </span>
      )}
      <details className="disclosure" open={confirmedAt === null}>
        <summary>{t("positions.description")}</summary>
        <dl className="facts position-description">
          <dt>{t("positions.duties")}</dt>
          <dd>
            <ul>
              {description.duties.map((one) => (
                <li key={one.en}>{one[language]}</li>
              ))}
            </ul>
          </dd>
          <dt>{t("positions.never")}</dt>
          <dd>
            <ul>
              {description.never.map((one) => (
                <li key={one.en}>{one[language]}</li>
              ))}
            </ul>
          </dd>
          <dt>{t("positions.deputy")}</dt>
          <dd>{description.deputy[language]}</dd>
          <dt>{t("positions.reportsTo")}</dt>
          <dd>{description.reportsTo[language]}</dd>
        </dl>
      </details>
    </div>
  );
}
