/** Headers of a file to keep; its name loses what a header or a file system could read otherwise. */
export function attachment(name: string, type: string): Record<string, string> {
  const safe = name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '').slice(0, 120) || 'dataset'
  return { 'content-type': type, 'content-disposition': `attachment; filename="${safe}"`, 'cache-control': 'no-store' }
}
