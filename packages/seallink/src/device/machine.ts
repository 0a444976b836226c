import type { ReasonCode } from "../texts/reasons.ts";

/**
 * States of a device (clause 4.1). OUT is LOCKED in somebody's custody elsewhere; sessions run from there as they do from
 * LOCKED. SETTLE takes the picture after the stroke.
 */
export const deviceStates = [
  "FACTORY",
  "ENROLLED",
  "LOCKED",
  "ARMED",
  "READY",
  "CLEARED",
  "STROKE",
  "SETTLE",
  "OUT",
  "SERVICE",
  "REMOTE_LOCKED",
  "TAMPER",
  "UPDATE",
] as const;
export type DeviceState = (typeof deviceStates)[number];

export const deviceEvents = [
  "enrol",
  "accept",
  "choose",
  "leave",
  "verify",
  "cosign",
  "press",
  "sensed-return",
  "stroke-end",
  "retake",
  "lock",
  "tamper",
  "firmware",
  "install",
  "start",
  "order-mount",
  "order-unmount",
  "order-ink",
  "order-door",
  "order-take-out",
  "order-return",
  "order-unlock",
  "order-inspect",
  "order-reset-epoch",
  "order-cred-add",
  "order-cred-del",
  "door-closed",
  "window-over",
] as const;
export type DeviceEvent = (typeof deviceEvents)[number];

/** Where an event may lead, or by which reason it is refused. */
export type Rule = { readonly to: readonly DeviceState[] } | { readonly refuse: ReasonCode };

const to = (...states: DeviceState[]): Rule => ({ to: states });
const no = (refuse: ReasonCode): Rule => ({ refuse });

type Rules = Readonly<Record<DeviceEvent, Rule>>;

/** Every event refused by one reason, but for those that are named. */
function except(reason: ReasonCode, rules: Partial<Record<DeviceEvent, Rule>>): Rules {
  const refused = Object.fromEntries(deviceEvents.map((event) => [event, no(reason)])) as Rules;
  return { ...refused, ...rules };
}

const resting = ["LOCKED", "OUT"] as const;
const startsAt = to("ENROLLED", "LOCKED", "OUT", "REMOTE_LOCKED", "TAMPER");
const always = { lock: to("REMOTE_LOCKED"), tamper: to("TAMPER"), start: startsAt } as const;
const service = to("SERVICE");
const people = (state: DeviceState): Partial<Record<DeviceEvent, Rule>> => ({
  "order-cred-add": to(state),
  "order-cred-del": to(state),
});

/** Sessions end by any of these and may begin anew from where they ended. */
const inSession = {
  ...always,
  accept: to("ARMED", "READY", "CLEARED"),
  choose: to("ARMED"),
  leave: to(...resting),
} as const;

const rules: Readonly<Record<DeviceState, Rules>> = {
  FACTORY: except("NOT_ENROLLED", { enrol: to("ENROLLED"), start: to("FACTORY") }),
  ENROLLED: except("NO_SEAL", {
    ...always,
    enrol: no("NOT_NOW"),
    "order-mount": service,
    "order-door": service,
    "order-reset-epoch": to("ENROLLED"),
    "order-unlock": no("NOT_NOW"),
    "order-inspect": no("NOT_NOW"),
    "door-closed": to("ENROLLED"),
    firmware: to("ENROLLED"),
    install: to("UPDATE"),
    ...people("ENROLLED"),
  }),
  LOCKED: except("NOT_NOW", {
    ...always,
    accept: to("LOCKED"),
    choose: to("ARMED"),
    leave: to("LOCKED"),
    verify: no("NO_AUTH"),
    cosign: no("NO_AUTH"),
    press: no("NO_AUTH"),
    retake: to("LOCKED"),
    "order-mount": service,
    "order-unmount": service,
    "order-ink": service,
    "order-door": service,
    "order-take-out": to("OUT"),
    // A slot may be locked where nothing else is.
    "order-inspect": to("LOCKED"),
    "order-reset-epoch": to("LOCKED"),
    "door-closed": to("LOCKED"),
    firmware: to("LOCKED"),
    install: to("UPDATE"),
    ...people("LOCKED"),
  }),
  ARMED: except("NOT_NOW", {
    ...inSession,
    verify: to("READY", "CLEARED"),
    cosign: no("WRONG_OPERATOR"),
    press: no("WRONG_OPERATOR"),
    retake: to("ARMED"),
  }),
  READY: except("NOT_NOW", {
    ...inSession,
    verify: to("READY", "CLEARED", "ARMED"),
    cosign: to("READY", "CLEARED"),
    press: no("NO_SUPERVISOR"),
    retake: to("READY"),
  }),
  CLEARED: except("NOT_NOW", {
    ...inSession,
    cosign: to("CLEARED"),
    press: to("STROKE"),
    retake: to("CLEARED"),
  }),
  // Between its two records a stroke can only go on or be cut; everything else waits until it has ended.
  STROKE: except("NOT_NOW", { "sensed-return": to("SETTLE"), start: startsAt }),
  SETTLE: except("NOT_NOW", {
    "stroke-end": to("CLEARED", "ARMED", "LOCKED", "OUT", "TAMPER", "REMOTE_LOCKED"),
    start: startsAt,
  }),
  OUT: except("NOT_NOW", {
    ...always,
    accept: to("OUT"),
    choose: to("ARMED"),
    leave: to("OUT"),
    verify: no("NO_AUTH"),
    cosign: no("NO_AUTH"),
    press: no("NO_AUTH"),
    retake: to("OUT"),
    "order-return": to("LOCKED"),
    "door-closed": to("OUT"),
    ...people("OUT"),
  }),
  SERVICE: except("NOT_NOW", {
    ...always,
    "door-closed": to("LOCKED", "ENROLLED", "SERVICE"),
    "window-over": to("TAMPER"),
  }),
  REMOTE_LOCKED: except("LOCKED", {
    enrol: no("NOT_NOW"),
    lock: to("REMOTE_LOCKED"),
    tamper: to("TAMPER"),
    start: startsAt,
    "order-unlock": to(...resting, "ENROLLED"),
    "order-return": to("REMOTE_LOCKED"),
    "order-reset-epoch": to("REMOTE_LOCKED"),
    "door-closed": to("REMOTE_LOCKED"),
    leave: to("REMOTE_LOCKED"),
  }),
  TAMPER: except("TAMPER", {
    enrol: no("NOT_NOW"),
    lock: to("TAMPER"),
    tamper: to("TAMPER"),
    start: startsAt,
    "order-inspect": to(...resting, "ENROLLED", "REMOTE_LOCKED"),
    "order-reset-epoch": to("TAMPER"),
    "door-closed": to("TAMPER"),
    leave: to("TAMPER"),
  }),
  UPDATE: except("NOT_NOW", { tamper: to("TAMPER"), lock: to("REMOTE_LOCKED"), start: startsAt }),
};

/** What an event does in a state: every pair has an answer. */
export function ruleOf(state: DeviceState, event: DeviceEvent): Rule {
  return rules[state][event];
}

/** Why an event is refused in a state, undefined where it may happen. */
export function refusalOf(state: DeviceState, event: DeviceEvent): ReasonCode | undefined {
  const rule = ruleOf(state, event);
  return "refuse" in rule ? rule.refuse : undefined;
}
