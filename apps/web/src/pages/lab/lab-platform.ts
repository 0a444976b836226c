import {
  type AuthorisationClaims,
  type ChainState,
  composeComparisonCode,
  digest,
  generateKey,
  type OpenedRecord,
  type OrderClaims,
  type Outcome,
  type PublicKey,
  type Reconciliation,
  reconcile,
  type Signer,
  signAck,
  signOrder,
  signTime,
  signToken,
  signTrust,
  startChain,
  type TimeClaims,
  type TrustClaims,
  webCrypto,
} from "@chancery/seallink";
import { SimulatedBooks } from "@chancery/seallink/simulator";
import { fence, type PaperNumber, type PaperTitles, papers, people, places, seal } from "./people.ts";

export const issuer = "urn:seal:lab";
export const deviceId = "dev_lab_1";

type Algorithm = Signer["alg"];
type Key = Awaited<ReturnType<typeof generateKey>>;
type PlatformKeys = Readonly<Record<"trust" | "authority" | "second" | "ack", Key>>;

/** One application to stamp a paper, and the authorisation that came of it. */
export interface LabRequest {
  readonly id: string;
  readonly paper: PaperNumber;
  readonly title: string;
  readonly state: "applied" | "approved";
  readonly jti?: string;
  /** Impressions that were entered in the lab's own register. */
  readonly registered: number;
  /** Made by a trick, not by somebody who wants to stamp. */
  readonly trick: boolean;
  /** Approved for pressing in the dock alone. */
  readonly docked: boolean;
}

/** What an order is about; the rest is the same for all. */
type OrderDetails =
  | { readonly kind: "mount"; readonly seal: typeof seal }
  | { readonly kind: "inspect" | "unlock" }
  | { readonly kind: "reset-epoch"; readonly next: number; readonly force: true };

export function must<Value>(outcome: Outcome<Value, string>): Value {
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
  return outcome.value;
}

/** How long an authorisation of the lab lasts, in seconds. */
const tokenLife = 2 * 3600;

/** The lab's own platform: its keys, what it signs, and its books of what came. Nothing of it leaves the page. */
export class LabPlatform {
  books: SimulatedBooks;
  /** Records of epochs that have ended. */
  readonly archive: OpenedRecord[] = [];
  requests: readonly LabRequest[] = [];
  readonly pictures: Map<string, Uint8Array> = new Map();
  now: number;
  readonly #keys: PlatformKeys;
  readonly #device: PublicKey;
  readonly #titles: PaperTitles;
  #asn = 0;
  #named = 0;

  constructor(keys: PlatformKeys, device: PublicKey, now: number, titles: PaperTitles) {
    this.#titles = titles;
    this.#keys = keys;
    this.#device = device;
    this.now = now;
    this.books = this.#open({ dev: deviceId, ep: 1, from: `sha256:${"0".repeat(64)}`, imp: [0] });
  }

  static async create(alg: Algorithm, device: PublicKey, now: number, titles: PaperTitles): Promise<LabPlatform> {
    const key = (kid: string): Promise<Key> => generateKey(kid, alg);
    const [trust, authority, second, ack] = await Promise.all([
      key("lab-trust-1"),
      key("lab-auz-1"),
      key("lab-auz-2"),
      key("lab-ack-1"),
    ]);
    return new LabPlatform({ trust, authority, second, ack }, device, now, titles);
  }

  get seconds(): number {
    return Math.floor(this.now / 1000);
  }

  get chain(): ChainState {
    return this.books.chain;
  }

  #open(start: Parameters<typeof startChain>[0]): SimulatedBooks {
    return new SimulatedBooks(startChain(start), [this.#device]);
  }

  #name(prefix: string): string {
    this.#named += 1;
    return `${prefix}_lab_${this.#named}`;
  }

