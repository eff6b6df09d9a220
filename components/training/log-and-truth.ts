/** Two files told apart by name: the truth says so. `ok` false comes with what to do. */
export function pairOf<F extends { readonly name: string }>(files: readonly F[]): { readonly ok: true; readonly log: F; readonly truth: F } | { readonly ok: false; readonly message: string } {
  const truth = files.find((file) => /truth|label/i.test(file.name))
  const log = files.find((file) => file !== truth)
  if (files.length > 2) return { ok: false, message: `${files.length} files were given: take two, the log and its truth.` }
  if (!truth) return { ok: false, message: 'A network learns from labels: give the truth beside the log, JSON lines of auditID, role and label in a file whose name says “truth”.' }
  if (!log) return { ok: false, message: `${truth.name} is the truth alone: give the log beside it.` }
  return { ok: true, log, truth }
}
