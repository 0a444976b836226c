import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Message } from "../../parts/message.tsx";
import { useSession } from "../../session.ts";
import { CameraButton } from "./camera-button.tsx";
import type { StampingView } from "./queries.ts";
import { listRetakes, type Turn } from "./stamp-turns.ts";
import type { Reports } from "./use-report-queue.ts";

/** Photos that could not be read, told to who still has the sheets before him: each is taken once more. */
export function Retakes(props: { view: StampingView; turns: readonly Turn[]; reports: Reports }): ReactElement | null {
  const { view, reports } = props;
  const t = useText("stamping");
  const { personId } = useSession().person;
  const retakes = view.opened?.by?.personId === personId ? listRetakes(props.turns) : [];
  if (retakes.length === 0) return null;
  return (
    <ul className="stack stack-tight" aria-label={t("retake.label")}>
      {retakes.map(({ impression: { impressionId, nth, photo } }) => (
        <li key={impressionId}>
          <Message
            tone="warning"
            live
            title={t(photo?.comparison?.verdict === "no-code" ? "retake.unread" : "retake.unclear", { nth })}
            action={
              <CameraButton onPhoto={(taken) => void reports.say(impressionId, "retaken", "", taken)}>
                {t("retake.take", { nth })}
              </CameraButton>
            }
          >
            {t("retake.what")}
          </Message>
        </li>
      ))}
    </ul>
  );
}
