import { describe, expect, test } from 'vitest'
import { explainQuery, formatQueryError, isQueryError, parseQuery, type QueryError } from '@/lib/query'
import { isAuditweaveError } from '@/lib/audit/errors'
import { cpuMilliseconds } from './testing/cpu-time'

function errorOf(text: string): QueryError {
  try {
    parseQuery(text)
  } catch (error) {
    if (isQueryError(error)) return error
    throw error
  }
  throw new Error(`${text} should not parse`)
}

describe('forms', () => {
  test.each([
    ['verb == "create" and objectRef.namespace == "default"', 'verb == "create" and objectRef.namespace == "default"'],
    ['username == u or stagetimestamp >= 2026-11-23T06:39:45.427442Z', 'user.username == "u" or stageTimestamp >= 2026-11-23T06:39:45.427442Z'],
    [
      '(username == u and exists(namespace)) or 2026-11-23 <= stagetimestamp <= 2026-11-24',
      'user.username == "u" and exists(objectRef.namespace) or 2026-11-23T00:00:00.000000Z <= stageTimestamp <= 2026-11-24T00:00:00.000000Z',
    ],
    [
      '(username == u and exists(namespace)) or (username == regexp(".*controller.*") and "2026-11-23T06:39Z" <= stagetimestamp <= "2026-11-23T08:00:00+01:00")',
      'user.username == "u" and exists(objectRef.namespace) or regexp(user.username, ".*controller.*") and 2026-11-23T06:39:00.000000Z <= stageTimestamp <= 2026-11-23T07:00:00.000000Z',
    ],
    ['VERB', null],
    ['NOT exists(name) && !(verb == get || code >= 400)', 'not exists(objectRef.name) and not (verb == "get" or responseStatus.code >= 400)'],
    ['verb == "a" and (verb == "b" and verb == "c")', 'verb == "a" and verb == "b" and verb == "c"'],
    ['200 <= code < 300', '200 <= responseStatus.code < 300'],
    ['verb not in [create, "delete"]', 'not (verb in ("create", "delete"))'],
    ['name != regex("^x")', 'not regexp(objectRef.name, "^x")'],
    ["annotations['authorization.k8s.io/decision'] == 'forbid'", 'annotations["authorization.k8s.io/decision"] == "forbid"'],
    ['requestObject.spec.containers[0].image == "a:1"', 'requestObject.spec.containers[0].image == "a:1"'],
    ['requestObject.spec.containers [ * ].env[*].value matches "^x" or "a" == groups[*]', 'regexp(requestObject.spec.containers[*].env[*].value, "^x") or "a" == user.groups[*]'],
    ['annotations["*"] == "x" and not exists(annotations["a*"])', 'annotations["*"] == "x" and not exists(annotations["a*"])'],
    ['username[*] == "x"', null],
    ['requestObject.containers[**] == "x"', null],
    ['requestObject.metadata["labels"].in != null', 'requestObject.metadata.labels.in != null'],
    [String.raw`regexp(name, "^\d+\.x$")`, String.raw`regexp(objectRef.name, "^\\d+\\.x$")`],
    [String.raw`name == "\u0041\"\n\t\\"`, String.raw`objectRef.name == "A\"\n\t\\"`],
    ['responseObject.metadata.creationTimestamp < "2026-11-23"', 'responseObject.metadata.creationTimestamp < 2026-11-23T00:00:00.000000Z'],
    ['requestObject.reason == "2026-11-23"', 'requestObject.reason == "2026-11-23"'],
    ['startsWith(requestURI, "/api/") and endsWith(userAgent, "x") and contains(groups, "system:masters")', 'startsWith(requestURI, "/api/") and endsWith(userAgent, "x") and contains(user.groups, "system:masters")'],
    ['userAgent contains~ "KUBE" and verb NOT IN~ ["GET"] and name matches "^a"', 'contains~(userAgent, "KUBE") and not (verb in~ ("GET")) and regexp(objectRef.name, "^a")'],
    ['"dev" not in groups and username !=~ regex("^x")', 'not contains(user.groups, "dev") and not regexp~(user.username, "^x")'],
    ['requestTime > now-10m and requestTime + 90s < completionTime', 'requestReceivedTimestamp > now - 10m and requestReceivedTimestamp + 1m30s < stageTimestamp'],
    ['requestTime > 2026-11-23 - 1d and duration >= 1500ms', 'requestReceivedTimestamp > 2026-11-22T00:00:00.000000Z and context.duration >= 1s500ms'],
    ['10 < count(resource == pods or any == 1)', null],
    ['3 <= count(resource == pods) and not all(code < 300) and context.size > 1', '3 <= count(objectRef.resource == "pods") and not all(responseStatus.code < 300) and context.events > 1'],
    ['label.resource == pods and label.single == true and context.events > 1', 'label.resource == "pods" and label.single == true and context.events > 1'],
  ])('%s', (text, canonical) => {
    if (canonical === null) expect(errorOf(text).code).toMatch(/^query-(syntax|field)$/)
    else expect(explainQuery(parseQuery(text))).toBe(canonical)
  })

  test('a word on its own is a text only beside a field', () => {
    expect(errorOf('vreb == get')).toMatchObject({ code: 'query-field', message: 'there is no field vreb; did you mean verb? at line 1, column 1' })
    expect(explainQuery(parseQuery('objectRef.name == namespace'))).toBe('objectRef.name == objectRef.namespace')
  })
})

