import type { CallOptions } from "../../api.ts";
import type { DelegableGrant } from "./queries.ts";

export type DelegationBody = CallOptions<"POST /v1/delegations/check">["body"];

/** A delegation as it is typed, before it is known to be complete. */
export interface DelegationForm {
  readonly grantId: string;
  /** Which of the grant's parts; null for the whole of it. */
  readonly part: number | null;
  readonly delegateId: string;
  readonly from: string;
  readonly to: string;
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

export const runsBackwards = ({ from, to }: DelegationForm): boolean => isDay(from) && isDay(to) && to < from;

/** The delegation that a form means; undefined while something is missing or the days run backwards. */
export function findDelegation(form: DelegationForm, grants: readonly DelegableGrant[]): DelegationBody | undefined {
  const grant = grants.find((one) => one.grantId === form.grantId);
  if (!grant || form.delegateId === "" || !isDay(form.from) || !isDay(form.to) || runsBackwards(form)) return undefined;
  const scope = form.part === null ? grant.scope : grant.parts[form.part]?.scope;
  if (!scope) return undefined;
  return { grantId: grant.grantId, scope, delegateId: form.delegateId, from: form.from, to: form.to };
}

/** The day by which a delegation from this first day ends at the latest: the setting, or the grant's own last day. */
export function latestDay(
  form: DelegationForm,
  grant: DelegableGrant | undefined,
  mostDays: number,
): string | undefined {
  if (!isDay(form.from)) return undefined;
  const most = new Date(Date.parse(`${form.from}T00:00:00Z`) + (mostDays - 1) * 86_400_000).toISOString().slice(0, 10);
  return grant?.to && grant.to < most ? grant.to : most;
}
