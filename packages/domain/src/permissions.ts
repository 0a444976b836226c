import { ROLES, type Role } from "./vocabulary.ts";

export const PERMISSIONS = [
  "public",
  "session",
  /** Of nobody's role: whoever runs the machine, asking from it or with its token. */
  "operator",
  "request.apply",
  "request.read",
  "request.decide",
  "request.release",
  "request.supervise",
  "seal.read",
  "seal.register",
  "seal.freeze",
  "seal.unfreeze",
  "seal-type.change",
  "specimen.lodge",
  "organisation.read",
  "organisation.manage",
  "person.manage",
  "person.confirm",
  "grant.manage",
  "ledger.read-entries",
  "ledger.check",
  "audit.read",
  "settings.manage",
  "settings.confirm",
  "matter.read",
  "matter.ask",
  "matter.decide",
  "evidence.add",
  /** The bytes of a photo as the camera wrote them, with where it was taken. */
  "evidence.original",
  "task.read",
  "finding.close",
  "custody.read",
  "custody.move",
  "container.manage",
  "controller.read",
  /** Registers controllers and pairs them; a second holder confirms. */
  "controller.manage",
  "controller.revoke",
  "delegation.give",
  "separation.read",
  "register.read",
  "training.take",
  "training.manage",
  "rotation.plan",
  "check.open",
  "check.answer",
  "rule-book.read",
  "rule-book.write",
  "rules.read",
  "rules.write",
  "form.read",
  "form.keep",
  "form.manage",
  "stock.import",
  "emergency.read",
  "emergency.enter",
  "emergency.review",
  "emergency.manage",
  "standing.read",
  "standing.end",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const everyone: readonly Permission[] = [
  "public",
  "session",
  "request.apply",
  "request.read",
  "seal.read",
  "organisation.read",
  "matter.read",
  "matter.ask",
  "matter.decide",
  "evidence.add",
  "task.read",
  "custody.read",
  "delegation.give",
  "register.read",
  "training.take",
  "check.answer",
  "rule-book.read",
  "rules.read",
  "form.read",
  "emergency.read",
  "emergency.enter",
  "standing.read",
];

/** What each role may call at all; each service then asks whether it is this request, this seal, this person. */
const permissionsOfRole: Readonly<Record<Role, readonly Permission[]>> = {
  applicant: [],
  "unit-head": ["request.decide"],
  "legal-reviewer": ["request.decide"],
  signatory: ["request.decide", "standing.end", "person.confirm", "settings.confirm"],
  custodian: [
    "request.release",
    "request.supervise",
    "seal.freeze",
    "custody.move",
    "controller.read",
    "controller.manage",
    "controller.revoke",
  ],
  supervisor: ["request.supervise", "seal.freeze", "controller.read"],
  "certificate-keeper": ["form.keep"],
  "seal-administrator": [
    "seal.register",
    "seal.freeze",
    "seal.unfreeze",
    "seal-type.change",
    "specimen.lodge",
    "grant.manage",
    "person.confirm",
    "audit.read",
    "settings.manage",
    "settings.confirm",
    "finding.close",
    "container.manage",
    "controller.read",
    "controller.manage",
    "controller.revoke",
    "training.manage",
    "rotation.plan",
    "check.open",
    "form.manage",
    "separation.read",
    "rule-book.write",
    "rules.write",
    "stock.import",
    "emergency.review",
    "emergency.manage",
    "evidence.original",
    "standing.end",
  ],
  inspector: [
    "evidence.original",
    "person.confirm",
    "seal.freeze",
    "ledger.read-entries",
    "ledger.check",
    "controller.read",
    "controller.revoke",
    "audit.read",
    "finding.close",
    "check.open",
    "separation.read",
    "emergency.review",
    "standing.end",
  ],
  "system-administrator": [
    "seal.register",
    "organisation.manage",
    "person.manage",
    "grant.manage",
    "ledger.check",
    "settings.manage",
    "settings.confirm",
    "separation.read",
    "rule-book.write",
    "stock.import",
  ],
};

/**
 * Accounts and settings are keys of the organisation's: who stands in for somebody, or holds a role for one seal or unit,
 * decides on uses and watches them, and confirms neither.
 */
const wholeOnly: readonly Permission[] = ["person.confirm", "settings.confirm"];
/** Roles that are an entity's as a whole: what they may do looks over or changes more than any seal or unit. */
export const entityRoles: readonly Role[] = ["seal-administrator", "inspector", "system-administrator"];

/** Roles whose holders never ask for a use of a seal: they watch, or keep the accounts. */
const neverApply: readonly Role[] = ["inspector", "system-administrator"];

/**
 * What a signed-in person with these roles in force may call; denied by default. The applicant of the small profile may
 * be the system administrator, so who holds the applicant's role by a grant may always ask. `narrow` are roles that
 * somebody delegated to him, and those he holds for a seal or a unit alone.
 */
export function listPermissions(roles: readonly Role[], narrow: readonly Role[] = []): ReadonlySet<Permission> {
  const permissions = new Set<Permission>(everyone);
  const held = [...roles, ...narrow];
  if (roles.some((role) => neverApply.includes(role)) && !held.includes("applicant"))
    permissions.delete("request.apply");
  for (const role of narrow)
    for (const permission of permissionsOfRole[role]) if (!wholeOnly.includes(permission)) permissions.add(permission);
  for (const role of roles) for (const permission of permissionsOfRole[role]) permissions.add(permission);
  return permissions;
}

/** The roles that may call this, for somebody who may not and asks who does; none where everybody may, or nobody by a role. */
export const listRolesWith = (permission: Permission): Role[] =>
  everyone.includes(permission) ? [] : ROLES.filter((role) => permissionsOfRole[role].includes(permission));
