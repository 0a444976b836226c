import PauseCircleOutlined from "@ant-design/icons/PauseCircleOutlined";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import type { ReactElement } from "react";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { RefusedAct } from "../../parts/refusal-panel.tsx";
import { faceStateOfSeal } from "../../parts/states.ts";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import type { SealDetail } from "./queries.ts";
import { concernsReader, sortActs } from "./seal-life.ts";
import type { SealActs } from "./use-seal-acts.tsx";

/** What the reader may do with the seal at once. A loss stands first, away from the act most wanted. */
export function SealActButtons(props: { seal: SealDetail; acts: SealActs }): ReactElement {
  const { seal, acts } = props;
  const t = useText("seals");
  const session = useSession();
  const open = sortActs(seal.actions).open.map((action) => action.act);
  const applies = faceStateOfSeal(seal) === "live" && mayUse(session, "request.apply");
  return (
    <>
      {open.includes("report-loss") && (
        <Button danger onClick={() => acts.begin("report-loss")}>
          {t("acts.report-loss.button")}
        </Button>
      )}
      {open.includes("freeze") && (
        <Button icon={<PauseCircleOutlined aria-hidden />} onClick={() => acts.begin("freeze")}>
          {t("acts.freeze.button")}
        </Button>
      )}
      {open.includes("unfreeze") && (
        <Button type="primary" onClick={() => acts.begin("unfreeze")}>
          {t("acts.unfreeze.button")}
        </Button>
      )}
      {applies && (
        <Link
          className="button-link button-link-primary"
          to={paths.apply}
          search={{ seal: props.seal.sealId, entity: props.seal.entity.entityId }}
        >
          {t("apply")}
        </Link>
      )}
    </>
  );
}

/** Acts that a rule refuses, open to be read; those that this state or the reader's roles leave out, on demand. */
export function RefusedActs(props: { seal: SealDetail }): ReactElement | null {
  const t = useText("seals");
  const language = useLanguage();
  const session = useSession();
  const { refused, closed } = sortActs(props.seal.actions);
  if (!concernsReader(props.seal.actions)) return null;
  const grants = mayUse(session, "grant.manage");
  return (
    <>
      {refused.map((action) => (
        <RefusedAct
          key={action.act}
          id={`refused-${action.act}`}
          title={t(`acts.${action.act}.refused`, { reasons: t("acts.reasons", { count: action.refusals.length }) })}
          refusals={action.refusals}
          renderAction={(refusal) =>
            grants && refusal.code.endsWith("-missing") ? (
              <Link className="inline-link" to={paths.organisation} search={{ view: "grants" }}>
                {t("acts.toGrants")}
              </Link>
            ) : null
          }
        />
      ))}
      {closed.length > 0 && (
        <details className="closed-acts">
          <summary>{t("acts.closed", { count: closed.length })}</summary>
          <dl>
            {closed.map((action) => (
              <div key={action.act}>
                <dt>{t(`acts.${action.act}.button`)}</dt>
                {action.refusals.map((refusal) => (
                  <dd key={refusal.code}>
                    {refusal.sentence[language]}
                    {refusal.wayOut && <span className="note"> {refusal.wayOut[language]}</span>}
                  </dd>
                ))}
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}
