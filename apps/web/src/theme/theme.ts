import type { ThemeConfig } from "antd";
import { useSyncExternalStore } from "react";
import { DARK, LIGHT, listVariables, MONO, SANS, type Tokens } from "./tokens.ts";

/** What the reader chose: a fixed theme, or the one of his system. */
export type ThemeChoice = "system" | "light" | "dark";
export type ThemeMode = "light" | "dark";

const STORED = "chancery.theme";
const system = matchMedia("(prefers-color-scheme: dark)");
/** Paper is white, whatever the screen is. */
const paper = matchMedia("print");
const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
const listeners = new Set<() => void>();
let choice: ThemeChoice = readStored();

/** Puts the tokens of the theme on the document and keeps following the reader's system. Called once, before drawing. */
export function startTheme(): void {
  paint();
  system.addEventListener("change", paint);
  paper.addEventListener("change", paint);
}

export function setThemeChoice(next: ThemeChoice): void {
  choice = next;
  try {
    localStorage.setItem(STORED, next);
  } catch {
    // A browser without storage forgets the choice at the next visit.
  }
  paint();
}

/** The theme of the moment, and what was chosen. */
export function useTheme(): { mode: ThemeMode; choice: ThemeChoice } {
  const mode = useSyncExternalStore(subscribe, currentMode);
  return { mode, choice: useSyncExternalStore(subscribe, () => choice) };
}

/** antd's tokens under ours; `seal` is the theme of the one button that makes an impression. */
export function antdTheme(mode: ThemeMode): { page: ThemeConfig; seal: ThemeConfig } {
  const t = mode === "dark" ? DARK : LIGHT;
  return { page: pageTheme(t), seal: { token: { colorPrimary: t.seal, colorLink: t.seal }, ...sealButton(t) } };
}

function pageTheme(t: Tokens): ThemeConfig {
  return {
    token: {
      colorPrimary: t.action,
      colorPrimaryHover: t.actionHover,
      colorPrimaryActive: t.actionHover,
      colorPrimaryBg: t.actionTint,
      colorInfo: t.action,
      colorLink: t.action,
      colorLinkHover: t.actionHover,
      colorError: t.problem,
      colorErrorBg: t.problemTint,
      colorErrorBorder: t.problemEdge,
      colorErrorHover: t.problem,
      colorErrorText: t.problem,
      colorWarning: t.warning,
      colorWarningBg: t.warningTint,
      colorWarningBorder: t.warningEdge,
      colorSuccess: t.success,
      colorSuccessBg: t.successTint,
      colorSuccessBorder: t.successEdge,
      colorText: t.text,
      colorTextHeading: t.text,
      colorTextSecondary: t.secondary,
      colorTextTertiary: t.placeholder,
      colorTextDescription: t.secondary,
      colorTextPlaceholder: t.placeholder,
      colorTextDisabled: t.placeholder,
      colorTextLightSolid: t.onAction,
      colorIcon: t.secondary,
      colorBorder: t.control,
      colorBorderSecondary: t.hairline,
      colorSplit: t.split,
      colorBgLayout: t.layout,
      colorBgContainer: t.card,
      colorBgElevated: t.card,
      colorBgContainerDisabled: t.fill,
      colorFillAlter: t.fill,
      colorFillSecondary: t.fill,
      colorFillTertiary: t.fill,
      controlItemBgActive: t.actionTint,
      controlItemBgHover: t.fill,
      borderRadius: 6,
      borderRadiusLG: 8,
      borderRadiusSM: 4,
      controlHeight: 34,
      controlHeightSM: 28,
      controlHeightLG: 44,
      fontFamily: "var(--sans)",
      fontFamilyCode: MONO,
      fontSize: 14,
      lineHeight: 22 / 14,
      fontWeightStrong: 600,
      motion: !reducedMotion.matches,
      motionDurationFast: "0.1s",
      motionDurationMid: "0.15s",
      motionDurationSlow: "0.2s",
      boxShadow: "0 6px 20px rgb(27 29 33 / 12%)",
      boxShadowSecondary: "0 6px 20px rgb(27 29 33 / 12%)",
    },
    components: {
      Button: {
        primaryShadow: "none",
        defaultShadow: "none",
        dangerShadow: "none",
        primaryColor: t.onAction,
        fontWeight: 400,
        paddingInline: 14,
      },
      Table: {
        headerBg: t.fill,
        headerColor: t.text,
        headerSplitColor: "transparent",
        borderColor: t.split,
        rowExpandedBg: t.open,
        rowHoverBg: t.fill,
        cellPaddingBlock: 9,
        cellPaddingInline: 12,
        cellFontSize: 13,
      },
      Segmented: { itemSelectedBg: t.card, itemSelectedColor: t.text, trackBg: t.fill, itemColor: t.secondary },
    },
  };
}

function sealButton(t: Tokens): ThemeConfig {
  return {
    components: {
      Button: {
        colorPrimary: t.seal,
        colorPrimaryHover: t.sealHover,
        colorPrimaryActive: t.sealHover,
        primaryColor: t.onSeal,
        fontWeight: 600,
      },
    },
  };
}

function currentMode(): ThemeMode {
  if (choice === "system") return system.matches ? "dark" : "light";
  return choice;
}

function paint(): void {
  const mode = paper.matches ? "light" : currentMode();
  const root = document.documentElement;
  for (const [name, value] of listVariables(mode === "dark" ? DARK : LIGHT)) root.style.setProperty(name, value);
  root.style.setProperty("--sans-en", SANS.en);
  root.style.setProperty("--sans-zh", SANS.zh);
  root.style.setProperty("--mono", MONO);
  root.dataset.theme = mode;
  root.style.colorScheme = mode;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function readStored(): ThemeChoice {
  try {
    const stored = localStorage.getItem(STORED);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    return "system";
  }
}
