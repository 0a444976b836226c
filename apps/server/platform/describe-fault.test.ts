import assert from "node:assert/strict";
import { test } from "node:test";
import { describeFault } from "./describe-fault.ts";

const secret = "the counterparty's name";
const fromDatabase = (code: string, message: string): Error =>
  Object.assign(new Error(message), {
    ...{ code, severity: "ERROR", routine: "f", table: "matters", constraint: "matters_pkey" },
    ...{
      detail: `Key (x)=(${secret})`,
      where: `JSON data, line 1: {"a":"${secret}`,
      hint: secret,
      internalQuery: secret,
    },
  });

test("a database's fault is logged by its place, without the data it quotes", () => {
  const shown = describeFault(fromDatabase("23505", "duplicate key value violates unique constraint"));
  assert.doesNotMatch(JSON.stringify(shown), /counterparty/);
  assert.equal(shown.constraint, "matters_pkey");
  assert.match(String(shown.stack), /describe-fault\.test/);
});

test("a message that quotes the data itself is left out, of the stack too", () => {
  const shown = describeFault(fromDatabase("22P02", `invalid input syntax for type json: "${secret}"`));
  assert.doesNotMatch(JSON.stringify(shown), /counterparty/);
  assert.match(String(shown.stack), /describe-fault\.test/);
});

test("another fault keeps its message, and what is no error is told as text", () => {
  assert.equal(describeFault(new TypeError("x is not a function")).message, "x is not a function");
  assert.deepEqual(describeFault("text"), { type: "string", message: "text" });
});
