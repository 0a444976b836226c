/**
 * How a controller is reached: our own protocol, the cloud of its maker, a service on the spot, or a person alone. Each is described
 * by what it can do, so that a page can say what it cannot.
 */
export const ADAPTER_KINDS = ["direct", "vendor-cloud", "local-service", "manual"] as const;
export type AdapterKind = (typeof ADAPTER_KINDS)[number];

/** What a way to a controller may be able to do. */
export const DEVICE_CAPS = [
  ...(["offlineToken", "signedRecords", "hwCounter", "photo", "face", "dual"] as const),
  ...(["append", "finish", "remoteLock", "fence"] as const),
] as const;
export type DeviceCap = (typeof DEVICE_CAPS)[number];
export type DeviceCaps = Readonly<Record<DeviceCap, boolean>> & {
  /** Seals that one controller holds. */
  readonly slots: number;
};

/** Our own protocol: signed records with the drive's counter, two people at the box. It appends nothing: a second approval has an authorisation of its own. */
export const directCaps: DeviceCaps = {
  ...{ offlineToken: true, signedRecords: true, hwCounter: true, photo: true, face: false, dual: true },
  ...{ append: false, finish: true, remoteLock: true, fence: true, slots: 16 },
};

/** A maker's cloud of the Contract Lock kind: it counts and photographs, and signs nothing. */
export const vendorCloudCaps: DeviceCaps = {
  ...{ offlineToken: false, signedRecords: false, hwCounter: false, photo: true, face: true, dual: false },
  ...{ append: true, finish: true, remoteLock: false, fence: false, slots: 1 },
};

export const listMissingCaps = (caps: DeviceCaps): DeviceCap[] => DEVICE_CAPS.filter((cap) => !caps[cap]);
