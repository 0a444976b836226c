import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from "@simplewebauthn/browser";

/**
 * Asks for a passkey over the options that the server made (WebAuthn level 3, 5.1.4). Null when the reader turned away
 * or the time ran out; other errors are thrown.
 */
export async function askPasskey(options: Readonly<Record<string, unknown>>): Promise<Record<string, unknown> | null> {
  return orTurnedAway(async () => ({
    ...(await startAuthentication({ optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON })),
  }));
}

/** Makes a new passkey (WebAuthn level 3, 5.1.3). Null when the reader turned away. */
export async function makePasskey(options: Readonly<Record<string, unknown>>): Promise<Record<string, unknown> | null> {
  return orTurnedAway(async () => ({
    ...(await startRegistration({ optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON })),
  }));
}

async function orTurnedAway(ask: () => Promise<Record<string, unknown>>): Promise<Record<string, unknown> | null> {
  try {
    return await ask();
  } catch (thrown) {
    const name = thrown instanceof Error ? thrown.name : "";
    if (name === "NotAllowedError" || name === "AbortError") return null;
    if (thrown instanceof WebAuthnError && thrown.code === "ERROR_CEREMONY_ABORTED") return null;
    throw thrown;
  }
}
