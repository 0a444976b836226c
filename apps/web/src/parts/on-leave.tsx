import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useText } from "../i18n/i18n.ts";
import { useDay } from "../i18n/use-format.ts";
import { paths } from "../paths.ts";
import { useSession } from "../session.ts";
import { Message } from "./message.tsx";

/** The leave that the reader is on, and the way to end it before its last day. */
export function OnLeave(): ReactElement | null {
  const t = useText("parts");
  const day = useDay();
  const { awayUntil, person } = useSession();
  if (awayUntil === null) return null;
  return (
    <Message
      tone="action"
      title={t("leave.until", { on: day(awayUntil) })}
      action={
        <Link className="inline-link" to={paths.newMatter} search={{ kind: "leave-end", personId: person.personId }}>
          {t("leave.end")}
        </Link>
      }
    >
      {t("leave.why")}
    </Message>
  );
}
