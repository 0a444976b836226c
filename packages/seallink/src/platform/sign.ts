import { type AuthorisationClaims, authorisationClaims, namesOneTwice } from "../claims/authorisation.ts";
import {
  type CommandClaims,
  type CosignClaims,
  commandClaims,
  cosignClaims,
  type OrderClaims,
  orderClaims,
  type RevocationClaims,
  revocationClaims,
} from "../claims/orders.ts";
import {
  type AckClaims,
  ackClaims,
  type FirmwareClaims,
  firmwareClaims,
  type TimeClaims,
  type TrustClaims,
  type TwinClaims,
  timeClaims,
  trustClaims,
  twinClaims,
} from "../claims/platform.ts";
import type { Signer } from "../wire/crypto.ts";
import { type Reader, readClaims } from "../wire/fields.ts";
import { type JwsType, signJws } from "../wire/jws.ts";
import { type Outcome, refuse, succeed } from "../wire/outcome.ts";

type SignCode = "FORMAT" | "SAME_PERSON";

async function signClaims<Claims extends object>(
  typ: JwsType,
  reader: Reader<Claims>,
  claims: Claims,
  signer: Signer,
): Promise<Outcome<string, SignCode>> {
  // What a device would refuse as unreadable is never signed.
  const read = readClaims(reader, claims);
  return read.ok ? succeed(await signJws(typ, read.value, signer)) : read;
}

/** Signs a stamp authorisation with a key of the authority; refused where one person stands on both sides. */
export async function signToken(claims: AuthorisationClaims, signer: Signer): Promise<Outcome<string, SignCode>> {
  if (namesOneTwice(claims)) return refuse("SAME_PERSON", "Somebody is operator and supervisor.");
  return signClaims("seal-auz+jwt", authorisationClaims, claims, signer);
}

/** Signs a revocation with a key of the authority. */
export function signRevocation(claims: RevocationClaims, signer: Signer): Promise<Outcome<string, SignCode>> {
  return signClaims("seal-rev+jwt", revocationClaims, claims, signer);
}

/** Signs an order with a key of the authority. */
export function signOrder(claims: OrderClaims, signer: Signer): Promise<Outcome<string, SignCode>> {
  return signClaims("seal-ord+jwt", orderClaims, claims, signer);
}

/** Signs a command, which lives a minute at most, with a key of the authority. */
export function signCommand(claims: CommandClaims, signer: Signer): Promise<Outcome<string, SignCode>> {
  return signClaims("seal-cmd+jwt", commandClaims, claims, signer);
}

/** Signs a co-sign message with a key of the authority. */
export function signCosign(claims: CosignClaims, signer: Signer): Promise<Outcome<string, SignCode>> {
  return signClaims("seal-cos+jwt", cosignClaims, claims, signer);
}

/** Signs wanted settings with a key of the authority. */
export function signTwin(claims: TwinClaims, signer: Signer): Promise<Outcome<string, SignCode>> {
  return signClaims("seal-twin+jwt", twinClaims, claims, signer);
}

/** Signs a trust list with a key of the list that devices have now. */
export function signTrust(claims: TrustClaims, signer: Signer): Promise<Outcome<string, SignCode>> {
  return signClaims("seal-trust+jwt", trustClaims, claims, signer);
}

/** Signs an acknowledgement with an ack key, after what it acknowledges is stored. */
export function signAck(claims: AckClaims, signer: Signer): Promise<Outcome<string, SignCode>> {
  return signClaims("seal-ack+jwt", ackClaims, claims, signer);
}

/** Signs an answer about the time with an ack key. */
export function signTime(claims: TimeClaims, signer: Signer): Promise<Outcome<string, SignCode>> {
  return signClaims("seal-time+jwt", timeClaims, claims, signer);
}

/** Signs a firmware manifest with a firmware key. */
export function signFirmware(claims: FirmwareClaims, signer: Signer): Promise<Outcome<string, SignCode>> {
  return signClaims("seal-fw+jwt", firmwareClaims, claims, signer);
}
