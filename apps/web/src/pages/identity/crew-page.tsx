import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api, type RouteAnswer } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { CrewPlan, FirstUseSteps, MissingWords } from "../../parts/first-use-steps.tsx";
import { DashedCircleIcon } from "../../parts/icons.tsx";
import { Message } from "../../parts/message.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";

type Missing = RouteAnswer<"GET /v1/crew">["missing"][number];

/** Which people are still missing for the first use of a seal, and the way to invite them. */
export function CrewPage(): ReactElement {
  const t = useText("identity");
  const language = useLanguage();
  const session = useSession();
  const { data, error, refetch } = useQuery({ queryKey: ["crew"], queryFn: () => api("GET /v1/crew") });
  const invite = mayUse(session, "person.manage") && (
    <Link className="inline-link" to={paths.organisation} search={{ view: "people" }}>
      {t("crew.invite")}
    </Link>
  );
  return (
    <>
      <PageHeader title={t("crew.title")} lead={t("crew.lead")} />
      <div className="stack">
        <ErrorPanel error={error} onRetry={() => void refetch()} />
        {!session.hasPasskey && !session.sample && (
          <Message
            tone="warning"
            title={t("crew.passkey")}
            action={
              <Link className="inline-link" to={paths.account}>
                {t("crew.addPasskey")}
              </Link>
            }
          >
            {t("crew.passkeyWhy")}
          </Message>
        )}
        {!data && !error && <LinesSkeleton lines={6} />}
        {data?.complete && data.steps.length === 0 && (
          <Message
            tone="success"
            title={t("crew.complete")}
            action={
              <Link className="inline-link" to={paths.overview}>
                {t("crew.go")}
              </Link>
            }
          />
        )}
        {data && data.alone.length > 0 && (
          <Message tone="warning" title={t("crew.alone")} action={invite || undefined}>
            <ul>
              {data.alone.map(({ sealId, sentence }) => (
                <li key={sealId ?? sentence.en}>{nameIn(sentence, language)}</li>
              ))}
            </ul>
          </Message>
        )}
        {data && !data.usable && data.plan.length > 0 && <CrewPlan plan={data.plan} />}
        {data && <FirstUseSteps crew={data} action={invite} />}
        {data && data.steps.length === 0 && data.missing.length > 0 && (
          <section className="card" aria-label={t("crew.missing")}>
            <header>
              <h2>{t("crew.missing")}</h2>
              {invite}
            </header>
            <ul className="rows">
              {data.missing.map((missing) => (
                <MissingRow key={`${missing.role} ${missing.sealId ?? ""} ${missing.sentence.en}`} missing={missing} />
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  );
}

function MissingRow(props: { missing: Missing }): ReactElement {
  const word = useWord();
  return (
    <li className="rows-line">
      <DashedCircleIcon />
      <div>
        <strong>{word("roles", props.missing.role)}</strong>
        <MissingWords missing={props.missing} />
      </div>
    </li>
  );
}
