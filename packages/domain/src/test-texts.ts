import { messages } from "./messages.ts";
import type { FactValue } from "./refusal.ts";

/** For tests: what is wrong with the texts of a code when they are filled with these facts. Empty where nothing is. */
export function listTextFaults(code: string, facts: Readonly<Record<string, FactValue>>): string[] {
  const message = (messages as Readonly<Record<string, (typeof messages)[keyof typeof messages]>>)[code];
  if (!message) return [`${code} has no text`];
  const templates = [message.sentence.en, message.sentence.zh, message.wayOut?.en ?? "", message.wayOut?.zh ?? ""];
  const wanted = templates.flatMap((template) => [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ""));
  return [...new Set(wanted)].filter((name) => !(name in facts)).map((name) => `${code} is told without {${name}}`);
}
