import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { EvidenceFiles } from "../matters/evidence-files.tsx";
import { EvidenceInput } from "../matters/evidence-input.tsx";
import type { EvidenceFile } from "../matters/queries.ts";
import { type OldBook, oldBooksQuery } from "./queries.ts";
import { useHomeEntity } from "./use-home-entity.ts";
import "../matters/matters.css";
import "./stock.css";

const REGISTERS = ["use", "seal", "custody", "take-out", "life", "loss"] as const;

/** Books on paper that ended when the platform began: scanned, and closed with their last number. */
export function OldBooksPage(): ReactElement {
  const t = useText("stock");
  const session = useSession();
  const { data, error, refetch } = useQuery(oldBooksQuery);
  return (
    <>
      <PageHeader
        trail={[
          { to: paths.importStock, name: t("title") },
          { to: paths.oldBooks, name: t("books.title") },
        ]}
        title={t("books.title")}
        lead={t("books.lead")}
      />
      <div className="stack">
        <section className="card" aria-labelledby="books-title">
          <header>
            <h2 id="books-title">{t("books.closed")}</h2>
          </header>
          <ErrorPanel error={error} onRetry={() => void refetch()} />
          {!data && !error && <LinesSkeleton lines={3} />}
          {data?.items.length === 0 && (
            <div className="card-body">
              <EmptyState title={t("books.none")}>{t("books.noneWhy")}</EmptyState>
            </div>
          )}
          {data && data.items.length > 0 && (
            <ul className="rows">
              {data.items.map((book) => (
                <li key={book.bookId} className="rows-line">
                  <Book book={book} />
                </li>
              ))}
            </ul>
          )}
        </section>
        {mayUse(session, "stock.import") && <CloseBook />}
      </div>
    </>
  );
}

function Book(props: { book: OldBook }): ReactElement {
  const { book } = props;
  const t = useText("stock");
  const language = useLanguage();
  const day = useDay();
  return (
    <div className="grow stack stack-tight">
      <strong>{book.title}</strong>
      <span>
        {nameIn(book.registerName, language)} · {day(book.from)} – {day(book.to)} ·{" "}
        {t("books.last", { number: book.lastNumber })}
      </span>
      <span className="note small">
        {nameIn(book.entity.name, language)} · {t("books.keptAt", { place: book.place })}
      </span>
      <span className="row">
        {book.evidenceIds.map((evidenceId, at) => (
          <a key={evidenceId} className="inline-link" href={`/v1/evidence/${evidenceId}/file`} download>
            {t("books.scan", { number: at + 1 })}
          </a>
        ))}
      </span>
    </div>
  );
}

const empty = { register: "use", title: "", from: "", to: "", lastNumber: "", place: "" } as const;
type Draft = {
  register: (typeof REGISTERS)[number];
  title: string;
  from: string;
  to: string;
  lastNumber: string;
  place: string;
};

function CloseBook(): ReactElement {
  const t = useText("stock");
  const language = useLanguage();
  const { entities } = useSession();
  const queries = useQueryClient();
  const [entityId, setEntityId] = useHomeEntity();
  const [draft, setDraft] = useState<Draft>(empty);
  const [scans, setScans] = useState<readonly EvidenceFile[]>([]);
  const close = useMutation({
    mutationFn: () =>
      api("POST /v1/old-books", { body: { ...draft, entityId, evidenceIds: scans.map((scan) => scan.evidenceId) } }),
    onSuccess: () => {
      setDraft(empty);
      setScans([]);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["old-books"] }),
  });
  const lacks = (name: keyof Draft) => draft[name].trim() === "" && ("missing" as const);
  const gaps = useGaps({
    ...{ title: lacks("title"), from: lacks("from"), to: lacks("to") },
    ...{ lastNumber: lacks("lastNumber"), place: lacks("place") },
    scans: scans.length === 0 && t("books.noScans"),
  });
  const field = (name: Exclude<keyof Draft, "register">, type: "text" | "date") => (
    <Field label={t(name === "title" ? "books.name" : `books.${name}`)} problem={gaps.problem(name)}>
      {(control) => (
        <TextInput
          {...control}
          type={type}
          value={draft[name]}
          onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <section className="card" aria-labelledby="close-book-title">
      <header>
        <h2 id="close-book-title">{t("books.close")}</h2>
      </header>
      <form ref={gaps.ref} className="card-body stack" noValidate onSubmit={gaps.press(() => close.mutate())}>
        {entities.length > 1 && (
          <Field label={t("entity")}>
            {(control) => (
              <select
                {...control}
                className="native-select"
                value={entityId}
                onChange={(event) => setEntityId(event.target.value)}
              >
                {entities.map((entity) => (
                  <option key={entity.entityId} value={entity.entityId}>
                    {nameIn(entity.name, language)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <Field label={t("books.register")}>
          {(control) => (
            <select
              {...control}
              className="native-select"
              value={draft.register}
              onChange={(event) =>
                setDraft({ ...draft, register: REGISTERS.find((one) => one === event.target.value) ?? "use" })
              }
            >
              {REGISTERS.map((register) => (
                <option key={register} value={register}>
                  {t(`books.registers.${register}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        {field("title", "text")}
        <div className="stock-pair">
          {field("from", "date")}
          {field("to", "date")}
        </div>
        <div className="stock-pair">
          {field("lastNumber", "text")}
          {field("place", "text")}
        </div>
        <p>{t("books.scans")}</p>
        <EvidenceInput
          accepts="any"
          label={t("books.scans")}
          onTaken={(file) => setScans((before) => [...before, file])}
        />
        <p aria-live="polite" className="note">
          {t("books.taken", { count: scans.length })}
        </p>
        {scans.length > 0 && (
          <EvidenceFiles
            files={scans}
            removable={scans.map((scan) => scan.evidenceId)}
            onRemove={(gone) => setScans((before) => before.filter((scan) => scan.evidenceId !== gone.evidenceId))}
          />
        )}
        {gaps.problem("scans") && (
          <p className="field-problem" role="alert">
            {gaps.problem("scans")}
          </p>
        )}
        <ErrorPanel error={close.error} />
        <div className="row">
          <Button type="primary" htmlType="submit" loading={close.isPending}>
            {t("books.act")}
          </Button>
        </div>
      </form>
    </section>
  );
}
