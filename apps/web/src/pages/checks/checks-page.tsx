import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api, type RouteAnswer } from "../../api.ts";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { NumberInput } from "../../parts/number-input.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { mayUse, useSession } from "../../session.ts";
import { evidenceAddress } from "../matters/queries.ts";
import { AnswerDialog } from "./answer-dialog.tsx";
import { UnknownSeal } from "./unknown-seal.tsx";
import "./checks.css";

export type Check = RouteAnswer<"GET /v1/storage-checks">["items"][number];
export type CheckItem = Check["items"][number];

const differs = { tone: "problem", sign: "octagon" } as const;
const readingTags = {
  agrees: { tone: "success", sign: "check" },
  waits: { tone: "waiting", sign: "clock" },
  ...{ more: differs, less: differs, unread: differs },
} as const;

/** Checks with their pieces: the custodian answers on the phone, the inspector sees book against real. */
export function ChecksPage(): ReactElement {
  const t = useText("checks");
  const session = useSession();
  const { data, error, refetch } = useQuery({ queryKey: ["checks"], queryFn: () => api("GET /v1/storage-checks") });
  if (error && !data) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <div className="stack">
        {mayUse(session, "check.open") && <Begin entityId={session.entities[0]?.entityId ?? ""} />}
        {data.items.length === 0 && (
          <section className="card card-body">
            <EmptyState title={t("none")}>{t("noneWhy")}</EmptyState>
          </section>
        )}
        {data.items.map((check) => (
          <CheckCard key={check.checkId} check={check} />
        ))}
        <UnknownSeal entityId={session.entities[0]?.entityId ?? ""} />
      </div>
    </>
  );
}

function Begin(props: { entityId: string }): ReactElement {
  const { entityId } = props;
  const t = useText("checks");
  const queries = useQueryClient();
  const [count, setCount] = useState<number | null>(3);
  const begin = useMutation({
    mutationFn: (kind: "stock-take" | "surprise") =>
      api("POST /v1/storage-checks", { body: { entityId, kind, count: count ?? 1 } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["checks"] }),
  });
  return (
    <section className="card card-body stack" aria-label={t("begin.surprise")}>
      <Field label={t("begin.count")}>
        {(control) => <NumberInput control={control} min={1} max={500} value={count} onChange={setCount} />}
      </Field>
      <ErrorPanel error={begin.error} />
      <div className="row">
        <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate("surprise")}>
          {t("begin.surprise")}
        </Button>
        <Button loading={begin.isPending} onClick={() => begin.mutate("stock-take")}>
          {t("begin.stockTake")}
        </Button>
      </div>
    </section>
  );
}

function CheckCard(props: { check: Check }): ReactElement {
  const { check } = props;
  const t = useText("checks");
  const language = useLanguage();
  const moment = useMoment();
  const [asked, setAsked] = useState<CheckItem | null>(null);
  return (
    <section className="card" aria-labelledby={check.checkId}>
      <header>
        <h2 id={check.checkId}>
          {nameIn(check.kindName, language)} · {nameIn(check.entity.name, language)}
        </h2>
        {check.closedAt ? (
          <Tag tone="ended" sign="box">
            {t("closed", { at: moment(check.closedAt) })}
          </Tag>
        ) : (
          <Tag tone={check.overdue ? "problem" : "action"} sign={check.overdue ? "octagon" : "clock"}>
            {t(check.overdue ? "overdue" : "due", { at: moment(check.dueAt) })}
          </Tag>
        )}
      </header>
      <div className="card-body stack stack-tight">
        <span>{t("progress", { answered: check.answered, pieces: check.pieces, differences: check.differences })}</span>
        {check.kind === "surprise" && (
          <span className="note small">
            {t("seed")} <span className="mono digest">{check.seed}</span>
          </span>
        )}
      </div>
      <ul className="rows">
        {check.items.map((item) => (
          <li key={item.bodyId} className="rows-line">
            <ItemLine item={item} surprise={check.kind === "surprise"} onAnswer={() => setAsked(item)} />
          </li>
        ))}
      </ul>
      {asked && <AnswerDialog check={check} item={asked} onClose={() => setAsked(null)} />}
    </section>
  );
}

function ItemLine(props: { item: CheckItem; surprise: boolean; onAnswer: () => void }): ReactElement {
  const { item } = props;
  const t = useText("checks");
  const language = useLanguage();
  const moment = useMoment();
  const place = (one: CheckItem["book"]): string => {
    const name = one?.container?.name ?? one?.person?.name;
    return name ? nameIn(name, language) : t("nowhere");
  };
  const names = formatNames(
    item.custodians.map((one) => nameIn(one.name, language)),
    language,
  );
  return (
    <div className="grow stack stack-tight">
      <div className="row">
        <strong className="grow">
          {nameIn(item.seal.name, language)} <span className="mono">{item.bodyNumber}</span>
        </strong>
        {item.answeredAt === null ? (
          <Tag tone="waiting" sign="dashed">
            {t("waiting")}
          </Tag>
        ) : item.difference ? (
          <Tag tone="problem" sign="octagon">
            {t(`differences.${item.difference}`)}
          </Tag>
        ) : (
          <Tag tone="success" sign="check">
            {t("agrees")}
          </Tag>
        )}
      </div>
      <span className="note small">{t("custodians", { names })}</span>
      {item.confirmers && (
        <span className="note small">
          {item.confirmers.length === 0
            ? t(props.surprise ? "confirmers.noneSurprise" : "confirmers.none")
            : t(props.surprise ? "confirmers.someSurprise" : "confirmers.some", {
                names: formatNames(
                  item.confirmers.map((one) => nameIn(one.name, language)),
                  language,
                ),
              })}
        </span>
      )}
      {item.answeredAt && (
        <span className="note small">
          {t("book", { place: place(item.book) })} · {t("real", { place: place(item.real) })}
          {item.answeredBy &&
            ` · ${t("by", { name: nameIn(item.answeredBy.name, language), at: moment(item.answeredAt) })}`}
        </span>
      )}
      {item.reading && (
        <span className="row">
          <span className="note small">
            {item.reading.read === null ? t("reading.none") : t("reading.read", { count: item.reading.read })}
          </span>
          <Tag {...readingTags[item.reading.verdict]}>{t(`reading.${item.reading.verdict}`)}</Tag>
        </span>
      )}
      {item.evidenceId && (
        <>
          <a className="check-photo" href={evidenceAddress.file(item.evidenceId)} target="_blank" rel="noreferrer">
            <img
              src={evidenceAddress.preview(item.evidenceId)}
              alt={t("photo", { seal: nameIn(item.seal.name, language) })}
              loading="lazy"
            />
          </a>
          <span className="note small">{t("photoFor")}</span>
        </>
      )}
      {item.note && <span>{item.note}</span>}
      {item.mayAnswer && (
        <div className="row">
          <Button type="primary" onClick={props.onAnswer}>
            {t("answer")}
          </Button>
        </div>
      )}
    </div>
  );
}
