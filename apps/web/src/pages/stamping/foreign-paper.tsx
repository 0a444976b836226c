import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { Message } from "../../parts/message.tsx";
import type { StampingView } from "./queries.ts";
import { asksWhichPage, isOpen, type Turn } from "./stamp-turns.ts";
import { usePlaceWords } from "./use-place-words.ts";

/** Of paper that others printed, for who stamps it and for who looks at the photos: no code tells which sheet it is. */
export function ForeignPaperNote(props: { view: StampingView; to: "stamp" | "look" }): ReactElement | null {
  const { paperPrintedBy } = props.view;
  const t = useText("stamping");
  if (paperPrintedBy === null) return null;
  return (
    <Message tone="warning" title={t("foreign.title", { name: paperPrintedBy })}>
      {t(`foreign.to.${props.to}`)}
    </Message>
  );
}

/** Which copy and page is in the stamper's hand; asked only where pages differ. */
export function SheetInHand(props: {
  view: StampingView;
  turns: readonly Turn[];
  current: Turn;
  onChoose: (impressionId: string) => void;
}): ReactElement | null {
  const t = useText("stamping");
  const words = usePlaceWords(props.view);
  if (!asksWhichPage(props.turns)) return null;
  return (
    <div className="sheet-in-hand">
      <Field label={t("foreign.which")}>
        {(control) => (
          <select
            {...control}
            className="native-select"
            value={props.current.impression.impressionId}
            onChange={(event) => props.onChoose(event.target.value)}
          >
            {props.turns.filter(isOpen).map(({ impression }) => (
              <option key={impression.impressionId} value={impression.impressionId}>
                {`${words(impression)} · ${t("turn.nth", { nth: impression.nth })}`}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  );
}
