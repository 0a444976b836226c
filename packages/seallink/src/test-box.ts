import { type Controller, type ControllerPorts, createController, type Stroke, type UpMessage } from "./index.ts";
import { noon } from "./test-claims.ts";
import { makeNodeKey, nodeCrypto } from "./test-node-crypto.ts";

/** The power went. Everything that the box tries after it fails the same way. */
export class PowerCut extends Error {}
const powerCut = new PowerCut("The power is gone.");

/** How the mechanics behave at a stroke. */
export type Mechanics = "good" | "jam" | "stuck" | "long" | "double" | "missed" | "fails";

export const tags = ["E28011606000"] as const;

/**
 * A whole box in memory: storage, drive, sensors, camera, clock. `cutAfter` counts what is done to storage and drive
 * until the power goes; storage and the drive's counter outlive it, everything else is made anew by `start`.
 */
export class Box {
  /** What is in the flash: to be copied and put back as an attacker would. */
  flash: Map<string, string> = new Map();
  pictures: Map<string, Uint8Array> = new Map();
  /** In the drive's own memory. */
  counters: number[] = [0];
  /** Whether the drive keeps its counters in the flash, as a bad one does. */
  countersInFlash = false;
  mechanics: Mechanics = "good";
  battery = 80;
  docked = true;
  doorOpen = false;
  tags: (string | undefined)[] = [undefined];
  fix: readonly [number, number, number] | undefined;
  camera: "good" | "dark" | "gone" = "good";
  picturesFull = 0;
  capacity = 5000;
  /** What the clock on the board shows; undefined where there is none. */
  rtc: number | undefined = noon;
  up = 1000;
  randomSource: (size: number) => Uint8Array;
  cutAfter: number = Number.POSITIVE_INFINITY;
  /** Whether a cut leaves half of what was being written. */
  tearing = false;
  strokes = 0;
  /** Looked at while the drive moves. */
  onStroke: () => void = () => {};
  sent: UpMessage[] = [];
  signals: string[] = [];
  firmware = { model: "S1", ver: "1.0.0", hash: `sha256:${"11".repeat(32)}`, rollbackIndex: 3 };
  readonly key: ReturnType<typeof makeNodeKey>;
  #photo = 0;
  #random = 0;

  constructor(key: ReturnType<typeof makeNodeKey> = makeNodeKey("dev_1-1")) {
    this.key = key;
    this.randomSource = (size) => {
      this.#random += 1;
      const bytes = new Uint8Array(size);
      new DataView(bytes.buffer).setUint32(0, this.#random);
      return bytes;
    };
  }

  get records(): string[] {
    return this.sent.flatMap((message) => (message.kind === "records" ? message.texts : []));
  }

  /** Starts the box: a new controller on what is stored. */
  start(): Promise<Controller> {
    return createController(this.#ports());
  }

  /** Lets time pass for the uptime and, where there is one, for the clock on the board. */
  wait(ms: number): void {
    this.up += ms;
    if (this.rtc !== undefined) this.rtc += ms;
  }

  #work(): void {
    this.cutAfter -= 1;
    if (this.cutAfter < 0) throw powerCut;
  }

  #ports(): ControllerPorts {
    const started = this.up;
    return {
      signer: this.key.signer,
      crypto: nodeCrypto,
      firmware: this.firmware,
      capacity: this.capacity,
      random: (size) => this.randomSource(size),
      clock: { now: () => this.rtc, uptime: () => this.up - started },
      storage: {
        read: (name) => this.flash.get(name),
        write: (name, text) => {
          if (this.cutAfter === 0 && this.tearing) this.flash.set(name, text.slice(0, text.length / 2));
          this.#work();
          this.flash.set(name, text);
        },
        remove: (name) => {
          this.#work();
          this.flash.delete(name);
        },
        keepPicture: (hash, bytes) => {
          this.#work();
          this.pictures.set(hash, bytes);
        },
        dropPicture: (hash) => void this.pictures.delete(hash),
        picturesFull: () => this.picturesFull,
      },
      drive: {
        counters: () => [...this.#counters],
        stroke: (slot, limits) => this.#stroke(slot, limits),
      },
      sensors: {
        read: () => ({
          doorOpen: this.doorOpen,
          tags: this.tags,
          battery: this.battery,
          docked: this.docked,
          ...(this.fix === undefined ? {} : { fix: this.fix }),
        }),
      },
      camera: {
        take: (kind) => {
          if (this.camera === "gone") return undefined;
          this.#photo += 1;
          const bytes = new TextEncoder().encode(`${kind} ${this.#photo}`);
          return this.camera === "dark" ? { bytes, dark: true } : { bytes };
        },
      },
      transport: {
        send: (message) => {
          this.#work();
          this.sent.push(message);
        },
      },
      signal: (signal) => void this.signals.push(signal),
    };
  }

  get #counters(): readonly number[] {
    if (!this.countersInFlash) return this.counters;
    return JSON.parse(this.flash.get("counters") ?? "[0]") as number[];
  }

  /** The drive counts a touch, as it does whoever moves it. */
  touch(slot = 0): void {
    const counters = [...this.#counters];
    counters[slot] = (counters[slot] ?? 0) + 1;
    if (this.countersInFlash) this.flash.set("counters", JSON.stringify(counters));
    else this.counters = counters;
  }

  async #stroke(slot: number, { holdMs }: { readonly holdMs: number; readonly cycleMs: number }): Promise<Stroke> {
    this.onStroke();
    // Three moments at which the power may go: before it moves, while it is out, after it touched the paper.
    this.#work();
    const rest = { dist: 3, force: 41, lim: "0b" };
    if (this.mechanics === "fails") throw new Error("The drive does not answer.");
    if (this.mechanics === "jam") return { left: false, returned: true, contacts: 0, ms: 900, heldMs: 0, ...rest };
    this.strokes += 1;
    this.#work();
    if (this.mechanics !== "missed") this.touch(slot);
    if (this.mechanics === "double") this.touch(slot);
    this.#work();
    if (this.mechanics === "stuck") return { left: true, returned: false, contacts: 1, ms: 20_500, heldMs: 400 };
    const contacts = { double: 2, missed: 0 }[this.mechanics as string] ?? 1;
    const heldMs = this.mechanics === "long" ? holdMs + 500 : 300;
    return { left: true, returned: true, contacts, ms: 1460, heldMs, ...rest };
  }
}
