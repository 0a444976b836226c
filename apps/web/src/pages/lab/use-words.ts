import {
  type AlarmCode,
  alarmTexts,
  type FindingCode,
  findingTexts,
  type JournalRecord,
  type ReasonCode,
  reasonTexts,
  sayFinding,
} from "@chancery/seallink";
import { useCallback } from "react";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import type { text } from "../../i18n/lab.en.ts";
import type { Language } from "../../i18n/language.ts";
import type { LabEvent } from "./lab-log.ts";
import { findPerson, type PersonName } from "./people.ts";

export type AnyCode = ReasonCode | FindingCode | AlarmCode;

/** What a code says and what to do about it, in the words of SealLink; of a finding with the reason that its detail names. */
export function sayCode(
  code: AnyCode,
  language: Language,
  detail = "",
): { readonly say: string; readonly todo: string } {
  const found = Object.hasOwn(findingTexts, code)
    ? sayFinding(code as FindingCode, detail)
    : { ...reasonTexts, ...findingTexts, ...alarmTexts }[code];
  return { say: found[language], todo: found.todo[language] };
}

type RecordKey = keyof typeof text.records;

/** The key of a record's sentence; alarms have theirs in SealLink. */
function keyOfRecord(record: JournalRecord): RecordKey | undefined {
  if (record.ty === "stamp.end") return `stamp-end-${record.out}`;
  if (record.ty === "boot") return record.open === undefined ? "boot" : "bootOpen";
  return record.ty.startsWith("alarm.") ? undefined : (record.ty.replace(".", "-") as RecordKey);
}

/** One sentence for each thing that happens here, in the reader's language. */
export function useWords(): {
  readonly code: (code: AnyCode, detail?: string) => ReturnType<typeof sayCode>;
  readonly record: (record: JournalRecord) => string;
  readonly event: (event: LabEvent) => string;
} {
  const t = useText("lab");
  const language = useLanguage();
  const code = useCallback((one: AnyCode, detail?: string) => sayCode(one, language, detail), [language]);
  const person = useCallback((name: PersonName | undefined) => t(`people.${name ?? "stranger"}`), [t]);
  const record = useCallback(
    (one: JournalRecord): string => {
      const key = keyOfRecord(one);
      if (key === undefined) return sayCode(one.ty as AlarmCode, language).say;
      const handle = one.ty === "cred.add" ? one.cred : one.ty === "op.verify" ? one.op : "";
      return t(`records.${key}`, {
        person: person(findPerson(handle)),
        n: "n" in one ? one.n : 0,
        max: "max" in one ? one.max : 0,
        reason: "reason" in one ? sayCode(one.reason, language).say : "",
      });
    },
    [t, language, person],
  );
  const event = useCallback(
    (one: LabEvent): string => {
      if (one.kind === "record") return record(one.record);
      if (one.kind === "found") {
        const { say, todo } = sayCode(one.code, language, one.detail);
        return Object.hasOwn(reasonTexts, one.detail) ? `${say} ${todo}` : say;
      }
      const { act, what = "" } = one;
      const said =
        act === "trick"
          ? t(`cheats.names.${what as "replay"}`)
          : act === "order"
            ? t(`orders.${what as "mount"}`)
            : what;
      return t(`acts.${act}`, { person: person(one.person), what: said });
    },
    [t, language, person, record],
  );
  return { code, record, event };
}
