import {
  type Answer,
  type AuthorisationClaims,
  type Controller,
  type CosignClaims,
  digest,
  type OrderClaims,
  type OrderKind,
  type Outcome,
  type RevocationClaims,
  signAck,
  signCommand,
  signCosign,
  signOrder,
  signRevocation,
  signTime,
  signToken,
  signTrust,
  startChain,
  type TrustClaims,
} from "./index.ts";
import { Books } from "./test-books.ts";
import { Box, tags } from "./test-box.ts";
import { authorisationOf, noon, noonSeconds } from "./test-claims.ts";
import { makeNodeKey, nodeCrypto } from "./test-node-crypto.ts";

const keys = {
  trust: makeNodeKey("trust-1"),
  authority: makeNodeKey("auz-1"),
  second: makeNodeKey("auz-2"),
  ack: makeNodeKey("ack-1"),
  firmware: makeNodeKey("fw-1"),
};
export const platformKeys: typeof keys = keys;

export function trustOf(change: Partial<TrustClaims> = {}): TrustClaims {
  const listed = (
    use: "trust" | "authority" | "ack" | "firmware",
    key: { publicKey: TrustClaims["keys"][number] | object },
  ) => ({ ...key.publicKey, use }) as TrustClaims["keys"][number];
  return {
    v: 1,
    iss: "urn:seal:acme",
    ver: 1,
    iat: noonSeconds - 60,
    keys: [
      listed("trust", keys.trust),
      listed("authority", keys.authority),
      listed("authority", keys.second),
      listed("ack", keys.ack),
      listed("firmware", keys.firmware),
    ],
    ...change,
  };
}

export function must<Value>(outcome: Outcome<Value, string>): Value {
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
  return outcome.value;
}

export const codeOf = (answer: Answer<unknown>): string => (answer.ok ? "ok" : answer.code);

export const people = [
  { u: "usr_1", cred: ["fp:1"] },
  { u: "usr_2", cred: ["fp:2"] },
  { u: "usr_88", cred: ["fp:17"] },
  { u: "usr_91", cred: ["fp:21"] },
];
const two = people.slice(0, 2);

/** What an order is about; the rest is the same for all of these tests. */
type OrderDetails = { readonly kind: OrderKind } & Readonly<Record<string, unknown>>;

/** A platform with one device: what it signs, and its books of what came back. */
export class Platform {
  readonly box: Box;
  readonly dev: string;
  controller!: Controller;
  books!: Books;
  asn = 0;
  cseq = 0;
  /** How many messages of the box have been handed to the books. */
  delivered = 0;
  #named = 0;

  constructor(box: Box = new Box(), dev = "dev_1") {
    this.box = box;
    this.dev = dev;
  }

  /** A box with a seal in it, ready for authorisations; its records so far are in the books. */
  static async ready(box: Box = new Box(), dev = "dev_1"): Promise<Platform> {
    const platform = new Platform(box, dev);
    await platform.enrol();
    await platform.mount();
    await platform.deliver();
    return platform;
  }

  async enrol(ep = 1): Promise<void> {
    const trust = must(await signTrust(trustOf(), keys.trust.signer));
    const answer = JSON.stringify({ v: 1, dev: this.dev, iss: "urn:seal:acme", ep, asn: this.asn, trust, people });
    const from = await digest(nodeCrypto, answer);
    this.books = new Books(startChain({ dev: this.dev, ep, from, imp: [...this.box.counters] }), [
      this.box.key.publicKey,
    ]);
    this.controller = await this.box.start();
    must(await this.controller.enrol(answer));
  }

  async mount(): Promise<void> {
    must(await this.order({ kind: "mount", seal: { id: "seal_0012", slot: 0, face: 2, tag: tags[0] } }));
    this.box.doorOpen = true;
    must(await this.controller.sense({ kind: "door-open" }));
    this.box.tags = [...tags];
    this.box.doorOpen = false;
    must(await this.controller.sense({ kind: "door-closed" }));
  }

  /** Hands what the box has sent since to the books. */
  async deliver(live = true): Promise<void> {
    const fresh = this.box.records.slice(this.delivered);
    this.delivered = this.box.records.length;
    await this.books.takeAll(fresh, this.box.rtc ?? noon, live);
  }

