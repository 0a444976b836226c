/** What a controller may publish (docs/seallink.md, clause 3.3). */
export const upTopics = ["presence", "rec", "tele", "req", "res", "twin"] as const;
export type UpTopic = (typeof upTopics)[number];

export const hostState = "seal/v1/$host/state";
/** The gateway hears itself on this one: a broker that grants a subscription and delivers nothing is found at the start. */
export const hostProof = "seal/v1/$host/proof";
/** What the gateway listens to. */
export const ofAllControllers = "seal/v1/+/up/#";

export const downTopic = (controllerId: string, kind: "ack" | "res" | "auz" | "twin"): string =>
  `seal/v1/${controllerId}/down/${kind}`;

/** Whose topic it is and which; null for any other, whatever it looks like. */
export function readUpTopic(topic: string): { readonly controllerId: string; readonly kind: UpTopic } | null {
  const [, controllerId, last] = /^seal\/v1\/(ctl_[0-9a-f-]{36})\/up\/([a-z]+)$/.exec(topic) ?? [];
  const kind = upTopics.find((one) => one === last);
  return controllerId === undefined || kind === undefined ? null : { controllerId, kind };
}

/** Whether a controller may publish there: its own topics alone, and retained only what others have to find later. */
export function mayPublish(controllerId: string, topic: string, retain: boolean): boolean {
  const up = readUpTopic(topic);
  return up !== null && up.controllerId === controllerId && (!retain || up.kind === "presence" || up.kind === "twin");
}

/** Whether a controller may listen there: to what is sent to it, and to whether the platform is there. */
export function mayHear(controllerId: string, topic: string): boolean {
  const own = `seal/v1/${controllerId}/down/`;
  return (
    topic === hostState || topic === `${own}#` || (topic.startsWith(own) && /^[a-z]+$/.test(topic.slice(own.length)))
  );
}
