import type { AuditEvent } from '@/lib/audit/event'
import { describeContext, describeLink } from '@/lib/contexts/describe'
import { el, safeText, toHtml, type Markup, type MarkupElement } from '../markup'
import { objectName, resourceText, type Chapter, type ContextStory } from './context-story'
import { REPORT_STYLE } from './report-style'
import { timeline } from './report-timeline'

/** No script runs in the file and nothing is loaded, whoever opens it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'"
const LONGEST_BODY = 20_000
/** Bodies beyond this are left out of the file, not of the table. */
const MOST_BODIES = 2000

/** Where a report comes from; `made` is an ISO time, handed in so that the same context gives the same bytes. */
export interface ReportOrigin { readonly log: string; readonly made: string; readonly version: string }

/**
 * One context as an HTML file to hand over after an incident: the sentence, who and what, the timeline by actor, every request with the reason why it is
 * here, and the redacted events. Everything is escaped, and the file needs nothing else.
 */
export function contextReport(story: ContextStory, origin: ReportOrigin): string {
  const { context, chapters } = story
  const following = chapters.filter(({ event }) => event.auditID !== context.trigger.auditID).map(({ event }) => ({ verb: event.verb ?? '', resource: event.objectRef?.resource ?? '', subresource: event.objectRef?.subresource ?? '' }))
  const sentence = describeContext(context, following)
  const body: MarkupElement[] = [
    el('h1', {}, safeText(sentence, 2000)),
    el('p', { class: 'dim' }, `Context ${safeText(context.id)} of ${safeText(origin.log, 300)}; reported ${origin.made} by Auditweave ${safeText(origin.version, 40)}. Credentials and the contents of Secrets were redacted when the log was read.`),
    el('h2', {}, 'What was done'), facts(story),
    el('h2', {}, 'When, and by whom'), timeline(story),
    el('h2', {}, 'What followed, and why it is here'), table(chapters, context.trigger.auditID),
    el('h2', {}, 'Events'), ...chapters.slice(0, MOST_BODIES).map(rawEvent),
    ...(chapters.length > MOST_BODIES ? [el('p', { class: 'dim' }, `${chapters.length - MOST_BODIES} further events are in the log and not in this file.`)] : []),
  ]
  const head = ['<meta charset="utf-8">', `<meta http-equiv="content-security-policy" content="${POLICY}">`, '<meta name="viewport" content="width=device-width, initial-scale=1">', '<meta name="referrer" content="no-referrer">', toHtml(el('title', {}, safeText(sentence, 200))), `<style>${REPORT_STYLE}</style>`]
  return `<!doctype html>\n<html lang="en">\n<head>\n${head.join('\n')}\n</head>\n<body>\n${toHtml(el('main', {}, ...body))}\n</body>\n</html>\n`
}

function facts({ context, trigger, chapters }: ContextStory): MarkupElement {
  const event = trigger?.event
  const users = new Set(chapters.map((chapter) => chapter.event.user?.username ?? 'unknown'))
  const failed = chapters.filter((chapter) => (chapter.event.responseStatus?.code ?? 0) >= 400).length
  const rows: [string, string][] = [
    ['User', context.trigger.user ?? 'unknown'],
    ...(event?.impersonatedUser?.username ? [['Acting as', event.impersonatedUser.username] as [string, string]] : []),
    ['Request', `${context.trigger.verb ?? ''} ${event?.requestURI ?? ''}`],
    ['Answer', answer(event)],
    ['From', event?.sourceIPs.join(', ') ?? ''],
    ['User agent', event?.userAgent ?? ''],
    ['Time', context.trigger.requestReceivedTimestamp ?? ''],
    ['Events', `${context.events}, of ${users.size} user${users.size === 1 ? '' : 's'}; ${failed} failed; from ${context.first ?? '?'} to ${context.last ?? '?'}`],
    ['Label', context.label ? `${context.label.verb} ${context.label.resource}${context.label.subresource ? `/${context.label.subresource}` : ''}${context.label.group ? ` (${context.label.group})` : ''}` : 'none'],
  ]
  return el('dl', {}, ...rows.filter(([, value]) => value.trim() !== '').flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, safeText(value, 1000))]))
}

function answer(event: AuditEvent | undefined): string {
  const status = event?.responseStatus
  return [status?.code, status?.reason, status?.message].filter((part) => part !== null && part !== undefined && part !== '').join(' ')
}

function table(chapters: readonly Chapter[], trigger: string): MarkupElement {
  const head = ['After', 'Request', 'Object', 'User', 'Answer', 'Why it is here', 'Certain'].map((name) => el('th', { scope: 'col' }, name))
  return el('table', {}, el('caption', {}, `${chapters.length} requests, each by its last stage, in order of time received`), el('thead', {}, el('tr', {}, ...head)), el('tbody', {}, ...chapters.map((chapter) => row(chapter, trigger))))
}

function row({ event, record, afterMs }: Chapter, trigger: string): MarkupElement {
  const why: Markup[] = event.auditID === trigger ? ['The user’s own action.'] : record.links.length > 0 ? record.links.slice(0, 8).map((link) => el('div', {}, safeText(describeLink(link), 500))) : ['Put here by the network; no rule links it.']
  return el('tr', {},
    el('td', { class: 'number' }, afterMs === null ? '' : `${(afterMs / 1000).toFixed(3)} s`),
    el('td', {}, safeText(`${event.verb ?? 'request'} ${resourceText(event)}`, 300)),
    el('td', {}, safeText(objectName(event), 300)),
    el('td', {}, safeText(event.user?.username ?? 'unknown', 300)),
    el('td', { class: 'number' }, String(event.responseStatus?.code ?? '')),
    el('td', {}, ...why),
    el('td', { class: 'number' }, record.confidence === null ? '' : record.confidence.toFixed(2)))
}

function rawEvent({ event, afterMs }: Chapter): MarkupElement {
  const text = JSON.stringify(event, null, 2)
  const cut = text.length > LONGEST_BODY ? `${text.slice(0, LONGEST_BODY)}\n… ${text.length - LONGEST_BODY} characters are left out; the log has them.` : text
  // Line ends are kept for reading; everything else that hides or steers is named.
  return el('details', {}, el('summary', {}, safeText(`${afterMs === null ? '' : `${(afterMs / 1000).toFixed(3)} s `}${event.verb ?? 'request'} ${resourceText(event)} ${objectName(event)}`, 300), ' ', el('code', {}, safeText(event.auditID, 200))), el('pre', {}, cut.split('\n').map((line) => safeText(line)).join('\n')))
}
