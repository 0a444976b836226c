import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { titleInBoth, useLanguage, useText } from "../../i18n/i18n.ts";
import { ApprovalDialog } from "../../parts/approval-dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { RefusalList } from "../../parts/refusal-panel.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { StateTag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { makeMark } from "./fields.ts";
import { type Mark, refreshTemplates, type TemplateDetail, templateAddress, templateQuery } from "./queries.ts";
import { TemplateFacts } from "./template-facts.tsx";
import { TemplateFields } from "./template-fields.tsx";
import { TemplateSheets } from "./template-sheets.tsx";
import { TemplateState } from "./template-state.tsx";
import { useTemplateDraft } from "./use-template-draft.ts";
import "../requests/reader.css";
import "../requests/said.css";
import "./templates.css";

/** One template: its pages with what may be filled in; of a draft of one's own everything can be changed. */
export function TemplatePage(): ReactElement {
  const { versionId = "" } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(templateQuery(versionId));
  if (error && !data) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return <Template key={versionId} detail={data} />;
}

const underDecision: readonly string[] = ["in-review", "approved"];

function Template(props: { detail: TemplateDetail }): ReactElement {
  const { detail } = props;
  const { version } = detail;
  const t = useText("templates");
  const language = useLanguage();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const draft = useTemplateDraft(detail);
  const [chosen, setChosen] = useState<number | null>(null);
  const [proposing, setProposing] = useState(false);
  const isDecided = version.matter !== null && underDecision.includes(version.matter.state);
  const mayWrite = version.state === "draft" && detail.mine && !isDecided;
  const discard = useMutation({
    mutationFn: () => api("DELETE /v1/templates/versions/:versionId", { params: { versionId: version.versionId } }),
    onSuccess: async () => {
      await refreshTemplates(queries);
      await navigate({ to: paths.templates });
    },
  });
  const name = nameIn(version.name, language);
  const addMark = (mark: Mark): void => {
    setChosen(draft.body.marks.length);
    draft.change({ marks: [...draft.body.marks, mark] });
  };
  const newName = t("newField", { number: draft.body.marks.length + 1 });
  return (
    <>
      <PageHeader
        trail={[{ to: paths.templates, name: t("title") }]}
        title={name}
        tags={
          <>
            <TemplateState state={version.state} />
            {version.number !== null && <span className="note">{t("versionOf", { number: version.number })}</span>}
            {version.matter && version.state === "draft" && (
              <>
                <Link to={paths.matter(version.matter.matterId)}>
                  {version.matter.number === null ? t("matterDraft") : t("matter", { number: version.matter.number })}
                </Link>
                <StateTag kind="matter" state={version.matter.state} />
              </>
            )}
          </>
        }
        actions={
          <>
            <a
              className="button-link button-link-quiet"
              href={templateAddress(version.versionId)}
              download={version.fileName}
            >
              {t("download")}
            </a>
            {mayWrite && (
              <>
                <Button loading={discard.isPending} onClick={() => discard.mutate()}>
                  {t("discard")}
                </Button>
                <Button
                  disabled={!draft.changed}
                  loading={draft.saving.isPending}
                  onClick={() => draft.saving.mutate()}
                >
                  {t("save")}
                </Button>
                <Button type="primary" disabled={detail.faults.length > 0} onClick={() => setProposing(true)}>
                  {t("propose")}
                </Button>
              </>
            )}
          </>
        }
      />
      <div className="stack">
        <ErrorPanel error={draft.saving.error ?? discard.error} />
        {version.state === "draft" && <RefusalList refusals={detail.faults} />}
        {detail.faults.length === 0 && detail.seriesFaults.length > 0 && (
          <Message tone="warning" title={t("noSeries")}>
            <ul className="said-list">
              {detail.seriesFaults.map(({ code, sentence, wayOut }) => (
                <li key={`${code} ${sentence.en}`}>
                  {sentence[language]} {wayOut?.[language]}
                </li>
              ))}
            </ul>
          </Message>
        )}
        {version.state === "draft" && !mayWrite && (
          <p className="note">{t(isDecided ? "underDecision" : "readOnly")}</p>
        )}
        {mayWrite && (
          <p className="note small" role="status">
            {t(draft.changed ? "unsaved" : "saved")}
          </p>
        )}
        <div className="template-columns">
          <TemplateSheets
            detail={detail}
            marks={draft.body.marks}
            chosen={chosen}
            onChoose={setChosen}
            onDraw={mayWrite ? (page, box) => addMark(makeMark(newName, page, box)) : undefined}
          />
          <div className="stack">
            <TemplateFacts detail={detail} body={draft.body} onChange={mayWrite ? draft.change : undefined} />
            <TemplateFields
              detail={detail}
              marks={draft.body.marks}
              chosen={chosen}
              newName={newName}
              onChoose={setChosen}
              onAdd={mayWrite ? addMark : undefined}
              onChange={(marks) => draft.change({ marks })}
            />
          </div>
        </div>
      </div>
      {proposing && (
        <ApprovalDialog
          kind="register-template"
          title={t("proposeTitle")}
          lead={t("proposeLead")}
          entities={[draft.entity]}
          prepare={async () => {
            const { version: saved, digest } = draft.changed ? await draft.saving.mutateAsync() : detail;
            return {
              title: await titleInBoth("templates", (say, of) =>
                say("proposeMatter", { name: nameIn(saved.name, of) }),
              ),
              data: { templateId: saved.templateId, versionId: saved.versionId, digest },
            };
          }}
          onChanged={() => refreshTemplates(queries)}
          onClose={() => setProposing(false)}
        />
      )}
    </>
  );
}
