import UploadOutlined from "@ant-design/icons/UploadOutlined";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { titleInBoth, useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { ApprovalDialog } from "../../parts/approval-dialog.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { StateTag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { usePdfChooser } from "../apply/documents-card.tsx";
import { refreshTemplates, type Template, type TemplatesData, templateAddress, templatesQuery } from "./queries.ts";
import { TemplateState } from "./template-state.tsx";
import "./templates.css";
import { useClassName } from "../document-classes/queries.ts";

/** Templates in force, drafts for who writes them, and what is no longer in force. */
export function TemplatesPage(): ReactElement {
  const t = useText("templates");
  const { data, error, refetch } = useQuery(templatesQuery);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const register = useMutation({
    mutationFn: (file: File) => api("POST /v1/templates", { file, fileName: file.name }),
    onSuccess: async ({ versionId }) => {
      await refreshTemplates(queries);
      await navigate({ to: paths.template(versionId) });
    },
  });
  const choose = usePdfChooser(([file]) => file && register.mutate(file), false, data?.takesWord);
  if (error && !data) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const mayWrite = data.mayWriteIn.length > 0;
  const button = (
    <Button type="primary" icon={<UploadOutlined aria-hidden />} loading={register.isPending} onClick={choose.open}>
      {register.isPending ? t("reading") : t("register")}
    </Button>
  );
  const of = (...states: Template["state"][]): Template[] => data.items.filter((one) => states.includes(one.state));
  const isEmpty = data.items.length === 0;
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} actions={mayWrite && !isEmpty ? button : undefined} />
      {choose.input}
      <div className="stack">
        {mayWrite && data.takesWord && <p className="note">{t("takesWord")}</p>}
        <ErrorPanel error={register.error} />
        {isEmpty && (
          <section className="card card-body">
            <EmptyState title={t("none")} action={mayWrite ? button : undefined}>
              {mayWrite ? t("noneWhy") : t("noneReader")}
            </EmptyState>
          </section>
        )}
        <TemplateTable data={data} title={t("drafts")} items={of("draft")} />
        <TemplateTable data={data} title={t("list")} items={of("in-force")} />
        <TemplateTable data={data} title={t("earlier")} items={of("replaced", "withdrawn")} />
      </div>
    </>
  );
}

function TemplateTable(props: { data: TemplatesData; title: string; items: readonly Template[] }): ReactElement | null {
  const { data, title, items } = props;
  const t = useText("templates");
  const [ending, setEnding] = useState<Template | null>(null);
  const queries = useQueryClient();
  if (items.length === 0) return null;
  return (
    <section className="card" aria-label={title}>
      <header>
        <h2>{title}</h2>
      </header>
      <div className="table-card">
        <table className="table table-rows">
          <thead>
            <tr>
              <th scope="col">{t("name")}</th>
              <th scope="col">{t("class")}</th>
              <th scope="col">{t("language")}</th>
              <th scope="col">{t("state")}</th>
              <th scope="col">
                <span className="unseen">{t("open")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <TemplateRow
                key={one.versionId}
                template={one}
                onWithdraw={
                  one.state === "in-force" && data.mayWriteIn.some((own) => own.entityId === one.entity.entityId)
                    ? () => setEnding(one)
                    : undefined
                }
              />
            ))}
          </tbody>
        </table>
      </div>
      {ending && (
        <ApprovalDialog
          kind="withdraw-template"
          title={t("withdrawTitle")}
          lead={t("withdrawLead")}
          entities={[ending.entity]}
          prepare={async () => ({
            title: await titleInBoth("templates", (say, of) =>
              say("withdrawMatter", { name: nameIn(ending.name, of) }),
            ),
            data: { templateId: ending.templateId },
          })}
          onChanged={() => refreshTemplates(queries)}
          onClose={() => setEnding(null)}
        />
      )}
    </section>
  );
}

function TemplateRow(props: { template: Template; onWithdraw: (() => void) | undefined }): ReactElement {
  const { template, onWithdraw } = props;
  const { versionId, number, state, matter, entity, pages } = template;
  const t = useText("templates");
  const className = useClassName();
  const language = useLanguage();
  const moment = useMoment();
  const name = nameIn(template.name, language);
  return (
    <tr>
      <th scope="row">
        <Link to={paths.template(versionId)}>{name}</Link>
        <span className="login note small">
          {[
            ...(number === null ? [] : [t("versionOf", { number })]),
            t("pages", { count: pages.length }),
            ...(number === null ? [] : [t("uses", { count: template.uses })]),
            nameIn(entity.name, language),
          ].join(" · ")}
        </span>
      </th>
      <td data-label={t("class")}>{className(template.documentClass)}</td>
      <td data-label={t("language")}>{t(`languages.${template.language}`)}</td>
      <td data-label={t("state")}>
        <TemplateState state={state} />
        {template.inForceAt && <span className="note small"> {t("since", { at: moment(template.inForceAt) })}</span>}
        {state === "draft" && matter && (
          <span className="row">
            <Link to={paths.matter(matter.matterId)}>
              {matter.number === null ? t("matterDraft") : t("matter", { number: matter.number })}
            </Link>
            <StateTag kind="matter" state={matter.state} />
          </span>
        )}
      </td>
      <td>
        <div className="row">
          {state === "in-force" && (
            <a
              className="button-link button-link-quiet"
              href={templateAddress(versionId)}
              download={template.fileName}
              aria-label={t("downloadNamed", { name })}
            >
              {t("download")}
            </a>
          )}
          {onWithdraw && <Button onClick={onWithdraw}>{t("withdraw")}</Button>}
        </div>
      </td>
    </tr>
  );
}
