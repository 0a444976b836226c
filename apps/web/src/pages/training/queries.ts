import { queryOptions } from "@tanstack/react-query";
import { api, type RouteAnswer } from "../../api.ts";

export type Training = RouteAnswer<"GET /v1/training">;
export type Course = RouteAnswer<"GET /v1/courses/:courseId">;
export type AttemptAnswer = RouteAnswer<"POST /v1/courses/:courseId/attempts">;
export type Stand = RouteAnswer<"GET /v1/rotation">["items"][number];
export type FitnessLine = RouteAnswer<"GET /v1/custodian-fitness">["items"][number];

export const trainingQuery = queryOptions({ queryKey: ["training"], queryFn: () => api("GET /v1/training") });
export function courseQuery(courseId: string) {
  return queryOptions({
    queryKey: ["training", "course", courseId],
    queryFn: () => api("GET /v1/courses/:courseId", { params: { courseId } }),
    // Questions that change while they are answered would lose the answers.
    staleTime: Number.POSITIVE_INFINITY,
  });
}
export function courseSourceQuery(courseId: string) {
  return queryOptions({
    queryKey: ["training", "source", courseId],
    queryFn: () => api("GET /v1/courses/:courseId/source", { params: { courseId } }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}
/** What a question can teach; the controls are part of the product. */
export const controlsQuery = queryOptions({
  queryKey: ["controls"],
  queryFn: () => api("GET /v1/controls"),
  staleTime: Number.POSITIVE_INFINITY,
});
export function rotationQuery(entityId: string) {
  return queryOptions({
    queryKey: ["rotation", entityId],
    queryFn: () => api("GET /v1/rotation", { query: { entityId } }),
    enabled: entityId !== "",
  });
}
export function fitnessQuery(entityId: string) {
  return queryOptions({
    queryKey: ["fitness", entityId],
    queryFn: () => api("GET /v1/custodian-fitness", { query: { entityId } }),
    enabled: entityId !== "",
  });
}
