import { ConfigProvider } from "antd";
import type { ReactElement, ReactNode } from "react";
import { antdTheme, useTheme } from "./theme.ts";

/** The vermilion ground of the one button that makes an impression. */
export function SealingTheme(props: { children: ReactNode }): ReactElement {
  return <ConfigProvider theme={antdTheme(useTheme().mode).seal}>{props.children}</ConfigProvider>;
}
