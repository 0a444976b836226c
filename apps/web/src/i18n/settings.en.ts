/** What this installation is. */
export const text = {
  title: "Settings",
  lead: "What this installation is, where its keys are, and whether its ledger holds.",
  installation: {
    title: "This installation",
    organisation: "Organisation",
    kind: "Kind",
    sample: "Sample organisation",
    live: "An organisation of its own",
    version: "Version",
    checks: { database: "Database", "ledger-key": "Ledger key", "master-key": "Master key", transport: "Connection" },
  },
  ledger: {
    title: "Self-check of the ledger",
    checkNow: "Check the ledger now",
    states: {
      good: "Every leaf, tile and checkpoint fits together.",
      bad: "The ledger does not fit together.",
      running: "The check is running.",
      never: "The ledger has not been checked since the start.",
    },
    checked: "Checked {{at}}, {{leaves}} leaves.",
    size: "Leaves",
    pending: "Waiting to enter",
    checkpoint: "Newest checkpoint",
    key: "Public key",
    keyWhy: "Whoever verifies offline gets this key from you, by a way of its own, and never from a proof.",
  },
} as const;
