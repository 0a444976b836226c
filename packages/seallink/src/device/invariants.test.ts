import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type DeviceEvent, type DeviceState, quarantineCodes, ruleOf } from "../index.ts";
import { Box, type Mechanics, tags } from "../test-box.ts";
import { must, Platform } from "../test-platform.ts";

/** What may happen to a box: by people, by the platform, by thieves, and by the power line. */
type Happening =
  | { readonly kind: "present"; readonly cred: string }
  | { readonly kind: "press" | "use"; readonly mechanics: Mechanics; readonly cutAfter: number | undefined }
  | { readonly kind: "token"; readonly max: number; readonly supervised: boolean }
  | {
      readonly kind:
        | "choose"
        | "leave"
        | "revoke"
        | "lock"
        | "unlock"
        | "inspect"
        | "take-out"
        | "return"
        | "remount"
        | "tick"
        | "restart"
        | "acknowledge";
    }
  | { readonly kind: "door" | "shake" | "key-fault" }
  | { readonly kind: "wait"; readonly ms: number };

const pressing = fc.record({
  mechanics: fc.constantFrom<Mechanics>("good", "good", "good", "jam", "stuck", "long", "missed", "fails"),
  cutAfter: fc.option(fc.nat({ max: 14 }), { nil: undefined, freq: 2 }),
});

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom("fp:17", "fp:21", "fp:1", "fp:99").map((cred): Happening => ({ kind: "present", cred })),
  },
  { weight: 2, arbitrary: pressing.map((press): Happening => ({ kind: "press", ...press })) },
  // All that a press needs, or strokes would be rare among so much that happens.
  { weight: 8, arbitrary: pressing.map((press): Happening => ({ kind: "use", ...press })) },
  {
    weight: 2,
    arbitrary: fc
      .record({ max: fc.integer({ min: 1, max: 3 }), supervised: fc.boolean() })
      .map((token): Happening => ({ kind: "token", ...token })),
  },
  { weight: 4, arbitrary: fc.constant<Happening>({ kind: "choose" }) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(
        "leave",
        "revoke",
        "lock",
        "unlock",
        "unlock",
        "inspect",
        "inspect",
        "take-out",
        "return",
        "remount",
        "tick",
        "restart",
        "acknowledge",
      )
      .map((kind) => ({ kind }) as Happening),
  },
  { weight: 1, arbitrary: fc.constantFrom("door", "shake", "key-fault").map((kind) => ({ kind }) as Happening) },
  { weight: 1, arbitrary: fc.constantFrom(30_000, 400_000).map((ms): Happening => ({ kind: "wait", ms })) },
);

const eventOf: Readonly<Partial<Record<Happening["kind"], DeviceEvent>>> = {
  press: "press",
  token: "accept",
  choose: "choose",
  leave: "leave",
  lock: "lock",
  "key-fault": "tamper",
  restart: "start",
};

/** So that stories without strokes cannot pass for good ones. */
const strokesSeen = { done: 0, aborted: 0, unknown: 0 };

class Story {
  readonly platform: Platform;
  jti = "";
  #last = { seq: 0, imp: 0, tamper: null as string | null };

  constructor(platform: Platform) {
    this.platform = platform;
    platform.box.onStroke = () => assert.equal(platform.controller.view().state, "STROKE");
  }

