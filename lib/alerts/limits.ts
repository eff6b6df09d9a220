/** What a file of alerts may cost. */
export const ALERT_LIMITS = Object.freeze({
  /** Alerts that are read; what comes after is told of and left out. */
  alerts: 500_000,
  /** Bytes of one line. */
  line: 1 << 20,
  /** Distinct rules that are counted by name; the others are counted together. */
  rules: 1_000,
  /** Characters of a name or text that are kept. */
  text: 500,
  /** Bytes of an uploaded file. */
  file: 256 << 20,
})
