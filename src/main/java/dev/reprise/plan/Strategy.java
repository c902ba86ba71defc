package dev.reprise.plan;

/** What a caller may ask for. */
public enum Strategy {
  /** What suits the kind best: a new revision, or for a Rollout what Argo's own command does. */
  Auto,
  /** A new revision, rolled out as any change of the pod template is. */
  NewRevision,
  /** New pods of the revision that runs now. */
  RecreatePods
}
