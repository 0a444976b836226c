import { createHash } from "node:crypto";

/** What a proof of presence is given for: the act, what it is done to, and the digest of that. */
export interface PresenceSubject {
  readonly stepUpId: string;
  readonly act: string;
  readonly subjectId: string;
  readonly digest: string;
}

/**
 * The challenge that a passkey signs for a proof of presence (WebAuthn Level 3, 13.4.3): 32 bytes, bound to the act, its
 * subject and the digest of what is decided, so that whoever knows these can check the assertion without the platform.
 */
export function hashPresenceChallenge({ stepUpId, act, subjectId, digest }: PresenceSubject): Buffer {
  return createHash("sha256").update(`chancery step-up v1\n${stepUpId}\n${act}\n${subjectId}\n${digest}`).digest();
}
