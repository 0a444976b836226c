import { Button } from "antd";
import type { ReactElement, ReactNode } from "react";
import { SealingTheme } from "../theme/sealing-theme.tsx";
import { SealIcon } from "./icons.tsx";

/**
 * The one vermilion button: it makes an impression. Not allowed, it stays to be seen, and names the panel that says why
 * by `explainedBy`.
 */
export function SealingButton(props: {
  children: ReactNode;
  onPress: () => void;
  allowed: boolean;
  busy?: boolean;
  explainedBy?: string;
  wide?: boolean;
}): ReactElement {
  return (
    <SealingTheme>
      <Button
        type="primary"
        className={props.wide ? "sealing-button sealing-button-wide" : "sealing-button"}
        icon={<SealIcon />}
        disabled={!props.allowed}
        loading={props.busy ?? false}
        {...(props.explainedBy ? { "aria-describedby": props.explainedBy } : {})}
        onClick={props.onPress}
      >
        {props.children}
      </Button>
    </SealingTheme>
  );
}