describe('errors', () => {
  test.each([
    ['', 0, 0, 'the query is empty: write a comparison such as verb == "delete" at line 1, column 1'],
    ['(verb == )', 9, 10, "unexpected ')' at line 1, column 10: expected a path, a value, a function or regexp(…)"],
    ['verb', 4, 4, 'unexpected end of the query at line 1, column 5: expected a comparison such as == or in'],
    ['verb = "get"', 5, 6, "unexpected '=': write == to compare at line 1, column 6"],
    ['(verb == "get"  ', 14, 14, "unexpected end of the query at line 1, column 15: expected and, or or ')'"],
    ['verb == "get" verb', 14, 18, "unexpected 'verb' at line 1, column 15: expected and, or or the end of the query"],
    ['verb == "get" and\n  not (exists())', 32, 33, "unexpected ')' at line 2, column 15: expected a path"],
    ['verb == "get', 8, 12, 'the text is not closed: its " has no partner at line 1, column 9'],
    ['verb == “get”', 8, 9, "unexpected '“': write straight quotes at line 1, column 9"],
    ['verb == and', 8, 11, "unexpected 'and' at line 1, column 9: expected a path or a value"],
    ['code == 12abc', 8, 13, "'12abc' is neither a number, nor a time such as 2026-11-23T06:39:45Z, nor a length of time such as 10m at line 1, column 9"],
    ['requestTime > 2026-02-30', 14, 24, '2026-02-30 is no time of the calendar, or not of the years 1685 to 2254 at line 1, column 15'],
    ['requestTime > "soon"', 14, 20, 'requestReceivedTimestamp is a time: write one such as 2026-11-23T06:39:45Z or 2026-11-23 at line 1, column 15'],
    ['user.nmae == "x"', 5, 9, 'there is no field user.nmae; did you mean username? at line 1, column 6'],
    ['user.usernmae == "x"', 5, 13, 'there is no field user.usernmae; did you mean user.username? at line 1, column 6'],
    ['name.x == "x"', 5, 6, 'objectRef.name has no parts at line 1, column 6'],
    ['user.groups.x == "x"', 12, 13, 'user.groups is a list: only a place such as user.groups[0], or user.groups[*] for any, can follow at line 1, column 13'],
    ['code == "200"', 8, 13, 'responseStatus.code is a number: write one such as 200, without quotes at line 1, column 9'],
    ['user.groups == "x"', 15, 18, 'user.groups is a list: write contains(user.groups, …) or compare any place, user.groups[*], or one, user.groups[0] at line 1, column 16'],
    ['1 < code > 3', 9, 10, "unexpected '>': a chain holds < and <= only, or > and >= only; join others with and at line 1, column 10"],
    ['1 < 2', 0, 5, 'two values are compared: one side must be a field of the event at line 1, column 1'],
    ['regexp(name, "(a")', 13, 17, 'the pattern is wrong: missing closing ): `(a` at line 1, column 14'],
    ['sourceIPs[-1] == "x"', 10, 12, '-1 is no place in a list: places are 0, 1, 2 and so on, and * is any at line 1, column 11'],
    ['any(verb == "a" and count(code == 1) > 2)', 26, 35, 'any, all and count ask about the members of a context, and cannot stand within one another at line 1, column 27'],
    ['duration > 5', 11, 12, 'context.duration is a length of time: write one such as 5s, 10m or 1h30m at line 1, column 12'],
    ['verb == now', 8, 11, 'verb is a text: put the value in quotes at line 1, column 9'],
    ['count(code == 1) > "a"', 19, 22, 'a count is compared with a number, such as 10 at line 1, column 20'],
    ['verb =~ "get"', 5, 6, "unexpected '=': write ==~ to compare whatever the case, or matches \"pattern\" at line 1, column 6"],
    ['code ==~ 200', 9, 12, 'only a text has a case: write == at line 1, column 10'],
    ['name + 5s < now', 0, 4, 'only a time can be moved by a duration, and objectRef.name is none at line 1, column 1'],
    ['"a" in username', 7, 15, 'username is no list: write username contains … for a part of a text at line 1, column 8'],
    ['code == 1e999', 8, 13, '1e999 is too large a number at line 1, column 9'],
  ])('%s', (text, start, end, message) => {
    const error = errorOf(text)
    expect(error).toMatchObject({ start, end, message })
    expect(isAuditweaveError(error)).toBe(true)
  })

  test('the caret stands under the place, however long the line', () => {
    expect(formatQueryError('verb == )', errorOf('verb == )')).split('\n').slice(1)).toEqual(['  verb == )', '          ^'])
    const long = `${'verb == "x" or '.repeat(50)}verb == )`
    const [, line, caret] = formatQueryError(long, errorOf(long)).split('\n')
    expect(line?.[caret?.indexOf('^') ?? 0]).toBe(')')
    expect(line?.length).toBeLessThan(110)
  })

  test('what a terminal would obey is shown harmlessly', () => {
    const text = 'verb == "\u001B[31m\u202E" )'
    expect(formatQueryError(text, errorOf(text))).toContain('"·[31m·" )')
  })
})

