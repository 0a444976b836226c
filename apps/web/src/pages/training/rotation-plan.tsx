import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import type { ReactElement } from "react";
import { api, type RouteAnswer } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { paths } from "../../paths.ts";

type Plan = RouteAnswer<"GET /v1/rotation-plan">;

/** What the planner proposes; a person accepts it, and each move becomes a handover of its own. */
export function RotationPlan(props: { entityId: string; plan: Plan; onOpened: () => void }): ReactElement {
  const { entityId, plan } = props;
  const t = useText("training");
  const language = useLanguage();
  const accept = useMutation({
    mutationFn: () =>
      api("POST /v1/rotation-handovers", {
        body: {
          entityId,
          moves: plan.moves.map(({ seal, leaving, coming, witness }) => ({
            ...{ sealId: seal.sealId, leavingId: leaving.personId },
            ...{ comingId: coming.personId, witnessId: witness.personId },
          })),
        },
      }),
    onSettled: props.onOpened,
  });
  if (plan.moves.length === 0)
    return (
      <Message tone="action" title={t(plan.left.length === 0 ? "rotation.nothingDue" : "rotation.nobodyFit")} live />
    );
  return (
    <section className="card" aria-labelledby="plan-title">
      <header>
        <h2 id="plan-title">{t("rotation.plan")}</h2>
      </header>
      <div className="card-body stack">
        <p className="note">{t("rotation.planLead")}</p>
        <ol className="letter">
          {plan.moves.map((move) => {
            const opened = accept.data?.items.find(
              (one) => one.sealId === move.seal.sealId && one.leavingId === move.leaving.personId,
            );
            return (
              <li key={`${move.seal.sealId} ${move.leaving.personId}`}>
                <strong>{nameIn(move.seal.name, language)}</strong> <span className="mono">{move.seal.number}</span>
                <br />
                {t("rotation.move", {
                  leaving: nameIn(move.leaving.name, language),
                  coming: nameIn(move.coming.name, language),
                  witness: nameIn(move.witness.name, language),
                })}
                {opened && (
                  <p className="note small">
                    {opened.number === null ? t("rotation.draft") : t("rotation.opened", { number: opened.number })}{" "}
                    <Link to={paths.matter(opened.matterId)}>{t("rotation.show")}</Link>
                    {opened.refusals.map((one) => (
                      <span key={one.code}> {one.sentence[language]}</span>
                    ))}
                  </p>
                )}
              </li>
            );
          })}
        </ol>
        {plan.left.length > 0 && (
          <Message tone="warning" title={t("rotation.left")}>
            <p>{t("rotation.leftWhy")}</p>
            {plan.left.map((one) => (
              <p key={`${one.seal.sealId} ${one.person.personId}`}>
                {nameIn(one.person.name, language)} · {nameIn(one.seal.name, language)} {one.seal.number}
              </p>
            ))}
          </Message>
        )}
        <ErrorPanel error={accept.error} />
        {!accept.data && (
          <Button type="primary" size="large" loading={accept.isPending} onClick={() => accept.mutate()}>
            {t("rotation.accept")}
          </Button>
        )}
      </div>
    </section>
  );
}
