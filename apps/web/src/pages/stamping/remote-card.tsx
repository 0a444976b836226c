import { Button } from "antd";
import { type ReactElement, type ReactNode, useEffect, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message, type MessageTone } from "../../parts/message.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { evidenceAddress } from "../matters/queries.ts";
import { ApprovedPage } from "./approved-page.tsx";
import type { StampingView } from "./queries.ts";
import { usePlaceWords } from "./use-place-words.ts";
import type { StampActs } from "./use-stamp-acts.tsx";

type Remote = NonNullable<StampingView["remote"]>;
type Look = NonNullable<Remote["look"]>;

/** A supervisor elsewhere: what he is asked before the next press and what he said, for him and for who presses. */
export function RemoteCard(props: { view: StampingView; acts: StampActs }): ReactElement | null {
  const { view, acts } = props;
  const t = useText("stamping");
  const { remote } = view;
  if (!remote || view.state !== "opened") return null;
  const agrees = view.actions.includes("agree");
  const look = remote.look;
  return (
    <section className="card" aria-labelledby="remote-title">
      <header>
        <h2 id="remote-title">{t("remote.title")}</h2>
      </header>
      <div className="card-body stack">
        <ErrorPanel error={acts.agree.error ?? acts.refuse.error} />
        {agrees && look?.state === "waiting" ? (
          <Asked view={view} look={look} acts={acts} />
        ) : (
          <LookState look={look} agrees={agrees} view={view} />
        )}
        <p className="note small">{t("remote.counts", { pressed: remote.pressed, refused: remote.refused })}</p>
      </div>
    </section>
  );
}

/** The picture beside the approved page, and the two answers. */
function Asked(props: { view: StampingView; look: Look; acts: StampActs }): ReactElement {
  const { view, look, acts } = props;
  const t = useText("stamping");
  const words = usePlaceWords(view);
  const [refusing, setRefusing] = useState(false);
  const left = useSecondsUntil(look.expiresAt);
  const impression = view.impressions.find((one) => one.impressionId === look.impressionId);
  const busy = acts.agree.isPending || acts.refuse.isPending;
  return (
    <>
      <Message tone="action" live="alert" title={t("remote.asked", { nth: look.nth })}>
        {impression && words(impression)}
      </Message>
      <p className="note">{t("remote.left", { count: left })}</p>
      {look.evidenceId ? (
        <div className="photo-beside">
          <figure>
            <img src={evidenceAddress.preview(look.evidenceId)} alt={t("remote.picture", { nth: look.nth })} />
            <figcaption className="note small">{t("remote.pictureWhat")}</figcaption>
          </figure>
          <div>
            <h3>{t("photos.approved")}</h3>
            {impression && <ApprovedPage view={view} impression={impression} startLarge />}
          </div>
        </div>
      ) : (
        <Message
          tone={look.unfit ? "problem" : "action"}
          live
          title={t(look.unfit ? "remote.unfit" : "remote.onItsWay")}
        >
          {t(look.unfit ? "remote.unfitWhy" : "remote.onItsWayWhy")}
        </Message>
      )}
      <div className="stamp-others">
        <Button
          type="primary"
          disabled={look.evidenceId === null}
          loading={acts.agree.isPending}
          onClick={() => acts.agree.mutate(look)}
        >
          {t("remote.agree", { nth: look.nth })}
        </Button>
        <Button disabled={busy} onClick={() => setRefusing(true)}>
          {t("remote.refuse")}
        </Button>
      </div>
      {refusing && (
        <ReasonDialog
          title={t("remote.refuseTitle", { nth: look.nth })}
          what={t("remote.refuseWhat")}
          label={t("remote.reason")}
          missing={t("remote.reasonMissing")}
          give={t("remote.refuse")}
          busy={acts.refuse.isPending}
          error={acts.refuse.error}
          onGive={(reason) =>
            acts.refuse.mutate({ lookId: look.lookId, reason }, { onSuccess: () => setRefusing(false) })
          }
          onClose={() => setRefusing(false)}
        />
      )}
    </>
  );
}

const TONES: Readonly<Record<Look["state"], MessageTone>> = {
  waiting: "action",
  agreed: "success",
  refused: "problem",
  pressed: "success",
  lapsed: "warning",
};

/** How the newest press stands, in words, with what to do. */
function LookState(props: { view: StampingView; look: Look | null; agrees: boolean }): ReactElement {
  const { view, look, agrees } = props;
  const t = useText("stamping");
  const language = useLanguage();
  const to = agrees ? "supervisor" : "stamper";
  const name = view.supervisor?.by ? nameIn(view.supervisor.by.name, language) : "";
  if (!look)
    return (
      <Message tone="action" live title={t(`remote.none.${to}`)}>
        {t(`remote.noneWhy.${to}`)}
      </Message>
    );
  const { nth } = look;
  const tell = (title: string, why: ReactNode): ReactElement => (
    <Message tone={TONES[look.state]} live title={title}>
      {why}
    </Message>
  );
  if (look.state === "lapsed")
    return tell(t(`remote.lapses.${look.lapse ?? "late"}`, { nth }), t(`remote.lapsedWhy.${to}`));
  if (look.state === "refused")
    return tell(t("remote.states.refused", { nth, reason: look.reason ?? "" }), t(`remote.refusedWhy.${to}`));
  return tell(t(`remote.states.${look.state}`, { nth, name }), t(`remote.statesWhy.${look.state}.${to}`));
}

/** Seconds until then, counted down. */
function useSecondsUntil(at: string): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((Date.parse(at) - now) / 1000));
}