describe('hostile queries are refused or answered at once', () => {
  test.each([
    ['deep brackets', `${'('.repeat(4000)}verb == "x"${')'.repeat(4000)}`, 'query-limit'],
    ['deep negation', `${'!'.repeat(9000)}exists(name)`, 'query-limit'],
    ['deep both', `${'not ('.repeat(40)}exists(name)${')'.repeat(40)}`, null],
    ['deep unlike', `${'(exists(name) or not ('.repeat(40)}exists(name)${'))'.repeat(40)}`, 'query-limit'],
    ['long', 'x'.repeat(1_000_000), 'query-limit'],
    ['many tests', `code==1${' or code==1'.repeat(900)}`, 'query-limit'],
    ['many values', `code in (1${',1'.repeat(2000)})`, 'query-limit'],
    ['long path', `requestObject${'.a'.repeat(100)} == 1`, 'query-limit'],
    ['long pattern', `regexp(name, "${'a'.repeat(2000)}")`, 'query-regexp'],
    ['wide pattern', 'regexp(name, "((a{30}){30}){30}")', 'query-regexp'],
    ['vast pattern', 'regexp(name, "((((a{1000}){1000}){1000}){1000})")', 'query-regexp'],
    ['nested pattern', 'regexp(name, "(a+)+$")', null],
    ['backslashes', `name == "${'\\'.repeat(5000)}`, 'query-syntax'],
    ['quotes', '"'.repeat(9999), 'query-syntax'],
    ['prototype', '__proto__.x == 1', 'query-field'],
    ['constructor', 'constructor.constructor == "x"', 'query-field'],
    ['hasOwnProperty', 'exists(user.hasOwnProperty)', 'query-field'],
  ])('%s', (_, text, code) => {
    const run = (): void => {
      if (code === null) parseQuery(text)
      else expect(errorOf(text).code).toBe(code)
    }
    expect(cpuMilliseconds(run)).toBeLessThan(50)
  })
})
