import { type Algorithm, algorithms } from "./crypto.ts";
import { type Outcome, refuse, succeed } from "./outcome.ts";
import { isJsonObject } from "./strict-json.ts";

/** Reads one value or throws a FieldError that names its place; `readClaims` is the only catcher. */
export type Reader<Value> = (value: unknown, at: string) => Value;

/** What a reader reads. */
export type Read<R> = R extends Reader<infer Value> ? Value : never;

class FieldError extends Error {}

/** Stops a reader that has read its parts and found that they do not fit together. */
export function failField(at: string, wanted: string): never {
  throw new FieldError(`${at === "" ? "The payload" : at} ${wanted}.`);
}

/** Reads claims with a reader: FORMAT where they are not what it wants. Never throws for what was sent. */
export function readClaims<Value>(reader: Reader<Value>, value: unknown): Outcome<Value, "FORMAT"> {
  try {
    return succeed(reader(value, ""));
  } catch (error) {
    if (error instanceof FieldError) return refuse("FORMAT", error.message);
    throw error;
  }
}

type Fields = Readonly<Record<string, Reader<unknown>>>;
type Shape<R extends Fields, O extends Fields> = { readonly [K in keyof R]: Read<R[K]> } & {
  readonly [K in keyof O]?: Read<O[K]>;
};

/** An object with required and optional fields. Other fields are left out of what is read (clause 3.4). */
export function shape<R extends Fields, O extends Fields = Record<never, never>>(
  required: R,
  optional?: O,
): Reader<Shape<R, O>> {
  const needed = Object.entries(required);
  const possible = Object.entries(optional ?? {});
  return (value, at) => {
    if (!isJsonObject(value)) return failField(at, "is not an object");
    const read: Record<string, unknown> = {};
    const path = at === "" ? "" : `${at}.`;
    for (const [name, reader] of needed) {
      if (!Object.hasOwn(value, name)) return failField(`${path}${name}`, "is missing");
      read[name] = reader(value[name], `${path}${name}`);
    }
    for (const [name, reader] of possible) {
      if (Object.hasOwn(value, name)) read[name] = reader(value[name], `${path}${name}`);
    }
    return read as Shape<R, O>;
  };
}

/** A list of so many values. */
export function list<Value>(reader: Reader<Value>, most: number, least = 0): Reader<readonly Value[]> {
  return (value, at) => {
    if (!Array.isArray(value)) return failField(at, "is not a list");
    if (value.length < least || value.length > most) return failField(at, `has not ${least} to ${most} values`);
    return value.map((each, index) => reader(each, `${at}[${index}]`));
  };
}

/** A text without control characters, counted in UTF-16 units. */
export function text(most: number, least = 1): Reader<string> {
  return (value, at) => {
    if (typeof value !== "string" || value.length < least || value.length > most || !value.isWellFormed()) {
      return failField(at, `is not a text of ${least} to ${most} characters`);
    }
    // What is shown on a screen or printed must not be able to steer either.
    if (/\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(value)) {
      return failField(at, "has a character that steers");
    }
    return value;
  };
}

function matching(pattern: RegExp, what: string): Reader<string> {
  return (value, at) => (typeof value === "string" && pattern.test(value) ? value : failField(at, `is not ${what}`));
}

export function integer(least: number, most: number = Number.MAX_SAFE_INTEGER): Reader<number> {
  return (value, at) =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most
      ? value
      : failField(at, `is not a whole number from ${least} to ${most}`);
}

export function decimal(least: number, most: number): Reader<number> {
  return (value, at) =>
    typeof value === "number" && Number.isFinite(value) && value >= least && value <= most
      ? value
      : failField(at, `is not a number from ${least} to ${most}`);
}

export function oneOf<const Value extends string | number>(values: readonly Value[]): Reader<Value> {
  return (value, at) => values.find((each) => each === value) ?? failField(at, `is not one of ${values.join(", ")}`);
}

export const flag: Reader<boolean> = (value, at) =>
  typeof value === "boolean" ? value : failField(at, "is not true or false");

export function orNull<Value>(reader: Reader<Value>): Reader<Value | null> {
  return (value, at) => (value === null ? null : reader(value, at));
}

/** A name of a thing: a ULID or UUID with or without prefix, and nothing that a path or a topic could misread. */
export const id: Reader<string> = matching(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/, "an identifier");

/** `sha256:` or `sm3:` and 64 lower hexadecimal digits. */
export const hash: Reader<string> = matching(/^(?:sha256|sm3):[0-9a-f]{64}$/, "a digest");

/** A credential's handle on the device, such as `fp:17` or `app`; never anything of a body. */
export const credential: Reader<string> = matching(/^[a-z]{2,8}(?::[A-Za-z0-9]{1,32})?$/, "a credential's handle");

/** Random bytes as base64url: eight to forty-eight of them. */
export const randomText: Reader<string> = matching(/^[A-Za-z0-9_-]{11,64}$/, "at least eight random bytes");

/** A radio tag's number as read. */
export const tag: Reader<string> = matching(/^[0-9A-F]{8,32}$/, "a tag's number");

export const base64Url: Reader<string> = matching(/^[A-Za-z0-9_-]{1,4096}$/, "base64url");

/** Seconds since 1970, as `iat`, `nbf` and `exp` have them; below the year 5138. */
export const seconds: Reader<number> = integer(0, 99_999_999_999);

/** Milliseconds since 1970, as records have them. */
export const milliseconds: Reader<number> = integer(0, 99_999_999_999_999);

export const slotNumber: Reader<number> = integer(0, 15);

export const algorithm: Reader<Algorithm> = oneOf(algorithms);

/** Somebody and the handles by which the device knows him. */
export const person = shape({ u: id, cred: list(credential, 8, 1) });
export type Person = Read<typeof person>;

/** Latitude, longitude in degrees. */
export const point: Reader<readonly [number, number]> = (value, at) => {
  const [latitude, longitude] = list(decimal(-180, 180), 2, 2)(value, at);
  if (latitude === undefined || longitude === undefined || Math.abs(latitude) > 90) return failField(at, "is no place");
  return [latitude, longitude];
};

/** Metres around a place. */
export const radius: Reader<number> = integer(1, 1_000_000);

/** A circle on the earth: centre and radius in metres. */
export const circle = shape({ c: point, r: radius });
export type Circle = Read<typeof circle>;

/** A fix: latitude, longitude, accuracy in metres. */
export const fix: Reader<readonly [number, number, number]> = (value, at) => {
  const [latitude, longitude, accuracy] = list(decimal(-180, 1_000_000), 3, 3)(value, at);
  if (latitude === undefined || longitude === undefined || accuracy === undefined || accuracy < 0) {
    return failField(at, "is no fix");
  }
  const [a, b] = point([latitude, longitude], at);
  return [a, b, accuracy];
};
export type Fix = Read<typeof fix>;
