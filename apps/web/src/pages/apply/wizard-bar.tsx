import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useClock, useDay, useMoment } from "../../i18n/use-format.ts";
import { DashedCircleIcon } from "../../parts/icons.tsx";
import { SignIcon } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { useApply } from "./apply-context.ts";

/** The bar at the foot of every step: back, how saving stands, a word, and the way on, rightmost. */
export function WizardBar(props: { back?: ReactNode; note?: ReactNode; children: ReactNode }): ReactElement {
  return (
    <div className="wizard-bar">
      <div className="wizard-bar-row">
        {props.back ?? <BackToList />}
        <SavedNote />
        <span className="grow" />
        {props.note !== undefined && <span className="note small not-narrow">{props.note}</span>}
        {props.children}
      </div>
    </div>
  );
}

function BackToList(): ReactElement {
  const t = useText("apply");
  return (
    <Link className="button-link button-link-quiet" to={paths.requests}>
      {t("bar.toList")}
    </Link>
  );
}

/** "Draft saved 14:06". Not a live region: it would be read out with every pause in typing. */
function SavedNote(): ReactElement {
  const { saving, saved, uploads } = useApply();
  const t = useText("apply");
  const clock = useClock();
  const day = useDay();
  const moment = useMoment();
  const sending = uploads.some((upload) => ["waiting", "sending", "reading"].includes(upload.state.kind));
  const isToday = (at: string): boolean => day(at) === day(new Date().toISOString());
  const note = (): ReactNode => {
    if (sending) return t("bar.uploading");
    switch (saving.kind) {
      case "saved":
        return saved ? (
          <>
            <SignIcon sign="check" />{" "}
            {t("bar.saved", { at: isToday(saved.savedAt) ? clock(saved.savedAt) : moment(saved.savedAt) })}
          </>
        ) : (
          t("bar.nothing")
        );
      case "waiting":
      case "saving":
        return (
          <>
            <DashedCircleIcon size={14} /> {t("bar.saving")}
          </>
        );
      case "unreachable":
      case "conflict":
      case "refused":
        return (
          <strong className="unsaved">
            <SignIcon sign="warning" /> {t("bar.unsaved")}
          </strong>
        );
    }
  };
  return <span className="note small saved-note">{note()}</span>;
}
