/** Words in a mail are in the language its reader chose; who chose none reads both. */
export const MAIL_LANGUAGES = ["en", "zh"] as const;
export type MailLanguage = (typeof MAIL_LANGUAGES)[number];

/** RFC 5321, 4.5.3.1: a local part of at most 64 octets, a path of at most 256 with its brackets. */
const most = { local: 64, whole: 254 } as const;
/** A dot-string of atoms (RFC 5321, 4.1.2) and a domain of labels as DNS has them (RFC 1035, 2.3.1). */
const local = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const label = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/**
 * A mail address as somebody typed it, or null where it is none that we write to. Quoted local parts, literals of addresses
 * and comments are left out on purpose: nobody has them, and they are how headers are smuggled.
 */
export function readMailAddress(text: string): string | null {
  const address = text.trim();
  const at = address.lastIndexOf("@");
  const [before, domain] = [address.slice(0, at), address.slice(at + 1)];
  const labels = domain.split(".");
  if (at < 1 || address.length > most.whole || before.length > most.local || !local.test(before)) return null;
  return labels.length >= 2 && labels.every((one) => label.test(one)) ? `${before}@${domain.toLowerCase()}` : null;
}
