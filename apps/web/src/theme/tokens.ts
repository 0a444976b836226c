/** The colours of the product by role, for paper (light) and for night (dark). CSS reads them as variables. */
export interface Tokens {
  readonly layout: string;
  readonly card: string;
  readonly specimen: string;
  readonly registerMark: string;
  readonly text: string;
  readonly secondary: string;
  readonly placeholder: string;
  readonly control: string;
  readonly hairline: string;
  readonly split: string;
  readonly fill: string;
  readonly open: string;
  readonly disc: string;
  readonly inverse: string;
  readonly action: string;
  readonly actionHover: string;
  readonly actionTint: string;
  readonly actionEdge: string;
  readonly onAction: string;
  /** Vermilion: living seals and the one button that makes an impression, nothing else. */
  readonly seal: string;
  readonly sealHover: string;
  readonly sealPale: string;
  readonly sealEnded: string;
  readonly onSeal: string;
  readonly problem: string;
  readonly problemTint: string;
  readonly problemEdge: string;
  readonly onProblem: string;
  readonly warning: string;
  readonly warningTint: string;
  readonly warningEdge: string;
  readonly success: string;
  readonly successTint: string;
  readonly successEdge: string;
  readonly frozen: string;
  readonly frozenTint: string;
  readonly frozenEdge: string;
  readonly ended: string;
  readonly endedEdge: string;
}

export const LIGHT: Tokens = {
  layout: "#f5f5f1",
  card: "#ffffff",
  specimen: "#fbfaf7",
  registerMark: "#b9b8b0",
  text: "#1b1d21",
  secondary: "#54575e",
  placeholder: "#686b72",
  control: "#8a8b85",
  hairline: "#e1e0d9",
  split: "#ebeae4",
  fill: "#f1f1ed",
  open: "#f7f9fd",
  disc: "#e4e3dc",
  inverse: "#ffffff",
  action: "#0b57d0",
  actionHover: "#0845a8",
  actionTint: "#eaf1fd",
  actionEdge: "#a9c5f3",
  onAction: "#ffffff",
  seal: "#c2331a",
  sealHover: "#a02814",
  sealPale: "#dfa698",
  sealEnded: "#9a9b95",
  onSeal: "#ffffff",
  problem: "#8f1650",
  problemTint: "#fbeef4",
  problemEdge: "#d79ab8",
  onProblem: "#ffffff",
  warning: "#855200",
  warningTint: "#fdf5e0",
  warningEdge: "#dcbf7a",
  success: "#1a7337",
  successTint: "#edf7ef",
  successEdge: "#9ccba9",
  frozen: "#2c5b73",
  frozenTint: "#ebf3f7",
  frozenEdge: "#9dbccb",
  ended: "#5b5e64",
  endedEdge: "#c9c8c1",
};

export const DARK: Tokens = {
  layout: "#141618",
  card: "#1d2023",
  specimen: "#17191b",
  registerMark: "#54575c",
  text: "#ecebe6",
  secondary: "#b4b5b0",
  placeholder: "#9a9ba0",
  control: "#74777d",
  hairline: "#34373b",
  split: "#2a2d31",
  fill: "#26292d",
  open: "#20262e",
  disc: "#34373b",
  inverse: "#141618",
  action: "#8ab4f8",
  actionHover: "#aecbfa",
  actionTint: "#1b2a44",
  actionEdge: "#3c5f96",
  onAction: "#10203a",
  seal: "#f0795f",
  sealHover: "#f4957f",
  sealPale: "#7d4a40",
  sealEnded: "#7d8084",
  onSeal: "#2b0d06",
  problem: "#f08cb8",
  problemTint: "#3a1a2a",
  problemEdge: "#8a4767",
  onProblem: "#2a0d1b",
  warning: "#e3b04b",
  warningTint: "#332814",
  warningEdge: "#7a6027",
  success: "#6cc287",
  successTint: "#17301f",
  successEdge: "#3d7350",
  frozen: "#8fc0d9",
  frozenTint: "#182b35",
  frozenEdge: "#41687b",
  ended: "#b4b5b0",
  endedEdge: "#4a4d52",
};

const LATIN = '-apple-system, "Segoe UI", Roboto, "Noto Sans"';
const CHINESE = '"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
/** A Chinese type draws quotation marks and dashes as wide as its characters: in English a Latin type draws them (base.css). */
export const SANS = { en: `${LATIN}, "Latin marks", ${CHINESE}`, zh: `${LATIN}, ${CHINESE}` } as const;
export const MONO = 'ui-monospace, "SF Mono", Consolas, "Liberation Mono", monospace';

/** CSS variables of a set of tokens: `actionHover` is read as `--action-hover`. */
export function listVariables(tokens: Tokens): readonly (readonly [string, string])[] {
  return Object.entries(tokens).map(([name, value]) => [
    `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    String(value),
  ]);
}
