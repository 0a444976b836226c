import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { titleInBoth, useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { ApprovalDialog } from "../../parts/approval-dialog.tsx";
import { BothNames } from "../../parts/both-names.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { FactTag, StateTag, Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { ClassFields } from "./class-fields.tsx";
import { beginClass, type ClassForm, isReady, listClassChanges } from "./class-form.ts";
import { useClassWords } from "./class-words.ts";
import {
  type ClassesData,
  type ClassVersion,
  type DocumentClass,
  documentClassesQuery,
  refreshClasses,
} from "./queries.ts";
import "./document-classes.css";

/** Classes of documents: what each makes, which seals stand on it, and what it said before. */
export function DocumentClassesPage(): ReactElement {
  const t = useText("documentClasses");
  const { data, error, refetch } = useQuery(documentClassesQuery);
  const [form, setForm] = useState<ClassForm | null>(null);
  if (error && !data) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const [first] = data.items;
  const mayAsk = data.mayAskIn.length > 0;
  const of = (which: (one: DocumentClass) => boolean): DocumentClass[] => data.items.filter(which);
  const change = mayAsk ? (one: DocumentClass) => setForm(beginClass(one, false)) : undefined;
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        actions={
          mayAsk && first ? (
            <Button type="primary" onClick={() => setForm(beginClass(first, true))}>
              {t("add")}
            </Button>
          ) : undefined
        }
      />
      <div className="stack">
        <ClassList title={t("own")} items={of((one) => one.own && !one.retired)} onChange={change} />
        <ClassList title={t("starters")} items={of((one) => !one.own && !one.retired)} onChange={change} />
        <ClassList title={t("retiredOnes")} items={of((one) => one.retired)} onChange={change} />
      </div>
      {form && <AskDialog data={data} form={form} onForm={setForm} onClose={() => setForm(null)} />}
    </>
  );
}

function ClassList(props: {
  title: string;
  items: readonly DocumentClass[];
  onChange: ((one: DocumentClass) => void) | undefined;
}): ReactElement | null {
  const { title, items, onChange } = props;
  if (items.length === 0) return null;
  return (
    <section className="card" aria-label={title}>
      <header>
        <h2>{title}</h2>
      </header>
      <ul className="rows">
        {items.map((one) => (
          <li key={one.documentClass} className="rows-line">
            <ClassLine one={one} onChange={onChange && !one.asked ? () => onChange(one) : undefined} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ClassLine(props: { one: DocumentClass; onChange: (() => void) | undefined }): ReactElement {
  const { one, onChange } = props;
  const t = useText("documentClasses");
  const language = useLanguage();
  const words = useClassWords();
  const { data } = useQuery(documentClassesQuery);
  const base = data?.items.find((other) => other.documentClass === one.base);
  const said = words(one);
  const facts = [
    [
      t("kinds"),
      formatNames(
        one.kinds.map((kind) => nameIn(kind.name, language)),
        language,
      ) || t("none"),
    ],
    [
      t("electronic"),
      one.electronicReason[language] ? `${said.electronic} · ${one.electronicReason[language]}` : said.electronic,
    ],
    ...(one.words.length > 0 ? [[t("words"), said.words] as const] : []),
  ] as const;
  return (
    <div className="grow stack stack-tight">
      <div className="row">
        <strong className="grow">
          <BothNames name={one.name} />
        </strong>
        {one.retired && (
          <Tag tone="ended" sign="stop">
            {t("retired")}
          </Tag>
        )}
        {onChange && (
          <Button onClick={onChange}>
            {t("change")}
            <span className="unseen">{nameIn(one.name, language)}</span>
          </Button>
        )}
      </div>
      <div className="row class-tags">
        {one.own && base && <FactTag>{t("basedOn", { base: nameIn(base.name, language) })}</FactTag>}
        <FactTag>{t(one.makesRights ? "makesRights" : "makesNoRights")}</FactTag>
        <FactTag>{t(one.external ? "external" : "inside")}</FactTag>
        {one.confidential && <FactTag>{t("confidential")}</FactTag>}
      </div>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} className="facts-line">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {one.asked && (
        <span className="row">
          <Link to={paths.matter(one.asked.matterId)}>{t("asked", { number: one.asked.number ?? "" })}</Link>
          <StateTag kind="matter" state={one.asked.state} />
        </span>
      )}
      <Versions one={one} />
    </div>
  );
}

/** Every version there was, the newest first; what each changed of the one before it. */
function Versions({ one }: { one: DocumentClass }): ReactElement {
  const t = useText("documentClasses");
  const moment = useMoment();
  const wordsOf = useClassWords();
  const all: readonly ClassVersion[] = [...one.earlier, one];
  const since = (version: ClassVersion): string =>
    version.inForceAt === null ? t("byProduct") : t("since", { at: moment(version.inForceAt) });
  if (all.length === 1)
    return (
      <span className="note small">
        {t("version", { number: one.version })} · {since(one)}
      </span>
    );
  return (
    <details className="class-versions">
      <summary>{t("versions", { number: one.version, count: one.earlier.length })}</summary>
      <ol className="rows" reversed>
        {all.toReversed().map((version) => {
          const before = all.find((other) => other.version === version.version - 1);
          const [was, is] = [before ? wordsOf(before) : null, wordsOf(version)];
          const wanted = { ...version, classId: one.documentClass, base: one.base };
          return (
            <li key={version.version} className="rows-line stack stack-tight">
              <span>
                {t("version", { number: version.version })} · {since(version)}{" "}
                {version.matterId && <Link to={paths.matter(version.matterId)}>{t("matter")}</Link>}
              </span>
              {before &&
                listClassChanges(before, wanted).map((part) => (
                  <span key={part} className="note small typed">
                    {t(part === "sealKinds" ? "kinds" : part)}: {t("fromTo", { from: was?.[part] ?? "", to: is[part] })}
                  </span>
                ))}
            </li>
          );
        })}
      </ol>
    </details>
  );
}

function AskDialog(props: {
  data: ClassesData;
  form: ClassForm;
  onForm: (form: ClassForm) => void;
  onClose: () => void;
}): ReactElement {
  const { data, form, onForm, onClose } = props;
  const t = useText("documentClasses");
  const language = useLanguage();
  const queries = useQueryClient();
  const found = data.items.find((one) => one.documentClass === form.classId);
  const changed = listClassChanges(found ?? null, form).length > 0;
  return (
    <ApprovalDialog
      kind="document-class"
      title={found ? t("changeTitle", { name: nameIn(found.name, language) }) : t("add")}
      lead={t("askLead")}
      entities={data.mayAskIn}
      ready={isReady(form) && changed}
      prepare={async () => ({
        title: await titleInBoth("documentClasses", (say, of) =>
          say(form.retired && !found?.retired ? "retireMatter" : found ? "changeMatter" : "addMatter", {
            name: nameIn(form.name, of),
          }),
        ),
        data: { ...form },
      })}
      onChanged={() => refreshClasses(queries)}
      onClose={onClose}
    >
      <ClassFields form={form} onChange={onForm} />
    </ApprovalDialog>
  );
}
