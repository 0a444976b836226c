import type { CallOptions } from "../../api.ts";
import type { LocalName } from "../../i18n/language.ts";

export type SetupBody = CallOptions<"POST /v1/installation/setup">["body"];

/** What is typed during the setup, before it is known to be complete. */
export interface SetupForm {
  readonly organisation: LocalName;
  readonly entityCode: string;
  readonly timeZone: string;
  readonly profile: SetupBody["profile"];
  readonly starterSet: StarterSet;
  readonly setupCode: string;
  readonly name: LocalName;
  readonly login: string;
  readonly password: string;
  readonly again: string;
}
/** The rules of use an organisation begins with. */
export const STARTER_SETS = ["small-company", "group", "state-owned", "bank-like"] as const;
export type StarterSet = (typeof STARTER_SETS)[number] & NonNullable<SetupBody["starterSet"]>;
export type SetupField = "organisation" | "entityCode" | "setupCode" | "name" | "login" | "password" | "again";
export type SetupStep = "organisation" | "administrator";

/** The shortest password that is taken. */
export const PASSWORD_LENGTH = 12;

/** Everything that is still wrong in a step; empty when the step is complete. */
export function listSetupProblems(form: SetupForm, step: SetupStep): readonly SetupField[] {
  const problems: SetupField[] = [];
  const named = (name: LocalName): boolean => name.en.trim() !== "" && name.zh.trim() !== "";
  if (step === "organisation") {
    if (!named(form.organisation)) problems.push("organisation");
    if (!/^[A-Z][A-Z0-9]{1,7}$/.test(form.entityCode)) problems.push("entityCode");
    return problems;
  }
  if (form.setupCode.trim().length < 8) problems.push("setupCode");
  if (!named(form.name)) problems.push("name");
  if (form.login.trim().length < 2) problems.push("login");
  if (form.password.length < PASSWORD_LENGTH) problems.push("password");
  if (form.again !== form.password) problems.push("again");
  return problems;
}

/** What is sent once both steps are complete. The first entity bears the organisation's name. */
export function makeSetupBody(form: SetupForm): SetupBody {
  const trim = (name: LocalName): LocalName => ({ en: name.en.trim(), zh: name.zh.trim() });
  return {
    setupCode: form.setupCode.trim(),
    profile: form.profile,
    starterSet: form.starterSet,
    organisation: trim(form.organisation),
    entity: { name: trim(form.organisation), code: form.entityCode, timeZone: form.timeZone },
    administrator: { name: trim(form.name), login: form.login.trim(), password: form.password },
  };
}

/** The one-time code in the link of the console, from its fragment (which no server sees) or its query. */
export function findSetupCode(location: { readonly hash: string; readonly search: string }): string {
  const read = (text: string): string => new URLSearchParams(text.replace(/^[#?]/, "")).get("code") ?? "";
  return read(location.hash) || read(location.search);
}
