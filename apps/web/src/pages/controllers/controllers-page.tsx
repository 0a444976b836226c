import PlusOutlined from "@ant-design/icons/PlusOutlined";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Message } from "../../parts/message.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { FactTag, Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { ConnectionTag } from "./condition-card.tsx";
import { ControllerState } from "./controller-state.tsx";
import { PairingCodeDialog } from "./pairing-code-dialog.tsx";
import { type Controller, controllersQuery, type PairingMade } from "./queries.ts";
import { RegisterDialog } from "./register-dialog.tsx";
import { VendorClouds } from "./vendor-clouds.tsx";
import "./controllers.css";

/** All controllers, those that wait for somebody first. */
export function ControllersPage(): ReactElement {
  const t = useText("controllers");
  const session = useSession();
  const { data, error, refetch } = useQuery(controllersQuery);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<PairingMade | null>(null);
  if (error && !data) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const may = mayUse(session, "controller.manage");
  const add = may && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
      {t("register")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} actions={add} />
      <p className="note controller-gateway">
        {t(`gateway.${data.gateway.state}`, { address: data.gateway.address ?? "" })}
      </p>
      {data.mail.state === "failing" && (
        <Message
          tone="warning"
          title={t("mail.failing", { count: data.mail.unsent, fault: data.mail.fault ?? "" })}
          live
        >
          {t("mail.failingWhy")}
        </Message>
      )}
      {data.items.length === 0 ? (
        <section className="card card-body">
          <EmptyState title={t("none")}>{t(may ? "noneWhy" : "noneWatch")}</EmptyState>
        </section>
      ) : (
        <ul className="controller-list">
          {data.items.map((controller) => (
            <li key={controller.controllerId} className="card">
              <ControllerCard controller={controller} />
            </li>
          ))}
        </ul>
      )}
      <VendorClouds />
      {adding && (
        <RegisterDialog
          onClose={() => setAdding(false)}
          onMade={(pairing) => {
            setAdding(false);
            setMade(pairing);
          }}
        />
      )}
      {made && <PairingCodeDialog made={made} onClose={() => setMade(null)} />}
    </>
  );
}

function ControllerCard({ controller }: { controller: Controller }): ReactElement {
  const t = useText("controllers");
  const language = useLanguage();
  const { journal, hindrances } = controller;
  const first = controller.enrolled && hindrances[0];
  return (
    <div className="card-body stack stack-tight">
      <div className="row">
        <h2 className="grow">
          <Link to={paths.controller(controller.controllerId)}>
            <BothNames name={controller.name} />
          </Link>
        </h2>
        <ControllerState controller={controller} />
      </div>
      <p>
        {controller.serial !== "" && (
          <span className="mono">{`${t("line.serial", { serial: controller.serial })} · `}</span>
        )}
        {`${controller.model} · ${nameIn(controller.entity.name, language)}`}
      </p>
      <div className="row">
        <FactTag>{t(`adapter.kinds.${controller.adapter.kind}`)}</FactTag>
        <FactTag>{controller.container ? nameIn(controller.container.name, language) : t("line.unplaced")}</FactTag>
        {journal && <ConnectionTag journal={journal} />}
        {journal?.quarantined && (
          <Tag tone="problem" sign="octagon">
            {t("how.quarantined")}
          </Tag>
        )}
        {journal?.battery != null && (
          <FactTag>{`${t("how.battery")} ${t("how.percent", { percent: journal.battery })}`}</FactTag>
        )}
        {journal?.backlog ? <FactTag>{`${t("how.backlog")} ${journal.backlog}`}</FactTag> : null}
        {controller.mayConfirm && <Tag tone="action">{t("line.waitsForYou")}</Tag>}
      </div>
      {first && (
        <p className="note small">
          {first.sentence[language]} {first.wayOut?.[language]}
        </p>
      )}
    </div>
  );
}