  /** The six digits that both screens show while the box is paired. */
  compareCode(pairingCode: string): Promise<string> {
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    return composeComparisonCode(webCrypto, {
      request: bytes(this.#device.x),
      platformKey: bytes(this.#keys.authority.publicKey.x),
      pairingCode,
    });
  }

  /** The answer to an enrolment; the journal of the box begins from its digest, and so do the books. */
  async enrol(imp: readonly number[]): Promise<string> {
    const { trust, authority, second, ack } = this.#keys;
    const claims: TrustClaims = {
      v: 1,
      iss: issuer,
      ver: 1,
      iat: this.seconds,
      keys: [
        { ...trust.publicKey, use: "trust" },
        { ...authority.publicKey, use: "authority" },
        { ...second.publicKey, use: "authority" },
        { ...ack.publicKey, use: "ack" },
      ],
    };
    const known = [people.custodian, people.administrator, people.operator, people.supervisor];
    const list = must(await signTrust(claims, trust.signer));
    const answer = JSON.stringify({ v: 1, dev: deviceId, iss: issuer, ep: 1, asn: 0, trust: list, people: known });
    this.books = this.#open({ dev: deviceId, ep: 1, from: await digest(webCrypto, answer), imp });
    return answer;
  }

  apply(paper: PaperNumber, how: { readonly trick?: boolean; readonly docked?: boolean } = {}): LabRequest {
    const request: LabRequest = {
      id: this.#name("app"),
      paper,
      title: this.#titles[paper],
      state: "applied",
      registered: 0,
      trick: how.trick ?? false,
      docked: how.docked ?? false,
    };
    this.requests = [...this.requests, request];
    return request;
  }

  /** Signs the authorisation of a request and writes down that it was issued. */
  async approve(
    id: string,
    change: Partial<AuthorisationClaims> = {},
  ): Promise<{ readonly jti: string; readonly text: string }> {
    const request = this.requests.find((each) => each.id === id);
    if (request === undefined) throw new Error(`There is no request ${id}.`);
    const claims = await this.composeClaims(request, change);
    const text = must(await signToken(claims, this.#keys.authority.signer));
    this.books.issued.set(claims.jti, { max: claims.use.max, nbf: claims.nbf, exp: claims.exp });
    this.#change(id, { state: "approved", jti: claims.jti });
    return { jti: claims.jti, text };
  }

  async composeClaims(request: LabRequest, change: Partial<AuthorisationClaims> = {}): Promise<AuthorisationClaims> {
    this.#asn += 1;
    const { code, copies, pages } = papers[request.paper];
    const { title } = request;
    const [latitude, longitude] = places.dock;
    return {
      v: 1,
      iss: issuer,
      aud: deviceId,
      ep: this.chain.ep,
      sub: request.id,
      jti: this.#name("auz"),
      asn: this.#asn,
      iat: this.seconds,
      nbf: this.seconds,
      exp: this.seconds + tokenLife,
      seal,
      use: { max: copies, mode: request.docked ? "console" : "single", sess: 300 },
      doc: [{ h: await digest(webCrypto, title), t: title, pages, copies, code }],
      op: [people.operator],
      sup: { n: 1, of: [people.supervisor], within: 60 },
      pic: { after: 1, block: true },
      loc: { c: [latitude, longitude], r: fence, do: "refuse" },
      off: { ok: true, age: 4 * 3600 },
      risk: "normal",
      ...change,
    };
  }

  /** Enters what was stamped in the lab's register. */
  register(id: string): void {
    this.#change(id, { registered: this.count(id).counts.stamped });
  }

  #change(id: string, change: Partial<LabRequest>): void {
    this.requests = this.requests.map((each) => (each.id === id ? { ...each, ...change } : each));
  }

  async signOrder(what: OrderDetails): Promise<string> {
    this.#asn += 1;
    const claims: OrderClaims = {
      v: 1,
      aud: deviceId,
      ep: this.chain.ep,
      jti: this.#name("ord"),
      asn: this.#asn,
      iat: this.seconds,
      nbf: this.seconds,
      exp: this.seconds + 600,
      by: [people.custodian, people.administrator],
      ...what,
    };
    return must(await signOrder(claims, this.#keys.authority.signer));
  }

  async answerTime(question: Pick<TimeClaims, "t1" | "n">): Promise<string> {
    const claims = { v: 1, aud: deviceId, t2: this.now, t3: this.now, ...question } as const;
    return must(await signTime(claims, this.#keys.ack.signer));
  }

  async acknowledge(): Promise<string> {
    const claims = this.books.ack(this.now, { pictures: [...this.pictures.keys()].slice(-200) });
    return must(await signAck(claims, this.#keys.ack.signer));
  }

  /** Closes the books of an epoch and opens those of the next one, which begins from the order. */
  async openEpoch(ep: number, order: string, imp: readonly number[]): Promise<void> {
    const { issued } = this.books;
    this.archive.push(...this.books.journal);
    this.books = this.#open({ dev: deviceId, ep, from: await digest(webCrypto, order), imp });
    this.books.issued = issued;
  }

  /** What was authorised, stamped, photographed and registered for a request. */
  count(id: string): Reconciliation {
    const request = this.requests.find((each) => each.id === id);
    const jti = request?.jti;
    const records = [...this.archive, ...this.books.journal].map(({ record }) => record);
    const ends = records.flatMap((record) => (record.ty === "stamp.end" && record.jti === jti ? [record] : []));
    const rises = records.map((record, at) =>
      record.ty === "stamp.end" && record.jti === jti ? (record.imp[0] ?? 0) - (records[at - 1]?.imp[0] ?? 0) : 0,
    );
    const named = new Set(ends.flatMap(({ pic }) => pic.map(({ h }) => h)));
    return reconcile({
      authorised: jti === undefined ? [] : [this.books.issued.get(jti)?.max ?? 0],
      done: ends.filter(({ out }) => out === "done").length,
      unknown: ends.filter(({ out }) => out === "unknown").length,
      counterRise: rises.reduce((sum, rise) => sum + rise, 0),
      photographed: [...named].filter((hash) => this.pictures.has(hash)).length,
      registered: request?.registered ?? 0,
      sessionEnded: records.some((record) => record.ty === "auth.close" && record.jti === jti),
    });
  }
}
