import type { AdapterKind, DeviceCaps, VendorAuthorisation } from "@chancery/domain";

/** What is asked of a controller that another one answers for: so many impressions, by these people, within these hours. */
export interface UseToAuthorise {
  /** Our own name for it, under which it is found again where no answer came. */
  readonly authorisationId: string;
  /** The reference of an earlier one that this is added to; null for one of its own. */
  readonly adds: string | null;
  readonly organisation: string;
  readonly subject: string;
  readonly deviceNo: string;
  readonly uses: readonly {
    readonly name: string;
    readonly mobile: string;
    readonly count: number;
    readonly from: number;
    readonly until: number;
  }[];
}

export interface Authorised {
  /** The other side's reference, and which of its authorisations this one is. */
  readonly ref: string;
  readonly auth: string;
  /** What who stamps types at the controller. */
  readonly useCode: string | null;
}

export interface VendorSnapshot {
  readonly ref: string;
  readonly ended: boolean;
  readonly auths: ReadonlyMap<string, VendorAuthorisation>;
}

export interface PulledImage {
  readonly name: string;
  readonly kind: "use" | "face" | "emergency";
  readonly bytes: Uint8Array;
}

export interface RawRequest {
  readonly body: Buffer;
  header(name: string): string | undefined;
}

/** What a call hints at: about which authorisation to ask. */
export interface VendorHint {
  readonly ref: string;
  /** The same call sent again has the same key. */
  readonly key: string;
}

export type Said = "done" | "pending" | "unsupported";

/**
 * A way to controllers of one maker (SealLink 1, clause 3.16). It speaks and reads and never writes: who uses it decides by the
 * gate what is asked, and by the domain what the answer means.
 */
export interface SealDeviceAdapter {
  readonly kind: AdapterKind;
  readonly caps: DeviceCaps;
  authorise(use: UseToAuthorise): Promise<Authorised>;
  /** What an earlier `authorise` came to, where its answer got lost; null where the other side knows nothing of it. */
  find(authorisationId: string): Promise<Authorised | null>;
  revoke(ref: string, why: string): Promise<Said>;
  lock(deviceNo: string, on: boolean): Promise<Said>;
  /** Whether a call is signed as was agreed; true where nothing was. */
  isSigned(request: RawRequest): boolean;
  /** Never throws, for anybody may call. */
  parseCallback(request: RawRequest): VendorHint[];
  /** The one answer that counts. */
  pull(ref: string): Promise<VendorSnapshot>;
  pullImages(ref: string): AsyncIterable<PulledImage>;
}

/** `refused`: the other side said no. `unclear`: nobody can tell what became of what was asked. */
export type VendorFaultKind = "refused" | "unclear";

/** The code of a fault: no answer in time. */
export const tooSlow = "too-slow";

/** The other side refused, or could not be understood. Its text is a code of ours: never an address, a header or an answer. */
export class VendorFault extends Error {
  readonly kind: VendorFaultKind;
  readonly code: string;
  constructor(kind: VendorFaultKind, code: string) {
    super(`a maker's cloud: ${code}`);
    this.kind = kind;
    this.code = code;
  }
}
