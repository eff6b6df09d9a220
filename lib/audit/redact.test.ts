import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject, JsonValue } from './event'
import { makeEvent } from './fixtures/make-event'
import { redactEvent } from './redact'
import { redactReject } from './redact-reject'
import { mayHoldCredentials, redactText } from './redact-text'

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
const secretRef = { resource: 'secrets', namespace: 'shop', name: 'db', apiVersion: 'v1' }
const jwt = (s: string) => `eyJhbGciOiJSUzI1NiJ9.${s}.c2lnbmF0dXJl`

/** Each plants the secret in another place where audit logs are known to hold one. */
const POSITIONS: Record<string, (s: string) => JsonObject> = {
  'Secret data in a request': s => ({ objectRef: secretRef, requestObject: { kind: 'Secret', data: { password: s } } }),
  'stringData in a response': s => ({ objectRef: secretRef, responseObject: { kind: 'Secret', stringData: { a: s } } }),
  'a Secret without kind': s => ({ objectRef: secretRef, requestObject: { data: { a: { deep: [s] } } } }),
  'a SecretList': s => ({ objectRef: secretRef, responseObject: { kind: 'SecretList', items: [{ metadata: {}, data: { a: s } }] } }),
  'a SecretList of another resource': s => ({ responseObject: { kind: 'SecretList', items: [{ data: { a: s } }] } }),
  'a List of Secrets': s => ({ responseObject: { kind: 'List', items: [{ kind: 'Secret', data: { a: s } }] } }),
  'a Table of Secrets': s => ({ objectRef: secretRef, responseObject: { kind: 'Table', rows: [{ cells: ['db'], object: { data: { a: s } } }] } }),
  'ConfigMap data': s => ({ objectRef: { resource: 'configmaps' }, requestObject: { kind: 'ConfigMap', data: { 'app.ini': `pw ${s}` } } }),
  'ConfigMap binaryData': s => ({ responseObject: { kind: 'ConfigMap', binaryData: { b: s } } }),
  'a merge patch': s => ({ verb: 'patch', objectRef: secretRef, requestObject: { data: { a: s }, metadata: { annotations: { [LAST_APPLIED]: `{"data":{"a":"${s}"}}` } } } }),
  'a JSON patch of one key': s => ({ verb: 'patch', objectRef: secretRef, requestObject: [{ op: 'replace', path: '/data/a', value: s }] }),
  'a JSON patch of all data': s => ({ verb: 'patch', objectRef: secretRef, requestObject: [{ op: 'add', path: '/stringData', value: { a: s } }] }),
  'a JSON patch of the whole object': s => ({ verb: 'patch', objectRef: secretRef, requestObject: [{ op: 'replace', path: '', value: { data: { a: s } } }] }),
  'a JSON patch of the annotation': s => ({
    verb: 'patch', objectRef: secretRef,
    requestObject: [{ op: 'add', path: '/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration', value: `{"data":{"a":"${s}"}}` }],
  }),
  'last-applied of a Secret': s => ({ objectRef: secretRef, responseObject: { kind: 'Secret', metadata: { annotations: { [LAST_APPLIED]: `{"kind":"Secret","data":{"a":"${s}"}}` } } } }),
  'a copy by another tool': s => ({ objectRef: secretRef, responseObject: { kind: 'Secret', metadata: { annotations: { 'objectset.rio.cattle.io/applied': s } } } }),
  'last-applied List in another object': s => ({
    responseObject: { kind: 'Widget', metadata: { annotations: { [LAST_APPLIED]: JSON.stringify({ kind: 'List', items: [{ kind: 'Secret', data: { a: s } }] }) } } },
  }),
  'a manifest as YAML text': s => ({ responseObject: { kind: 'Widget', spec: { template: `apiVersion: v1\nkind: Secret\ndata:\n  a: ${s}\n` } } }),
  'TokenRequest status': s => ({ objectRef: { resource: 'serviceaccounts', subresource: 'token' }, responseObject: { kind: 'TokenRequest', status: { token: s } } }),
  'TokenReview spec': s => ({ objectRef: { resource: 'tokenreviews' }, requestObject: { kind: 'TokenReview', spec: { token: s } } }),
  'a bootstrap token of a join configuration': s => ({ requestObject: { spec: { joinConfiguration: { discovery: { bootstrapToken: { token: s } } } } } }),
  'a kubeconfig as JSON text': s => ({ requestObject: { spec: { kubeconfig: JSON.stringify({ kind: 'Config', users: [{ user: { token: s } }] }) } } }),
  'a kubeconfig as YAML text': s => ({ requestObject: { spec: { kubeconfig: `kind: Config\nusers:\n- user:\n    token: ${s}\n    client-key-data: ${s}\n` } } }),
  'a JSON patch of a token': s => ({ requestObject: [{ op: 'add', path: '/spec/token', value: s }] }),
  'an environment variable': s => ({ requestObject: { spec: { containers: [{ env: [{ name: 'DB_PASSWORD', value: s }] }] } } }),
  'a probe header': s => ({ requestObject: { spec: { httpGet: { httpHeaders: [{ name: 'Authorization', value: `Bearer ${s}` }] } } } }),
  'an argument': s => ({ requestObject: { spec: { args: [`--token=${s}`, `curl -H 'Authorization: Bearer ${s}'`] } } }),
  'a web token anywhere': s => ({ requestObject: { spec: { note: `use ${jwt(s)} for it` } } }),
  'a URL with a password': s => ({ requestObject: { spec: { url: `https://ada:${s}@git.example.com/x.git` } } }),
  'the URI': s => ({ requestURI: `/api/v1/namespaces/x/services/y/proxy/?token=${s}&a=b` }),
  'the URI, name encoded': s => ({ requestURI: `/api/v1/namespaces/x/services/y/proxy/?%74oken=${s}` }),
  'the URI, another name': s => ({ requestURI: `/api/v1/namespaces/x/services/y/proxy/?a=b&access_token=${s}` }),
  'an exec command': s => ({ requestURI: `/api/v1/namespaces/x/pods/y/exec?command=app&command=--password&command=${s}&stdin=true` }),
  'an exec command, joined': s => ({ requestURI: `/api/v1/namespaces/x/pods/y/exec?command=app&command=--token%3D${s}` }),
  'an exec command, a header': s => ({ requestURI: `/api/v1/namespaces/x/pods/y/exec?command=curl&command=-H&command=Authorization%3A+Bearer+${s}` }),
  'the user agent': s => ({ userAgent: `curl/8 Bearer ${s}` }),
  'an audit annotation': s => ({ annotations: { 'example.com/why': `token=${s}` } }),
  'the status message': s => ({ responseStatus: { code: 401, message: `bad credentials https://ada:${s}@host/` } }),
}

