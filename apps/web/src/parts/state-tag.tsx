import CheckCircleOutlined from "@ant-design/icons/CheckCircleOutlined";
import ClockCircleOutlined from "@ant-design/icons/ClockCircleOutlined";
import ExportOutlined from "@ant-design/icons/ExportOutlined";
import InboxOutlined from "@ant-design/icons/InboxOutlined";
import LockOutlined from "@ant-design/icons/LockOutlined";
import PauseCircleOutlined from "@ant-design/icons/PauseCircleOutlined";
import StopOutlined from "@ant-design/icons/StopOutlined";
import SwapOutlined from "@ant-design/icons/SwapOutlined";
import WarningOutlined from "@ant-design/icons/WarningOutlined";
import type { ReactElement, ReactNode } from "react";
import { useWord } from "../i18n/use-word.ts";
import { DashedCircleIcon, OctagonIcon } from "./icons.tsx";
import { findLook, type Sign, type StateKind, type Tone } from "./states.ts";

const SIGNS: Readonly<Record<Sign, ReactElement>> = {
  check: <CheckCircleOutlined aria-hidden />,
  clock: <ClockCircleOutlined aria-hidden />,
  export: <ExportOutlined aria-hidden />,
  swap: <SwapOutlined aria-hidden />,
  warning: <WarningOutlined aria-hidden />,
  pause: <PauseCircleOutlined aria-hidden />,
  dashed: <DashedCircleIcon />,
  box: <InboxOutlined aria-hidden />,
  stop: <StopOutlined aria-hidden />,
  octagon: <OctagonIcon />,
  lock: <LockOutlined aria-hidden />,
};

/** The sign of a tone, for places that are not tags. */
export function SignIcon(props: { sign: Sign }): ReactElement {
  return SIGNS[props.sign];
}

/** A tag of any tone with its sign and words: "Due in 6 days". */
export function Tag(props: { tone: Tone; sign?: Sign; children: ReactNode }): ReactElement {
  return (
    <span className="tag" data-tone={props.tone}>
      {props.sign && SIGNS[props.sign]}
      <span>{props.children}</span>
    </span>
  );
}

/** The state of something, as colour, sign and word. `more` adds two words: "In use · certificate expiring". */
export function StateTag(props: { kind: StateKind; state: string; more?: string }): ReactElement {
  const look = findLook(props.kind, props.state);
  const word = useWord()(`states.${props.kind}`, props.state);
  return (
    <Tag tone={look.tone} sign={look.sign}>
      {props.more ? `${word} · ${props.more}` : word}
    </Tag>
  );
}

/** A neutral fact: external, important, electronic. */
export function FactTag(props: { children: ReactNode }): ReactElement {
  return <span className="tag fact-tag">{props.children}</span>;
}
