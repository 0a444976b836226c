import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api, type RouteAnswer } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { FactTag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { sealTypesQuery } from "../seals/queries.ts";
import { SealTypeDialog } from "./seal-type-dialog.tsx";
import "../seals/seals.css";

export type SealTypeNow = RouteAnswer<"GET /v1/seal-types">["items"][number];

/** The kinds of seals with their defaults and versions; a seal administrator changes one by a new version. */
export function SealTypesPage(): ReactElement {
  const t = useText("life");
  const seals = useText("seals");
  const language = useLanguage();
  const session = useSession();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(sealTypesQuery);
  const [edited, setEdited] = useState<SealTypeNow | null>(null);
  const [done, setDone] = useState<{ name: string; version: number } | null>(null);
  const change = useMutation({
    mutationFn: async (wanted: Parameters<typeof send>[0]) => send(wanted),
    onSuccess: async ({ version }, { type }) => {
      await queries.invalidateQueries({ queryKey: sealTypesQuery.queryKey });
      setDone({ name: nameIn(type.name, language), version });
      setEdited(null);
    },
  });
  const may = mayUse(session, "seal-type.change");
  return (
    <>
      <PageHeader
        trail={[
          { to: paths.seals, name: seals("title") },
          { to: paths.sealTypes, name: t("types.title") },
        ]}
        title={t("types.title")}
        lead={t("types.lead")}
      />
      <div className="stack">
        <div aria-live="polite">{done && <Message tone="success" title={t("types.done", done)} />}</div>
        {error && !data && <ErrorPanel error={error} onRetry={() => void refetch()} />}
        {!data && !error && <PageSkeleton />}
        <ul className="seal-type-list">
          {data?.items.map((type) => (
            <li key={type.type} className="card card-body">
              <TypeLine
                type={type}
                {...(may
                  ? {
                      onChange: () => {
                        change.reset();
                        setEdited(type);
                      },
                    }
                  : {})}
              />
            </li>
          ))}
        </ul>
      </div>
      {edited && (
        <SealTypeDialog
          type={edited}
          busy={change.isPending}
          error={change.error}
          onSave={(wanted) => change.mutate({ type: edited, wanted })}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}

type Wanted = Parameters<Parameters<typeof SealTypeDialog>[0]["onSave"]>[0];

function send({ type, wanted }: { type: SealTypeNow; wanted: Wanted }): Promise<{ version: number }> {
  return api("POST /v1/seal-types/:type/versions", {
    params: { type: type.type },
    body: { ...wanted, version: type.version },
  });
}

function TypeLine(props: { type: SealTypeNow; onChange?: () => void }): ReactElement {
  const { type, onChange } = props;
  const t = useText("life");
  const language = useLanguage();
  return (
    <div className="row">
      <div className="grow">
        <strong>{nameIn(type.name, language)}</strong> {type.important && <FactTag>{t("types.important")}</FactTag>}
        {type.external && <FactTag>{t("types.external")}</FactTag>}
        <p className="note small">
          {[
            `${t("types.version")} ${type.version}`,
            t("types.sizeMm", { width: type.widthMm, height: type.heightMm }),
            `${t("types.filing")}: ${t(`types.filings.${type.filing}`)}`,
            ...(type.earlier.length > 0 ? [t("types.earlier", { count: type.earlier.length })] : []),
          ].join(" · ")}
        </p>
      </div>
      {onChange && (
        <Button onClick={onChange}>
          {t("types.change")}
          <span className="unseen">{nameIn(type.name, language)}</span>
        </Button>
      )}
    </div>
  );
}
