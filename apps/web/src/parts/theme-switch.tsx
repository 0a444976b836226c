import MoonOutlined from "@ant-design/icons/MoonOutlined";
import SunOutlined from "@ant-design/icons/SunOutlined";
import type { ReactElement } from "react";
import { useText } from "../i18n/i18n.ts";
import { setThemeChoice, useTheme } from "../theme/theme.ts";

/** Light or dark, one press; "as the system" is chosen on the account page. */
export function ThemeSwitch(): ReactElement {
  const t = useText("shell");
  const { mode } = useTheme();
  const other = mode === "dark" ? "light" : "dark";
  const name = `${t("theme.label")}: ${t(`theme.${other}`)}`;
  return (
    <button type="button" className="icon-button" aria-label={name} title={name} onClick={() => setThemeChoice(other)}>
      {mode === "dark" ? <SunOutlined aria-hidden /> : <MoonOutlined aria-hidden />}
    </button>
  );
}
