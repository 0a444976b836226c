import assert from "node:assert/strict";
import { test } from "node:test";
import { standingOfCopy } from "./copy-standing.ts";
import { COPY_STATES } from "./stamped-copy.ts";

test("C23: a printed copy stands by its own impressions, whatever became of the others of its request", () => {
  const of = (...impressions: Parameters<typeof standingOfCopy>[0]["impressions"]) =>
    (["authorised", "opened", "closed", "registered", "frozen"] as const).map((request) =>
      standingOfCopy({ request, impressions, said: null, showing: "shown" }),
    );
  const open = ["may-be-stamped", "may-be-stamped"];
  const always = (standing: string) => [standing, standing, standing, standing, "not-in-force"];
  assert.deepEqual(of("reserved"), [...open, "not-stamped", "not-stamped", "not-in-force"]);
  assert.deepEqual(of(), [...open, "not-stamped", "not-stamped", "not-in-force"]);
  assert.deepEqual(of("released"), always("not-stamped"));
  assert.deepEqual(of("unknown", "released"), always("unclear"));
  assert.deepEqual(of("settled", "unknown"), always("unclear"));
  assert.deepEqual(of("settled", "pressed"), always("stamped"));
});

test("C23: a copy is stamped once all its places are, and void as soon as one of them is spoiled", () => {
  const of = (request: "opened" | "registered" | "frozen", ...impressions: ("settled" | "reserved" | "spoiled")[]) =>
    standingOfCopy({ request, impressions, said: null, showing: "shown" });
  assert.equal(of("opened", "settled", "reserved"), "may-be-stamped");
  assert.equal(
    standingOfCopy({ request: "registered", impressions: ["settled", "released"], said: null, showing: "shown" }),
    "stamped-in-part",
  );
  for (const request of ["opened", "registered", "frozen"] as const)
    assert.equal(of(request, "settled", "spoiled"), "void", request);
});

test("C19, C23: what is void by the register of stamped copies stays void on the public page, wherever its paper is", () => {
  const expected = { voided: "void", "declared-void": "void", found: "void", lost: "lost" } as const;
  for (const said of COPY_STATES)
    for (const request of ["closed", "registered", "frozen"] as const) {
      const otherwise = request === "frozen" ? "not-in-force" : "stamped";
      const standing = said in expected ? expected[said as keyof typeof expected] : otherwise;
      assert.equal(
        standingOfCopy({ request, impressions: ["settled"], said, showing: "shown" }),
        standing,
        `${said} ${request}`,
      );
    }
});

test("C17, C23: nobody is told that a copy was stamped before its stamping is shown", () => {
  for (const showing of ["being-read", "to-answer", "not-shown"] as const) {
    const of = (...impressions: Parameters<typeof standingOfCopy>[0]["impressions"]) =>
      standingOfCopy({ request: "closed", impressions, said: null, showing });
    assert.equal(of("pressed"), "not-confirmed", showing);
    assert.equal(of("settled", "released"), "not-confirmed", showing);
    assert.equal(of("released"), "not-stamped", showing);
    assert.equal(of("settled", "unknown"), "unclear", showing);
    assert.equal(of("settled", "spoiled"), "void", showing);
  }
});
