import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Message } from "../../parts/message.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { ApprovedPage } from "./approved-page.tsx";
import { CameraButton } from "./camera-button.tsx";
import { SheetInHand } from "./foreign-paper.tsx";
import type { StampingView, StampReport } from "./queries.ts";
import { SpoiledDialog } from "./spoiled-dialog.tsx";
import { asksWhichPage, findTurn, isOfOtherTurn, isOpen, type Turn } from "./stamp-turns.ts";
import { usePlaceWords } from "./use-place-words.ts";
import type { Reports } from "./use-report-queue.ts";
import type { StampActs } from "./use-stamp-acts.tsx";

type Asked = Exclude<StampReport, "pressed" | "retaken"> | "end";

/** The impression that comes now: where it stands on the approved page, and what its stamper says of it. */
export function StampTurn(props: {
  view: StampingView;
  turns: readonly Turn[];
  reports: Reports;
  acts: StampActs;
}): ReactElement {
  const { view, turns, reports, acts } = props;
  const t = useText("stamping");
  const [chosen, setChosen] = useState<string | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const turn = findTurn(turns, chosen);
  const inHand = (sealId: string): boolean => view.pieces.some((piece) => piece.sealId === sealId && piece.inHand);
  const say = (report: StampReport, reason: string, photo: File | null): void => {
    setAsked(null);
    if (turn) void reports.say(turn.impression.impressionId, report, reason, photo);
  };
  const open = turns.filter(isOpen).length;
  // What the phone has not sent yet would count as not pressed.
  const waits = reports.state.waiting.length > 0;
  const end = (
    <Button onClick={() => setAsked("end")} loading={acts.end.isPending}>
      {t("end")}
    </Button>
  );
  return (
    <>
      {turn ? (
        <section className="card" aria-labelledby="turn-title">
          <header className="turn-head">
            <h2 id="turn-title">
              <span className="turn-nth">{t("turn.nth", { nth: turn.impression.nth })}</span>{" "}
              <span className="note">{t("turn.of", { total: turns.length })}</span>
            </h2>
            <Where view={view} turn={turn} />
            {turns.some(({ impression }) => isOfOtherTurn(impression)) && (
              <span className="note small">{t("turn.anyOrder")}</span>
            )}
          </header>
          {view.paperPrintedBy !== null && (
            <SheetInHand view={view} turns={turns} current={turn} onChoose={setChosen} />
          )}
          <ApprovedPage view={view} impression={turn.impression} key={turn.impression.impressionId}>
            <TurnChecks turn={turn} inHand={inHand(turn.impression.sealId)} />
          </ApprovedPage>
          {(view.paperPrintedBy === null || !asksWhichPage(turns)) && (
            <TurnChoice turns={turns} current={turn} onChoose={setChosen} />
          )}
        </section>
      ) : (
        <Message tone="success" live title={t("turn.done")} {...(open === 0 ? {} : { action: end })}>
          {t("turn.doneWhy")}
        </Message>
      )}
      {turn && (
        <section className="act-bar stamp-bar" aria-label={t("turn.nth", { nth: turn.impression.nth })}>
          <CameraButton seals disabled={!inHand(turn.impression.sealId)} onPhoto={(photo) => say("pressed", "", photo)}>
            {t("turn.pressed", { nth: turn.impression.nth })}
          </CameraButton>
          <div className="stamp-others">
            <Button onClick={() => setAsked("not-pressed")}>{t("turn.notPressed")}</Button>
            <Button disabled={!inHand(turn.impression.sealId)} onClick={() => setAsked("spoiled")}>
              {t("turn.spoiled")}
            </Button>
            <Button onClick={() => setAsked("cannot-tell")}>{t("turn.cannotTell")}</Button>
            {end}
          </div>
        </section>
      )}
      {turn && asked === "spoiled" && (
        <SpoiledDialog
          nth={turn.impression.nth}
          onTaken={(reason, photo) => say("spoiled", reason, photo)}
          onClose={() => setAsked(null)}
        />
      )}
      {turn && (asked === "not-pressed" || asked === "cannot-tell") && (
        <ReasonDialog
          title={t(`reason.${asked}.title`, { nth: turn.impression.nth })}
          what={t(`reason.${asked}.what`)}
          label={t(`reason.${asked}.label`)}
          {...(asked === "cannot-tell" ? { missing: t("reason.cannot-tell.missing") } : {})}
          give={t(`reason.${asked}.give`)}
          busy={false}
          error={null}
          onGive={(reason) => say(asked, reason, null)}
          onClose={() => setAsked(null)}
        />
      )}
      {asked === "end" && (
        <ReasonDialog
          title={t("reason.end.title")}
          what={waits ? t("reason.end.waits") : t("reason.end.what", { count: open })}
          label={t("reason.end.label")}
          give={t("reason.end.give")}
          busy={acts.end.isPending || waits}
          error={acts.end.error}
          onGive={(reason) => acts.end.mutate({ reason }, { onSuccess: () => setAsked(null) })}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

function Where(props: { view: StampingView; turn: Turn }): ReactElement {
  const words = usePlaceWords(props.view);
  return <span>{words(props.turn.impression)}</span>;
}

/** What has to be so before the seal is pressed, and what follows it. */
function TurnChecks(props: { turn: Turn; inHand: boolean }): ReactElement {
  const t = useText("stamping");
  const { placement } = props.turn.impression;
  return (
    <ul className="turn-checks">
      <li className="note">{t("turn.place", { xMm: Math.round(placement.xMm), yMm: Math.round(placement.yMm) })}</li>
      <li data-met={props.inHand}>{t(props.inHand ? "turn.inHand" : "turn.notInHand")}</li>
      <li data-met={false}>
        {t("turn.noPhoto")}
        <span className="note small">{t("turn.noPhotoWhy")}</span>
      </li>
    </ul>
  );
}

/** Papers do not always lie in order: any that is open can come next. */
function TurnChoice(props: {
  turns: readonly Turn[];
  current: Turn;
  onChoose: (impressionId: string) => void;
}): ReactElement | null {
  const t = useText("stamping");
  const open = props.turns.filter(isOpen);
  if (open.length < 2) return null;
  return (
    <details className="turn-choice">
      <summary>{t("turn.all")}</summary>
      <ul className="row">
        {open.map(({ impression }) => (
          <li key={impression.impressionId}>
            <Button
              size="small"
              aria-pressed={impression.impressionId === props.current.impression.impressionId}
              aria-label={t("turn.stampThis", { nth: impression.nth })}
              onClick={() => props.onChoose(impression.impressionId)}
            >
              {impression.nth}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