  async acknowledge(): Promise<Answer> {
    return this.controller.receive(must(await signAck(this.books.ack(this.box.rtc ?? noon), keys.ack.signer)));
  }

  nextName(prefix: string): string {
    this.#named += 1;
    return `${prefix}_${this.#named}`;
  }

  claims(change: Partial<AuthorisationClaims> = {}): AuthorisationClaims {
    this.asn += 1;
    return authorisationOf({ aud: this.dev, jti: this.nextName("auz"), asn: this.asn, ...change });
  }

  /** Signs an authorisation and writes down that it was issued. */
  async token(change: Partial<AuthorisationClaims> = {}): Promise<{ text: string; claims: AuthorisationClaims }> {
    const claims = this.claims(change);
    this.books.issued.set(claims.jti, { max: claims.use.max, nbf: claims.nbf, exp: claims.exp });
    return { text: must(await signToken(claims, keys.authority.signer)), claims };
  }

  /** Issues an authorisation, has it accepted and chooses it. */
  async arm(change: Partial<AuthorisationClaims> = {}): Promise<AuthorisationClaims> {
    const { text, claims } = await this.token(change);
    must(await this.controller.receive(text));
    must(await this.controller.choose(claims.jti));
    return claims;
  }

  /** Somebody puts a finger on the reader and presses. */
  async press(cred = "fp:17"): Promise<string> {
    await this.controller.present(cred);
    const pressed = await this.controller.press();
    return pressed.ok ? pressed.value.out : pressed.code;
  }

  async revoke(change: Partial<RevocationClaims>): Promise<Answer> {
    this.asn += 1;
    const claims = {
      v: 1,
      aud: this.dev,
      ep: 1,
      asn: this.asn,
      iat: this.seconds,
      why: "withdrawn",
      ...change,
    } as const;
    return this.controller.receive(must(await signRevocation(claims, keys.authority.signer)));
  }

  get seconds(): number {
    return Math.floor((this.box.rtc ?? noon) / 1000);
  }

  async signOrder(what: OrderDetails): Promise<string> {
    this.asn += 1;
    const claims = {
      v: 1,
      aud: this.dev,
      ep: this.books.chain.ep,
      jti: this.nextName("ord"),
      asn: this.asn,
      iat: this.seconds,
      nbf: this.seconds,
      exp: this.seconds + 600,
      by: two,
      ...what,
    } as OrderClaims;
    return must(await signOrder(claims, keys.authority.signer));
  }

  /** Has an order carried out by its two people. */
  async order(what: OrderDetails): Promise<Answer> {
    const taken = await this.controller.receive(await this.signOrder(what));
    if (!taken.ok) return taken;
    const first = await this.controller.present("fp:1");
    return first.ok ? this.controller.present("fp:2") : first;
  }

  async command(cmd: "lock" | "cancel" | "hb" | "beep", change: object = {}): Promise<Answer> {
    this.cseq += 1;
    const iat = this.seconds;
    const claims = {
      v: 1,
      aud: this.dev,
      ep: 1,
      jti: this.nextName("cmd"),
      cseq: this.cseq,
      iat,
      exp: iat + 60,
      cmd,
      ...change,
    } as const;
    return this.controller.receive(must(await signCommand(claims, keys.authority.signer)));
  }

  async cosign(claims: Partial<CosignClaims>): Promise<Answer> {
    const iat = this.seconds;
    const whole = { v: 1, aud: this.dev, ep: 1, iat, exp: iat + 60, u: "usr_91", ...claims } as CosignClaims;
    return this.controller.receive(must(await signCosign(whole, keys.authority.signer)));
  }

  /** Answers the box's last question about the time with a time of one's own. */
  async answerTime(t: number, trip = 200): Promise<Answer> {
    const asked = this.box.sent.findLast((message) => message.kind === "request" && message.m === "time");
    if (asked?.kind !== "request" || asked.m !== "time") throw new Error("The box has not asked.");
    this.box.wait(trip);
    const claims = { v: 1, aud: this.dev, t1: asked.p.t1, n: asked.p.n, t2: t, t3: t } as const;
    return this.controller.receive(must(await signTime(claims, keys.ack.signer)));
  }
}
