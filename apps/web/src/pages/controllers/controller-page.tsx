import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { FactLines } from "../../parts/fact-lines.tsx";
import { Message } from "../../parts/message.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import { AdapterCard, PlateCard } from "./adapter-card.tsx";
import { ConditionCard, HindrancesCard } from "./condition-card.tsx";
import { ControllerState } from "./controller-state.tsx";
import { EnrolmentCard } from "./enrolment-card.tsx";
import { EpochCard } from "./epoch-card.tsx";
import { JournalCards } from "./journal-cards.tsx";
import { OrdersCard } from "./orders-card.tsx";
import { type Controller, controllerQuery, refreshControllers } from "./queries.ts";
import { SettingsCard } from "./settings-card.tsx";
import "./controllers.css";

/** One controller: how far its enrolment is, what is known of it, and its end. */
export function ControllerPage(): ReactElement {
  const t = useText("controllers");
  const { controllerId = "" }: { controllerId?: string } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(controllerQuery(controllerId));
  const [revoking, setRevoking] = useState(false);
  const [done, setDone] = useState<"enrolled" | "declined" | "revoked" | null>(null);
  if (error && !data) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return (
    <>
      <PageHeader
        title={<BothNames name={data.name} />}
        trail={[{ to: paths.controllers, name: t("title") }]}
        tags={<ControllerState controller={data} />}
        actions={
          data.mayRevoke && (
            <Button danger onClick={() => setRevoking(true)}>
              {t("revoke.open")}
            </Button>
          )
        }
      />
      <div className="stack">
        <div aria-live="polite">{done && <Message tone="success" title={t(`done.${done}`)} />}</div>
        {data.pairing && <EnrolmentCard controller={data} pairing={data.pairing} onDone={setDone} />}
        {data.adapter.entriesLeft !== null && (
          <PlateCard controller={data} left={data.adapter.entriesLeft} onDone={() => setDone("enrolled")} />
        )}
        <HindrancesCard controller={data} />
        {data.journal?.quarantined && <EpochCard controllerId={controllerId} />}
        {data.journal && <ConditionCard journal={data.journal} />}
        {data.journal && <OrdersCard controller={data} />}
        {data.journal && <SettingsCard controllerId={controllerId} />}
        <AdapterCard controller={data} />
        <FactsCard controller={data} />
        {data.journal && <JournalCards controllerId={controllerId} />}
      </div>
      {revoking && (
        <RevokeDialog
          controllerId={controllerId}
          onClose={() => setRevoking(false)}
          onDone={() => {
            setRevoking(false);
            setDone("revoked");
          }}
        />
      )}
    </>
  );
}

function FactsCard({ controller }: { controller: Controller }): ReactElement {
  const t = useText("controllers");
  const language = useLanguage();
  const moment = useMoment();
  const { enrolled, revoked, registered } = controller;
  const said = (what: Pick<typeof registered, "by" | "at">): string =>
    t("facts.by", { name: what.by ? nameIn(what.by.name, language) : "", at: moment(what.at) });
  return (
    <section className="card" aria-labelledby="controller-facts">
      <header>
        <h2 id="controller-facts">{t("facts.title")}</h2>
      </header>
      <div className="card-body">
        <FactLines
          lines={[
            [t("facts.entity"), nameIn(controller.entity.name, language)],
            [t("facts.serial"), controller.serial],
            [t("facts.model"), controller.model],
            [
              t("facts.container"),
              controller.container ? nameIn(controller.container.name, language) : t("line.unplaced"),
            ],
            [t("facts.registered"), said(registered)],
            [t("facts.enrolled"), enrolled ? said(enrolled) : ""],
            [t("facts.key"), enrolled?.key ? { EdDSA: "Ed25519", ES256: "P-256" }[enrolled.key.algorithm] : ""],
            [t("facts.firmware"), enrolled?.key?.firmware ?? ""],
            [t("facts.certificate"), enrolled?.key?.certificate.serial ?? ""],
            [t("facts.fingerprint"), enrolled?.key?.certificate.sha256 ?? ""],
            [t("facts.until"), enrolled?.key ? moment(enrolled.key.certificate.notAfter) : ""],
            [t("facts.revoked"), revoked ? said(revoked) : ""],
            [t("facts.reason"), revoked?.reason ?? ""],
          ]}
        />
      </div>
    </section>
  );
}

function RevokeDialog(props: { controllerId: string; onClose: () => void; onDone: () => void }): ReactElement {
  const t = useText("controllers");
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: (reason: string) =>
      api("POST /v1/controllers/:controllerId/revocation", {
        params: { controllerId: props.controllerId },
        body: { reason },
      }),
    onSuccess: async () => {
      await refreshControllers(queries);
      props.onDone();
    },
  });
  return (
    <ReasonDialog
      title={t("revoke.title")}
      what={t("revoke.what")}
      label={t("revoke.why")}
      missing={t("revoke.whyMissing")}
      most={1000}
      give={t("revoke.give")}
      danger
      busy={revoke.isPending}
      error={revoke.error}
      onGive={(reason) => revoke.mutate(reason)}
      onClose={props.onClose}
    />
  );
}