const planted = fc.stringMatching(/^[a-z0-9]{16}Zq7$/)

function redactAsReader(raw: JsonObject): JsonObject {
  const text = JSON.stringify(raw)
  const parsed = JSON.parse(text) as JsonObject
  redactEvent(parsed, { text: mayHoldCredentials(text) || text.includes('Secret') || text.includes('ConfigMap') })
  return parsed
}

describe('redactEvent', () => {
  test.each(Object.keys(POSITIONS))('no planted secret survives: %s', name => {
    fc.assert(
      fc.property(planted, secret => {
        const raw = makeEvent(1, POSITIONS[name]?.(secret) ?? {})
        expect(JSON.stringify(redactAsReader(raw))).not.toContain(secret)
        const again = structuredClone(raw)
        expect(redactEvent(again)).toBeGreaterThan(0)
        expect(JSON.stringify(again)).not.toContain(secret)
        expect(again.auditID).toBe(raw.auditID)
      }),
      { numRuns: 15 },
    )
  })

  test('nor when the JSON writes its letters as escapes', () => {
    for (const [name, place] of Object.entries(POSITIONS)) {
      const text = JSON.stringify(makeEvent(1, place('s3cretvalueZq7'))).replace(/(?<!\\)[A-Za-z]/g, c => `\\u00${c.charCodeAt(0).toString(16)}`)
      const raw = JSON.parse(text) as JsonObject
      redactEvent(raw, { text: mayHoldCredentials(text) })
      expect(JSON.stringify(raw), name).not.toContain('s3cretvalueZq7')
    }
  })

  test('keys, names and shape stay', () => {
    const raw = makeEvent(1, {
      objectRef: secretRef,
      requestObject: { kind: 'Secret', metadata: { name: 'db', labels: { app: 'shop' } }, type: 'Opaque', data: { user: 'YWRh', password: 'cHc=', gone: null } },
    })
    expect(redactEvent(raw)).toBe(2)
    expect(raw.requestObject).toEqual({
      kind: 'Secret',
      metadata: { name: 'db', labels: { app: 'shop' } },
      type: 'Opaque',
      data: { user: '[redacted]', password: '[redacted]', gone: null },
    })
  })

  test('a second time nothing changes', () => {
    for (const [name, place] of Object.entries(POSITIONS)) {
      const raw = makeEvent(1, place('s3cretvalueZq7'))
      redactEvent(raw)
      const once = JSON.stringify(raw)
      redactEvent(raw)
      expect(JSON.stringify(raw), name).toBe(once)
    }
  })

  test('ordinary events are left alone', () => {
    const bodies: JsonValue[] = [
      { kind: 'CertificateSigningRequest', spec: { request: 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNU', signerName: 'kubernetes.io/kube-apiserver-client' } },
      { kind: 'Pod', spec: { volumes: [{ projected: { sources: [{ serviceAccountToken: { path: 'token', expirationSeconds: 3607 } }] } }], imagePullSecrets: [{ name: 'registry' }] } },
      { kind: 'Pod', spec: { containers: [{ image: 'registry.example.com/a/b@sha256:0123abcd', env: [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 's', key: 'token' } } }] }] } },
      { kind: 'Event', involvedObject: { kind: 'Secret', name: 'x' }, message: 'created Secret x', metadata: { name: 'web-abcdef.18a1b2c3d4e5f6a7' } },
      { kind: 'Pod', metadata: { managedFields: [{ fieldsV1: { 'f:data': { '.': {}, 'f:token': {} } } }] }, data: 'not a Secret' },
    ]
    for (const body of bodies) {
      const raw = makeEvent(1, { responseObject: body, requestURI: '/api/v1/pods?continue=eyJ2IjoibWV0YSIsInJ2IjoxfQ&labelSelector=app%3Dweb' })
      const before = JSON.stringify(raw)
      expect(redactEvent(raw)).toBe(0)
      expect(JSON.stringify(raw)).toBe(before)
    }
  })

  test('__proto__ as a key of a Secret is masked and changes no prototype', () => {
    const raw = JSON.parse('{"auditID":"x","objectRef":{"resource":"secrets"},"requestObject":{"data":{"__proto__":"s3cretvalueZq7"}}}') as JsonObject
    redactEvent(raw)
    expect(JSON.stringify(raw)).toContain('"__proto__":"[redacted]"')
  })
})

