/** A request of the API, read off its path as the API server does. */
export interface RequestInfo {
  readonly group: string
  readonly version: string
  readonly resource: string
  readonly subresource: string
  readonly namespace: string
  readonly name: string
  readonly verb: string
}

const VERBS: Readonly<Record<string, readonly [named: string, unnamed: string]>> = { GET: ['get', 'list'], POST: ['create', 'create'], PUT: ['update', 'update'], PATCH: ['patch', 'patch'], DELETE: ['delete', 'deletecollection'] }

/** Null for paths that name no object. */
export function requestInfo(method: string, uri: string): RequestInfo | null {
  const url = new URL(uri, 'http://server')
  const parts = url.pathname.split('/').filter(Boolean).map(decodeURIComponent)
  const core = parts[0] === 'api'
  if (!core && parts[0] !== 'apis') return null
  const [group, version] = core ? ['', parts[1] ?? ''] : [parts[1] ?? '', parts[2] ?? '']
  let rest = parts.slice(core ? 2 : 3)
  if (rest.length === 0) return null
  let namespace = ''
  if (rest[0] === 'namespaces') {
    namespace = rest[1] ?? ''
    if (rest.length > 2 && !['status', 'finalize'].includes(rest[2] ?? '')) rest = rest.slice(2)
  }
  const [resource = '', name = '', subresource = ''] = rest
  const selected = /(?:^|,)metadata\.name=([^,]+)/.exec(url.searchParams.get('fieldSelector') ?? '')?.[1] ?? ''
  const [named, unnamed] = VERBS[method] ?? ['get', 'list']
  const watches = method === 'GET' && name === '' && url.searchParams.get('watch') === 'true'
  return { group, version, resource, subresource, namespace, name: name === '' ? selected : name, verb: watches ? 'watch' : name === '' ? unnamed : named }
}
