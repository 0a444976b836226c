import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";
import { mayUse } from "../../session.ts";

/** One's own training and letter, a course, and the rotation of custodians. */
export const trainingPages: readonly Page[] = [
  {
    path: paths.training,
    title: "training",
    frame: "shell",
    areas: ["training"],
    load: () => import("./training-page.tsx").then((module) => module.TrainingPage),
    menu: { group: "seals", icon: "training", sees: (session) => mayUse(session, "training.take") },
  },
  {
    path: paths.course("$courseId"),
    title: "course",
    frame: "shell",
    areas: ["training"],
    load: () => import("./course-page.tsx").then((module) => module.CoursePage),
  },
  {
    path: paths.newCourse,
    title: "editCourse",
    frame: "shell",
    areas: ["training", "matters"],
    load: () => import("./course-editor.tsx").then((module) => module.NewCoursePage),
  },
  {
    path: paths.editCourse("$courseId"),
    title: "editCourse",
    frame: "shell",
    areas: ["training", "matters"],
    load: () => import("./course-editor.tsx").then((module) => module.EditCoursePage),
  },
  {
    path: paths.rotation,
    title: "rotation",
    frame: "shell",
    areas: ["training"],
    load: () => import("./rotation-page.tsx").then((module) => module.RotationPage),
    menu: { group: "seals", icon: "rotation", sees: (session) => mayUse(session, "audit.read") },
  },
];
