import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { Message } from "../../parts/message.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { SignIcon, Tag } from "../../parts/state-tag.tsx";
import type { StampingView } from "./queries.ts";
import type { StampActs } from "./use-stamp-acts.tsx";

type Controllers = NonNullable<StampingView["controller"]>;
type Box = Controllers["boxes"][number];

/** Stamping with a controller: how each box is, what to do at it, and the end; what it presses appears by itself. */
export function ControllerTurn(props: { view: StampingView; acts: StampActs }): ReactElement | null {
  const { view, acts } = props;
  const t = useText("stamping");
  const [ending, setEnding] = useState<"as-usual" | "unheard" | null>(null);
  const { controller } = view;
  if (!controller || view.state !== "opened") return null;
  const left = view.impressions.filter(({ state }) => state === "reserved").length;
  const may = view.actions.includes("report");
  return (
    <>
      {controller.ending && (
        <Message
          tone="action"
          live
          title={t("controller.ending")}
          {...(controller.mayEndUnheard && view.actions.includes("end")
            ? { action: <Button onClick={() => setEnding("unheard")}>{t("controller.endUnheard")}</Button> }
            : {})}
        >
          {t(controller.mayEndUnheard ? "controller.endingUnheard" : "controller.endingWhy")}
        </Message>
      )}
      {controller.boxes.map((box) => (
        <BoxCard key={box.sealId} view={view} box={box} code={controller.code} />
      ))}
      {may && !controller.ending && (
        <section className="act-bar stamp-bar" aria-label={t("controller.acts")}>
          <div className="stamp-others">
            <Button onClick={() => setEnding("as-usual")} loading={acts.end.isPending}>
              {t("end")}
            </Button>
          </div>
        </section>
      )}
      {ending !== null && (
        <ReasonDialog
          title={t(ending === "unheard" ? "controller.endUnheard" : "reason.end.title")}
          what={t(
            ending === "unheard" || controller.boxes.every(({ trusted }) => !trusted)
              ? "controller.endUntold"
              : "controller.endWhat",
            { count: left },
          )}
          label={t("reason.end.label")}
          give={t("reason.end.give")}
          busy={acts.end.isPending}
          error={acts.end.error}
          onGive={(reason) =>
            acts.end.mutate({ reason, unheard: ending === "unheard" }, { onSuccess: () => setEnding(null) })
          }
          onClose={() => setEnding(null)}
        />
      )}
    </>
  );
}

const STANDING_LOOKS = {
  connected: { tone: "success", sign: "check" },
  offline: { tone: "waiting", sign: "dashed" },
  quarantined: { tone: "problem", sign: "octagon" },
  revoked: { tone: "problem", sign: "stop" },
} as const;

function BoxCard(props: { view: StampingView; box: Box; code: string }): ReactElement {
  const { view, box } = props;
  const t = useText("stamping");
  const language = useLanguage();
  const recent = useRecent();
  const titleId = `box-${box.sealId}`;
  // What is revoked or in quarantine is pressed no more, whatever it was given before.
  const ready = (box.turn === "accepted" || box.turn === "in-use") && box.trusted;
  return (
    <section className="card" aria-labelledby={titleId}>
      <header className="row">
        <h2 id={titleId} className="grow">
          {nameIn(box.name, language)}
        </h2>
        <Tag {...STANDING_LOOKS[box.standing]}>
          {t(`controller.standings.${box.kind === "direct" ? "box" : "cloud"}.${box.standing}`)}
        </Tag>
      </header>
      <div className="card-body stack" aria-live="polite">
        {box.kind === "direct" && box.standing !== "connected" && (
          <p>
            {t(`controller.standingWhy.${box.standing}`, {
              at: box.heardAt === null ? t("controller.neverHeard") : recent(box.heardAt),
            })}
          </p>
        )}
        {box.trusted && box.kind === "direct" ? (
          <p className="controller-code">
            <span className="note">{t("controller.code")}</span> <strong className="mono">{props.code}</strong>
          </p>
        ) : (
          box.trusted &&
          box.useCode && (
            <p className="controller-code">
              <span className="note">{t("controller.useCode")}</span> <strong className="mono">{box.useCode}</strong>
            </p>
          )
        )}
        {box.turn && box.trusted && (
          <p>
            <SignIcon
              sign={ready ? "check" : box.turn === "refused" || box.turn === "rejected" ? "octagon" : "clock"}
            />{" "}
            {t(`controller.turns.${box.turn}`, { used: box.used, most: box.most })}
            {box.until && ready && (
              <span className="note small"> {t("controller.until", { at: recent(box.until) })}</span>
            )}
          </p>
        )}
        {box.givenBack > 0 && <p className="note">{t("controller.givenBack", { count: box.givenBack })}</p>}
        {box.refused.map((one) => (
          <div key={one.code}>
            <strong>{one.sentence[language]}</strong>
            {one.wayOut && <p className="note">{one.wayOut[language]}</p>}
          </div>
        ))}
        {ready && box.kind !== "direct" && (
          <ol className="stamp-steps">
            <li>{t("controller.steps.useCode")}</li>
            <li>{t("controller.steps.press")}</li>
            <li>{t("controller.steps.late")}</li>
          </ol>
        )}
        {ready && box.kind === "direct" && view.emergencyUntil !== null && (
          <ol className="stamp-steps">
            <li>{t("controller.steps.chooseEmergency", { code: props.code })}</li>
            <li>{t("controller.steps.both")}</li>
            <li>{t("controller.steps.seen")}</li>
          </ol>
        )}
        {ready && box.kind === "direct" && view.emergencyUntil === null && (
          <ol className="stamp-steps">
            {view.docked && <li>{t("docked.steps.dock")}</li>}
            <li>{t("controller.steps.choose", { title: view.title, code: props.code })}</li>
            <li>{t(view.supervised && !view.remote ? "controller.steps.fingers" : "controller.steps.finger")}</li>
            {view.remote && <li>{t("remote.steps.ready")}</li>}
            <li>
              {t(view.remote ? "remote.steps.press" : view.docked ? "docked.steps.press" : "controller.steps.press")}
            </li>
          </ol>
        )}
      </div>
    </section>
  );
}
