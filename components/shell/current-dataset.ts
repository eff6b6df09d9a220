export const DATASET_COOKIE = 'auditweave_dataset'

/** Kept in a cookie, so that pages drawn by the server know it too. */
export function rememberDataset(id: string): void {
  document.cookie = `${DATASET_COOKIE}=${encodeURIComponent(id)}; path=/; max-age=31536000; samesite=lax`
}
