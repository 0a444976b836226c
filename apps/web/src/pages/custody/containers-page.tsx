import PlusOutlined from "@ant-design/icons/PlusOutlined";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { FactTag, Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { AddContainerDialog } from "./add-container-dialog.tsx";
import { PersonChoice } from "./custody-choices.tsx";
import { type Container, containersQuery, refreshCustody } from "./queries.ts";
import "./custody.css";

/** Where seals lie: each container with its locks, their holders, and what is in it now. */
export function ContainersPage(): ReactElement {
  const t = useText("custody");
  const session = useSession();
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useQuery(containersQuery);
  if (error && !data) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const add = mayUse(session, "container.manage") && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
      {t("containers.add")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("containers.title")} lead={t("containers.lead")} actions={add} />
      {data.items.length === 0 ? (
        <section className="card card-body">
          <EmptyState title={t("containers.none")}>{t("containers.noneWhy")}</EmptyState>
        </section>
      ) : (
        <ul className="custody-list">
          {data.items.map((container) => (
            <li key={container.containerId} className="card">
              <ContainerCard container={container} />
            </li>
          ))}
        </ul>
      )}
      {adding && <AddContainerDialog onClose={() => setAdding(false)} />}
    </>
  );
}

function ContainerCard(props: { container: Container }): ReactElement {
  const { container } = props;
  const t = useText("custody");
  const language = useLanguage();
  const recent = useRecent();
  const [giving, setGiving] = useState<Container["locks"][number] | null>(null);
  return (
    <div className="card-body stack stack-tight">
      <div className="row">
        <h2 className="grow">
          <BothNames name={container.name} />
        </h2>
        <FactTag>{t(`kinds.${container.kind}`)}</FactTag>
        {container.closedAt && <FactTag>{t("containers.closed")}</FactTag>}
      </div>
      <p>{`${container.address}${container.camera ? ` · ${t("containers.camera")} ${container.camera}` : ""}`}</p>
      <div className="row">
        {container.insideMonitoring ? (
          <FactTag>{t("containers.monitored")}</FactTag>
        ) : (
          <Tag tone="warning" sign="warning">
            {t("containers.notMonitored")}
          </Tag>
        )}
        {container.goodForImportant && <FactTag>{t("containers.important")}</FactTag>}
      </div>
      <ul className="custody-lines" aria-label={t("containers.locks")}>
        {container.locks.map((lock) => (
          <li key={lock.lockId} className="row">
            <span className="grow">
              {`${t(lock.kind === "key" ? "containers.lockKey" : "containers.lockCode")} ${lock.label}: `}
              <strong>{lock.holder ? nameIn(lock.holder.name, language) : t("containers.nobody")}</strong>
              {lock.since && <span className="note small"> {t("containers.since", { at: recent(lock.since) })}</span>}
            </span>
            {container.mayManage && (
              <Button size="small" onClick={() => setGiving(lock)}>
                {t("containers.give")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ul className="custody-lines" aria-label={t("containers.holds")}>
        {container.contents.length === 0 && <li className="note">{t("containers.empty")}</li>}
        {container.contents.map((one) => (
          <li key={one.bodyId}>
            <Link className="inline-link" to={paths.sealCustody(one.seal.sealId)}>
              {nameIn(one.seal.name, language)} <span className="mono">{one.bodyNumber}</span>
            </Link>{" "}
            <span className="note small">{t("containers.since", { at: recent(one.since) })}</span>
          </li>
        ))}
      </ul>
      {giving && <GiveLockDialog containerId={container.containerId} lock={giving} onClose={() => setGiving(null)} />}
    </div>
  );
}

function GiveLockDialog(props: {
  containerId: string;
  lock: Container["locks"][number];
  onClose: () => void;
}): ReactElement {
  const t = useText("custody");
  const queries = useQueryClient();
  const { containerId, lock, onClose } = props;
  const [personId, setPersonId] = useState(lock.holder?.personId ?? "");
  const give = useMutation({
    mutationFn: () =>
      api("PUT /v1/containers/:containerId/locks/:lockId/holder", {
        params: { containerId, lockId: lock.lockId },
        body: { personId: personId === "" ? null : personId },
      }),
    onSuccess: async () => {
      onClose();
      await refreshCustody(queries);
    },
  });
  return (
    <Dialog
      title={t("containers.giveTitle", { label: lock.label })}
      onClose={onClose}
      actions={
        <Button type="primary" loading={give.isPending} onClick={() => give.mutate()}>
          {t("containers.save")}
        </Button>
      }
    >
      <PersonChoice label={t("containers.give")} value={personId} onChange={setPersonId} />
      <ErrorPanel error={give.error} />
    </Dialog>
  );
}
