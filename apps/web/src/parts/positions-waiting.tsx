import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useText } from "../i18n/i18n.ts";
import { paths } from "../paths.ts";
import { useSession } from "../session.ts";
import { Message } from "./message.tsx";

/** Positions given to the reader that he has not confirmed: until he does, nothing of them comes to him. */
export function PositionsWaiting(): ReactElement | null {
  const t = useText("parts");
  const { positions } = useSession().waiting;
  if (positions === 0) return null;
  return (
    <Message
      tone="action"
      title={t("positions.waiting", { count: positions })}
      action={
        <Link className="inline-link" to={paths.account}>
          {t("positions.go")}
        </Link>
      }
    >
      {t("positions.why")}
    </Message>
  );
}
