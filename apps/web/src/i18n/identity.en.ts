/** Beginning, setting up, signing in, one's own account. */
export const text = {
  firstRun: {
    title: "Every use of a seal, asked for, decided and on record.",
    lead: "Chancery runs on this machine. Choose how to begin.",
    machine: "This machine",
    sample: {
      title: "Look around with a sample organisation",
      lead: "Two made-up companies with their seals, their people and a season of seal uses, some of them refused.",
      roles: "Play every role, from applicant to inspector",
      use: "Take a PDF from application to proof",
      refusals: "See what is refused, and why",
      open: "Open the sample",
      progress: "{{done}} of {{total}} steps done",
      refused: "The sample opens on this machine only.",
      refusedWhy: "Open the page on the machine that runs Chancery, or allow it with CHANCERY_SAMPLE_REMOTE.",
      stopped: "The sample was not finished.",
      stoppedWhy:
        "Start Chancery with an empty data folder and open the sample again. The console says what stopped it.",
    },
    setup: {
      title: "Set up my organisation",
      lead: "Starts empty. You name the organisation, make the first account, and see who is still missing.",
      profile: "Three profiles of rules, from strict to small",
      code: "A first administrator, by the one-time code on the console",
      crew: "A list of the people needed for the first seal use",
      begin: "Begin the setup",
      caption: "your first seal",
    },
    checks: {
      database: "Database",
      "ledger-key": "Ledger key",
      "master-key": "Master key",
      transport: "Connection",
    },
  },
  signIn: {
    title: "Sign in",
    login: "Sign-in name",
    password: "Password",
    enter: "Sign in with the password",
    passkey: "Sign in with a passkey",
    passkeyWhy: "A passkey lies on your phone, your computer or a security key, and needs no password.",
    passkeyEnded: "The passkey was not used. You can try again, or sign in with the password.",
    lost: "Password and passkey lost? The system administrator can ask for a reset, which a second person confirms.",
  },
  sample: {
    title: "Choose who you are",
    lead: "In the sample a click stands for the password. Each person sees and may do what the role allows, nothing more.",
    guests: "Guests from outside",
    noUnit: "Outside the units",
    waiting: "{{count}} waiting",
  },
} as const;
