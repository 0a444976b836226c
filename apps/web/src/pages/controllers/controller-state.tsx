import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Tag } from "../../parts/state-tag.tsx";
import type { Sign, Tone } from "../../parts/states.ts";
import { type Controller, lookOf } from "./queries.ts";

const looks: Readonly<Record<ReturnType<typeof lookOf>, readonly [Tone, Sign]>> = {
  "awaiting-device": ["waiting", "clock"],
  "awaiting-confirmation": ["action", "clock"],
  enrolled: ["success", "check"],
  revoked: ["ended", "stop"],
  over: ["warning", "warning"],
};

/** Where a controller stands, as colour, sign and word. */
export function ControllerState(props: { controller: Controller }): ReactElement {
  const t = useText("controllers");
  const look = lookOf(props.controller);
  const [tone, sign] = looks[look];
  return (
    <Tag tone={tone} sign={sign}>
      {t(`states.${look}`)}
    </Tag>
  );
}
