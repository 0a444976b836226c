import { useContext, useMemo } from "react";
import { SessionContext } from "../session.ts";
import { type FormatContext, formatClock, formatDay, formatDeadline, formatMoment, formatRecent } from "./format.ts";
import { useLanguage } from "./i18n.ts";

const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * The language, time zone and moment of the reader, for the functions of format.ts. Days and deadlines are the
 * organisation's, so its members read every time in its zone, wherever they are; others in that of their browser.
 */
export function useFormatContext(): FormatContext {
  const language = useLanguage();
  const timeZone = useContext(SessionContext)?.timeZone ?? browserZone;
  return useMemo(() => ({ language, timeZone, now: new Date() }), [language, timeZone]);
}

/** `moment(at)`: a time as the reader writes it. */
export function useMoment(): (at: string, zone?: string) => string {
  const context = useFormatContext();
  return (at, zone) => formatMoment(at, context, zone);
}

/** `day(on)`: a day as the reader writes it. */
export function useDay(): (on: string) => string {
  const context = useFormatContext();
  return (on) => formatDay(on, context);
}

/** `clock(at)`: the time of day alone. */
export function useClock(): (at: string) => string {
  const context = useFormatContext();
  return (at) => formatClock(at, context);
}

/** `recent(at)`: today and yesterday in words, anything older in full. */
export function useRecent(): (at: string) => string {
  const context = useFormatContext();
  return (at) => formatRecent(at, context);
}

/** `deadline(on)`: the day, and how much is left. */
export function useDeadline(): (on: string) => string {
  const context = useFormatContext();
  return (on) => formatDeadline(on, context);
}
