/** What is still to be done before the first use of a seal, and how few people share its duties. */
export const text = {
  title: "Before the first use",
  lead_one: "{{count}} step is left until a seal can be used.",
  lead_other: "{{count}} steps are left until a seal can be used.",
  account: "A second person confirms the account of {{name}}: {{roles}}.",
  reset: "A second person confirms the new credentials of {{name}}.",
  by: "May confirm: {{names}}.",
  later: "May confirm, once account and position are in force: {{names}}.",
  nobody:
    "Nobody may confirm this yet. A signatory or a seal administrator is needed who neither asked for it nor gets it.",
  nobodyLoosened:
    "Nobody may confirm this yet. A signatory, a seal administrator or an inspector is needed who neither asked for it nor gets it; the guest from outside may be inspector.",
  accountGo: "See what waits",
  takeUp: "{{name}} takes up the account with the link of the invitation.",
  takeUpWhy: "Whoever invited or confirmed him hands the link over; it is seen once.",
  takeUpGo: "See the people",
  position: "{{name}} confirms the position: {{roles}}.",
  ofSeal: "{{role}} of “{{seal}}”",
  positionWhy: "Only {{name}} can, signed in, on the page “My account”. Until then the role gives nothing.",
  positionMine: "Until then the role gives you nothing.",
  positionGo: "Read and confirm",
  name: "Somebody is needed: {{role}}",
  nameGo: "Invite people",
  applicant: "Somebody is needed who asks for uses",
  applicantWhy:
    "Whoever keeps, supervises or decides, keeps the certificate, inspects or comes from outside may not ask. Invite somebody who does none of it.",
  applicantSmall:
    "Whoever keeps, supervises or decides, keeps the certificate, inspects or comes from outside may not ask. Invite somebody who does none of it, or give the system administrator the role of applicant.",
  joinable: "The same person may also be: {{roles}}.",
  joinableByGuest: "A guest from outside may also be: {{roles}}.",
  decide: "The asking for the seal waits for a decision.",
  decideBy: "Decides: {{names}}.",
  decideGo: "Open the matter",
  putInUse: "The seal is made and not yet in use.",
  putInUseGo: "Open the seal",
  askForSeal: "Ask for the first seal, once the people are there.",
  askForSealWhy: "The signatory approves it. Seals that exist already are brought in as opening stock.",
  askForSealGo: "Ask for a seal",
  plan: {
    title: "How three people and a guest share the duties",
    administrator: "Whoever sets up",
    director: "The director",
    keeper: "The keeper",
    guestName: "The guest, such as the accountant or a lawyer",
    why: {
      administrator:
        "Invites the others and asks for uses. The role of applicant comes with a risk and a last day; the director gives it, and the guest consents.",
      director:
        "Decides on every use and runs the seals. He is invited with the role of signatory; the role of seal administrator is asked for afterwards, with a risk and a last day, and the guest consents to it as inspector.",
      keeper: "Keeps the seals and releases each use. He neither asks nor decides, and holds no certificate.",
      guest:
        "Reviews, watches the sealing, inspects and keeps the certificates: roles that only this profile joins, so they are given with a risk and a last day. His account is confirmed by the director, who has to have confirmed his own position before.",
    },
  },
} as const;
