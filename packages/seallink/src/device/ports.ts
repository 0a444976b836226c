import type { TwinReport } from "../claims/platform.ts";
import type { CryptoPort, Signer } from "../wire/crypto.ts";
import type { Fix } from "../wire/fields.ts";

type Later<Value> = Value | Promise<Value>;

/**
 * Memory that outlives a power cut. A write is durable when it resolves; one that is cut may leave the old text, the new
 * one or a torn one, which the core detects. Names have letters, digits, dots, colons, slashes and hyphens.
 */
export interface ControllerStorage {
  readonly read: (name: string) => Later<string | undefined>;
  readonly write: (name: string, text: string) => Later<void>;
  readonly remove: (name: string) => Later<void>;
  /** Stores a picture under its digest until the platform has it. */
  readonly keepPicture: (hash: string, bytes: Uint8Array) => Later<void>;
  readonly dropPicture: (hash: string) => Later<void>;
  /** Share of the room for pictures that is taken, 0 to 1. */
  readonly picturesFull: () => Later<number>;
}

export interface ControllerClock {
  /** The device's own clock in milliseconds since 1970, undefined where it has none or lost it. */
  readonly now: () => number | undefined;
  /** Milliseconds since the device started; never goes back. */
  readonly uptime: () => number;
}

/** What the sensors saw of one stroke. */
export interface Stroke {
  /** The limit switch was left: the seal came out. */
  readonly left: boolean;
  /** The seal came back in time. */
  readonly returned: boolean;
  /** How often it touched paper. */
  readonly contacts: number;
  /** Whole cycle, and how long the seal was held down, in milliseconds. */
  readonly ms: number;
  readonly heldMs: number;
  readonly dist?: number;
  readonly force?: number;
  readonly lim?: string;
}

/** The drive counts by itself, in a memory of its own: what the journal's memory says never changes its counters. */
export interface Drive {
  readonly counters: () => Later<readonly number[]>;
  /** Moves the seal of a slot out and back once. Retracts by itself after `holdMs` down and after `cycleMs` in all. */
  readonly stroke: (slot: number, limits: { readonly holdMs: number; readonly cycleMs: number }) => Promise<Stroke>;
}

export interface Camera {
  /** Undefined where no picture could be taken; `dark` where nothing can be seen on it. */
  readonly take: (
    kind: "after" | "before" | "face" | "room",
  ) => Later<{ readonly bytes: Uint8Array; readonly dark?: boolean } | undefined>;
}

export interface SensorReading {
  readonly doorOpen: boolean;
  /** Tag read at each slot, undefined where none answers. */
  readonly tags: readonly (string | undefined)[];
  /** Per cent. */
  readonly battery: number;
  readonly docked: boolean;
  readonly fix?: Fix;
}

export interface Sensors {
  readonly read: () => Later<SensorReading>;
}

/** What a controller sends up. Nothing depends on its arriving: records are sent again until they are acknowledged. */
export type UpMessage =
  | { readonly kind: "records"; readonly texts: readonly string[] }
  | { readonly kind: "request"; readonly m: "time"; readonly p: { readonly t1: number; readonly n: string } }
  | { readonly kind: "request"; readonly m: "nonce"; readonly p: { readonly n: string } }
  | { readonly kind: "request"; readonly m: "tokens"; readonly p: { readonly ep: number } }
  /** The settings in force: to be kept where the platform finds them later. */
  | { readonly kind: "twin"; readonly report: TwinReport };

export interface Transport {
  readonly send: (message: UpMessage) => Later<void>;
}

/** What the box shows or sounds, beside the answers to what people do. */
export type Signal = "siren" | "beep" | "locate" | "picture" | "logs";

export interface ControllerPorts {
  readonly storage: ControllerStorage;
  readonly clock: ControllerClock;
  readonly random: (size: number) => Uint8Array;
  readonly drive: Drive;
  readonly camera: Camera;
  readonly sensors: Sensors;
  readonly transport: Transport;
  /** The device's operational key. */
  readonly signer: Signer;
  /** The firmware that runs: what a manifest is compared with. */
  readonly firmware: {
    readonly model: string;
    readonly ver: string;
    readonly hash: string;
    readonly rollbackIndex: number;
  };
  readonly crypto?: CryptoPort;
  readonly signal?: (signal: Signal) => void;
  /** Records that may wait for acknowledgement; 5,000 unless said otherwise (clause 3.9). */
  readonly capacity?: number;
}
