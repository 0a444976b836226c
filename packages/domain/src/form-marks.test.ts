import assert from "node:assert/strict";
import { test } from "node:test";
import { markFormFields } from "./form-marks.ts";

const pages = [{ widthMm: 210, heightMm: 297 }];
const field = (name: string, change: Partial<Parameters<typeof markFormFields>[0][number]> = {}) => ({
  ...{ name, page: 0, box: { x: 20.04, y: 30, width: 60, height: 7 }, mostCharacters: null },
  ...change,
});

test("fields of a form become fields of a template, their kind read from their names", () => {
  const marks = markFormFields(
    [
      field("Contract_date"),
      field("TotalAmount", { mostCharacters: 12 }),
      field("乙方"),
      field(""),
      field("a".repeat(90)),
    ],
    pages,
  );
  assert.deepEqual(
    marks.map(({ name, kind, mostCharacters }) => [name, kind, mostCharacters]),
    [
      ["Contract date", "date", 40],
      ["Total Amount", "amount", 12],
      ["乙方", "party", 120],
      ["field 4", "text", 100],
      ["a".repeat(60), "text", 100],
    ],
  );
  assert.deepEqual(marks[0]?.place, { x: 20, y: 30, width: 60, height: 7 });
});

test("what stands off its page, or is too small for a value, is no field", () => {
  const off = { x: 220, y: 30, width: 60, height: 7 };
  const thin = { x: 20, y: 30, width: 60, height: 1 };
  const over = { x: 180, y: 290, width: 60, height: 20 };
  const boxes = [off, thin, over].map((box) => field("x", { box }));
  assert.deepEqual(
    markFormFields([...boxes, field("y", { page: 3 })], pages).map(({ place }) => place),
    [{ x: 180, y: 290, width: 30, height: 7 }],
  );
  assert.equal(
    markFormFields(
      Array.from({ length: 300 }, () => field("x")),
      pages,
    ).length,
    200,
  );
});
