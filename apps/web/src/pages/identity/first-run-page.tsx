import CheckOutlined from "@ant-design/icons/CheckOutlined";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, type ReactNode, useEffect } from "react";
import { api, type Installation } from "../../api.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { Specimen } from "../../parts/seal-face.tsx";
import { SignIcon } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { installationQuery } from "../../session.ts";
import { SampleFaces } from "./sample-faces.tsx";

/** The first page of an empty installation: look around with the sample, or set up one's own. */
export function FirstRunPage(): ReactElement {
  const t = useText("identity");
  const { data: installation, error, refetch } = useQuery(installationQuery);
  return (
    <div className="first-run">
      <h1>{t("firstRun.title")}</h1>
      <p className="first-run-lead note">{t("firstRun.lead")}</p>
      <ErrorPanel error={error} onRetry={() => void refetch()} />
      {installation && (
        <>
          <div className="first-run-ways">
            <SampleWay installation={installation} />
            <SetupWay />
          </div>
          <Checks checks={installation.checks} />
        </>
      )}
    </div>
  );
}

function SampleWay(props: { installation: Installation }): ReactElement {
  const t = useText("identity");
  const queries = useQueryClient();
  const router = useRouter();
  const start = useMutation({
    mutationFn: () => api("POST /v1/installation/sample"),
    onSuccess: () => queries.invalidateQueries(installationQuery),
  });
  const running = props.installation.state === "preparing-sample" || start.isSuccess;
  const { data: progress, error } = useQuery({
    queryKey: ["installation", "sample"],
    queryFn: () => api("GET /v1/installation/sample", { query: {} }),
    enabled: running,
    refetchInterval: 500,
    staleTime: 0,
  });
  const ready = progress?.state === "sample";
  useEffect(() => {
    if (!ready) return;
    void queries.refetchQueries(installationQuery).then(() => router.invalidate());
  }, [ready, queries, router]);
  const failed = progress?.state === "failed";
  return (
    <Way
      picture={<SampleFaces />}
      title={t("firstRun.sample.title")}
      lead={t("firstRun.sample.lead")}
      points={[t("firstRun.sample.roles"), t("firstRun.sample.use"), t("firstRun.sample.refusals")]}
    >
      {running && !failed ? (
        <div className="progress" role="status">
          <span>{t("firstRun.sample.progress", { done: progress?.done ?? 0, total: progress?.total ?? 0 })}</span>
          <progress
            aria-label={t("firstRun.sample.title")}
            value={progress?.done ?? 0}
            max={Math.max(progress?.total ?? 1, 1)}
          />
        </div>
      ) : (
        <Button
          type="primary"
          size="large"
          loading={start.isPending}
          disabled={!props.installation.sampleAllowed}
          aria-describedby={props.installation.sampleAllowed ? undefined : "sample-refused"}
          onClick={() => start.mutate()}
        >
          {t("firstRun.sample.open")}
        </Button>
      )}
      {!props.installation.sampleAllowed && (
        <Message id="sample-refused" tone="warning" title={t("firstRun.sample.refused")}>
          {t("firstRun.sample.refusedWhy")}
        </Message>
      )}
      {failed && (
        <Message tone="problem" title={t("firstRun.sample.stopped")} live>
          {t("firstRun.sample.stoppedWhy")}
        </Message>
      )}
      <ErrorPanel error={start.error ?? error} />
    </Way>
  );
}

function SetupWay(): ReactElement {
  const t = useText("identity");
  return (
    <Way
      picture={
        <Specimen caption={t("firstRun.setup.caption")}>
          <span className="first-seal" aria-hidden />
        </Specimen>
      }
      title={t("firstRun.setup.title")}
      lead={t("firstRun.setup.lead")}
      points={[t("firstRun.setup.profile"), t("firstRun.setup.code"), t("firstRun.setup.crew")]}
    >
      <Link to={paths.setup} className="button-link">
        {t("firstRun.setup.begin")}
      </Link>
    </Way>
  );
}

function Way(props: {
  picture: ReactElement;
  title: string;
  lead: string;
  points: readonly string[];
  children: ReactNode;
}): ReactElement {
  return (
    <section className="card way">
      {props.picture}
      <div className="way-text">
        <h2>{props.title}</h2>
        <p className="note">{props.lead}</p>
        <ul className="points">
          {props.points.map((point) => (
            <li key={point}>
              <CheckOutlined aria-hidden /> {point}
            </li>
          ))}
        </ul>
        <div className="stack way-acts">{props.children}</div>
      </div>
    </section>
  );
}

function Checks(props: { checks: Installation["checks"] }): ReactElement {
  const t = useText("identity");
  const language = useLanguage();
  return (
    <section className="checks" aria-label={t("firstRun.machine")}>
      <h2>{t("firstRun.machine")}</h2>
      <ul>
        {props.checks.map((check) => (
          <li key={check.id} data-state={check.state}>
            <SignIcon sign={check.state === "good" ? "check" : "warning"} />
            <span>
              <strong>{t(`firstRun.checks.${check.id}`)}</strong> <span className="note">{check.detail[language]}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
