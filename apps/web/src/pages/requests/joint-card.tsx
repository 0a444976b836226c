import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { StateTag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { findJointStage } from "./joint-stage.ts";
import type { RequestDetail } from "./queries.ts";

type Other = NonNullable<RequestDetail["otherSide"]>;

/** Both sides of a joint request: whose they are, how far each is, and what that means for the paper. */
export function JointCard(props: { request: RequestDetail }): ReactElement | null {
  const { request } = props;
  const { otherSide: other } = request;
  const t = useText("joint");
  const language = useLanguage();
  if (!other) return null;
  return (
    <section className="card" aria-labelledby="joint-title">
      <header>
        <h2 id="joint-title">{t("card.title")}</h2>
      </header>
      <div className="card-body stack stack-tight">
        <dl className="facts joint-sides">
          <Side
            term={t("card.here")}
            name={request.entity ? nameIn(request.entity.name, language) : ""}
            number={request.number}
            state={request.state}
          />
          <Side
            term={t("card.there")}
            name={nameIn(other.entity.name, language)}
            number={other.number}
            state={other.state}
            to={other.requestId}
          />
        </dl>
        <p className="note">{t(`card.${findJointStage(request.state, other)}`)}</p>
      </div>
    </section>
  );
}

function Side(props: {
  term: string;
  name: string;
  number: string | null;
  state: Other["state"];
  to?: string | null;
}): ReactElement {
  const t = useText("joint");
  return (
    <>
      <dt>{props.term}</dt>
      <dd>
        <span className="row">
          <strong>{props.name}</strong>
          <StateTag kind="request" state={props.state} />
        </span>
        <span className="note small">
          {props.number ? <span className="mono">{props.number}</span> : t("card.number")}
          {props.to && props.number && (
            <>
              {" · "}
              <Link className="inline-link" to={paths.request(props.to)}>
                {t("card.open")}
              </Link>
            </>
          )}
        </span>
      </dd>
    </>
  );
}