  async happen(what: Happening): Promise<void> {
    const before = this.platform.controller.view().state;
    const strokes = this.platform.box.strokes;
    const refused = await this.#do(what).catch(async () => {
      await this.#restart();
      return "cut";
    });
    const after = this.platform.controller.view();
    this.#follow(before, what, after.state, refused);
    if (this.platform.box.strokes > strokes && what.kind === "press") assert.equal(before, "CLEARED");
    assert.ok(after.seq >= this.#last.seq && (after.imp[0] ?? 0) >= this.#last.imp);
    // Nothing but an inspection by two people unlatches a box.
    if (this.#last.tamper !== null && what.kind !== "inspect") assert.equal(after.tamper, this.#last.tamper);
    this.#last = { seq: after.seq, imp: after.imp[0] ?? 0, tamper: after.tamper };
  }

  /** What happened agrees with the table of states: refused as it says, or moved to where it says. */
  #follow(before: DeviceState, what: Happening, after: DeviceState, refused: string | undefined): void {
    const event = eventOf[what.kind];
    if (event === undefined || refused === "cut") return;
    const rule = ruleOf(before, event);
    if ("refuse" in rule) {
      assert.notEqual(refused, undefined, `${before} ${event}`);
      if (event !== "press") assert.equal(refused, rule.refuse, `${before} ${event}`);
      assert.equal(after, before);
    } else if (refused === undefined && event !== "press") {
      assert.ok(rule.to.includes(after), `${before} ${event} ${after}`);
    }
  }

  async #do(what: Happening): Promise<string | undefined> {
    const { platform } = this;
    const { controller, box } = platform;
    const code = (answer: { readonly ok: boolean; readonly code?: string }): string | undefined =>
      answer.ok ? undefined : answer.code;
    switch (what.kind) {
      case "present":
        return code(await controller.present(what.cred));
      case "use": {
        await controller.choose(controller.view().tokens.at(-1)?.claims.jti ?? this.jti);
        for (const cred of ["fp:17", "fp:21"]) await controller.present(cred);
        return code(await this.#press(what));
      }
      case "press":
        return code(await this.#press(what));
      case "token": {
        const sup = { n: what.supervised ? 1 : 0, of: [{ u: "usr_91", cred: ["fp:21"] }], within: 60 };
        const { text, claims } = await platform.token({ use: { max: what.max, mode: "batch" }, sup });
        this.jti = claims.jti;
        return code(await controller.receive(text));
      }
      case "choose":
        return code(await controller.choose(controller.view().tokens.at(-1)?.claims.jti ?? this.jti));
      case "leave":
        return code(await controller.leave());
      case "revoke":
        return code(await platform.revoke({ jti: [this.jti === "" ? "auz_none" : this.jti] }));
      case "lock":
        return code(await platform.command("lock"));
      case "unlock":
      case "inspect":
      case "return":
        return code(await platform.order({ kind: what.kind }));
      case "take-out":
        return code(await platform.order({ kind: "take-out", to: "usr_88", until: platform.seconds + 86_000 }));
      case "remount": {
        const seal = { id: "seal_0012", slot: 0, face: 2, tag: tags[0] };
        const ordered = await platform.order({ kind: "mount", seal });
        if (!ordered.ok) return ordered.code;
        await controller.sense({ kind: "door-open" });
        return code(await controller.sense({ kind: "door-closed" }));
      }
      case "door":
        return code(await controller.sense({ kind: "door-open" }));
      case "shake":
        return code(await controller.sense({ kind: "vibration", ms: 5000 }));
      case "key-fault":
        return code(await controller.sense({ kind: "key-fault" }));
      case "wait":
        box.wait(what.ms);
        return undefined;
      case "tick":
        await controller.tick();
        return undefined;
      case "acknowledge":
        await platform.deliver(false);
        return code(await platform.acknowledge());
      case "restart":
        await this.#restart();
        return undefined;
    }
  }

  async #press(how: {
    readonly mechanics: Mechanics;
    readonly cutAfter: number | undefined;
  }): Promise<{ readonly ok: boolean; readonly code?: string }> {
    const { box, controller } = this.platform;
    box.mechanics = how.mechanics;
    box.cutAfter = how.cutAfter ?? Number.POSITIVE_INFINITY;
    try {
      const pressed = await controller.press();
      if (pressed.ok) strokesSeen[pressed.value.out] += 1;
      return pressed;
    } finally {
      box.cutAfter = Number.POSITIVE_INFINITY;
    }
  }

  async #restart(): Promise<void> {
    this.platform.box.cutAfter = Number.POSITIVE_INFINITY;
    this.platform.controller = await this.platform.box.start();
  }

  /** At the end the books hold the whole journal, and find nothing in it that an honest box would not do. */
  async end(): Promise<void> {
    await this.#restart();
    await this.platform.controller.connected();
    await this.platform.deliver(false);
    const { books, box } = this.platform;
    assert.equal(books.chain.last, this.platform.controller.view().seq);
    assert.equal(books.chain.quarantined, null);
    assert.deepEqual(
      books.codes.filter((code) => [...quarantineCodes, "OVER_COUNT", "UNKNOWN_TOKEN"].some((each) => each === code)),
      [],
    );
    const begun = books.journal.filter(({ record }) => record.ty === "stamp.begin").length;
    const ends = books.journal.flatMap(({ record }) => (record.ty === "stamp.end" ? [record.out] : []));
    assert.equal(begun, ends.length);
    assert.ok(box.strokes <= ends.filter((out) => out !== "aborted").length);
    for (const [jti, { max }] of books.issued) assert.ok((books.facts(jti)?.used ?? 0) <= max);
  }
}

test("whatever happens to a box: the motor moves only in STROKE, numbers never fall, strokes come in pairs, TAMPER stays", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 40 }), async (story) => {
      const told = new Story(await Platform.ready(new Box()));
      must(await told.platform.controller.receive((await told.platform.token()).text));
      for (const what of story) await told.happen(what);
      await told.end();
    }),
    { numRuns: 200 },
  );
  for (const count of Object.values(strokesSeen)) assert.ok(count > 0, JSON.stringify(strokesSeen));
});
