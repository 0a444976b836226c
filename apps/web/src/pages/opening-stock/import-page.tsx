import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { type Step, StepBar } from "../../parts/step-bar.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { FilesCard } from "./files-card.tsx";
import { PreviewCard } from "./preview-card.tsx";
import { type Preview, previewQuery } from "./queries.ts";
import { SendCard } from "./send-card.tsx";
import { TemplatesCard } from "./templates-card.tsx";
import { useHomeEntity } from "./use-home-entity.ts";
import { useImportFiles } from "./use-import-files.ts";
import "../matters/matters.css";
import "./stock.css";

const STEPS = ["choose", "preview", "send"] as const;

/** What the organisation brings with it, in three steps: choose the sheets, look at every line, send them for decision. */
export function ImportPage(): ReactElement {
  const t = useText("stock");
  if (mayUse(useSession(), "stock.import")) return <Import />;
  return (
    <>
      <PageHeader title={t("title")} />
      <EmptyState title={t("notForRole")} action={<Link to={paths.overview}>{t("toOverview")}</Link>}>
        {t("notForRoleWhy")}
      </EmptyState>
    </>
  );
}

function Import(): ReactElement {
  const t = useText("stock");
  const language = useLanguage();
  const { entities } = useSession();
  const [entityId, setEntityId] = useHomeEntity();
  const upload = useImportFiles();
  const fileIds = upload.files.map((file) => file.fileId);
  const { data: preview, error, isFetching, refetch } = useQuery(previewQuery(entityId, fileIds));
  const shown = fileIds.length > 0 ? preview : undefined;
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        actions={
          <Link className="button-link button-link-quiet" to={paths.oldBooks}>
            {t("books.title")}
          </Link>
        }
      />
      <div className="stack">
        <section className="card card-body">
          <StepBar
            label={t("steps.label")}
            steps={listSteps(shown).map((state, at) => ({
              key: STEPS[at] ?? "",
              title: t(`steps.${STEPS[at] ?? "choose"}`),
              state,
            }))}
          />
        </section>
        {entities.length > 1 && (
          <section className="card card-body">
            <Field label={t("entity")} hint={t("entityHint")}>
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
          </section>
        )}
        <FilesCard upload={upload} />
        {fileIds.length === 0 && <TemplatesCard />}
        <ErrorPanel error={error} onRetry={() => void refetch()} />
        {fileIds.length > 0 && !shown && !error && <LinesSkeleton lines={8} />}
        {shown && (
          <>
            <PreviewCard preview={shown} busy={isFetching} />
            <SendCard preview={shown} entityId={entityId} fileIds={fileIds} />
            <TemplatesCard />
          </>
        )}
      </div>
    </>
  );
}

/** Where the reader is: mending is part of looking, and only what has no error is sent. */
function listSteps(preview: Preview | undefined): readonly Step["state"][] {
  if (!preview) return ["now", "todo", "todo"];
  return preview.parts.some((part) => part.refusals.length === 0) ? ["done", "done", "now"] : ["done", "now", "todo"];
}
