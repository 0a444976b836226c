import { childrenOf, integerOf, octetStringOf, oidOf, readDer, smallIntegerOf, timeOf } from "./der.ts";
import { attempt, fail, type PkiOutcome, unwrap } from "./outcome.ts";
import { type DigestName, digestOf } from "./signature-algorithm.ts";

/** The content type of a time-stamp token (RFC 3161, 2.4.2). */
export const timeStampContent = "1.2.840.113549.1.9.16.1.4";

/** What a time-stamp token states: this imprint existed at this time. */
export type TimeStampInfo = {
  readonly digestAlgorithm: DigestName;
  readonly imprint: Uint8Array;
  readonly serial: Uint8Array;
  /** genTime in milliseconds since 1970, whole seconds. */
  readonly at: number;
};

/** Reads a TSTInfo, the content of a token. Codes: `der.*`, `time-stamp.malformed`, `algorithm.unknown`. */
export function parseTimeStampInfo(content: Uint8Array): PkiOutcome<TimeStampInfo> {
  return attempt(() => {
    const [version, policy, imprint, serial, time] = childrenOf(unwrap(readDer(content)));
    if (smallIntegerOf(version) !== 1) fail("time-stamp.malformed", "The version of the time-stamp is not 1.");
    oidOf(policy);
    const [algorithm, value] = childrenOf(imprint);
    const digestAlgorithm = digestOf(algorithm);
    return { digestAlgorithm, imprint: octetStringOf(value), serial: integerOf(serial), at: timeOf(time) };
  });
}
