import type { ReactElement, ReactNode } from "react";
import { SignIcon } from "./state-tag.tsx";
import type { Sign } from "./states.ts";

export type MessageTone = "success" | "action" | "warning" | "frozen" | "problem";
const SIGN: Readonly<Record<MessageTone, Sign>> = {
  success: "check",
  action: "clock",
  warning: "warning",
  frozen: "pause",
  problem: "octagon",
};

/**
 * A message in the page: answer first, reason and way out after it. `live` reads it out when it appears, an `alert` at
 * once, for what keeps somebody from going on.
 */
export function Message(props: {
  tone: MessageTone;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  live?: boolean | "alert";
  id?: string;
}): ReactElement {
  return (
    <div
      className="message"
      data-tone={props.tone}
      id={props.id}
      role={props.live === "alert" ? "alert" : props.live ? "status" : undefined}
    >
      <span className="message-sign">
        <SignIcon sign={SIGN[props.tone]} />
      </span>
      <div className="message-text">
        <strong>{props.title}</strong>
        {props.children !== undefined && <div>{props.children}</div>}
        {props.action !== undefined && <div className="message-action">{props.action}</div>}
      </div>
    </div>
  );
}
