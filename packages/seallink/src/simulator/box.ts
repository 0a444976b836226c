import { type Controller, createController } from "../device/controller.ts";
import type { Camera, ControllerPorts, Stroke, Transport, UpMessage } from "../device/ports.ts";
import type { CryptoPort, Signer } from "../wire/crypto.ts";

/** The power went. Everything that the box tries after it fails the same way. */
export class PowerCut extends Error {}
const powerCut = new PowerCut("The power is gone.");

/** How the mechanics behave at a stroke. */
export type Mechanics = "good" | "jam" | "stuck" | "long" | "double" | "missed" | "fails";

type Later<Value> = Value | Promise<Value>;

/** What a simulated box is given: its key, its cryptography where it is not WebCrypto, and what its clock shows. */
export interface SimulatedParts {
  readonly signer: Signer;
  readonly crypto?: CryptoPort;
  readonly rtc?: number;
}

/**
 * A whole box in memory: storage, drive, sensors, camera, clock. `cutAfter` counts what is done to storage and drive
 * until the power goes; storage and the drive's counter outlive it, everything else is made anew by `start`.
 */
export class SimulatedBox {
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
  rtc: number | undefined;
  up = 1000;
  randomSource: (size: number) => Uint8Array;
  cutAfter: number = Number.POSITIVE_INFINITY;
  /** Whether a cut leaves half of what was being written. */
  tearing = false;
  strokes = 0;
  /** Told of each change of the flash, once it is made. */
  onStored: () => void = () => {};
  /** Looked at while the drive moves: before it does, and once the seal was on the paper. */
  onStroke: () => Later<void> = () => {};
  onTouch: () => Later<void> = () => {};
  /** Takes a picture; without one the pictures are a few words. */
  photograph: (kind: Parameters<Camera["take"]>[0]) => Later<Uint8Array>;
  /** Hears what is sent before it is on its way, and may keep it from going by throwing. */
  onSend: Transport["send"] = () => {};
  sent: UpMessage[] = [];
  signals: string[] = [];
  firmware = { model: "S1", ver: "1.0.0", hash: `sha256:${"11".repeat(32)}`, rollbackIndex: 3 };
  readonly #parts: SimulatedParts;
  #photo = 0;
  #random = 0;

  constructor(parts: SimulatedParts) {
    this.#parts = parts;
    this.rtc = parts.rtc;
    this.randomSource = (size) => {
      this.#random += 1;
      const bytes = new Uint8Array(size);
      new DataView(bytes.buffer).setUint32(0, this.#random);
      return bytes;
    };
    this.photograph = (kind) => {
      this.#photo += 1;
      return new TextEncoder().encode(`${kind} ${this.#photo}`);
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
    const { signer, crypto } = this.#parts;
    return {
      signer,
      ...(crypto === undefined ? {} : { crypto }),
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
          this.onStored();
        },
        remove: (name) => {
          this.#work();
          this.flash.delete(name);
          this.onStored();
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
        take: async (kind) => {
          if (this.camera === "gone") return undefined;
          const bytes = await this.photograph(kind);
          return this.camera === "dark" ? { bytes, dark: true } : { bytes };
        },
      },
      transport: {
        send: async (message) => {
          this.#work();
          await this.onSend(message);
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
    await this.onStroke();
    // Three moments at which the power may go: before it moves, while it is out, after it touched the paper.
    this.#work();
    const rest = { dist: 3, force: 41, lim: "0b" };
    if (this.mechanics === "fails") throw new Error("The drive does not answer.");
    if (this.mechanics === "jam") return { left: false, returned: true, contacts: 0, ms: 900, heldMs: 0, ...rest };
    this.strokes += 1;
    this.#work();
    if (this.mechanics !== "missed") this.touch(slot);
    if (this.mechanics === "double") this.touch(slot);
    await this.onTouch();
    this.#work();
    if (this.mechanics === "stuck") return { left: true, returned: false, contacts: 1, ms: 20_500, heldMs: 400 };
    const contacts = { double: 2, missed: 0 }[this.mechanics as string] ?? 1;
    const heldMs = this.mechanics === "long" ? holdMs + 500 : 300;
    return { left: true, returned: true, contacts, ms: 1460, heldMs, ...rest };
  }
}