describe('free text', () => {
  const word = fc.constantFrom('token', 'Token', 'TOKEN', 'password', 'PASSWORD', 'passwd', 'clientSecret', 'client_secret', 'client-secret', 'apiKey', 'api_key', 'API_KEY', 'API-KEY',
    'Bearer ', 'bearer ', 'BEARER ', 'Basic ', 'eyJ', '.', '=', ': ', '%3D', ' ', '\t', '"', "'", '--', 'https://a:', '@host', '-----BEGIN RSA PRIVATE KEY-----', 'client-key-data', 'abcdefgh', 'secretAccessKey', '\\')
  test('the cheap look never misses what the patterns would replace', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 6 })), { maxLength: 10 }), words => {
        const text = words.join('')
        if (redactText(text) !== text) expect(mayHoldCredentials(JSON.stringify({ a: text }))).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  test.each(['eyJ'.repeat(300_000), `${'--'.repeat(400_000)}`, `https://${':'.repeat(800_000)}`, 'token '.repeat(150_000), '-----BEGIN PRIVATE KEY-----'.repeat(30_000), 'Bearer '.repeat(120_000)])(
    'a megabyte of near misses takes no time (%#)',
    text => {
      const start = performance.now()
      redactText(text)
      expect(performance.now() - start).toBeLessThan(2000)
    },
  )

  test('a damaged line loses its bodies and tokens', () => {
    const clean = redactReject('{"kind":"Event","verb":"create","requestObject":{"kind":"Secret","data":{"a":"s3cret')
    expect(clean).toBe('{"kind":"Event","verb":"create",[redacted]')
    expect(redactReject('{"log":"{\\"token\\":\\"s3cret\\",')).not.toContain('s3cret')
    expect(redactReject('x?token=s3cret')).not.toContain('s3cret')
  })
})
