/** Any value that JSON can hold. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject
export interface JsonObject { [key: string]: JsonValue | undefined }

export const STAGES = ['RequestReceived', 'ResponseStarted', 'ResponseComplete', 'Panic'] as const
export type Stage = (typeof STAGES)[number]

export const LEVELS = ['None', 'Metadata', 'Request', 'RequestResponse'] as const
export type Level = (typeof LEVELS)[number]

/** authentication.k8s.io/v1 UserInfo; absent parts are null or empty. */
export interface UserInfo {
  readonly username: string | null
  readonly uid: string | null
  readonly groups: readonly string[]
  readonly extra: JsonObject | null
}

/** audit.k8s.io/v1 ObjectReference; the core group is the empty string, absent parts are null. */
export interface ObjectRef {
  readonly resource: string | null
  readonly namespace: string | null
  readonly name: string | null
  readonly uid: string | null
  readonly apiGroup: string
  readonly apiVersion: string | null
  readonly resourceVersion: string | null
  readonly subresource: string | null
}

/** The parts of metav1 Status that an audit event carries. */
export interface ResponseStatus {
  readonly code: number | null
  readonly status: string | null
  readonly reason: string | null
  readonly message: string | null
}

/**
 * One audit.k8s.io/v1 Event, normalised: every field is present, what the log lacks is null.
 * Bodies are the parsed JSON as logged (after redaction), shared and never copied.
 */
export interface AuditEvent {
  readonly auditID: string
  readonly stage: Stage | null
  readonly level: Level | null
  readonly verb: string | null
  readonly requestURI: string | null
  readonly user: UserInfo | null
  readonly impersonatedUser: UserInfo | null
  readonly sourceIPs: readonly string[]
  readonly userAgent: string | null
  readonly objectRef: ObjectRef | null
  readonly responseStatus: ResponseStatus | null
  readonly requestObject: JsonValue
  readonly responseObject: JsonValue
  readonly annotations: JsonObject | null
  /** As logged, RFC 3339 with microseconds. */
  readonly requestReceivedTimestamp: string | null
  readonly stageTimestamp: string | null
  /** Microseconds since the Unix epoch (exact in a double until 2255), null where the log has no usable time. */
  readonly receivedMicros: number | null
  readonly stageMicros: number | null
}
