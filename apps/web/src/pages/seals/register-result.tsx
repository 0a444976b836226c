import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useEffect, useRef } from "react";
import type { RouteAnswer } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { Message } from "../../parts/message.tsx";
import { RefusalList } from "../../parts/refusal-panel.tsx";
import { faceOf } from "../../parts/seal-face.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { StateTag } from "../../parts/state-tag.tsx";
import { faceStateOfSeal } from "../../parts/states.ts";
import { paths } from "../../paths.ts";
import { sealQuery } from "./queries.ts";
import { RuledFace } from "./ruled-face.tsx";

/** What became of a registration: in use, or what is still missing and where it is put right. */
export function RegisterResult(props: { made: RouteAnswer<"POST /v1/seals">; onAnother: () => void }): ReactElement {
  const { made } = props;
  const t = useText("seals");
  const { data: seal } = useQuery(sealQuery(made.sealId));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const inUse = made.state === "in-use";
  return (
    <section className="card register-result" aria-labelledby="result-title">
      {seal && (
        <RuledFace
          source={faceOf(seal.sealId)}
          name={seal.name}
          widthMm={seal.widthMm}
          heightMm={seal.heightMm}
          round={seal.faceShape === "circle"}
          state={faceStateOfSeal(seal)}
        />
      )}
      <div className="card-body stack">
        <h2 id="result-title" ref={heading} tabIndex={-1}>
          {inUse ? t("new.result.inUse") : t("new.result.notYet", { count: made.refusals.length })}
        </h2>
        {seal ? (
          <p className="row">
            <span className="mono">{seal.number}</span>
            <strong>
              <BothNames name={seal.name} />
            </strong>
            <StateTag kind="seal" state={seal.state} />
          </p>
        ) : (
          <LinesSkeleton lines={1} />
        )}
        {inUse ? (
          <Message tone="success" title={t("new.result.made")}>
            {t("new.result.madeWhat")}
          </Message>
        ) : (
          <>
            <RefusalList refusals={made.refusals} />
            <p className="note">{t("new.result.next")}</p>
          </>
        )}
        <div className="row">
          <Link className="button-link button-link-primary" to={paths.seal(made.sealId)}>
            {t("new.result.open")}
          </Link>
          {!inUse && (
            <Link className="button-link button-link-quiet" to={paths.organisation} search={{ view: "grants" }}>
              {t("acts.toGrants")}
            </Link>
          )}
          <Button onClick={props.onAnother}>{t("new.result.another")}</Button>
        </div>
      </div>
    </section>
  );
}
