import type { JsonObject } from '@/lib/audit/event'

const MEGABYTE = 1 << 20

/**
 * What a log may hold where a name belongs, by what it tries: to be markup, to break out of an attribute, to steer a terminal, to reorder or hide
 * text, to be run by a spreadsheet, to end a line, a string or a prototype, or to be too long. Whoever may send a request to the API server can
 * write most of these into an audit log.
 */
export const HOSTILE_TEXTS: Readonly<Record<string, string>> = {
  script: '<script>alert(1)</script><img src=x onerror=alert(1)>',
  breaker: `"' autofocus onfocus=alert(1) style=position:fixed x='"><svg/onload=alert(1)>`,
  closing: '</title></textarea></pre></details></script><script>alert(1)</script>--><h1>owned',
  link: 'javascript:alert(1)//http://evil.example/?q=[x](javascript:alert(1))',
  template: "{{constructor.constructor('alert(1)')()}}${alert(1)}#{7*7}%7B%7D",
  ansi: '\u001B[2J\u001B[1;1H\u001B[31mroot@node:~# \u001B[8mhidden',
  osc: '\u001B]0;owned\u0007\u001B]8;;http://evil.example\u001B\\click\u001B]8;;\u001B\\\u001B]52;c;cm0gLXJm\u0007',
  controls: 'a\u009B31m\u0090b\u0007\b\b\b\u007Fc\u0085d',
  bidi: 'user\u202Egnp.exe\u202C\u2066\u2069\u200F\u061C',
  invisible: 'ad\u200Bmin\u200D\u2060\uFEFF\u00AD\u{E0041}\u3164\u180E',
  formula: "=cmd|' /C calc'!A0",
  formulas: '\t=1+1\r+1\n-1\n@SUM(A1)\n=HYPERLINK("http://evil.example","x")',
  lines: 'a\r\nb: injected\u2028c\u2029d\ve\f',
  nul: 'a\u0000b\\u0000c',
  surrogates: '\uD800 high \uDC00 low \uDFFF\uD83D',
  prototype: '__proto__',
  constructor: 'constructor.prototype.polluted',
  dot: 'a"];evil[label="x\\',
  quotes: `'; DROP TABLE events; --"\`$(id)\``,
  emoji: '👩‍👩‍👧‍👦🏳️‍🌈🇦🇽 Z̸̢̛̩̀͂͝ä̶l̵g̷o̷',
  paths: '../../../etc/passwd\\..\\..\\%2e%2e%2f',
  wide: 'W'.repeat(5000),
  megabyte: `m${'n'.repeat(MEGABYTE)}`,
}

const asKey = (text: string): string => text.slice(0, 100)

/** An object with the text as a key of its own, also where that is `__proto__`. */
function keyed(text: string): JsonObject {
  return Object.defineProperty({}, asKey(text), { value: text, enumerable: true, writable: true, configurable: true }) as JsonObject
}

function bodyOf(kind: string, text: string, uid: string, owner?: string): JsonObject {
  const owners = owner === undefined ? {} : { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: text, uid: owner, controller: true }] }
  return { kind, apiVersion: 'apps/v1', metadata: { name: text, namespace: text.slice(0, 500), uid, labels: keyed(text), annotations: keyed(text), ...owners }, spec: { replicas: 2, template: { spec: { containers: [{ name: text.slice(0, 500), image: text.slice(0, 500) }] } } } }
}

/** Three requests of one context, by the text: it is made, something follows, and an Event tells of it; raw events as the API server would log them. */
export function hostileEvents(text: string, place: number): JsonObject[] {
  const short = text.slice(0, 300)
  const uid = `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`
  const controller = { username: 'system:serviceaccount:kube-system:deployment-controller', groups: ['system:authenticated'] }
  const event = (step: number, more: JsonObject): JsonObject => {
    const at = `2026-01-02T03:${String(4 + place).padStart(2, '0')}:0${step}.000001Z`
    return {
      kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'RequestResponse', auditID: `${place}-${step}-${short}`, stage: 'ResponseComplete', requestURI: `/apis/apps/v1/namespaces/x/deployments?fieldManager=${text.slice(0, 5000)}`,
      sourceIPs: [text.slice(0, 100)], userAgent: text, annotations: keyed(text), requestReceivedTimestamp: at, stageTimestamp: at, responseStatus: { code: 201, message: text.slice(0, 5000), reason: short }, ...more,
    }
  }
  const made = bodyOf('Deployment', text, uid)
  const set = bodyOf('ReplicaSet', `${text}-7d`, `${uid.slice(0, -1)}a`, uid)
  const place0 = { apiGroup: 'apps', apiVersion: 'v1', namespace: text.slice(0, 5000) }
  const told = { kind: 'Event', apiVersion: 'v1', reason: short, message: text, metadata: { name: `${short}.17`, namespace: short }, involvedObject: { kind: 'Deployment', apiVersion: 'apps/v1', name: text, namespace: short, uid } }
  return [
    event(1, { verb: 'create', user: { username: text, groups: [short], extra: keyed(short) }, objectRef: { ...place0, resource: 'deployments', name: text }, requestObject: made, responseObject: made }),
    event(2, { verb: 'create', user: controller, userAgent: 'kube-controller-manager/v1.34.0 (linux/amd64) kubernetes/x/system:serviceaccount:kube-system:deployment-controller', objectRef: { ...place0, resource: 'replicasets' }, requestObject: set, responseObject: set }),
    event(3, { verb: 'patch', user: controller, objectRef: { apiVersion: 'v1', resource: 'events', namespace: short, name: `${short}.17` }, requestObject: { count: 2 }, responseObject: told }),
    event(4, { verb: 'delete', user: { username: text, groups: [] }, objectRef: { apiGroup: `${short}.example`, apiVersion: short, resource: `things${short}`, subresource: short, namespace: short, name: short }, responseStatus: { code: 403, message: text.slice(0, 5000) } }),
  ]
}

/** The whole log as JSON lines. */
export function hostileLog(): string {
  return `${Object.values(HOSTILE_TEXTS).flatMap((text, place) => hostileEvents(text, place)).map((event) => JSON.stringify(event)).join('\n')}\n`
}

/** What moves a cursor, rings a bell, hides text or turns its direction; ends of lines apart. */
export const STEERING = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u
