import { ConfigProvider } from "antd";
import enGB from "antd/locale/en_GB";
import zhCN from "antd/locale/zh_CN";
import type { ReactElement, ReactNode } from "react";
import { useLanguage } from "../i18n/i18n.ts";
import { antdTheme, useTheme } from "./theme.ts";

/** The nonce under which antd may write style elements; Vite puts it where the server fills it in. */
const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";

/** A modal dialog of the browser's own kind covers the whole page: what opens in it has to open inside it. */
const holderOf = (trigger?: HTMLElement): HTMLElement => trigger?.closest("dialog") ?? document.body;

/** antd under our tokens, language and content security policy. */
export function Themed(props: { children: ReactNode }): ReactElement {
  const { mode } = useTheme();
  return (
    <ConfigProvider
      theme={antdTheme(mode).page}
      locale={useLanguage() === "zh" ? zhCN : enGB}
      csp={{ nonce }}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      getPopupContainer={holderOf}
    >
      {props.children}
    </ConfigProvider>
  );
}
